"""Settings of production and development. What differs between machines is in local.env."""
import sys
from pathlib import Path

import environ
from celery.schedules import crontab

ROOT = Path(__file__).resolve().parent.parent

env = environ.Env()
env_file = Path(__file__).with_name(env('ENV_FILENAME', default='local.env'))

# OnTask too begins each command like this, on standard output.
print('Arguments:', sys.argv)
print('Python:', sys.version)
print('Settings:', env('DJANGO_SETTINGS_MODULE'), env_file)

if env_file.exists():
    environ.Env.read_env(str(env_file))

DATABASES = {'default': env.db()}
REDIS_URL = env.cache('REDIS_URL')
SECRET_KEY = env('SECRET_KEY')
EMAIL_ACTION_NOTIFICATION_SENDER = env('EMAIL_ACTION_NOTIFICATION_SENDER')

ALLOWED_HOSTS = env.list('ALLOWED_HOSTS', default=['*'])
BASE_URL = env('BASE_URL', default='')
DEBUG = env.bool('DEBUG', default=False)
EMAIL_HOST = env('EMAIL_HOST', default='')
EMAIL_HOST_PASSWORD = env('EMAIL_HOST_PASSWORD', default='')
EMAIL_HOST_USER = env('EMAIL_HOST_USER', default='')
EMAIL_PORT = env('EMAIL_PORT', default='')
EMAIL_USE_SSL = env.bool('EMAIL_USE_SSL', default='')
EMAIL_USE_TLS = env.bool('EMAIL_USE_TLS', default='')
LANGUAGE_CODE = env('LANGUAGE_CODE', default='en-us')
LOG_FOLDER = Path(env('LOG_FOLDER', default=str(ROOT / 'logs')))
LTI_OAUTH_CREDENTIALS = env.dict('LTI_OAUTH_CREDENTIALS', default={})
# A string here makes every request fail, as in OnTask: it would have to be a pair.
SECURE_PROXY_SSL_HEADER = env('SECURE_PROXY_SSL_HEADER', default=None)
TIME_ZONE = env('TIME_ZONE', default='UTC')
USE_SSL = env.bool('USE_SSL', default=False)

AUTH_USER_MODEL = 'ontask.User'
AUTHENTICATION_BACKENDS = [
    'django.contrib.auth.backends.RemoteUserBackend',
    'django.contrib.auth.backends.ModelBackend',
]
# Always this database, whatever REDIS_URL says: so it is in OnTask.
CACHES = {
    'default': {
        'BACKEND': 'django_redis.cache.RedisCache',
        'LOCATION': 'redis://127.0.0.1:6379/1',
        'KEY_PREFIX': 'ontask',
    }
}
DEFAULT_AUTO_FIELD = 'django.db.models.AutoField'
INSTALLED_APPS = [
    'django.contrib.admin',
    'django.contrib.auth',
    'django.contrib.contenttypes',
    'django.contrib.messages',
    'django.contrib.sessions',
    'django.contrib.sites',
    'django.contrib.staticfiles',
    'django_celery_beat',
    'ontask',
]
LOGIN_REDIRECT_URL = 'home'
LOGIN_URL = 'login'
MEDIA_ROOT = ROOT / 'media'
MEDIA_URL = BASE_URL + '/media/'
MIDDLEWARE = [
    'django.contrib.sessions.middleware.SessionMiddleware',
    'django.middleware.common.CommonMiddleware',
    'django.contrib.auth.middleware.AuthenticationMiddleware',
    'django.contrib.auth.middleware.RemoteUserMiddleware',
    'django.middleware.csrf.CsrfViewMiddleware',
    'django.contrib.messages.middleware.MessageMiddleware',
    'django.middleware.clickjacking.XFrameOptionsMiddleware',
]
ROOT_URLCONF = 'urls'
SESSION_ENGINE = 'django.contrib.sessions.backends.cached_db'
SITE_ID = 1
STATIC_ROOT = ROOT / 'site' / 'static'
STATIC_URL = BASE_URL + '/static/'
STATICFILES_DIRS = [ROOT / 'static']
TEMPLATES = [
    {
        'BACKEND': 'django.template.backends.django.DjangoTemplates',
        'APP_DIRS': True,
        'OPTIONS': {
            'context_processors': [
                'django.contrib.auth.context_processors.auth',
                'django.contrib.messages.context_processors.messages',
                'django.template.context_processors.request',
            ]
        },
    }
]
USE_TZ = True
X_FRAME_OPTIONS = 'SAMEORIGIN'

# With pickle among them a worker refuses to be root's.
CELERY_ACCEPT_CONTENT = ['application/json', 'pickle']
CELERY_BEAT_SCHEDULE = {
    'cleanup': {'task': 'ontask.tasks.remove_old_sessions', 'schedule': crontab(minute='5', hour='5')},
}
CELERY_BROKER_URL = REDIS_URL['LOCATION']
CELERY_RESULT_BACKEND = REDIS_URL['LOCATION']
CELERY_TIMEZONE = TIME_ZONE

LOGGING_CONFIG = None


def logging_to(*names: str, level: str) -> dict:
    """Each logger has a file of its own, which is opened when the settings are read."""
    handlers = {
        name: {'class': 'logging.FileHandler', 'filename': str(LOG_FOLDER / f'{name}.log'), 'formatter': 'line'}
        for name in names
    }
    loggers = {name: {'handlers': [name], 'level': level} for name in names}
    return {
        'version': 1,
        'disable_existing_loggers': False,
        'formatters': {'line': {'format': '%(asctime)s %(levelname)s %(name)s %(message)s'}},
        'handlers': handlers,
        'loggers': loggers,
    }
