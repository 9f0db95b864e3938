"""What `manage.py run_huey` does."""
import os
from datetime import timedelta

from django.conf import settings
from django.core.files.base import ContentFile
from django.utils.timezone import now
from huey import crontab
from huey.contrib.djhuey import db_periodic_task, db_task

from numbas_lti.models import FileReport


@db_task(priority=10)
def resource_scores_csv_report(report_id):
    report = FileReport.objects.get(pk=report_id)
    scores = report.resource.attempts.filter(deleted=False).values_list('user__username', 'scaled_score')
    lines = [f'# process {os.getpid()}', 'user,score', *(f'{user},{score}' for user, score in scores)]
    report.outfile.save(f'{report.pk}-scores.csv', ContentFile('\n'.join(lines) + '\n'), save=False)
    report.status = 'complete'
    report.save()


@db_periodic_task(crontab(minute='0', hour='3'))
def delete_expired_file_reports():
    oldest = now() - timedelta(days=settings.REPORT_FILE_EXPIRY_DAYS)
    for report in FileReport.objects.filter(creation_time__lt=oldest):
        report.outfile.delete()
        report.delete()


@db_task(priority=1)
def number_of_file_reports():
    """Changes nothing: somebody waits for the result."""
    return FileReport.objects.count()
