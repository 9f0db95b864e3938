import django.db.models.deletion
from django.db import migrations, models

from numbas_lti.slow import slowly


class Migration(migrations.Migration):
    dependencies = [('numbas_lti', '0005_lti_11_consumer'), ('lti1p3_tool_config', '0001_initial')]
    operations = [
        migrations.CreateModel(
            name='LTI_13_Consumer',
            fields=[
                ('id', models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                (
                    'consumer',
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name='lti_13',
                        to='numbas_lti.lticonsumer',
                    ),
                ),
                (
                    'tool',
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name='numbas',
                        to='lti1p3_tool_config.ltitool',
                    ),
                ),
            ],
        ),
        slowly(),
    ]
