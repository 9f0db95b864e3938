from django.urls import re_path

from numbas_lti import consumers

websocket_urlpatterns = [
    re_path(r'^websocket/resource/(?P<pk>\d+)/stats', consumers.ResourceStatsConsumer.as_asgi()),
]
