"""Consumers are the platforms that launch resources; resources have attempts and reports."""
from django.contrib.auth.models import User
from django.db import models
from pylti1p3.contrib.django.lti1p3_tool_config.models import LtiTool


class Resource(models.Model):
    title = models.CharField(max_length=300, default='')
    creation_time = models.DateTimeField(auto_now_add=True)

    def __str__(self):
        return self.title


class Attempt(models.Model):
    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name='attempts')
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name='attempts')
    scaled_score = models.FloatField(default=0)
    start_time = models.DateTimeField(auto_now_add=True)
    deleted = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=['resource', 'user'], name='attempts_of_user')]


class LTIConsumer(models.Model):
    url = models.URLField(blank=True, default='', verbose_name='Home URL of consumer')
    identifier_field = models.CharField(blank=True, default='', max_length=20)
    deleted = models.BooleanField(default=False)


class LTI_11_Consumer(models.Model):
    consumer = models.OneToOneField(LTIConsumer, on_delete=models.CASCADE, related_name='lti_11')
    key = models.CharField(max_length=100, unique=True, verbose_name='Consumer key')
    secret = models.CharField(max_length=100, verbose_name='Shared secret')


class LTI_13_Consumer(models.Model):
    consumer = models.OneToOneField(LTIConsumer, on_delete=models.CASCADE, related_name='lti_13')
    tool = models.OneToOneField(LtiTool, on_delete=models.CASCADE, related_name='numbas')


class StressTest(models.Model):
    resource = models.OneToOneField(Resource, on_delete=models.CASCADE, primary_key=True)


class FileReport(models.Model):
    name = models.CharField(max_length=300)
    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name='file_reports')
    outfile = models.FileField(upload_to='reports/')
    status = models.CharField(max_length=10, default='inprogress')
    creation_time = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name='file_reports')
