/** How this guide looks at OnTask: its management shell, and its pages through this machine's web server. */
import type { Probe, Public } from '../../src/guide/kinds.ts';
import { django } from '../shared/django.ts';
import { signIn } from './programs.ts';
import { project, settings } from './releases.ts';

export const python = '%VENV%/bin/python';

/** Never root: the settings open the log files, which the service has to be able to write. */
export const asOntask = {
  as: '%RUN_USER%',
  cwd: project,
  env: { DJANGO_SETTINGS_MODULE: settings },
} as const;

export const { manage, isMigrated, inShell } = django({ program: [python, 'manage.py'], ...asOntask });

/** Django 1.11 knows no other way to ask. */
export const isMigratedPrinted: Probe = { ...manage('showmigrations', '--plan'), lacks: '[ ]' };

/** What is in local.env has been read. */
export const settingsAreRead = inShell(
  ['from django.conf import settings'],
  "settings.DATABASES['default']['NAME'] == %DBNAME% and len(settings.SECRET_KEY) >= 50",
);

export const hasGroup = inShell(
  ['from django.contrib.auth.models import Group'],
  "Group.objects.filter(name='instructor').exists()",
);

export const hasSuperuser = inShell(
  [
    'from django.contrib.auth import get_user_model',
    'found = get_user_model().objects.filter(email__iexact=%SU_EMAIL%).first()',
  ],
  'found is not None and found.is_superuser and found.is_active',
);

export const siteIsNamed = inShell(
  ['from django.contrib.sites.models import Site'],
  'Site.objects.get_current().domain == %DOMAIN%',
);

/** What visitors get, from this machine's web server. */
const throughServer = (path: string): Public => ({
  by: 'TLS',
  of: { upstream: `http://127.0.0.1${path}`, '': `https://127.0.0.1${path}` },
});

export const fromServer = (path: string, status: number, contains?: string): Probe => ({
  http: throughServer(path),
  host: '%DOMAIN%',
  status,
  ...(contains === undefined ? {} : { contains }),
});

export const loginPage = '/login/';

/** The administrator gets in, as a person would. */
export const signsIn: Probe = {
  run: [python, '-c', signIn, { by: 'TLS', of: { upstream: 'http', '': 'https' } }, '%DOMAIN%', loginPage],
  cwd: '/',
  stdin: '%SU_EMAIL%\n%SU_PASSWORD%\n',
  contains: 'SETUP-WIZARD yes',
};
