from django.db import migrations


def add_group(apps, _editor):
    apps.get_model('auth', 'Group').objects.get_or_create(name='observer')


def remove_group(apps, _editor):
    apps.get_model('auth', 'Group').objects.filter(name='observer').delete()


class Migration(migrations.Migration):
    dependencies = [('ontask', '0004_actions'), ('auth', '0012_alter_user_first_name_max_length')]
    operations = [migrations.RunPython(add_group, remove_group)]
