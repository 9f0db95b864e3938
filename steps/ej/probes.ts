/** How this guide looks at EJ and Rocket.Chat: inside their containers, and through what stands before them. */
import type { Argv, Probe, Public } from '../../src/guide/kinds.ts';
import { web } from './layout.ts';
import { ownPage, rocketSettings, signIn } from './programs.ts';

/** The layout of today keeps its libraries apart. */
export const poetry = '/root/.local/bin/poetry';

/** A management command of EJ, where the guide opens a shell. */
export const manage = (...words: Argv) =>
  ({ run: ['python', 'manage.py', ...words], container: web }) as const;
export const manageCurrent = (...words: Argv) =>
  ({ run: [poetry, 'run', 'python', 'manage.py', ...words], container: web }) as const;

/** A read-only script in the management shell; `%NAME%` in it becomes a Python literal. */
function inShell(lines: readonly string[], condition: string): readonly [printed: Probe, current: Probe] {
  const rest = {
    stdin: [...lines, `print('SETUP-WIZARD ' + ('yes' if ${condition} else 'no'))`, ''].join('\n'),
    syntax: 'python',
    contains: 'SETUP-WIZARD yes',
  } as const;
  return [
    { ...manage('shell'), ...rest },
    { ...manageCurrent('shell'), ...rest },
  ];
}

/** Django 2.2 knows no other way to ask. */
const noneOpen = { lacks: '[ ]', contains: '[X]' } as const;
export const isMigrated: Probe = { ...manage('showmigrations', '--plan'), ...noneOpen };
export const isMigratedCurrent: Probe = { ...manageCurrent('showmigrations', '--plan'), ...noneOpen };

export const [hasSuperuser, hasSuperuserCurrent] = inShell(
  [
    'from django.contrib.auth import get_user_model',
    'found = get_user_model().objects.filter(email__iexact=%SU_EMAIL%).first()',
  ],
  'found is not None and found.is_superuser and found.is_active',
);

/** Others than the administrator are there. */
export const [isFaked, isFakedCurrent] = inShell(
  ['from django.contrib.auth import get_user_model'],
  'get_user_model().objects.exclude(email__iexact=%SU_EMAIL%).exists()',
);

export const [isConnected] = inShell(
  ['from ej_rocketchat.models import RCConfig'],
  'RCConfig.objects.filter(is_active=True, url=%EJ_ROCKETCHAT_URL%).exclude(admin_token="").exists()',
);

export const [someoneMayTalk] = inShell(
  ['from django.contrib.auth.models import Permission'],
  "any(p.group_set.exists() or p.user_set.exists() for p in Permission.objects.filter(codename='can_create_account'))",
);

export const own = (path: Public, ...headers: string[]) =>
  ({ run: ['python', '-c', ownPage, path, ...headers], container: web }) as const;

/** The administrator gets in, as a person would. */
export const signsIn: Probe = {
  run: ['python', '-c', signIn, '/%DJANGO_ADMIN_URL%login/'],
  container: web,
  stdin: '%SU_EMAIL%\n%SU_PASSWORD%\n',
  contains: 'SETUP-WIZARD yes',
};

/** Where Rocket.Chat is, and as whom: a line of JSON for the program that reads it. */
const rocketLine =
  '{"api": %EJ_ROCKETCHAT_API_URL%, "ej": %DJANGO_HOST%, "user": %EJ_ROCKETCHAT_USERNAME%, "password": %EJ_ROCKETCHAT_USER_PASSWORD%}\n';

export const rocket = (mode: 'check' | 'get' | 'set' | 'restore', ...names: string[]) =>
  ({
    run: ['python', '-c', rocketSettings, mode, ...names],
    container: web,
    stdin: rocketLine,
    syntax: 'json',
  }) as const;

export const rocketIs = (...names: string[]): Probe => ({
  ...rocket('check', ...names),
  contains: 'SETUP-WIZARD yes',
});

/** The first account is there, with the password that the wizard knows. */
export const rocketSignsIn: Probe = rocketIs();

/** What visitors get, from this machine's web server. */
const throughServer = (path: string): Public => ({
  by: 'TLS',
  of: { upstream: `http://127.0.0.1${path}`, '': `https://127.0.0.1${path}` },
});

export const fromServer = (host: Public, path: string, status: number, contains?: string): Probe => ({
  http: throughServer(path),
  host,
  status,
  ...(contains === undefined ? {} : { contains }),
});
