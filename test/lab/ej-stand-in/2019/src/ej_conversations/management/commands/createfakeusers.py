from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    def handle(self, **_):
        for number in range(5):
            get_user_model().objects.create_user(f'user{number}@example.com', None, name=f'User {number}')
