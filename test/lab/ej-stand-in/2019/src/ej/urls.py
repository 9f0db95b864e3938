from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from ej import services
from ej.views import conversations, index, sign_in, start

services.wait_for_database()

urlpatterns = [
    path('', index),
    path('start/', start),
    path('conversations/', conversations),
    path('login/', sign_in('/conversations/')),
    path(settings.ADMIN_URL.strip('/') + '/', admin.site.urls),
]
if settings.EJ_ROCKETCHAT_INTEGRATION:
    urlpatterns.append(path('talks/', include('ej_rocketchat.urls')))
