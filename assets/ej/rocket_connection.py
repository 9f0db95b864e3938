# What the form at /talks/config/ does: signs in to Rocket.Chat, and keeps the token and not the password.
import json
from urllib.request import Request, urlopen

from ej_rocketchat.models import RCConfig

fields = json.dumps({'username': %EJ_ROCKETCHAT_USERNAME%, 'password': %EJ_ROCKETCHAT_USER_PASSWORD%}).encode()
address = %EJ_ROCKETCHAT_API_URL% + '/api/v1/login'
answer = json.load(urlopen(Request(address, fields, {'Content-Type': 'application/json'}), timeout=30))['data']
config, _ = RCConfig.objects.get_or_create(url=%EJ_ROCKETCHAT_URL%)
config.api_url = %EJ_ROCKETCHAT_API_URL%
config.admin_username = %EJ_ROCKETCHAT_USERNAME%
config.admin_id = answer['userId']
config.admin_token = answer['authToken']
config.is_active = True
RCConfig.objects.exclude(pk=config.pk).update(is_active=False)
config.save()
print('done')
