from django.db import models


class LtiTool(models.Model):
    title = models.CharField(max_length=255)
    issuer = models.CharField(max_length=255)
    client_id = models.CharField(max_length=255)
