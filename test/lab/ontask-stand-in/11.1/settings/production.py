"""Settings behind a web server with TLS."""
import logging.config

from settings.base import *  # noqa: F401,F403
from settings.base import MIDDLEWARE, USE_SSL, logging_to

MIDDLEWARE = [*MIDDLEWARE, 'django.middleware.security.SecurityMiddleware']
CSRF_COOKIE_SECURE = USE_SSL
SECURE_CONTENT_TYPE_NOSNIFF = USE_SSL
SECURE_SSL_REDIRECT = USE_SSL
SESSION_COOKIE_SECURE = USE_SSL
if USE_SSL:
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SECURE_HSTS_SECONDS = 31536000

LOGGING = logging_to('django', 'ontask', 'script', 'celery', level='ERROR')
logging.config.dictConfig(LOGGING)
