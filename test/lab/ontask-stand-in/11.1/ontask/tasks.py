"""What the worker does."""
from celery import shared_task
from django.core.management import call_command


@shared_task
def remove_old_sessions():
    call_command('clearsessions')
