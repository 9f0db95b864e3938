from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand
from ej_conversations.models import Conversation


class Command(BaseCommand):
    def handle(self, **_):
        for author in get_user_model().objects.filter(email__endswith='@example.com'):
            Conversation.objects.create(title=f'Fake of {author.name}', author=author)
