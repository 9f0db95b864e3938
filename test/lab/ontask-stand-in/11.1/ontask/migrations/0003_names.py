from django.db import migrations, models

from ontask.slow import slowly


class Migration(migrations.Migration):
    dependencies = [('ontask', '0002_workflows')]
    operations = [
        migrations.AddConstraint(
            model_name='workflow',
            constraint=models.UniqueConstraint(fields=('user', 'name'), name='one_name_per_user'),
        ),
        slowly(4),
    ]
