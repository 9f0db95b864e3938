from django.db import migrations, models

from numbas_lti.slow import slowly


class Migration(migrations.Migration):
    dependencies = [('numbas_lti', '0008_filereport')]
    operations = [
        migrations.AddIndex(
            model_name='attempt',
            index=models.Index(fields=['resource', 'user'], name='attempts_of_user'),
        ),
        slowly(),
    ]
