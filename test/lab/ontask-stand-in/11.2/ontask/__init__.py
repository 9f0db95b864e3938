"""Stand-in for OnTask."""
from ontask.celery import app as celery_app

__all__ = ['celery_app']
__version__ = '11.2'
