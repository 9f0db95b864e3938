"""Settings of the Numbas LTI provider on this machine, written by setup-wizard.

What settings.py.dist of the installed release says holds; what is of this machine comes after it.
"""
from pathlib import Path

_dist = Path(__file__).with_name('settings.py.dist')
exec(compile(_dist.read_text(encoding='utf-8'), str(_dist), 'exec'))

DEBUG = False
SECRET_KEY = %SECRET_KEY%
ALLOWED_HOSTS = [%DOMAIN%]
SECURE_SSL_REDIRECT = True

INSTANCE_NAME = %INSTANCE_NAME%
LANGUAGE_CODE = %LANGUAGE%
TIME_ZONE = %TIME_ZONE%
SUPPORT_NAME = %SUPPORT_NAME%
%when SUPPORT_URL set%
SUPPORT_URL = %SUPPORT_URL%
%end%
%when SUPPORT_URL unset%
SUPPORT_URL = None
%end%
%when EMAIL_RECEIPTS is yes%
EMAIL_COMPLETION_RECEIPTS = True
%end%
%when EMAIL_RECEIPTS is no%
EMAIL_COMPLETION_RECEIPTS = False
%end%
REPORT_FILE_EXPIRY_DAYS = int(%REPORT_DAYS%)
LOCKDOWN_APP['password'] = %LOCKDOWN_PASSWORD%

MEDIA_ROOT = %MEDIA_DIR%
STATIC_ROOT = %STATIC_DIR%

DATABASES = {
    'default': {
        'ENGINE': 'django.db.backends.postgresql',
        'NAME': %DB_NAME%,
        'USER': %DB_USER%,
        'PASSWORD': %DB_PASSWORD%,
        'HOST': %DB_HOST%,
        'PORT': %DB_PORT%,
    }
}

# Without these each process would have messages and a cache of its own.
_redis = 'redis://127.0.0.1:6379/' + %REDIS_DB%
CACHES['default']['LOCATION'] = _redis
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {'hosts': [_redis]},
    }
}
HUEY['connection'] = {'url': _redis}

DEFAULT_FROM_EMAIL = SERVER_EMAIL = %FROM_EMAIL%
EMAIL_HOST = %EMAIL_HOST%
EMAIL_PORT = int(%EMAIL_PORT%)
%when EMAIL_HOST_USER set%
EMAIL_HOST_USER = %EMAIL_HOST_USER%
EMAIL_HOST_PASSWORD = %EMAIL_HOST_PASSWORD%
%end%
%when EMAIL_SECURITY is starttls%
EMAIL_USE_TLS = True
%end%
%when EMAIL_SECURITY is ssl%
EMAIL_USE_SSL = True
%end%
%when SETTINGS_BY is person%

# The form of first_setup.py looks for its answers under these names, and then writes this file anew.
DOMAIN = %DOMAIN%
LOCKDOWN_APP_PASSWORD = %LOCKDOWN_PASSWORD%
SU_NAME = %SU_NAME%
SU_EMAIL = %SU_EMAIL%
%end%
