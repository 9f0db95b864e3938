from django.db import migrations, models

from numbas_lti.slow import slowly


class Migration(migrations.Migration):
    dependencies = [('numbas_lti', '0003_attempt_scaled_score')]
    operations = [
        migrations.CreateModel(
            name='LTIConsumer',
            fields=[
                ('id', models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('url', models.URLField(blank=True, default='', verbose_name='Home URL of consumer')),
                ('identifier_field', models.CharField(blank=True, default='', max_length=20)),
                ('deleted', models.BooleanField(default=False)),
            ],
        ),
        slowly(),
    ]
