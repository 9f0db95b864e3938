"""Reads the variables that EJ reads, under the same names, and stops where EJ stops."""
import os
from urllib.parse import unquote, urlsplit

env = os.environ
root = os.path.realpath(f'{__file__}/../../../..')


def flag(name, default='false'):
    return env.get(name, default).lower() in ('true', 'on', '1', 'yes')


def items(name):
    return [one for one in env.get(name, '').split(',') if one]


def without_scheme(url):
    return url.partition('://')[2]


countries = {'': ('en-us', 'UTC'), 'BRASIL': ('pt-br', 'America/Sao_Paulo'), 'BRAZIL': ('pt-br', 'America/Sao_Paulo')}
country = env.get('COUNTRY', '').upper()
if country not in countries:
    raise ValueError(f'unknown country: {country}')

SECRET_KEY = env['DJANGO_SECRET_KEY']
DEBUG = flag('DJANGO_DEBUG')
HOSTNAME = env.get('DJANGO_HOSTNAME', 'localhost')
ALLOWED_HOSTS = [HOSTNAME, *items('DJANGO_ALLOWED_HOSTS')]
LANGUAGE_CODE = env.get('DJANGO_LANGUAGE_CODE', countries[country][0])
TIME_ZONE = env.get('DJANGO_TIME_ZONE', countries[country][1])
language, _, region = LANGUAGE_CODE.partition('-')
if not region:
    raise ValueError('not enough values to unpack')
USE_TZ = True
EJ_THEME = env.get('EJ_THEME', 'default')
ADMIN_URL = env.get('DJANGO_ADMIN_URL', 'admin/')
EJ_PAGE_TITLE = env.get('EJ_PAGE_TITLE', 'EJ Platform')

url = urlsplit(env['DJANGO_DB_URL'])
DATABASES = {
    'default': {
        'ENGINE': 'django.db.backends.postgresql',
        'NAME': url.path[1:],
        'USER': unquote(url.username),
        'PASSWORD': unquote(url.password),
        'HOST': url.hostname,
        'PORT': url.port,
    }
}

EMAIL_HOST = env.get('EMAIL_HOST', '')
EMAIL_PORT = int(env.get('EMAIL_PORT', '587'))
EMAIL_HOST_USER = env.get('EMAIL_HOST_USER', '')
EMAIL_HOST_PASSWORD = env.get('EMAIL_HOST_PASSWORD', '')
EMAIL_USE_TLS = flag('EMAIL_USE_TLS')
EMAIL_USE_SSL = flag('EMAIL_USE_SSL')
DEFAULT_FROM_EMAIL = env.get('DEFAULT_FROM_EMAIL', 'noreply@example.org')
DEFAULT_FROM_NAME = env.get('DEFAULT_FROM_NAME', 'EJ')

EJ_ROCKETCHAT_INTEGRATION = flag('EJ_ROCKETCHAT_INTEGRATION')
EJ_ROCKETCHAT_URL = env.get('EJ_ROCKETCHAT_URL', 'http://localhost:3000')
EJ_ROCKETCHAT_API_URL = env.get('EJ_ROCKETCHAT_API_URL', '')
CONTENT_SECURITY_POLICY_FRAME_ANCESTORS = items('DJANGO_CONTENT_SECURITY_POLICY_FRAME_ANCESTORS')
X_FRAME_OPTIONS = env.get('DJANGO_X_FRAME_OPTIONS', 'SAMEORIGIN')
CSRF_TRUSTED_ORIGINS = [HOSTNAME, *items('DJANGO_CSRF_TRUSTED_ORIGINS')]
if EJ_ROCKETCHAT_INTEGRATION:
    CSRF_TRUSTED_ORIGINS.append(without_scheme(EJ_ROCKETCHAT_URL))

INSTALLED_APPS = [
    'django.contrib.admin',
    'django.contrib.auth',
    'django.contrib.contenttypes',
    'django.contrib.messages',
    'django.contrib.sessions',
    'django.contrib.sites',
    'django.contrib.staticfiles',
    'ej_users',
    'ej_conversations',
    *(['ej_rocketchat'] if EJ_ROCKETCHAT_INTEGRATION else []),
]
SITE_ID = 1
AUTH_USER_MODEL = 'ej_users.User'
DEFAULT_AUTO_FIELD = 'django.db.models.AutoField'
MIDDLEWARE = [
    'django.middleware.security.SecurityMiddleware',
    'django.contrib.sessions.middleware.SessionMiddleware',
    'django.middleware.common.CommonMiddleware',
    'django.middleware.csrf.CsrfViewMiddleware',
    'django.contrib.auth.middleware.AuthenticationMiddleware',
    'django.contrib.messages.middleware.MessageMiddleware',
    'django.middleware.clickjacking.XFrameOptionsMiddleware',
    *(['ej_rocketchat.middleware.frames'] if EJ_ROCKETCHAT_INTEGRATION else []),
]
ROOT_URLCONF = 'ej.urls'
TEMPLATES = [
    {
        'BACKEND': 'django.template.backends.django.DjangoTemplates',
        'DIRS': [f'{root}/src/ej/templates'],
        'APP_DIRS': True,
        'OPTIONS': {
            'context_processors': [
                'django.template.context_processors.request',
                'django.contrib.auth.context_processors.auth',
                'django.contrib.messages.context_processors.messages',
            ]
        },
    }
]
STATIC_URL = '/static/'
STATIC_ROOT = f'{root}/local/static'
MEDIA_URL = '/media/'
MEDIA_ROOT = f'{root}/local/media'
STATICFILES_DIRS = [f'{root}/lib/build', f'{root}/lib/assets']
STATICFILES_FINDERS = ['django.contrib.staticfiles.finders.FileSystemFinder']
