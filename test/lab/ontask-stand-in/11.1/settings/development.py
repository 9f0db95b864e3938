"""Settings on a developer's own machine: tasks are run at once, messages are printed."""
import logging.config

from settings.base import *  # noqa: F401,F403
from settings.base import logging_to

CELERY_TASK_ALWAYS_EAGER = True
EMAIL_BACKEND = 'django.core.mail.backends.console.EmailBackend'
INTERNAL_IPS = ['127.0.0.1']

LOGGING = logging_to('django', 'ontask', 'script', 'celery', level='DEBUG')
logging.config.dictConfig(LOGGING)
