import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { holds } from '../../src/guide/conditions.ts';
import { guide } from '../../steps/numbas/index.ts';
import { debian13, type Planned, planOf } from './plan-of.ts';

const facts = {
  ...debian13,
  'os.platform': 'debian13',
  fqdn: 'numbas-lti.mon-univ.fr',
  timezone: 'Europe/Paris',
  selinux: 'disabled',
};
const enterprise = (id: string, version: string) => ({
  ...facts,
  'os.id': id,
  'os.version': version,
  'os.platform': `el${version.split('.')[0]}`,
  selinux: 'enforcing',
});
const ubuntu = { ...facts, 'os.id': 'ubuntu', 'os.version': '24.04', 'os.platform': 'ubuntu24.04' };
const debian12 = { ...facts, 'os.version': '12', 'os.platform': 'debian12', python3: '3.11' };

const needed = { INSTANCE_NAME: 'Université de Somewhere', SU_EMAIL: 'admin@mon-univ.fr' };
const byPerson = { DB_ADMIN: 'person', DB_PASSWORD: 'known-password', SETTINGS_BY: 'person' };
const files = { TLS: 'files', TLS_CERT: '/etc/ssl/a.pem', TLS_KEY: '/etc/ssl/a.key' };

const plan = (
  given: Readonly<Record<string, string>> = {},
  machine: Readonly<Record<string, string>> = facts,
) => planOf(guide, machine, { ...needed, ...given });

const text = (planned: Planned) => `${planned.lines.join('\n')}\n`;
const stepsOf = (planned: Planned) => [...new Set(planned.operations.map(({ step }) => step))];
const problemOf = ({ resolution }: Planned, id: string) =>
  resolution.problems.find((one) => one.id === id)?.say.en ?? '';

/** What a template of these answers holds. */
function contentOf(planned: Planned, kind: string, step: string): string {
  const found = planned.operations.find(({ op, step: at }) => op.kind === kind && at === step)?.op;
  if (!found || !('content' in found)) throw new Error(`no ${kind} in ${step}`);
  const syntax = { 'nginx-site': 'nginx', 'apache-site': 'apache', 'supervisor-program': 'supervisor' }[kind];
  const own = 'syntax' in found ? found.syntax : undefined;
  return planned.values.full(found.content ?? '', (syntax ?? own) as never);
}

const settings = (planned: Planned) => contentOf(planned, 'file', 'first-setup');

describe('the plan', () => {
  it.each([
    ['debian13', facts],
    ['ubuntu24.04', ubuntu],
    ['el8', enterprise('almalinux', '8.10')],
    ['el9', enterprise('rocky', '9.4')],
    ['el10', enterprise('almalinux', '10.0')],
    ['rhel9', enterprise('rhel', '9.4')],
  ])('is the agreed one on %s', async (name, machine) => {
    await expect(text(plan({}, machine))).toMatchFileSnapshot(`numbas-plan-${name}.txt`);
  });

  it('is the agreed one where a person does all they can', async () => {
    await expect(text(plan(byPerson))).toMatchFileSnapshot('numbas-plan-by-person.txt');
  });

  it('is the agreed one behind Apache', async () => {
    const planned = text(plan({ WEB_SERVER: 'apache', ...files }));
    await expect(planned).toMatchFileSnapshot('numbas-plan-apache.txt');
  });

  it('needs two answers on a machine that knows its name and time zone', () => {
    expect(plan().resolution.problems).toEqual([]);
    const open = planOf(guide, facts, {}).resolution.problems.map(({ id }) => id);
    expect(open.sort()).toEqual(['INSTANCE_NAME', 'SU_EMAIL']);
  });

  it.each([facts, ubuntu, enterprise('rhel', '9.4'), enterprise('almalinux', '10.0')])(
    'asks for no value that nothing gives, whatever is chosen',
    (machine) => {
      for (const given of everyChoice(machine)) {
        const planned = plan(given, machine);
        expect({ given, problems: planned.resolution.problems, missing: planned.missing }).toEqual({
          given,
          problems: [],
          missing: [],
        });
      }
    },
  );

  it('leaves the consumer key alone to a person where the wizard does all', () => {
    const items = plan().operations.flatMap(({ op }) => (op.kind === 'checklist' ? op.items : []));
    expect(items.filter(({ optional }) => !optional).map(({ id }) => id)).toEqual(['consumer-key']);
  });

  it('holds its paths, ports, programs and Redis database for itself', () => {
    expect(plan().operations.flatMap(({ op }) => op.claims ?? [])).toEqual([
      'port:tcp/8700',
      'redis:6379/0',
      'path:/srv/numbas-lti-media',
      'path:/srv/numbas-lti-static',
      'path:/srv/numbas-lti-provider',
      'path:/opt/numbas_lti_python',
      'supervisor:numbas_lti',
    ]);
  });
});

describe('the machine', () => {
  const refusal = (machine: Readonly<Record<string, string>>) =>
    guide.unfit.find(({ when }) => planOf(guide, machine, needed) && holdsFor(when, machine))?.say.en ?? '';

  it('of RHEL 7 is refused with the reason and a way', () => {
    const rhel7 = { ...facts, 'os.id': 'rhel', 'os.version': '7.9', 'os.platform': 'el7' };
    expect(refusal(rhel7)).toMatch(/June 2024.*Python 3\.12.*AlmaLinux 9, or Debian 13/);
    const centos7 = { ...facts, 'os.id': 'centos', 'os.version': '7', 'os.platform': 'centos7' };
    expect(refusal(centos7)).toMatch(/RHEL 7/);
  });

  it('that the guide does not know is refused with those that it knows', () => {
    const fedora = { ...facts, 'os.id': 'fedora', 'os.version': '42', 'os.platform': 'fedora42' };
    expect(refusal(fedora)).toMatch(/Debian 13, Ubuntu 24\.04, or RHEL, Rocky Linux or AlmaLinux 8, 9 or 10/);
    for (const known of [facts, ubuntu, debian12, enterprise('rocky', '8.10')])
      expect(refusal(known)).toBe('');
  });

  it('of Debian 12 needs another Python, or an older commit, and is told so at the question', () => {
    const wanted = plan({ BRANCH: 'v4_STABLE' }, debian12);
    expect(problemOf(wanted, 'BRANCH')).toMatch(/Python 3\.12.*Debian 13.*REF = 07ed793/);
    expect(plan({}, debian12).resolution.problems.map(({ id }) => id)).toEqual(['REF']);
    expect(plan({ PYTHON: '/opt/python3.12/bin/python3.12' }, debian12).resolution.problems).toEqual([]);
    expect(plan({ BRANCH: 'other', REF: '07ed793a472e' }, debian12).resolution.problems).toEqual([]);
  });

  it('of the Red Hat family serves Numbas through nginx only', () => {
    const planned = plan({ WEB_SERVER: 'apache' }, enterprise('rocky', '9.4'));
    expect(problemOf(planned, 'WEB_SERVER')).toMatch(/behind nginx only/);
  });

  it('is told apart by its packages, units and places', () => {
    const lines = (machine: Readonly<Record<string, string>>) => text(plan({}, machine));
    expect(lines(facts)).toMatch(/supervisor\.service/);
    expect(lines(facts)).not.toMatch(/rpm/);
    expect(lines(enterprise('rocky', '9.4'))).toMatch(/supervisord\.service/);
    expect(lines(enterprise('rocky', '9.4'))).toMatch(/unit:redis\.service/);
    expect(lines(enterprise('almalinux', '10.0'))).toMatch(/unit:valkey\.service/);
    expect(lines(enterprise('rocky', '9.4'))).not.toMatch(/pkg:/);
  });
});

describe('the order', () => {
  it('reads what Python the branch needs before anything but git is installed', () => {
    const { operations } = plan();
    expect(operations.slice(0, 2).map(({ op }) => op.kind)).toEqual(['packages', 'check']);
    expect(operations[0]?.op).toMatchObject({ names: ['git', 'ca-certificates'] });
    expect(operations[1]?.op).toMatchObject({ name: 'python-floor' });
  });

  it('has the administrator before the site is open to anybody', () => {
    const steps = stepsOf(plan());
    expect(steps.indexOf('superuser')).toBeLessThan(steps.indexOf('supervisord'));
    expect(steps.indexOf('superuser')).toBeLessThan(steps.indexOf('nginx-vhost'));
    expect(
      guide.chapters.flatMap(({ steps: all }) => all).find(({ id }) => id === 'supervisord')?.needs,
    ).toContain('superuser');
  });

  it('has the certificate before the site that names it', () => {
    const steps = stepsOf(plan());
    expect(steps.indexOf('certificate')).toBeLessThan(steps.indexOf('nginx-vhost'));
  });
});

describe('settings.py', () => {
  it('begins with upstream’s own and carries any value as a Python literal', () => {
    const planned = plan({
      INSTANCE_NAME: 'L\'Université \\ de "Somewhere"',
      DB_PASSWORD: 'pa\'ss"w\\ord%12',
    });
    const lines = settings(planned).split('\n');
    expect(lines).toContain("exec(compile(_dist.read_text(encoding='utf-8'), str(_dist), 'exec'))");
    expect(settings(planned)).toMatch(/^DEBUG = False$/m);
    expect(settings(planned)).toMatch(/^ALLOWED_HOSTS = \[.numbas-lti\.mon-univ\.fr.\]$/m);
  });

  it('keeps messages, cache and tasks in one Redis database', () => {
    const said = settings(plan({ REDIS_DB: '5' }));
    expect(said).toMatch(/^_redis = 'redis:\/\/127\.0\.0\.1:6379\/' \+ .5.$/m);
    expect(said).toMatch(/RedisChannelLayer/);
    expect(said).toMatch(/^HUEY\['connection'\] = \{'url': _redis\}$/m);
    expect(said).toMatch(/^CACHES\['default'\]\['LOCATION'\] = _redis$/m);
  });

  it('names the help only where there is one', () => {
    expect(settings(plan())).toMatch(/^SUPPORT_URL = None$/m);
    expect(settings(plan({ SUPPORT_URL: 'mailto:aide@mon-univ.fr' }))).toMatch(
      /^SUPPORT_URL = .mailto:aide@mon-univ\.fr.$/m,
    );
  });

  it('holds SMTP authentication only where it is wanted', () => {
    expect(settings(plan())).not.toMatch(/EMAIL_HOST_USER|EMAIL_USE/);
    const given = { EMAIL_HOST_USER: 'numbas', EMAIL_HOST_PASSWORD: 'two words', EMAIL_SECURITY: 'starttls' };
    expect(settings(plan(given))).toMatch(/^EMAIL_PORT = int\(.587.\)$/m);
    expect(settings(plan(given))).toMatch(/^EMAIL_HOST_PASSWORD = .two words.$/m);
    expect(settings(plan(given))).toMatch(/^EMAIL_USE_TLS = True$/m);
  });

  it('shows no secret in the plan', () => {
    const planned = plan({ DB_PASSWORD: 'hidden-password', LOCKDOWN_PASSWORD: 'hidden-lockdown' });
    const op = planned.operations.find(
      ({ op: one, step }) => one.kind === 'file' && step === 'first-setup',
    )?.op;
    const masked = op?.kind === 'file' ? planned.values.masked(op.content ?? '', op.syntax) : '';
    expect(masked).not.toMatch(/hidden/);
  });

  it('belongs to root, and the service only reads it', () => {
    const op = plan().operations.find(
      ({ op: one, step }) => one.kind === 'file' && step === 'first-setup',
    )?.op;
    expect(op).toMatchObject({ owner: 'root:%APP_USER%', mode: '0640' });
  });

  it('is left to upstream’s form on request, on this machine only, with what the form forgets added', () => {
    const planned = plan({ SETTINGS_BY: 'person' });
    const kinds = planned.operations.filter(({ step }) => step === 'first-setup').map(({ op }) => op.kind);
    expect(kinds.slice(0, 4)).toEqual(['script', 'file', 'terminal', 'block']);
    expect(settings(planned)).toContain("('127.0.0.1', address[1])");
    expect(stepsOf(planned)).not.toContain('superuser');
  });
});

describe('supervisord', () => {
  const programs = (given = {}) => contentOf(plan(given), 'supervisor-program', 'supervisord');

  it('runs the processes on this machine only, as the service', () => {
    expect(programs()).toMatch(/--port 87%\(process_num\)02d --bind 127\.0\.0\.1 -v 2$/m);
    expect(programs().match(/^user=numbas_lti$/gm)).toHaveLength(2);
    expect(programs()).not.toMatch(/0\.0\.0\.0|www-data/);
  });

  it('has as many of them, on the ports, as asked', () => {
    expect(programs({ PROCESSES: '8', PORTS: '97' })).toMatch(/^numprocs=8$/m);
    expect(programs({ PORTS: '97' })).toMatch(/--port 97%/);
    expect(programs({ TASKS: '3' })).toMatch(/run_huey -w 3$/m);
  });

  it('gives them the proxy, where there is one', () => {
    expect(programs()).not.toMatch(/PROXY/);
    expect(programs({ PROXY: 'http://web.proxy:4321' })).toMatch(/HTTPS_PROXY="http:\/\/web\.proxy:4321"/);
    expect(problemOf(plan({ PROXY: 'http://me:secret@web.proxy:1' }), 'PROXY')).not.toBe('');
  });
});

describe('the site', () => {
  const nginx = (given = {}, machine = facts) => contentOf(plan(given, machine), 'nginx-site', 'nginx-vhost');

  it('names each process once, and nothing but this machine', () => {
    for (const [processes, ports] of [
      ['2', ['8700', '8701']],
      ['4', ['8700', '8701', '8702', '8703']],
      ['8', ['8700', '8701', '8702', '8703', '8704', '8705', '8706', '8707']],
    ] as const) {
      const named = [...nginx({ PROCESSES: processes }).matchAll(/^ *server 127\.0\.0\.1:(\d+);$/gm)];
      expect(named.map(([, port]) => port)).toEqual(ports);
      const members = contentOf(
        plan({ WEB_SERVER: 'apache', PROCESSES: processes }),
        'apache-site',
        'nginx-vhost',
      );
      expect(
        [...members.matchAll(/BalancerMember http:\/\/127\.0\.0\.1:(\d+)/g)].map(([, port]) => port),
      ).toEqual(ports);
    }
  });

  it('shows certbot’s proof where the system’s nginx has its pages', () => {
    const given = { TLS: 'certbot', CERTBOT_EMAIL: 'dsi@mon-univ.fr' };
    expect(nginx(given)).toMatch(/root \/var\/www\/html;/);
    expect(nginx(given, enterprise('rocky', '9.4'))).toMatch(/root \/usr\/share\/nginx\/html;/);
    expect(nginx()).not.toMatch(/acme/);
  });

  it('goes to conf.d on the Red Hat family', () => {
    const op = (machine: Readonly<Record<string, string>>) =>
      plan({}, machine).operations.find(({ op: one }) => one.kind === 'nginx-site')?.op;
    expect(op(enterprise('rocky', '9.4'))).toMatchObject({ folder: 'conf.d' });
    expect(op(facts)).toMatchObject({ folder: '' });
  });
});

it('takes Django’s refusal of another name, and the error that Numbas’s own page for it ends in', () => {
  const op = plan().operations.find(({ op }) => op.kind === 'check' && op.name === 'other-names-refused')?.op;
  expect(op).toMatchObject({ level: 'stop', probe: { host: 'other.invalid', status: [400, 500] } });
});

describe('the way back on the Red Hat family', () => {
  const found = plan({}, enterprise('rocky', '9.4')).operations.find(
    ({ op }) => op.kind === 'command' && op.name === 'postgresql-initdb',
  )?.op;
  const emptying = (databases: readonly string[]) => {
    const folder = mkdtempSync(join(tmpdir(), 'setup-wizard-pgsql-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    for (const name of databases) mkdirSync(join(folder, 'base', name), { recursive: true });
    const undo = found?.kind === 'command' && 'run' in found.undo ? found.undo.run : [];
    const [program = '', ...words] = undo.map((word) =>
      word === '/var/lib/pgsql/data' ? folder : String(word),
    );
    return { ...spawnSync(program, words, { encoding: 'utf8' }), left: () => readdirSync(folder) };
  };

  it('empties PostgreSQL’s folder where nothing but its own databases is in it', () => {
    const { status, left } = emptying(['1', '4', '5']);
    expect({ status, left: left() }).toEqual({ status: 0, left: [] });
  });

  it('leaves it whole where a database was kept', () => {
    const { status, stdout, left } = emptying(['1', '4', '5', '16384']);
    expect({ status, left: left() }).toEqual({ status: 1, left: ['base'] });
    expect(stdout).toContain('holds databases besides PostgreSQL');
  });
});

describe('SELinux and the firewall', () => {
  const kinds = (machine: Readonly<Record<string, string>>) =>
    plan({}, machine)
      .operations.filter(({ step }) => step === 'firewall-selinux')
      .map(({ op }) => op.kind);

  it('are opened as far as needed, and SELinux is never switched off', () => {
    expect(kinds(enterprise('rocky', '9.4'))).toContain('selinux-boolean');
    expect(kinds({ ...enterprise('rocky', '9.4'), selinux: 'disabled' })).not.toContain('selinux-boolean');
    expect(kinds(facts)).toEqual(['firewalld-service', 'firewalld-service']);
    for (const machine of [facts, enterprise('rocky', '9.4')])
      expect(JSON.stringify(plan({}, machine).operations)).not.toMatch(/setenforce/);
  });
});

function holdsFor(
  when: (typeof guide.unfit)[number]['when'],
  machine: Readonly<Record<string, string>>,
): boolean {
  return holds(when, (name) => machine[name]);
}

/** Each choice of each question, one at a time; what a choice asks for besides. */
function everyChoice(machine: Readonly<Record<string, string>>): Record<string, string>[] {
  const besides: Readonly<Record<string, Record<string, string>>> = {
    'TLS files': files,
    'TLS certbot': { CERTBOT_EMAIL: 'dsi@mon-univ.fr' },
    'BRANCH other': { REF: 'v4_STABLE' },
    'DB_ADMIN password': { DB_ADMIN_PASSWORD: 'secret' },
    'DB_ADMIN person': { DB_PASSWORD: 'known-password' },
  };
  const isEnterprise = machine['os.platform']?.startsWith('el');
  return guide.questions.flatMap(({ id, choices = [] }) =>
    choices
      .filter(({ value }) => !(isEnterprise && value === 'apache'))
      .map(({ value }) => ({ [id]: value, ...besides[`${id} ${value}`] })),
  );
}
