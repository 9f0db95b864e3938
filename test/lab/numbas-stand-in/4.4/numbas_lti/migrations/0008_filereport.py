import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from numbas_lti.slow import slowly


class Migration(migrations.Migration):
    dependencies = [('numbas_lti', '0007_stresstest'), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]
    operations = [
        migrations.CreateModel(
            name='FileReport',
            fields=[
                ('id', models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=300)),
                ('outfile', models.FileField(upload_to='reports/')),
                ('status', models.CharField(default='inprogress', max_length=10)),
                ('creation_time', models.DateTimeField(auto_now_add=True)),
                (
                    'created_by',
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name='file_reports',
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    'resource',
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name='file_reports',
                        to='numbas_lti.resource',
                    ),
                ),
            ],
        ),
        slowly(),
    ]
