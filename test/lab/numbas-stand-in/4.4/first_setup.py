"""The setup script of the stand-in: a form that whoever reaches the port can send, for as long as the script runs."""
import argparse
import json
import random
import re
import subprocess
import sys
import urllib.parse
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

try:
    import django
    from django.conf import settings
    from django.template.loader import render_to_string
except ImportError:
    sys.exit("Couldn't import the Python package 'Django'. Have you installed it, and is the virtual environment active?")

here = Path.cwd()
settings_file = here / 'numbasltiprovider' / 'settings.py'

# Group, then each answer: its name, its question, what stands in the form where settings.py says nothing.
QUESTIONS = {
    'About this installation': [
        ('DEBUG', 'Is this installation for development?', False),
        ('INSTANCE_NAME', 'What should this installation be called?', 'University of Somewhere'),
        ('DEFAULT_FROM_EMAIL', 'Address to send emails from', ''),
        ('DOMAIN', 'What domain will the site be accessed from?', 'numbas-lti.example.com'),
        ('SECURE_SSL_REDIRECT', 'Should this server only be accessed through HTTPS?', True),
        ('LANGUAGE_CODE', 'What language should the interface use?', 'en'),
        ('TIME_ZONE', 'What time zone does this server operate in?', 'Europe/London'),
        ('SUPPORT_NAME', 'The name of your support contact', 'the Numbas team'),
        ('SUPPORT_URL', 'An address to get support.', ''),
    ],
    'Options': [
        ('EMAIL_COMPLETION_RECEIPTS', 'Email students a receipt on completion of attempts?', True),
        ('REPORT_FILE_EXPIRY_DAYS', 'For how many days are report files kept?', 30),
        ('LOCKDOWN_APP_PASSWORD', 'The default password for the Numbas lockdown app', ''),
    ],
    'Filesystem paths': [
        ('STATIC_ROOT', 'Where are static files stored?', '/srv/numbas-lti-static/'),
        ('MEDIA_ROOT', 'Where are uploaded files stored?', '/srv/numbas-lti-media/'),
    ],
    'Database connection': [
        ('DB_ENGINE', 'Which database engine are you using?', 'sqlite3'),
        ('DB_NAME', 'Name of the database:', 'numbas_lti'),
        ('DB_USER', 'Database user:', 'numbas_lti'),
        ('DB_PASSWORD', 'Database password:', ''),
        ('DB_HOST', 'Database host:', 'localhost'),
    ],
    'Superuser details': [
        ('SU_CREATE', 'Create a new superuser?', True),
        ('SU_NAME', 'Username:', 'superuser'),
        ('SU_PASS', 'Password:', ''),
        ('SU_EMAIL', 'Email:', ''),
        ('SU_FIRST_NAME', 'First name:', ''),
        ('SU_LAST_NAME', 'Last name:', ''),
    ],
}

SERVER_DATABASE = """DATABASES = {{
    'default': {{
        'ENGINE': 'django.db.backends.{DB_ENGINE}',
        'NAME': '{DB_NAME}',
        'USER': '{DB_USER}',
        'PASSWORD': '{DB_PASSWORD}',
        'HOST': '{DB_HOST}',
    }}
}}"""

FILE_DATABASE = """DATABASES = {{
    'default': {{
        'ENGINE': 'django.db.backends.{DB_ENGINE}',
        'NAME': os.path.join(BASE_DIR, '{DB_NAME}'),
    }}
}}"""

# What stands in the brackets is replaced. The answer SUPPORT_URL is asked for and lost: so it is in Numbas 4.4.
REPLACED = {
    r"^DEBUG = (False)": 'DEBUG',
    r"^INSTANCE_NAME = '(.*?)'": 'INSTANCE_NAME',
    r"^SECRET_KEY = '(.*?)'": 'SECRET_KEY',
    r"^DEFAULT_FROM_EMAIL = '(.*?)'": 'DEFAULT_FROM_EMAIL',
    r"^ALLOWED_HOSTS = \['(.*?)'\]": 'DOMAIN',
    r"^SECURE_SSL_REDIRECT = (True)": 'SECURE_SSL_REDIRECT',
    r"^LANGUAGE_CODE = '(.*?)'": 'LANGUAGE_CODE',
    r"^TIME_ZONE = '(.*?)'": 'TIME_ZONE',
    r"^SUPPORT_NAME = '(.*?)'": 'SUPPORT_NAME',
    r"^SUPPORT_URL = (None)": None,
    r"^EMAIL_COMPLETION_RECEIPTS = (False)": 'EMAIL_COMPLETION_RECEIPTS',
    r"^REPORT_FILE_EXPIRY_DAYS = (30)": 'REPORT_FILE_EXPIRY_DAYS',
    r"^    'password': '(.*?)'": 'LOCKDOWN_APP_PASSWORD',
    r"^STATIC_ROOT = '(.*?)'": 'STATIC_ROOT',
    r"^MEDIA_ROOT = '(.*?)'": 'MEDIA_ROOT',
}


class Refused(Exception):
    """An answer that the form is shown again for."""


class SetupError(Exception):
    """The child failed."""


def in_settings(key, default):
    """What settings.py holds: of the database also, but not of what has another name there."""
    if not settings_file.exists():
        return default
    import numbasltiprovider.settings as now

    database = now.DATABASES['default']
    if key == 'DB_ENGINE':
        return database['ENGINE'].replace('django.db.backends.', '')
    if key.startswith('DB_'):
        return database.get(key[3:], default)
    value = getattr(now, key, default)
    return '' if value is None else value


def groups():
    return [
        (header, [(key, question, in_settings(key, default)) for key, question, default in questions])
        for header, questions in QUESTIONS.items()
    ]


def read_form(fields):
    """A box that is not ticked is not sent."""
    answers = {}
    for questions in QUESTIONS.values():
        for key, _, default in questions:
            answers[key] = key in fields if isinstance(default, bool) else fields.get(key, '')
    signs = 'abcdefghijklmnopqrstuvwxyz0123456789!@#$%^&*(-_=+)'
    answers['SECRET_KEY'] = ''.join(random.SystemRandom().choice(signs) for _ in range(50))
    return answers


def check(answers):
    for key in ('STATIC_ROOT', 'MEDIA_ROOT'):
        if not Path(answers[key]).exists():
            raise Refused(f'The path {answers[key]} does not exist.')
    if answers['DB_ENGINE'] != 'postgresql':
        return
    try:
        import psycopg2
    except ImportError as error:
        raise Refused('The package psycopg2 could not be loaded.') from error
    try:
        psycopg2.connect(
            dbname=answers['DB_NAME'],
            user=answers['DB_USER'],
            password=answers['DB_PASSWORD'],
            host=answers['DB_HOST'],
        ).close()
    except psycopg2.Error as error:
        raise Refused(f'There was an error when trying to connect to the database: {error}') from error


def in_python(value):
    """As it stands between single quotes, unless it has one."""
    return repr(value)[1:-1] if isinstance(value, str) else repr(value)


def write_settings(answers):
    values = {key: in_python(value) for key, value in answers.items()}
    text = settings_file.with_name('settings.py.dist').read_text(encoding='utf-8')
    for pattern, key in REPLACED.items():
        found = re.search(pattern, text, re.MULTILINE)
        if not found:
            raise Exception(f"Didn't find {pattern}")
        start, end = found.span(1)
        text = text[:start] + (values[key] if key else 'None') + text[end:]
    database = FILE_DATABASE if 'sqlite' in answers['DB_ENGINE'] else SERVER_DATABASE
    found = re.search(r'^DATABASES = {.*?^}', text, re.MULTILINE | re.DOTALL)
    text = text[: found.start()] + database.format(**values) + text[found.end() :]
    settings_file.write_text(text, encoding='utf-8')


class RequestHandler(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == '/':
            return self.say(200, render_to_string('index.html', {'groups': groups()}))
        if self.path == '/setup-status':
            return self.say(200, self.server.status())
        if self.path == '/finished' and self.server.result is not None:
            context = {'settings': settings_file, 'superusers': self.server.result['superusers']}
            return self.say(200, render_to_string('response.html', context))
        return self.say(404, '')

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get('Content-Length'))).decode('utf-8')
        answers = read_form(dict(urllib.parse.parse_qsl(body)))
        try:
            if self.server.child is not None:
                raise Refused('The final setup task is already running.')
            print('Checking database')
            check(answers)
            print('Writing files')
            write_settings(answers)
            print('Run setup')
            self.server.start(answers)
        except Refused as error:
            return self.say(400, render_to_string('index.html', {'groups': groups(), 'error': error}))
        return self.say(200, render_to_string('setup_waiting.html'))

    def say(self, code, text):
        self.send_response(code)
        self.end_headers()
        self.wfile.write(text.encode('utf-8'))

    def log_request(self, code='-', size='-'):
        pass


class SetupServer(HTTPServer):
    timeout = 1
    child = None
    result = None

    def start(self, answers):
        command = [sys.executable, 'manage.py', 'first_setup_db', json.dumps(answers)]
        if answers['DEBUG']:
            command.append('--dev')
        self.child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def status(self):
        if self.result is not None:
            return 'finished'
        return 'not-running' if self.child is None else 'running'

    def look_at_child(self):
        """As in Numbas: it says that all is done before it has looked whether it is."""
        if self.child is None or self.child.poll() is None:
            return
        print('Setup is finished')
        print("Once you've configured your web server proxy, it'll be ready to use.")
        stdout, stderr = (output.decode('utf-8') for output in self.child.communicate())
        if self.child.returncode != 0:
            raise SetupError(stderr)
        self.result = json.loads(stdout)
        self.child = None


def serve(port):
    with SetupServer(('0.0.0.0', port), RequestHandler) as server:
        print(f'Please open http://localhost:{port} to set up this Numbas LTI provider.')
        try:
            while True:
                server.handle_request()
                server.look_at_child()
        except KeyboardInterrupt:
            pass


if __name__ == '__main__':
    parser = argparse.ArgumentParser()
    parser.add_argument('--port', default=8000, type=int, help='The port to run the webserver on')
    templates = {
        'BACKEND': 'django.template.backends.django.DjangoTemplates',
        'DIRS': [here / 'first_setup' / 'templates'],
    }
    settings.configure(TEMPLATES=[templates])
    django.setup()
    serve(parser.parse_args().port)
