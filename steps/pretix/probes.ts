/** How this guide looks at Pretix: its own management shell, its own address, and Apache. */
import type { Probe, Public } from '../../src/guide/kinds.ts';
import { django } from '../shared/django.ts';

export const home = '/var/pretix';
export const venv = `${home}/venv`;
export const python = `${venv}/bin/python`;

/** How Pretix's own commands are run. */
export const asPretix = { as: 'pretix', cwd: home } as const;
export const { manage, isMigrated, inShell } = django({ program: [python, '-m', 'pretix'], ...asPretix });

const admin = [
  'from pretix.base.models import User',
  "admin = User.objects.filter(email='admin@localhost').first()",
];

/** Nobody signs in with admin / admin. */
export const adminIsSafe = inShell(admin, "admin is None or not admin.check_password('admin')");

/** The person has replaced the temporary password too. */
export const adminIsChanged = inShell(
  admin,
  "admin is None or not (admin.check_password('admin') or admin.needs_password_change)",
);

const licence = [
  'from pretix.base.settings import GlobalSettingsObject',
  'settings = GlobalSettingsObject().settings',
];

export const licenceIsDeclared = inShell(licence, 'settings.license_check_completed');

const organizer = [
  'from django_scopes import scopes_disabled',
  'from pretix.base.models import Team, TeamAPIToken',
];

/** The organizer has a team. */
export const hasTeam = inShell(
  [
    ...organizer,
    'with scopes_disabled():',
    '    found = Team.objects.filter(organizer__slug=%ORG_SLUG%).exists()',
  ],
  'found',
);

export const hasToken = inShell(
  [
    ...organizer,
    'with scopes_disabled():',
    "    found = TeamAPIToken.objects.filter(team__organizer__slug=%ORG_SLUG%, name='ksup', active=True).exists()",
  ],
  'found',
);

/** Pretix itself, behind Apache. */
export const fromPretix = (path: string, status: number): Probe => ({
  http: `http://127.0.0.1:8345${path}`,
  host: '%SERVER_NAME%',
  status,
});

/** What visitors get, through this machine's Apache, under the configured name. */
export const throughApache = (path: string): Public => ({
  by: 'TLS',
  of: { files: `https://127.0.0.1${path}`, '': `http://127.0.0.1${path}` },
});

/** What K-Sup will get with its token. */
export const fromApi = (path: string, contains?: string): Probe => ({
  http: throughApache(`/api/v1/organizers/${path}`),
  host: '%SERVER_NAME%',
  header: 'Authorization: Token %PRETIX_API_TOKEN%',
  status: 200,
  ...(contains === undefined ? {} : { contains }),
});
