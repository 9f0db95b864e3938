"""The Celery application: `celery -A ontask`."""
import logging.config
import os

from celery import Celery
from celery.signals import setup_logging
from django.conf import settings

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'settings.production')

app = Celery('ontask')
app.config_from_object('django.conf:settings', namespace='CELERY')
app.autodiscover_tasks()


@setup_logging.connect
def to_the_files(**_):
    """Celery logs where the web server does."""
    logging.config.dictConfig(settings.LOGGING)
