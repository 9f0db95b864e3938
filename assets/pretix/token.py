from django.db import transaction
from django_scopes import scopes_disabled

from pretix.base.models import Team, TeamAPIToken, User

with scopes_disabled(), transaction.atomic():
    admin = User.objects.filter(is_staff=True).order_by('pk').first()
    token = TeamAPIToken.objects.filter(team__organizer__slug=%ORG_SLUG%, name='ksup', active=True).first()
    if token is None:
        team = Team.objects.filter(organizer__slug=%ORG_SLUG%).order_by('pk').first()
        if team is None:
            raise SystemExit('there is no team of that organizer')
        token = team.tokens.create(name='ksup')
        team.log_action('pretix.team.token.created', user=admin, data={'name': token.name, 'id': token.pk})
print('SETUP-WIZARD PRETIX_API_TOKEN=' + token.token)
