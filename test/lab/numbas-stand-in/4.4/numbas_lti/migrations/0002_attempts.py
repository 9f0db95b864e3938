import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from numbas_lti.slow import slowly


class Migration(migrations.Migration):
    dependencies = [('numbas_lti', '0001_initial'), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]
    operations = [
        migrations.CreateModel(
            name='Attempt',
            fields=[
                ('id', models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('start_time', models.DateTimeField(auto_now_add=True)),
                ('deleted', models.BooleanField(default=False)),
                (
                    'resource',
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name='attempts',
                        to='numbas_lti.resource',
                    ),
                ),
                (
                    'user',
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name='attempts',
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        slowly(),
    ]
