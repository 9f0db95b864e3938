from django.db import migrations

from numbas_lti.slow import slowly


def add_group(apps, _editor):
    apps.get_model('auth', 'Group').objects.get_or_create(name='examiner')


def remove_group(apps, _editor):
    apps.get_model('auth', 'Group').objects.filter(name='examiner').delete()


class Migration(migrations.Migration):
    dependencies = [('numbas_lti', '0009_attempts_of_user'), ('auth', '0012_alter_user_first_name_max_length')]
    operations = [migrations.RunPython(add_group, remove_group), slowly()]
