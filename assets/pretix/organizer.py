from django.db import transaction
from django_scopes import scopes_disabled

from pretix.base.models import Organizer, Team, User

with scopes_disabled(), transaction.atomic():
    admin = User.objects.filter(is_staff=True).order_by('pk').first()
    organizer = Organizer.objects.filter(slug=%ORG_SLUG%).first()
    if organizer is None:
        organizer = Organizer.objects.create(slug=%ORG_SLUG%, name=%ORG_NAME%)
    team = organizer.teams.order_by('pk').first()
    if team is None:
        # As the web form does it.
        team = Team(organizer=organizer, name='Administrateurs', all_events=True)
%when EDITION is public-2026.8.0%
        team.all_event_permissions = True
        team.all_organizer_permissions = True
%end%
%when EDITION not public-2026.8.0%
        for field in Team._meta.get_fields():
            if field.name.startswith('can_') and field.name != 'can_checkin_orders':
                setattr(team, field.name, True)
%end%
        team.save()
        team.log_action('pretix.team.created', user=admin, data={'name': team.name})
    if admin is not None:
        team.members.add(admin)
print('done')
