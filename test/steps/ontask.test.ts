import { describe, expect, it } from 'vitest';
import { applyConditions } from '../../src/guide/template.ts';
import { guide } from '../../steps/ontask/index.ts';
import { assets } from './all.ts';
import { debian12, debian13, type Planned, planOf } from './plan-of.ts';

const facts = { ...debian12, fqdn: 'ontask.mon-univ.fr', timezone: 'Europe/Paris' };
const needed = { SU_EMAIL: 'admin@mon-univ.fr' };
const byPerson = {
  DB_ADMIN: 'person',
  WEB_SERVER: 'none',
  SU_BY: 'person',
  SITE_BY: 'person',
  PSQLPWD: 'known-password',
};
const onDebian11 = { ...facts, 'os.version': '11', python3: '3.9' };
const printed = { PYTHON: '/usr/bin/python2.7', RELEASE: '2.1.1' };
const lti = {
  LTI_OAUTH_CREDENTIALS: JSON.stringify([{ key: 'moodle' }, { key: 'canvas' }]),
  'LTI_OAUTH_CREDENTIALS.moodle.secret': 'moodle-secret-0123456789',
  'LTI_OAUTH_CREDENTIALS.canvas.secret': 'canvas-secret-0123456789',
};
const files = { TLS: 'files', TLS_CERT: '/etc/ssl/a.pem', TLS_KEY: '/etc/ssl/a.key' };

const plan = (
  given: Readonly<Record<string, string>> = {},
  machine: Readonly<Record<string, string>> = given['RELEASE'] === printed.RELEASE ? onDebian11 : facts,
) => planOf(guide, machine, { ...needed, ...given });

const text = (planned: Planned) => `${planned.lines.join('\n')}\n`;

function operation(planned: Planned, step: string, kind: string) {
  const found = planned.operations.find((one) => one.step === step && one.op.kind === kind);
  if (!found) throw new Error(`no ${kind} in ${step}`);
  return found.op;
}

function localEnv(planned: Planned): string {
  const op = operation(planned, 'local-env', 'file');
  return op.kind === 'file' ? planned.values.full(op.content ?? '', op.syntax) : '';
}

function siteText(planned: Planned): string {
  const { op } = planned.operations.find(({ op: one }) => /^(nginx|apache)-site$/.test(one.kind)) ?? {};
  if (op?.kind === 'nginx-site') return planned.values.full(op.content ?? '', 'nginx');
  return op?.kind === 'apache-site' ? planned.values.full(op.content ?? '', 'apache') : '';
}

function unitText(planned: Planned, step = 'unit-web', name = 'ontask-web.service'): string {
  const found = planned.operations.find(
    (one) => one.step === step && one.op.kind === 'systemd-unit' && one.op.name === name,
  );
  return found?.op.kind === 'systemd-unit' ? planned.values.full(found.op.content ?? '', 'systemd') : '';
}

const problemOf = ({ resolution }: Planned, id: string) =>
  resolution.problems.find((one) => one.id === id)?.say.en ?? '';
const stepsOf = (planned: Planned) => planned.lines.map((line) => line.split(':')[0] ?? '');
const itemsOf = (planned: Planned) =>
  planned.operations.flatMap(({ op }) => (op.kind === 'checklist' ? op.items : []));

describe('the plan', () => {
  it('is the agreed one on Debian 12', async () => {
    await expect(text(plan(lti))).toMatchFileSnapshot('ontask-plan-debian12.txt');
  });

  it('is the agreed one where a person does all they can', async () => {
    await expect(text(plan(byPerson))).toMatchFileSnapshot('ontask-plan-by-person.txt');
  });

  it('is the agreed one behind Apache', async () => {
    const planned = text(plan({ WEB_SERVER: 'apache', ...files }));
    await expect(planned).toMatchFileSnapshot('ontask-plan-apache.txt');
  });

  it('is the agreed one of the release that the guide prints', async () => {
    await expect(text(plan(printed))).toMatchFileSnapshot('ontask-plan-printed.txt');
  });

  it('is the agreed one for development', async () => {
    const planned = text(plan({ DEPLOY_KIND: 'development' }));
    await expect(planned).toMatchFileSnapshot('ontask-plan-development.txt');
  });

  it('needs one answer on a machine that knows its name and time zone', () => {
    expect(plan().resolution.problems).toEqual([]);
    expect(planOf(guide, facts, {}).resolution.problems.map(({ id }) => id)).toEqual(['SU_EMAIL']);
  });

  it('asks for no value that nothing gives, whatever is chosen', () => {
    for (const given of everyChoice()) {
      const planned = plan(given);
      expect({ given, problems: planned.resolution.problems, missing: planned.missing }).toEqual({
        given,
        problems: [],
        missing: [],
      });
    }
  });

  it('leaves nothing that counts to a person where the wizard does all', () => {
    expect(itemsOf(plan(lti)).filter(({ optional }) => !optional)).toEqual([]);
  });

  it('holds its Redis database, its paths, its units and its socket for itself', () => {
    expect(plan().operations.flatMap(({ op }) => op.claims ?? [])).toEqual([
      'redis:6379/1',
      'path:/opt/ontask-venv',
      'path:/opt/ontask',
      'unit:ontask-web.service',
      'socket:/run/ontask/web.sock',
      'unit:ontask-celery.service',
      'unit:ontask-beat.service',
    ]);
    const claims = plan({ DEPLOY_KIND: 'development' }).operations.flatMap(({ op }) => op.claims ?? []);
    expect(claims).toContain('port:tcp/8000');
  });
});

describe('the release', () => {
  const ref = (planned: Planned) => {
    const op = operation(planned, 'source-get', 'git-checkout');
    return op.kind === 'git-checkout' ? planned.values.public(op.ref) : '';
  };

  it('is 11.1 unless another one is asked for', () => {
    expect(ref(plan())).toBe('Version_11_1');
    expect(ref(plan({ RELEASE: 'other', TAG: 'Version_10_0' }))).toBe('Version_10_0');
    expect(ref(plan(printed))).toBe('Version_2_1_1');
  });

  it('is refused on a Python without ready-made libraries, with the reason', () => {
    const on13 = plan({}, { ...facts, ...debian13 });
    expect(problemOf(on13, 'RELEASE')).toMatch(/3\.9 to 3\.12.*numpy/);
    const own = plan({ PYTHON: '/opt/python3.11/bin/python3' }, { ...facts, ...debian13 });
    expect(own.resolution.problems).toEqual([]);
  });

  it('that the guide prints is offered only with a Python 2.7', () => {
    expect(problemOf(plan({ RELEASE: '2.1.1' }), 'RELEASE')).toMatch(/Python 2\.7/);
    expect(problemOf(plan(printed, facts), 'RELEASE')).toMatch(/Debian 11/);
    expect(plan(printed).resolution.problems).toEqual([]);
    expect(problemOf(plan({ ...printed, DEPLOY_KIND: 'development' }), 'DEPLOY_KIND')).toMatch(/production/);
  });

  it('comes from any repository that needs no password in its address', () => {
    for (const url of ['file:///srv/ontask.git', 'https://git.mon-univ.fr/ontask', 'ssh://git.mon-univ.fr/x'])
      expect(problemOf(plan({ REPOSITORY: url }), 'REPOSITORY')).toBe('');
    expect(problemOf(plan({ REPOSITORY: 'https://me:secret@git.mon-univ.fr/x' }), 'REPOSITORY')).not.toBe('');
  });

  it('stays out of the directories of web servers and of percent signs', () => {
    for (const path of ['/var/www/ontask', '/tmp/ontask', '/opt/on task', '/opt/100%', '/home/me/ontask'])
      expect(problemOf(plan({ ROOT: path }), 'ROOT')).not.toBe('');
    expect(plan({ VENV: '/opt/ontask' }).resolution.problems.map(({ id }) => id)).toContain('ROOT');
  });
});

describe('local.env', () => {
  it('carries a password as a part of the address, encoded', () => {
    expect(localEnv(plan({ PSQLPWD: "lab'pw@1/x-long" }))).toMatch(
      /^DATABASE_URL=postgres:\/\/ontask:lab%27pw%401%2Fx-long@127\.0\.0\.1:5432\/ontask$/m,
    );
  });

  it('holds what 11.1 does not start without, unquoted', () => {
    const lines = localEnv(plan()).split('\n');
    expect(lines).toEqual(
      expect.arrayContaining([
        'TIME_ZONE=Europe/Paris',
        'REDIS_URL=redis://127.0.0.1:6379/1',
        'ALLOWED_HOSTS=ontask.mon-univ.fr',
        'DEBUG=False',
        'USE_SSL=True',
        'EMAIL_ACTION_NOTIFICATION_SENDER=ontask@ontask.mon-univ.fr',
      ]),
    );
    expect(localEnv(plan())).toMatch(/^SECRET_KEY=[A-Za-z0-9]{64}$/m);
  });

  it('never holds SECURE_PROXY_SSL_HEADER, which makes every request fail', () => {
    for (const given of everyChoice()) expect(localEnv(plan(given))).not.toMatch(/SECURE_PROXY_SSL_HEADER/);
  });

  it('has one line with all LTI pairs, and none where there is no platform', () => {
    expect(localEnv(plan())).not.toMatch(/LTI/);
    expect(localEnv(plan(lti))).toMatch(
      /^LTI_OAUTH_CREDENTIALS=moodle=moodle-secret-0123456789,canvas=canvas-secret-0123456789$/m,
    );
  });

  it('shows no secret in the plan', () => {
    const planned = plan({ ...lti, PSQLPWD: 'hidden/password' });
    const op = operation(planned, 'local-env', 'file');
    const masked = op.kind === 'file' ? planned.values.masked(op.content ?? '', op.syntax) : '';
    expect(masked).not.toMatch(/hidden|secret-0/);
    expect(masked).toMatch(/moodle=••••••••,canvas=••••••••$/m);
  });

  it('belongs to root, and the service only reads it', () => {
    const op = operation(plan(), 'local-env', 'file');
    expect(op).toMatchObject({ owner: 'root:%RUN_USER%', mode: '0640', path: '%ROOT%/settings/local.env' });
    expect(operation(plan(printed), 'local-env', 'file')).toMatchObject({
      path: '%ROOT%/src/ontask/settings/local.env',
    });
  });

  it('of the printed release has its four keys only', () => {
    const keys = localEnv(plan({ ...printed, ...lti })).match(/^[A-Z_]+(?==)/gm);
    expect(keys).toEqual(['TIME_ZONE', 'DATABASE_URL', 'SECRET_KEY', 'LTI_OAUTH_CREDENTIALS']);
  });

  it('holds SMTP authentication only where it is wanted', () => {
    expect(localEnv(plan())).not.toMatch(/EMAIL_HOST_USER/);
    const given = { EMAIL_HOST_USER: 'ontask', EMAIL_HOST_PASSWORD: 'two words', EMAIL_SECURITY: 'starttls' };
    expect(localEnv(plan(given))).toMatch(
      /^EMAIL_PORT=587\nEMAIL_HOST_USER=ontask\nEMAIL_HOST_PASSWORD='two words'\nEMAIL_USE_TLS=True$/m,
    );
    expect(problemOf(plan({ ...given, EMAIL_HOST_PASSWORD: '$HOME' }), 'EMAIL_HOST_PASSWORD')).toMatch(/\$/);
  });
});

describe('keys', () => {
  it('of the guide’s sample are refused, and too short secrets', () => {
    const sample = {
      LTI_OAUTH_CREDENTIALS: JSON.stringify([{ key: 'key1' }]),
      'LTI_OAUTH_CREDENTIALS.key1.secret': 'secret1',
    };
    expect(problemOf(plan(sample), 'LTI_OAUTH_CREDENTIALS')).not.toBe('');
    const short = { ...lti, 'LTI_OAUTH_CREDENTIALS.moodle.secret': 'secret1' };
    expect(problemOf(plan(short), 'LTI_OAUTH_CREDENTIALS')).not.toBe('');
    const comma = { ...lti, 'LTI_OAUTH_CREDENTIALS.moodle.secret': 'secret,with=signs-of-it' };
    expect(problemOf(plan(comma), 'LTI_OAUTH_CREDENTIALS')).not.toBe('');
  });

  it('are made where none is given', () => {
    const { resolution } = plan({ LTI_OAUTH_CREDENTIALS: JSON.stringify([{ key: 'moodle' }]) });
    expect(resolution.problems).toEqual([]);
    expect(resolution.toGenerate).toContain('LTI_OAUTH_CREDENTIALS.moodle.secret');
    expect(resolution.toGenerate).toEqual(expect.arrayContaining(['SECRET_KEY', 'PSQLPWD', 'SU_PASSWORD']));
  });
});

describe('the order', () => {
  it('gives the logs to the service before the first command of OnTask', () => {
    const { operations } = plan();
    const logs = operations.findIndex(({ op }) => op.kind === 'directory' && op.path === '%ROOT%/logs');
    const first = operations.findIndex(({ op }) => JSON.stringify(op).includes('manage.py'));
    expect(logs).toBeGreaterThan(0);
    expect(first).toBeGreaterThan(logs);
  });

  it('runs no command of OnTask as root', () => {
    for (const given of everyChoice())
      for (const { step, op } of plan(given).operations) {
        const runs = JSON.stringify(op).includes('manage.py') && op.kind !== 'checklist';
        const asOf = 'probe' in op ? op.probe : op;
        if (runs)
          expect({ step, as: JSON.stringify(asOf) }).toMatchObject({
            as: expect.stringContaining('%RUN_USER%'),
          });
      }
  });

  it('opens the site after its administrator is there, and the pages after the site', () => {
    const steps = stepsOf(plan());
    const order = [
      'migrate',
      'superuser',
      'unit-web',
      'web-server',
      'web-answers',
      'admin-pages',
      'celery-services',
    ];
    const places = order.map((step) => steps.indexOf(step));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places).not.toContain(-1);
  });
});

describe('the nginx site', () => {
  it('passes the host with its port, tells the scheme and takes uploads of 200 MB', () => {
    const site = siteText(plan());
    expect(site).toMatch(/proxy_set_header Host \$http_host;/);
    expect(site).toMatch(/proxy_set_header X-Forwarded-Proto \$scheme;/);
    expect(site).toMatch(/client_max_body_size 200m;/);
    expect(site).toMatch(/listen 80;[\s\S]*return 301 https:\/\/ontask\.mon-univ\.fr\$request_uri;/);
    expect(site).toMatch(/alias \/opt\/ontask\/site\/static\/;/);
  });

  it('removes HSTS unless it was asked for, and the plan says what that means', () => {
    expect(siteText(plan())).toMatch(/proxy_hide_header Strict-Transport-Security;/);
    const imposed = plan({ HSTS: 'yes' });
    expect(siteText(imposed)).not.toMatch(/Strict-Transport-Security/);
    expect(operation(imposed, 'web-server', 'nginx-site').why?.en).toMatch(/Nothing gets it back/);
  });

  it('has no certificate where TLS ends on a front end, and says https to OnTask', () => {
    const site = siteText(plan({ TLS: 'upstream' }));
    expect(site).not.toMatch(/443|ssl_certificate/);
    expect(site).toMatch(/proxy_set_header X-Forwarded-Proto https;/);
  });

  it('passes a sign-on header only from a front end that was declared', () => {
    expect(siteText(plan())).toMatch(/proxy_set_header X-Remote-User "";/);
    expect(problemOf(plan({ REMOTE_USER: 'header' }), 'REMOTE_USER')).toMatch(/front end/);
    const signedOn = plan({ TLS: 'upstream', REMOTE_USER: 'header' });
    expect(siteText(signedOn)).not.toMatch(/X-Remote-User/);
    expect(unitText(signedOn)).toMatch(/--pythonpath \/etc\/ontask ontask_front_end:application$/m);
    expect(unitText(plan())).toMatch(/ wsgi:application$/m);
  });
});

describe('the Apache site', () => {
  it('keeps static files and media out of the proxy, and closes the same doors', () => {
    const site = siteText(plan({ WEB_SERVER: 'apache', ...files }));
    expect(site.indexOf('ProxyPass /static !')).toBeLessThan(site.indexOf('ProxyPass / unix:'));
    expect(site).toMatch(/RequestHeader unset X-Remote-User early/);
    expect(site).toMatch(/RequestHeader set X-Forwarded-Proto "https"/);
    expect(site).toMatch(/Header always unset Strict-Transport-Security/);
    expect(site).not.toMatch(/AllowOverride All/);
  });
});

describe('the services', () => {
  it('are three in 11.1, without rights on the system', () => {
    const planned = plan();
    for (const [step, name] of [
      ['unit-web', 'ontask-web.service'],
      ['celery-services', 'ontask-celery.service'],
      ['celery-services', 'ontask-beat.service'],
    ] as const) {
      expect(unitText(planned, step, name)).toMatch(/^User=ontask$[\s\S]*^WorkingDirectory=\/opt\/ontask$/m);
      expect(unitText(planned, step, name)).toMatch(
        /^NoNewPrivileges=yes\nPrivateTmp=yes\nProtectSystem=full$/m,
      );
    }
    expect(unitText(planned)).toMatch(/--workers 3 --timeout 120 --bind unix:\/run\/ontask\/web\.sock/);
  });

  it('are started again when local.env or the program has changed', () => {
    const op = operation(plan(), 'unit-web', 'systemd-unit');
    expect(op).toMatchObject({ restartOn: ['file:%ROOT%/settings/local.env', 'git:%ROOT%'] });
  });

  it('are one and a line of cron in the printed release', () => {
    const planned = plan(printed);
    expect(planned.lines.filter((line) => line.includes('systemd-unit'))).toEqual([
      'unit-web: systemd-unit unit:ontask-web.service',
    ]);
    const op = operation(plan({ ...printed, CRON_MINUTES: '20' }), 'cron-scheduler', 'file');
    const cron = op.kind === 'file' ? planned.values.full(op.content ?? '', op.syntax) : '';
    expect(cron).toMatch(/^0,20,40 \* \* \* \* ontask cd .*>> \/opt\/ontask\/logs\/cron\.log 2>&1$/m);
    expect(cron).toMatch(/^PATH=\/opt\/ontask-venv\/bin:/m);
    expect(cron).toMatch(/^DJANGO_SETTINGS_MODULE=ontask\.settings\.production$/m);
    expect(cron.match(/scheduler_script/g)).toHaveLength(1);
  });
});

describe('the administrator', () => {
  it('has a password that is in no argument', () => {
    const planned = plan({ SU_PASSWORD: 'a long password' });
    for (const { op } of planned.operations) {
      const argv = 'run' in op ? JSON.stringify(op.run) : '';
      expect(argv).not.toMatch(/%(SU_PASSWORD|PSQLPWD|SECRET_KEY)%/);
    }
    const op = operation(planned, 'superuser', 'script');
    expect(op.kind === 'script' && planned.values.full(op.content ?? '', op.syntax)).toMatch(
      /create_superuser\(email="admin@mon-univ\.fr", name="OnTask", password="a long password"\)/,
    );
  });

  it('is made in the person’s terminal where they want that', () => {
    expect(plan({ SU_BY: 'person' }).lines).toContain('superuser: terminal terminal:superuser');
  });
});

describe('what a person does', () => {
  it('is proven where something can be looked at', () => {
    const unproven = itemsOf(plan({ ...byPerson, ...lti })).filter(
      ({ proof, optional }) => !proof && !optional,
    );
    expect(unproven.map(({ id }) => id)).toEqual([]);
  });

  it('never empties a database by itself', () => {
    const item = itemsOf(plan()).find(({ id }) => id === 'db-reset');
    expect(item).toMatchObject({ optional: true });
    expect(plan().operations.some(({ op }) => 'run' in op && JSON.stringify(op.run).includes('dropdb'))).toBe(
      false,
    );
  });

  it('begins with the SQL of another database’s administrator', () => {
    const planned = plan({ DBHOST: 'db.mon-univ.fr', PSQLPWD: 'known-password' });
    expect(planned.lines.filter((line) => /: sql-/.test(line))).toEqual([]);
    const item = itemsOf(planned).find(({ id }) => id === 'pg-by-administrator');
    expect(item?.fields?.[0]?.value).toMatch(/^CREATE ROLE .* CREATEDB NOCREATEROLE/);
    const op = operation(planned, 'migrate', 'command');
    expect(op.kind === 'command' && op.undo).toMatchObject({ never: expect.anything() });
  });
});

describe('the templates', () => {
  it('have balanced conditions', () => {
    for (const [path, template] of Object.entries(assets))
      if (path.startsWith('ontask/')) expect(() => applyConditions(template, () => '', path)).not.toThrow();
  });
});

/** Each value of each choice with each of the choices that it meets in conditions. */
function everyChoice(): Record<string, string>[] {
  const alternatives: Record<string, string>[][] = [
    [{}, printed, { RELEASE: 'other', TAG: 'development' }, { DEPLOY_KIND: 'development' }],
    [
      {},
      { DB_ADMIN: 'person' },
      { DB_ADMIN: 'password', DB_ADMIN_PASSWORD: 'x' },
      { PG_HBA: 'add' },
      { DBHOST: 'db.mon-univ.fr', DB_ADMIN: 'password', DB_ADMIN_PASSWORD: 'x' },
    ],
    [
      {},
      files,
      { TLS: 'upstream', REMOTE_USER: 'header' },
      { WEB_SERVER: 'apache', HSTS: 'yes' },
      { WEB_SERVER: 'none', REMOTE_USER: 'header' },
    ],
    [{}, { EMAIL_HOST_USER: 'u', EMAIL_HOST_PASSWORD: 'p', EMAIL_SECURITY: 'ssl', DOCS: 'no' }],
    [{}, { SU_BY: 'person', SITE_BY: 'person', ...lti }],
  ];
  return alternatives.reduce<Record<string, string>[]>(
    (all, options) => all.flatMap((given) => options.map((option) => ({ ...given, ...option }))),
    [{}],
  );
}
