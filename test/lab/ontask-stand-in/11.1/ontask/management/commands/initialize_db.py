"""Puts into the database what every OnTask has."""
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    requires_migrations_checks = True

    def handle(self, *_, **__):
        _group, is_new = Group.objects.get_or_create(name='instructor')
        self.stdout.write('Group instructor created' if is_new else 'Group instructor is there')
