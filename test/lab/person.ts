/** What a person does by hand in Pretix, done as its forms do it: the wizard has no part in it. */
import type { Lab } from './lab.ts';

const script = `
from django.utils.timezone import now
from django_scopes import scopes_disabled
from pretix.base.models import Organizer, Team, User
from pretix.base.settings import GlobalSettingsObject

with scopes_disabled():
    admin = User.objects.get(email='admin@localhost')
    admin.set_password('A new one of mine 2026')
    admin.needs_password_change = False
    admin.save()
    settings = GlobalSettingsObject().settings
    settings.license_check_input = {'base_changes': 'no', 'usage': 'internally', 'base_license': 'agpl'}
    settings.license_check_completed = now()
    organizer = Organizer.objects.create(name='Université Kosmos', slug='events')
    rights = {field.name: True for field in Team._meta.fields if field.name.startswith('can_')}
    team = Team.objects.create(organizer=organizer, name='Administrateurs', all_events=True, **rights)
    team.members.add(admin)
    print('TOKEN ' + team.tokens.create(name='ksup').token)
`;

/** New password, licence form, organizer, team and token; gives the token, as the page shows it once. */
export async function doByHand(lab: Lab): Promise<string> {
  const argv = ['/var/pretix/venv/bin/python', '-m', 'pretix', 'shell'];
  const { stdout } = await lab.run(['sh', '-c', 'cd /var/pretix && exec "$@"', 'sh', ...argv], {
    user: 'pretix',
    input: script,
  });
  return /^TOKEN (\w+)$/m.exec(stdout)?.[1] ?? '';
}
