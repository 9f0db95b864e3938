"""What first_setup.py starts once settings.py is written. Its answers come as JSON, on the command line: so it is in Numbas."""
import io
import json
from contextlib import redirect_stdout

from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    def add_arguments(self, parser):
        parser.add_argument('--dev', action='store_true')
        parser.add_argument('values')

    def handle(self, *, values, dev, **_):
        answers = json.loads(values)
        said = io.StringIO()
        with redirect_stdout(said):
            call_command('check')
            call_command('migrate')
            if not dev:
                call_command('collectstatic', '--noinput')
            if answers.get('SU_CREATE'):
                create_superuser(answers)
        superusers = list(User.objects.filter(is_superuser=True).values_list('username', flat=True))
        domain = 'localhost' if dev else answers.get('DOMAIN', 'localhost')
        print(json.dumps({'superusers': superusers, 'domain': domain, 'stdout': said.getvalue(), 'dev': dev}))


def create_superuser(answers):
    user, _ = User.objects.get_or_create(username=answers['SU_NAME'])
    user.email = answers['SU_EMAIL']
    user.first_name = answers['SU_FIRST_NAME']
    user.last_name = answers['SU_LAST_NAME']
    user.is_staff = user.is_superuser = True
    user.set_password(answers['SU_PASS'])
    user.save()
