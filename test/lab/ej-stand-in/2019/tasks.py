"""The tasks that `inv` knows here."""
import os
import shutil
import subprocess
import sys

from invoke import task

root = os.path.dirname(os.path.abspath(__file__))


def manage(*words):
    subprocess.run([sys.executable, 'manage.py', *words], cwd=root, check=True)


def theme():
    return os.environ.get('EJ_THEME', 'default')


@task
def build_assets():
    os.makedirs(f'{root}/lib/build/css', exist_ok=True)
    for name in ('default', 'cpa'):
        with open(f'{root}/lib/build/css/main-{name}.min.css', 'w') as css:
            css.write(f'body {{ color: black }} /* theme {name} */\n')


@task
def i18n():
    pass


@task
def collect():
    shutil.copy(f'{root}/lib/build/css/main-{theme()}.min.css', f'{root}/lib/build/css/main.css')
    manage('collectstatic', '--noinput')


@task
def db(migrate_only=False):
    manage('migrate')


@task
def db_fake():
    """Adds fake data to the database."""
    manage('createfakeusers')
    manage('createfakeconversations')


@task
def gunicorn():
    os.chdir(root)
    words = ['ej.wsgi', '-w', '2', '-b', '0.0.0.0:8000', '--error-logfile=-', '--pythonpath', f'{root}/src']
    os.execv(sys.executable, [sys.executable, '-m', 'gunicorn', *words])


@task
def bash():
    print('\nStarting bash console', flush=True)
    os.execv('/bin/sh', ['sh'])
