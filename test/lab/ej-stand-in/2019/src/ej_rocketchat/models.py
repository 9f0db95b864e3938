from django.conf import settings
from django.db import models


class RCConfig(models.Model):
    url = models.URLField(unique=True, default=settings.EJ_ROCKETCHAT_URL)
    api_url = models.CharField(unique=True, blank=True, null=True, max_length=200)
    admin_username = models.CharField(max_length=50, default='ej-admin')
    admin_id = models.CharField(max_length=50)
    admin_token = models.CharField(max_length=50)
    admin_password = models.CharField(max_length=50)
    is_active = models.BooleanField(default=True)

    class Meta:
        permissions = [('can_create_account', 'Can login in the Rocket.Chat instance.')]
