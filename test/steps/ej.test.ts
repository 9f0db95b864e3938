import { describe, expect, it } from 'vitest';
import { applyConditions } from '../../src/guide/template.ts';
import { guide } from '../../steps/ej/index.ts';
import { guideCommit } from '../../steps/ej/layout.ts';
import { assets } from './all.ts';
import { debian12, debian13, type Planned, planOf } from './plan-of.ts';

const facts = { ...debian12, fqdn: 'ej.mon-univ.fr', timezone: 'Europe/Paris' };
const needed = { SU_EMAIL: 'admin@mon-univ.fr' };
const rocket = { ROCKET: 'yes', ROCKET_HOST: 'chat.mon-univ.fr' };
const byWizard = { ...rocket, ROCKET_BY: 'wizard', MONGO_SCRIPT: 'yes' };
const files = { TLS: 'files', TLS_CERT: '/etc/ssl/a.pem', TLS_KEY: '/etc/ssl/a.key' };

const plan = (
  given: Readonly<Record<string, string>> = {},
  machine: Readonly<Record<string, string>> = facts,
) => planOf(guide, machine, { ...needed, ...given });

const text = (planned: Planned) => `${planned.lines.join('\n')}\n`;

function operations(planned: Planned, step: string, kind: string) {
  return planned.operations.filter((one) => one.step === step && one.op.kind === kind).map(({ op }) => op);
}

/** What the wizard writes to a file of the directory deploy. */
function written(planned: Planned, path: string): string {
  const found = planned.operations.find(({ op }) => op.kind === 'file' && op.path === `%DEPLOY_DIR%/${path}`);
  return found?.op.kind === 'file' ? planned.values.full(found.op.content ?? '', found.op.syntax) : '';
}

function siteText(planned: Planned, name = 'ej'): string {
  const found = planned.operations.find(({ op }) => op.kind === 'nginx-site' && op.name === name);
  return found?.op.kind === 'nginx-site' ? planned.values.full(found.op.content ?? '', 'nginx') : '';
}

const problemOf = ({ resolution }: Planned, id: string) =>
  resolution.problems.find((one) => one.id === id)?.say.en ?? '';
const itemsOf = (planned: Planned) =>
  planned.operations.flatMap(({ op }) => (op.kind === 'checklist' ? op.items : []));
const stepsOf = (planned: Planned) => planned.lines.map((line) => line.split(':')[0] ?? '');

describe('the plan', () => {
  it('is the agreed one on Debian 12', async () => {
    await expect(text(plan())).toMatchFileSnapshot('ej-plan-debian12.txt');
  });

  it('is the agreed one with Rocket.Chat, by hand, from the guide’s own commit', async () => {
    await expect(text(plan({ ...rocket, IMAGES: 'build' }))).toMatchFileSnapshot('ej-plan-rocket.txt');
  });

  it('is the agreed one with Rocket.Chat, through its API', async () => {
    await expect(text(plan({ ...byWizard, ...files }))).toMatchFileSnapshot('ej-plan-rocket-api.txt');
  });

  it('is the agreed one of today’s repository', async () => {
    await expect(text(plan({ IMAGES: 'current' }))).toMatchFileSnapshot('ej-plan-current.txt');
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

  it('leaves nothing that counts to a person where there is no Rocket.Chat', () => {
    expect(itemsOf(plan()).filter(({ optional }) => !optional)).toEqual([]);
  });

  it('leaves only Rocket.Chat’s first account to a person where the wizard does the rest', () => {
    const left = itemsOf(plan(byWizard)).filter(({ optional }) => !optional);
    expect(left.map(({ id }) => id)).toEqual(['rocket-wizard']);
  });

  it('holds its project, its ports and its directory for itself', () => {
    expect(plan(rocket).operations.flatMap(({ op }) => op.claims ?? [])).toEqual([
      'path:/opt/ej-server',
      'compose:ej',
      'port:tcp/8080',
      'port:tcp/3000',
      'unit:ej-backup.timer',
    ]);
  });

  it('takes the packages that each release has, and none where Docker’s own are', () => {
    const names = (machine: Readonly<Record<string, string>>) =>
      plan({}, { ...facts, ...machine }).lines.filter((line) =>
        /^(docker-engine|compose-tool): packages/.test(line),
      );
    expect(names({})).toEqual([
      'docker-engine: packages pkg:docker.io',
      'compose-tool: packages pkg:docker-compose',
    ]);
    expect(names({ 'os.id': 'ubuntu', 'os.version': '24.04' })[1]).toBe(
      'compose-tool: packages pkg:docker-compose-v2',
    );
    expect(names({ docker: 'docker-ce' })).toEqual([]);
    const [op] = operations(plan({}, { ...facts, ...debian13 }), 'docker-engine', 'packages');
    expect(op).toMatchObject({ names: ['docker.io', 'docker-cli', 'iptables'] });
  });
});

describe('the images', () => {
  const names = (given: Readonly<Record<string, string>>) =>
    operations(plan(given), 'compose-build', 'docker-images').map((op) =>
      op.kind === 'docker-images'
        ? { names: op.names.map((one) => plan(given).values.public(one)), from: op.build?.from }
        : {},
    );

  it('of Docker Hub are pulled; only the front container is built, from its one file', () => {
    expect(names({})).toEqual([
      { names: ['ejplatform/web:latest', 'postgres:10-alpine'] },
      { names: ['ejplatform/nginx:latest'], from: ['nginx:alpine'] },
    ]);
  });

  it('of the guide’s commit have the organization, the tag and the theme that were asked for', () => {
    const given = { IMAGES: 'build', ORG: 'myorg', TAG: '2019-07-14', THEME: 'cpa' };
    expect(names(given)[0]?.names).toEqual(['myorg/web:2019-07-14', 'myorg/nginx:latest']);
    expect(written(plan(given), '.env')).toMatch(/^ORG=myorg\nTAG=2019-07-14\nEJ_THEME=cpa$/m);
    expect(written(plan(given), 'config.env')).toMatch(/^EJ_THEME=cpa$/m);
    const [op] = operations(plan(given), 'source-get', 'git-checkout');
    expect(op).toMatchObject({ kind: 'git-checkout', ref: '%REF%' });
    expect(plan(given).values.public('%REF%')).toBe(guideCommit);
  });

  it('of a server without Internet come out of a file, or are there', () => {
    const [op] = operations(
      plan({ IMAGES: 'loaded', IMAGES_FILE: '/root/ej.tar' }),
      'compose-build',
      'docker-images',
    );
    expect(op).toMatchObject({ file: '%IMAGES_FILE%' });
    expect(stepsOf(plan({ IMAGES: 'loaded' }))).toContain('compose-build');
    expect(operations(plan({ IMAGES: 'loaded' }), 'compose-build', 'docker-images')).toEqual([]);
  });

  it('refuse names that Docker does not know', () => {
    for (const ORG of ['MyOrg', 'my org', '-org']) expect(problemOf(plan({ ORG }), 'ORG')).not.toBe('');
    expect(problemOf(plan({ TAG: 'a b' }), 'TAG')).not.toBe('');
    expect(problemOf(plan({ PROJECT: 'EJ' }), 'PROJECT')).not.toBe('');
  });
});

describe('config.env', () => {
  it('holds its settings under the names that EJ reads', () => {
    const lines = written(plan({ DJANGO_ALLOWED_HOSTS: '192.0.2.10,ej.intra' }), 'config.env').split('\n');
    expect(lines).toEqual(
      expect.arrayContaining([
        'DJANGO_DEBUG=False',
        'HOSTNAME=ej.mon-univ.fr',
        'DJANGO_HOSTNAME=ej.mon-univ.fr',
        'DJANGO_ALLOWED_HOSTS=ej.mon-univ.fr,192.0.2.10,ej.intra',
        'DJANGO_LANGUAGE_CODE=en-us',
        'DJANGO_TIME_ZONE=Europe/Paris',
        "EJ_PAGE_TITLE='EJ Platform'",
        'EJ_MAX_CONVERSATIONS_PER_BOARD=5',
      ]),
    );
  });

  it('has the same account, password and database three times', () => {
    const env = written(plan({ POSTGRES_PASSWORD: 'Abcdefghijklmnop1' }), 'config.env');
    expect(env).toMatch(/^POSTGRES_DB=ej\nPOSTGRES_USER=ej\nPOSTGRES_PASSWORD=Abcdefghijklmnop1$/m);
    expect(env).toMatch(/^DJANGO_DB_URL=psql:\/\/ej:Abcdefghijklmnop1@postgres:5432\/ej$/m);
  });

  it('has no country where none of those that EJ knows is chosen', () => {
    expect(written(plan(), 'config.env')).not.toMatch(/^COUNTRY/m);
    expect(written(plan({ COUNTRY: 'Brazil' }), 'config.env')).toMatch(/^COUNTRY=Brazil$/m);
    expect(problemOf(plan({ COUNTRY: 'France' }), 'COUNTRY')).not.toBe('');
    expect(problemOf(plan({ LANGUAGE_CODE: 'fr' }), 'LANGUAGE_CODE')).toMatch(/region/);
  });

  it('holds mail only where there is a server, which is never the container itself', () => {
    expect(written(plan(), 'config.env')).not.toMatch(/EMAIL_/);
    const mail = { EMAIL_HOST: 'smtp.mon-univ.fr', EMAIL_HOST_USER: 'ej', EMAIL_HOST_PASSWORD: "it's" };
    expect(written(plan(mail), 'config.env')).toMatch(
      /^EMAIL_PORT=587\nEMAIL_HOST_USER=ej\nEMAIL_HOST_PASSWORD="it's"\nEMAIL_USE_TLS=True\nEMAIL_USE_SSL=False$/m,
    );
    expect(problemOf(plan({ EMAIL_HOST: 'localhost' }), 'EMAIL_HOST')).toMatch(/container/);
  });

  it('never holds Rocket.Chat’s password, which all containers would read', () => {
    const env = written(
      plan({ ...byWizard, EJ_ROCKETCHAT_USER_PASSWORD: 'rocket-password-1' }),
      'config.env',
    );
    expect(env).not.toContain('rocket-password-1');
    expect(env).toMatch(/^EJ_ROCKETCHAT_INTEGRATION=true\nEJ_ROCKETCHAT_URL=https:\/\/chat\.mon-univ\.fr$/m);
    expect(env).toMatch(/^DJANGO_CONTENT_SECURITY_POLICY_FRAME_ANCESTORS=https:\/\/chat\.mon-univ\.fr$/m);
  });

  it('is closed, as is the file that Compose reads', () => {
    for (const given of everyChoice())
      for (const { op } of plan(given).operations)
        if (op.kind === 'file' && op.syntax === 'env')
          expect(op).toMatchObject({ mode: '0600', owner: 'root:root' });
  });

  it('follows the guide’s obsolete frame policy when that is asked for', () => {
    expect(written(plan(rocket), 'config.env')).toMatch(/^DJANGO_X_FRAME_OPTIONS=SAMEORIGIN$/m);
    expect(written(plan({ ...rocket, LITERAL: 'E20' }), 'config.env')).toMatch(
      /^DJANGO_X_FRAME_OPTIONS='ALLOW-FROM https:\/\/chat\.mon-univ\.fr'$|^DJANGO_X_FRAME_OPTIONS=ALLOW-FROM https:\/\/chat\.mon-univ\.fr$/m,
    );
  });
});

describe('secrets', () => {
  it('of the sample are refused', () => {
    const sample = 'al238gd93glx6o32nl02l1gi12678xz903';
    expect(problemOf(plan({ DJANGO_SECRET_KEY: sample }), 'DJANGO_SECRET_KEY')).not.toBe('');
    expect(problemOf(plan({ DJANGO_SECRET_KEY: `${sample}${'x'.repeat(40)}` }), 'DJANGO_SECRET_KEY')).toMatch(
      /sample/,
    );
    expect(problemOf(plan({ POSTGRES_PASSWORD: 'password' }), 'POSTGRES_PASSWORD')).not.toBe('');
    expect(problemOf(plan({ POSTGRES_USER: 'user' }), 'POSTGRES_USER')).toMatch(/reserved/);
    expect(problemOf(plan({ POSTGRES_DB: 'table' }), 'POSTGRES_DB')).toMatch(/reserved/);
  });

  it('that would break the address of the database are refused', () => {
    for (const password of ['with@sign-and-more', 'with/slash-and-more', 'with:colon-and-more'])
      expect(problemOf(plan({ POSTGRES_PASSWORD: password }), 'POSTGRES_PASSWORD')).toMatch(
        /Letters and digits/,
      );
  });

  it('are made where none is given', () => {
    expect(plan(rocket).resolution.toGenerate).toEqual([
      'DJANGO_SECRET_KEY',
      'POSTGRES_PASSWORD',
      'SU_PASSWORD',
      'EJ_ROCKETCHAT_USER_PASSWORD',
    ]);
  });

  it('are in no argument, whatever is chosen', () => {
    const secret =
      /%(DJANGO_SECRET_KEY|POSTGRES_PASSWORD|SU_PASSWORD|EMAIL_HOST_PASSWORD|EJ_ROCKETCHAT_USER_PASSWORD)%/;
    for (const given of everyChoice())
      for (const { op } of plan(given).operations) expect(argvsIn(op).join('\n')).not.toMatch(secret);
    expect(argvsIn(plan(byWizard).operations).join('\n')).toContain('mongo_script.js');
  });
});

/** Every command of an operation, of its probes and of its way back. */
function argvsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, one]) =>
    name === 'run' && Array.isArray(one) ? [one.map(String).join(' ')] : argvsIn(one),
  );
}

describe('the Compose files', () => {
  it('publish nothing but on 127.0.0.1, behind nginx of this machine', () => {
    const env = written(plan(rocket), '.env');
    expect(env).toMatch(/^HTTP_ADDRESS=127\.0\.0\.1\nHTTP_PORT=8080$/m);
    const edits = operations(plan(rocket), 'compose-edit', 'command').map((op) =>
      'run' in op ? op.run.join(' ') : '',
    );
    expect(edits[1]).toContain('127.0.0.1:');
    expect(edits[2]).toContain('27017');
    expect(written(plan(rocket), 'docker-compose.override.yml')).not.toMatch(/ports:/);
  });

  it('are named in .env, in the order in which they add to each other', () => {
    expect(written(plan(), '.env')).toMatch(
      /^COMPOSE_FILE=docker-compose\.yml:docker-compose\.override\.yml$/m,
    );
    expect(written(plan(rocket), '.env')).toMatch(
      /^COMPOSE_FILE=docker-compose\.yml:docker-compose\.rocket\.yml:docker-compose\.override\.yml$/m,
    );
  });

  it('know Rocket.Chat only where it is wanted', () => {
    expect(written(plan(), 'docker-compose.override.yml')).not.toMatch(/rocket|mongo/);
    expect(written(plan(rocket), 'docker-compose.override.yml')).toMatch(/image: mongo:\$\{MONGO_TAG\}/);
  });

  it('leave the front to a person’s own web server where they want that', () => {
    const own = plan({ WEB_SERVER: 'none', HTTP_ADDRESS: '0.0.0.0', HTTP_PORT: '80' });
    expect(written(own, '.env')).toMatch(/^HTTP_ADDRESS=0\.0\.0\.0\nHTTP_PORT=80$/m);
    expect(own.lines.some((line) => line.includes('nginx-site'))).toBe(false);
    expect(itemsOf(own).find(({ id }) => id === 'web-by-person')?.proof).toBeDefined();
  });

  it('hold the directory deploy right inside the repository', () => {
    expect(plan({ EJ_SRC: '/srv/ej' }).values.public('%DEPLOY_DIR%')).toBe('/srv/ej/deploy');
  });
});

describe('the web sites', () => {
  it('say https to EJ, and send http on', () => {
    const site = siteText(plan());
    expect(site).toMatch(/proxy_set_header X-Forwarded-Proto \$scheme;/);
    expect(site).toMatch(/return 301 https:\/\/ej\.mon-univ\.fr\$request_uri;/);
    expect(written(plan(), 'config.env')).toMatch(/^FORWARDED_ALLOW_IPS=\*$/m);
  });

  it('have no certificate where TLS ends on a front end', () => {
    const site = siteText(plan({ TLS: 'upstream' }));
    expect(site).not.toMatch(/443|ssl_certificate/);
    expect(site).toMatch(/proxy_set_header X-Forwarded-Proto https;/);
  });

  it('of Rocket.Chat keep its connections open, with the same certificate unless another is named', () => {
    const site = siteText(plan({ ...rocket, ...files }), 'ej-rocket');
    expect(site).toMatch(/proxy_set_header Upgrade \$http_upgrade;/);
    expect(site).toMatch(/ssl_certificate \/etc\/ssl\/a\.pem;/);
    expect(problemOf(plan({ ...rocket, ROCKET_HOST: 'ej.mon-univ.fr' }), 'ROCKET_HOST')).toMatch(
      /different names/,
    );
  });
});

describe('sample data', () => {
  it('is off and red, and said before it is loaded that nothing takes it out', () => {
    expect(stepsOf(plan())).not.toContain('db-fake');
    expect(guide.questions.find(({ id }) => id === 'FAKE_DATA')?.choices).toMatchObject([
      { value: 'no' },
      { value: 'yes', danger: true },
    ]);
    const [op] = operations(plan({ FAKE_DATA: 'yes' }), 'db-fake', 'command');
    expect(op).toMatchObject({ undo: { never: { en: expect.stringMatching(/nothing takes them out/) } } });
  });

  it('is not a command that prints its help only', () => {
    const [op] = operations(plan({ FAKE_DATA: 'yes' }), 'db-fake', 'command');
    expect(op).toMatchObject({ run: ['inv', 'db-fake'], container: '%PROJECT%-web' });
  });
});

describe('static files', () => {
  it('are repaired by what is offered when they do not come, and media never touched', () => {
    const step = guide.chapters.flatMap(({ steps }) => steps).find(({ id }) => id === 'fix-static');
    expect(step?.remedies?.map(({ id }) => id)).toEqual(['collect-static', 'empty-static']);
    const runs = step?.remedies?.map(({ do: op }) => op.run.join(' ')) ?? [];
    expect(runs[0]).toBe('inv collect');
    expect(runs[1]).toContain('/app/local/static -mindepth 1 -delete && inv collect');
    expect(runs.join()).not.toContain('media');
  });
});

describe('Rocket.Chat', () => {
  it('is off', () => {
    expect(stepsOf(plan()).filter((step) => step.startsWith('rocket'))).toEqual([]);
  });

  it('by hand gives each value to copy, computed', () => {
    const values = itemsOf(plan(rocket)).flatMap(({ fields = [] }) =>
      fields.map(({ label, value }) => `${label} = ${plan(rocket).values.masked(value)}`),
    );
    expect(values).toEqual(
      expect.arrayContaining([
        'Enabled = True',
        'Iframe URL = https://ej.mon-univ.fr/talks/login/?next=/talks/',
        'API URL = https://ej.mon-univ.fr/talks/api-login/',
        'API Method = POST',
        'Allow Username Change = False',
        'Allow Email Change = False',
        'Allow Password Change = False',
        'Password = ••••••••',
      ]),
    );
    const permissions = itemsOf(plan({ ...rocket, DJANGO_ADMIN_URL: 'gestion/' })).find(
      ({ id }) => id === 'rocket-permissions',
    );
    expect(permissions?.at).toBe('https://%DJANGO_HOST%/%DJANGO_ADMIN_URL%auth/group/');
  });

  it('proves each item that counts', () => {
    const unproven = itemsOf(plan(rocket)).filter(({ proof, optional }) => !proof && !optional);
    expect(unproven.map(({ id }) => id)).toEqual([]);
  });

  it('through its API keeps the former settings for the way back', () => {
    const commands = ['rocket-iframe-open', 'rocket-lock-accounts'].flatMap((step) =>
      operations(plan(byWizard), step, 'command'),
    );
    expect(commands).toHaveLength(2);
    for (const op of commands)
      expect(op).toMatchObject({ undo: { save: expect.anything(), restore: expect.anything() } });
  });

  it('waits for its first account', () => {
    const needs = guide.chapters
      .flatMap(({ steps }) => steps)
      .filter(({ id }) => /^rocket-(credentials|talks|iframe-open|lock-accounts|mongo-script)$/.test(id))
      .map(({ needs: names }) => names);
    expect(needs).toHaveLength(5);
    for (const names of needs) expect(names).toContain('rocket-wizard');
  });

  it('is customized in its own database', () => {
    const [op] = operations(plan(byWizard), 'rocket-mongo-script', 'command');
    expect(op).toMatchObject({
      run: ['mongo', 'rocketchat', '/scripts/mongo_script.js'],
      container: '%PROJECT%-mongo',
    });
  });
});

describe('the templates', () => {
  it('have balanced conditions', () => {
    for (const [path, template] of Object.entries(assets))
      if (path.startsWith('ej/')) expect(() => applyConditions(template, () => '', path)).not.toThrow();
  });
});

/** Each value of each choice with each of the choices that it meets in conditions. */
function everyChoice(): Record<string, string>[] {
  const alternatives: Record<string, string>[][] = [
    [
      {},
      { IMAGES: 'build' },
      { IMAGES: 'loaded' },
      { IMAGES: 'loaded', IMAGES_FILE: '/root/a.tar' },
      { IMAGES: 'current' },
    ],
    [
      {},
      files,
      { TLS: 'upstream' },
      { TLS: 'certbot', CERTBOT_EMAIL: 'dsi@mon-univ.fr' },
      { WEB_SERVER: 'none' },
    ],
    [
      {},
      { EMAIL_HOST: 'smtp.mon-univ.fr' },
      {
        EMAIL_HOST: 'smtp.mon-univ.fr',
        EMAIL_HOST_USER: 'u',
        EMAIL_HOST_PASSWORD: 'p',
        EMAIL_SECURITY: 'ssl',
      },
    ],
    [{}, { SU_BY: 'person', FAKE_DATA: 'yes', BACKUP: 'no', COUNTRY: 'Brazil' }],
    [{}, rocket, byWizard],
  ];
  return alternatives.reduce<Record<string, string>[]>(
    (all, options) => all.flatMap((given) => options.map((option) => ({ ...given, ...option }))),
    [{}],
  );
}
