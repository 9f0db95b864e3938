/** How this guide looks at Numbas: its management shell, and its pages through this machine's web server. */
import type { Probe } from '../../src/guide/kinds.ts';
import { django } from '../shared/django.ts';
import { signIn } from './programs.ts';

export const python = '%VENV_DIR%/bin/python';
export const settingsFile = '%INSTALL_DIR%/numbasltiprovider/settings.py';

/** Never root: what Numbas writes has to stay its own. */
export const asNumbas = { as: '%APP_USER%', cwd: '%INSTALL_DIR%' } as const;

export const { manage, isMigrated, inShell } = django({ program: [python, 'manage.py'], ...asNumbas });

/** settings.py has been read, with the database of these answers. */
export const settingsAreRead = inShell(
  ['from django.conf import settings'],
  "settings.DATABASES['default']['NAME'] == %DB_NAME% and len(settings.SECRET_KEY) >= 50 and not settings.DEBUG",
);

export const hasSuperuser = inShell(
  [
    'from django.contrib.auth import get_user_model',
    'found = get_user_model().objects.filter(username=%SU_NAME%).first()',
  ],
  'found is not None and found.is_superuser and found.is_active',
);

export const hasConsumer = inShell(
  ['from numbas_lti.models import LTIConsumer'],
  'LTIConsumer.objects.exists()',
);

/** What visitors get, from this machine's web server. */
export const fromServer = (path: string, status: number, contains?: string): Probe => ({
  http: `https://127.0.0.1${path}`,
  host: '%DOMAIN%',
  status,
  ...(contains === undefined ? {} : { contains }),
});

/** The administrator gets in, as a person would. */
export const signsIn: Probe = {
  run: [python, '-c', signIn, '%DOMAIN%'],
  cwd: '/',
  stdin: '%SU_NAME%\n%SU_PASSWORD%\n',
  contains: 'SETUP-WIZARD yes',
};
