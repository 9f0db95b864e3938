import django.db.models.deletion
from django.db import migrations, models

from ontask.slow import slowly


class Migration(migrations.Migration):
    dependencies = [('ontask', '0003_names')]
    operations = [
        migrations.CreateModel(
            name='Action',
            fields=[
                ('id', models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=256)),
                (
                    'workflow',
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name='actions',
                        to='ontask.workflow',
                    ),
                ),
            ],
        ),
        slowly(2),
    ]
