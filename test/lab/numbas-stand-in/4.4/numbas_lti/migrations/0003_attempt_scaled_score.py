from django.db import migrations, models

from numbas_lti.slow import slowly


class Migration(migrations.Migration):
    dependencies = [('numbas_lti', '0002_attempts')]
    operations = [
        migrations.AddField(model_name='attempt', name='scaled_score', field=models.FloatField(default=0)),
        slowly(),
    ]
