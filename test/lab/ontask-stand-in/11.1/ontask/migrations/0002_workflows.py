import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.utils import timezone

from ontask.slow import slowly


class Migration(migrations.Migration):
    dependencies = [('ontask', '0001_users')]
    operations = [
        migrations.CreateModel(
            name='Workflow',
            fields=[
                ('id', models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=512)),
                ('created', models.DateTimeField(default=timezone.now)),
                (
                    'user',
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name='workflows',
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        slowly(2),
    ]
