import django.db.models.deletion
from django.db import migrations, models

from numbas_lti.slow import slowly


class Migration(migrations.Migration):
    dependencies = [('numbas_lti', '0004_lticonsumer')]
    operations = [
        migrations.CreateModel(
            name='LTI_11_Consumer',
            fields=[
                ('id', models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=100, unique=True, verbose_name='Consumer key')),
                ('secret', models.CharField(max_length=100, verbose_name='Shared secret')),
                (
                    'consumer',
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name='lti_11',
                        to='numbas_lti.lticonsumer',
                    ),
                ),
            ],
        ),
        slowly(),
    ]
