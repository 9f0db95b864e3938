/** The moments at which the Pretix guide is stopped: in the order in which one run reaches them. */
import type { Stop } from '../prepared.ts';
import type { Cut } from './strike.ts';

const begun = (step: string) => `grep -q '"type":"begin","step":"${step}"' "$J"`;
const stepBegun = (step: string) => `grep -q '"type":"step-begin","step":"${step}"' "$J"`;
const lines = (log: string, pattern: string, count: number) =>
  `test "$(grep -c '${pattern}' "$L/${log}.log")" -ge ${count}`;
/** The brackets keep it from finding whoever looks for it. */
const runs = (pattern: string) => `pgrep -f '[${pattern[0]}]${pattern.slice(1)}' >/dev/null`;
const all = (...conditions: string[]) => conditions.join(' && ');

/** Of the largest package pip has unpacked a part, and not written its list of files yet. */
const halfInstalled = all(
  stepBegun('pretix-install'),
  'test -e "$S/pretix/__init__.py"',
  '! ls "$S"/pretix-*.dist-info/RECORD',
);

/** SIGKILL of the engine; `from`: the prepared system from which a lab of its own gets there soonest. */
export const kills: readonly (Cut & { readonly from: Stop })[] = [
  {
    name: 'engine killed in apt, unpacking',
    from: 'db-login',
    step: 'apt-packages',
    blow: 'engine',
    when: lines('apt-packages', '^Unpacking', 30),
  },
  {
    name: 'engine and apt killed, dpkg half configured',
    from: 'db-login',
    step: 'apt-packages',
    blow: 'group',
    when: all(
      runs('dpkg .*--configure'),
      'grep -q "half-configured" /var/lib/dpkg/status /var/lib/dpkg/updates/*',
    ),
  },
  {
    name: 'engine and venv killed, its pip half there',
    from: 'conf-file',
    step: 'venv',
    blow: 'group',
    when: 'test -e "$S/pip/__init__.py"',
  },
  {
    name: 'engine killed in pip',
    from: 'pip-tools',
    step: 'pretix-install',
    blow: 'engine',
    when: lines('pretix-install', '^Installing collected', 1),
  },
  {
    name: 'engine and pip killed, a package half installed',
    from: 'pip-tools',
    step: 'pretix-install',
    blow: 'group',
    when: halfInstalled,
  },
  {
    name: 'engine and migrate killed, 10 migrations',
    from: 'db-backup',
    step: 'migrate',
    blow: 'group',
    when: lines('migrate', ' OK$', 10),
  },
  {
    name: 'engine killed in migrate, 24 more',
    from: 'db-backup',
    step: 'migrate',
    blow: 'engine',
    when: lines('migrate', ' OK$', 34),
  },
  {
    name: 'engine and migrate killed, near its end',
    from: 'db-backup',
    step: 'migrate',
    blow: 'group',
    when: lines('migrate', ' OK$', 180),
  },
  {
    name: 'engine killed in rebuild',
    from: 'migrate',
    step: 'rebuild',
    blow: 'engine',
    when: lines('rebuild', '.', 30),
  },
  {
    name: 'engine and updatestyles killed',
    from: 'migrate',
    step: 'updatestyles',
    blow: 'group',
    when: 'test -e /var/pretix/data/media/pub/widget',
  },
  {
    name: 'engine killed in a unit’s start',
    from: 'updatestyles',
    step: 'unit-web',
    blow: 'group',
    when: 'systemctl is-active --quiet pretix-web',
  },
  {
    name: 'engine killed after a module, before Apache knows',
    from: 'cron',
    step: 'apache-modules',
    blow: 'group',
    when: all(stepBegun('apache-modules'), 'test -e /etc/apache2/mods-enabled/proxy.load'),
  },
  {
    name: 'engine killed in Apache’s reload',
    from: 'cron',
    step: 'apache-vhost',
    blow: 'group',
    when: all(begun('apache-vhost'), 'test -e /etc/apache2/sites-enabled/pretix.conf'),
  },
];

/** Power cuts. */
export const powerCuts: readonly Cut[] = (
  [
    ['apt unpacks MariaDB', 'probe-db', lines('probe-db', '^Unpacking', 5)],
    ['a user is made', 'unix-user', 'grep -q "^pretix:" /etc/passwd'],
    ['the database is made', 'db-create', begun('db-create')],
    ['dpkg configures', 'apt-packages', lines('apt-packages', '^Setting up', 40)],
    ['a file is begun', 'conf-file', begun('conf-file')],
    ['pip replaces itself', 'pip-tools', all(stepBegun('pip-tools'), 'ls -d "$S"/~* >/dev/null')],
    ['pip downloads', 'pretix-install', lines('pretix-install', '^Collecting', 10)],
    ['pip installs', 'pretix-install', halfInstalled],
    ['migrate makes tables', 'migrate', lines('migrate', ' OK$', 60)],
    [
      'a unit starts',
      'unit-worker',
      'test -e /etc/systemd/system/multi-user.target.wants/pretix-worker.service',
    ],
    ['Apache is looked at', 'apache-enable', stepBegun('apache-enable')],
    ['the organizer is made', 'organizer', begun('organizer')],
    ['K-Sup restarts', 'ksup-restart', begun('ksup-restart')],
  ] as const
).map(([name, step, when]) => ({ name: `power cut: ${name}`, step, when, blow: 'power' as const }));
