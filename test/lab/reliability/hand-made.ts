/** Changes that people make to a server after an install, and how to see that they are still there. */
import type { Lab } from '../lab.ts';

export interface HandMade {
  readonly name: string;
  /** The effect that is asked about because of it. */
  readonly key?: string;
  readonly make: (lab: Lab) => Promise<unknown>;
  /** Still in place. */
  readonly isThere: (lab: Lab) => Promise<boolean>;
  /** After a rollback that took it back, once what is in `kept/` was brought back. Default: `isThere`. */
  readonly isBack?: (lab: Lab) => Promise<boolean>;
}

const shell = async (lab: Lab, script: string): Promise<boolean> =>
  (await lab.run(['sh', '-c', script], { check: false })).code === 0;

function byShell(
  name: string,
  key: string | undefined,
  make: string,
  there: string,
  back?: string,
): HandMade {
  return {
    name,
    ...(key ? { key } : {}),
    make: (lab) => lab.run(['sh', '-c', make]),
    isThere: (lab) => shell(lab, there),
    ...(back === undefined ? {} : { isBack: (lab: Lab) => shell(lab, back) }),
  };
}

const cfg = '/etc/pretix/pretix.cfg';
const properties = '/web/ksup/storage/conf/env_inscription.properties';
const site = '/etc/apache2/sites-available/pretix.conf';
const override = '/etc/systemd/system/pretix-web.service.d/override.conf';
const media = '/var/pretix/data/media/pub';
const module = '/var/pretix/venv/lib/python3.11/site-packages/mine.py';

const event = `
from django.utils.timezone import now
from django_scopes import scopes_disabled
from pretix.base.models import Event, Organizer

with scopes_disabled():
    Event.objects.create(organizer=Organizer.objects.get(slug='events'), name='Gala', slug='gala', date_from=now(), currency='EUR')
`;
const inSql = (sql: string) => `mariadb --batch --skip-column-names --execute="${sql}"`;

/** A folder with what archives get wrong: links, holes, odd names, modes, owners, no file at all. */
const oddFolder = [
  `mkdir -p '${media}/été; $x' ${media}/links`,
  `printf upload >'${media}/été; $x/-n %s'`,
  `ln '${media}/été; $x/-n %s' ${media}/hard`,
  `ln -s /nowhere ${media}/links/only-a-link`,
  `truncate --size=64M ${media}/holes`,
  `chmod 2751 ${media}/links && chown www-data:pretix ${media}/hard`,
].join(' && ');
const oddThere = [
  `test "$(cat '${media}/été; $x/-n %s')" = upload`,
  `test '${media}/été; $x/-n %s' -ef ${media}/hard`,
  `test "$(readlink ${media}/links/only-a-link)" = /nowhere`,
  `test "$(stat -c %s ${media}/holes)" = 67108864 && test "$(stat -c %b ${media}/holes)" -lt 1000`,
  `test "$(stat -c %a ${media}/links)" = 2751`,
].join(' && ');

export const changes: readonly HandMade[] = [
  byShell(
    'a line of pretix.cfg',
    `file:${cfg}`,
    `sed -i s/^currency=EUR/currency=CHF/ ${cfg}`,
    `grep -q ^currency=CHF ${cfg}`,
  ),
  byShell(
    'another file in /etc/pretix',
    'dir:/etc/pretix',
    'echo mine >/etc/pretix/own.ini',
    'test "$(cat /etc/pretix/own.ini)" = mine',
  ),
  byShell(
    'a line of K-Sup’s properties',
    `file:${properties}`,
    `echo by.hand=yes >>${properties}`,
    `grep -q by.hand ${properties}`,
  ),
  byShell(
    'the mode of the cron file',
    'file:/etc/cron.d/pretix',
    'chmod 600 /etc/cron.d/pretix',
    'test "$(stat -c %a /etc/cron.d/pretix)" = 600',
  ),
  byShell(
    'a drop-in of pretix-web',
    'unit:pretix-web.service',
    `mkdir -p $(dirname ${override}) && printf '[Service]\\nNice=5\\n' >${override} && systemctl daemon-reload`,
    `grep -q Nice=5 ${override}`,
  ),
  byShell(
    'pretix-worker disabled',
    'unit:pretix-worker.service',
    'systemctl disable -q pretix-worker',
    'systemctl cat pretix-worker >/dev/null && ! systemctl is-enabled -q pretix-worker',
    'true',
  ),
  byShell(
    'a line of the Apache site',
    'apache:site/pretix',
    `sed -i '1i # by hand' ${site}`,
    `grep -q 'by hand' ${site}`,
  ),
  byShell(
    'another Apache site, with the same module',
    'pkg:apache2',
    `printf '<VirtualHost *:80>\\nServerName other\\nProxyPass / http://127.0.0.1:1/\\n</VirtualHost>\\n' >/etc/apache2/sites-available/other.conf && a2ensite -q other && systemctl reload apache2`,
    'grep -q other /etc/apache2/sites-enabled/other.conf && apache2ctl -M 2>/dev/null | grep -q proxy_http',
    'grep -q other /etc/apache2/sites-enabled/other.conf',
  ),
  {
    name: 'an event in Pretix',
    key: 'cmd:migrate',
    make: (lab) =>
      lab.run(['sh', '-c', 'cd /var/pretix && exec /var/pretix/venv/bin/python -m pretix shell'], {
        user: 'pretix',
        input: event,
      }),
    isThere: (lab) => shell(lab, `${inSql('SELECT slug FROM pretix.pretixbase_event')} | grep -qx gala`),
  },
  byShell(
    'a database of somebody else',
    'pkg:mariadb-server',
    inSql("CREATE DATABASE other; CREATE TABLE other.t (a TEXT); INSERT INTO other.t VALUES ('kept')"),
    `${inSql('SELECT a FROM other.t')} | grep -qx kept`,
  ),
  byShell(
    'another password of the SQL account',
    'mysql:user/pretix@localhost',
    inSql("ALTER USER pretix@localhost IDENTIFIED BY 'another one'"),
    'mariadb --user=pretix --password="another one" --execute="SELECT 1" >/dev/null',
    'true',
  ),
  byShell('an upload, and odd things beside it', undefined, oddFolder, oddThere),
  byShell(
    'a module in the virtual environment',
    'venv:/var/pretix/venv',
    `echo mine = 1 >${module}`,
    `grep -q mine ${module}`,
  ),
  byShell(
    'a group of the user',
    'user:pretix',
    'usermod -aG www-data pretix',
    'id -nG pretix | grep -qw www-data',
    'true',
  ),
  byShell(
    'a crontab of the user',
    'user:pretix',
    'echo "0 3 * * * true" | crontab -u pretix -',
    'grep -q "0 3" /var/spool/cron/crontabs/pretix',
  ),
  byShell(
    'a file in the home',
    'user:pretix',
    'echo mine >/var/pretix/notes.txt',
    'grep -q mine /var/pretix/notes.txt',
  ),
  byShell(
    'a key in another Redis database',
    'pkg:redis-server',
    'redis-cli -n 5 SET session kept && redis-cli SAVE',
    'redis-cli -n 5 GET session | grep -q kept',
    'test -s /var/lib/redis/dump.rdb',
  ),
  byShell(
    'a line of redis.conf',
    'pkg:redis-server',
    'echo "# by hand" >>/etc/redis/redis.conf',
    'grep -q "by hand" /etc/redis/redis.conf',
  ),
];

/** All tables of Pretix, row by row. */
export async function managed(lab: Lab): Promise<string> {
  const argv = ['mariadb-dump', '--skip-dump-date', '--skip-comments', '--order-by-primary', '--hex-blob'];
  return (await lab.run([...argv, '--databases', 'pretix'])).stdout;
}
