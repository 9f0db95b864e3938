"""The pages under /ota."""
from django.contrib import admin

from ontask import models

admin.site.register([models.User, models.Workflow, models.Action])
