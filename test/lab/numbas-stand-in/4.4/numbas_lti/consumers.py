"""What one browser says reaches all that look at the same resource, whichever process they are connected to."""
import json
import os

from asgiref.sync import async_to_sync
from channels.generic.websocket import WebsocketConsumer


class ResourceStatsConsumer(WebsocketConsumer):
    def connect(self):
        self.group = f'resource_{self.scope["url_route"]["kwargs"]["pk"]}_stats'
        async_to_sync(self.channel_layer.group_add)(self.group, self.channel_name)
        self.accept()
        self.send(json.dumps({'process': os.getpid()}))

    def disconnect(self, _code):
        async_to_sync(self.channel_layer.group_discard)(self.group, self.channel_name)

    def receive(self, text_data):
        event = {'type': 'said', 'text': text_data, 'by': os.getpid()}
        async_to_sync(self.channel_layer.group_send)(self.group, event)

    def said(self, event):
        self.send(json.dumps({'process': os.getpid(), 'by': event['by'], 'text': event['text']}))
