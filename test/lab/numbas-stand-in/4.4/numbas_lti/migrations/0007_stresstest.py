import django.db.models.deletion
from django.db import migrations, models

from numbas_lti.slow import slowly


class Migration(migrations.Migration):
    dependencies = [('numbas_lti', '0006_lti_13_consumer')]
    operations = [
        migrations.CreateModel(
            name='StressTest',
            fields=[
                (
                    'resource',
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        serialize=False,
                        to='numbas_lti.resource',
                    ),
                ),
            ],
        ),
        slowly(),
    ]
