"""The pages under /admin."""
from django.contrib import admin

from numbas_lti import models

admin.site.register([models.Resource, models.Attempt, models.LTIConsumer, models.FileReport])
