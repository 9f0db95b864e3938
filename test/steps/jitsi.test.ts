import { describe, expect, it } from 'vitest';
import { holds } from '../../src/guide/conditions.ts';
import { guide } from '../../steps/jitsi/index.ts';
import { debian12, type Planned, planOf } from './plan-of.ts';

const facts = {
  ...debian12,
  'os.platform': 'debian12',
  'ip.private': 'no',
  fqdn: 'visio.mon-univ.fr',
};
const onSystem = (id: string, version: string) => ({
  ...facts,
  'os.id': id,
  'os.version': version,
  'os.platform': `${id}${version}`,
});

const users = (...names: string[]) => JSON.stringify(names.map((username) => ({ username })));
const needed = { USERS: users('alice') };
const files = { TLS: 'files', TLS_CERT: '/etc/ssl/a.crt', TLS_KEY: '/etc/ssl/private/a.key' };
const certbot = { TLS: 'certbot', CERTBOT_EMAIL: 'dsi@mon-univ.fr' };
const nat = { BEHIND_NAT: 'yes', PUBLIC_IP: '203.0.113.10' };

const plan = (
  given: Readonly<Record<string, string>> = {},
  machine: Readonly<Record<string, string>> = facts,
) => planOf(guide, machine, { ...needed, ...given });

const text = (planned: Planned) => `${planned.lines.join('\n')}\n`;
const stepsOf = (planned: Planned) => [...new Set(planned.operations.map(({ step }) => step))];
const inStep = (planned: Planned, id: string) =>
  planned.operations.filter(({ step }) => step === id).map(({ op }) => op);
const problemOf = ({ resolution }: Planned, id: string) =>
  resolution.problems.find((one) => one.id === id)?.say.en ?? '';

describe('the plan', () => {
  it.each([
    ['debian12', facts],
    ['debian13', onSystem('debian', '13')],
    ['ubuntu22.04', onSystem('ubuntu', '22.04')],
    ['ubuntu24.04', onSystem('ubuntu', '24.04')],
  ])('is the agreed one on %s', async (name, machine) => {
    await expect(text(plan({}, machine))).toMatchFileSnapshot(`jitsi-plan-${name}.txt`);
  });

  it('is the agreed one with everything that can be chosen otherwise', async () => {
    const given = {
      ...files,
      ...nat,
      FIREWALL: 'elsewhere',
      TURN: 'no',
      WELCOME: 'room',
      JICOFO_CONFIG: 'properties',
      USERS: users('alice', 'bob'),
    };
    await expect(text(plan(given))).toMatchFileSnapshot('jitsi-plan-other.txt');
  });

  it('is the agreed one where the guide is taken literally, and rooms are for all', async () => {
    const literal = plan({ LITERAL: 'E5 E15 E16', ...certbot });
    await expect(text(literal)).toMatchFileSnapshot('jitsi-plan-literal.txt');
    await expect(text(plan({ SECURE: 'no', USERS: '' }))).toMatchFileSnapshot('jitsi-plan-open.txt');
  });

  it('needs one account on a machine that knows its name', () => {
    expect(plan().resolution.problems).toEqual([]);
    expect(planOf(guide, facts, {}).resolution.problems.map(({ id }) => id)).toEqual(['USERS']);
  });

  it('asks for no value that nothing gives, whatever is chosen', () => {
    for (const given of everyChoice()) {
      const { resolution, missing } = plan(given);
      expect({ given, problems: resolution.problems, missing }).toEqual({ given, problems: [], missing: [] });
    }
  });

  it('leaves nothing but the firewall to a person', () => {
    const items = plan().operations.flatMap(({ op }) => (op.kind === 'checklist' ? op.items : []));
    expect(items.filter(({ optional }) => !optional)).toEqual([]);
    expect(inStep(plan(), 'firewall-on').map(({ kind }) => kind)).toEqual(['ufw']);
  });

  it('holds the ports of the services for itself', () => {
    expect(plan().operations.flatMap(({ op }) => op.claims ?? [])).toEqual([
      'port:tcp/8888',
      'port:tcp/8080',
      'port:tcp/9090',
      'port:udp/10000',
    ]);
  });
});

describe('the machine', () => {
  const refusal = (machine: Readonly<Record<string, string>>) =>
    guide.unfit.find(({ when }) => holds(when, (name) => machine[name]))?.say.en ?? '';

  it('of the guide is refused with those that are still maintained', () => {
    expect(refusal(onSystem('ubuntu', '18.04'))).toMatch(
      /Debian 12 or 13, Ubuntu 22\.04 or 24\.04.*May 2023/,
    );
    expect(refusal({ ...facts, init: 'other' })).toMatch(/systemd/);
    expect(refusal(facts)).toBe('');
  });

  it('with a private address is asked for the public one', () => {
    const behind = plan({}, { ...facts, 'ip.private': 'yes' });
    expect(behind.resolution.problems.map(({ id }) => id)).toEqual(['PUBLIC_IP']);
    const [mapping] = inStep(plan(nat), 'nat-mapping');
    expect(mapping?.kind === 'setting' && plan(nat).values.full(mapping.value, 'hocon')).toBe(
      '[ { local-address = "192.0.2.10", public-address = "203.0.113.10" } ]',
    );
  });

  it('without a name keeps its own, and can have no certificate of Let’s Encrypt', () => {
    const byAddress = { REACHED_BY: 'address', DOMAIN: '192.0.2.10' };
    expect(stepsOf(plan(byAddress))).not.toContain('set-hostname');
    expect(stepsOf(plan(byAddress))).not.toContain('hosts-entry');
    expect(problemOf(plan({ ...byAddress, ...certbot }), 'TLS')).toMatch(/only names/);
  });
});

describe('the firewall', () => {
  const rules = (given: Readonly<Record<string, string>> = {}) =>
    plan(given).operations.flatMap(({ op }) => (op.kind === 'ufw-rule' ? [op] : []));
  const allowed = (given = {}) => rules(given).map(({ allow }) => allow);

  it('lets in what Jitsi needs today, and the guide’s own on request', () => {
    expect(allowed()).toEqual(['80/tcp', '443/tcp', '10000/udp', '3478/udp', '5349/tcp']);
    expect(allowed({ TURN: 'no' })).toEqual(['80/tcp', '443/tcp', '10000/udp']);
    expect(allowed({ LITERAL: 'E5' })).toContain('4443/tcp');
    expect(allowed({ FIREWALL: 'elsewhere' })).toEqual([]);
  });

  it('keeps port 80 for renewals, and closes it only where the certificate comes from elsewhere', () => {
    expect(rules({ CLOSE_80: 'yes' }).filter(({ allow }) => allow === '80/tcp')).toMatchObject([
      { present: false },
    ]);
    expect(problemOf(plan({ CLOSE_80: 'yes', ...certbot }), 'CLOSE_80')).toMatch(
      /neither be obtained nor renewed/,
    );
  });

  it('is switched on after its rules, and before anything is installed that listens', () => {
    const steps = stepsOf(plan());
    expect(steps.indexOf('firewall')).toBeLessThan(steps.indexOf('firewall-on'));
    expect(steps.indexOf('firewall-on')).toBeLessThan(steps.indexOf('install-jitsi'));
  });
});

describe('the packages', () => {
  it('are answered with the choice that the package itself words', () => {
    const choice = (given = {}) =>
      plan(given).operations.flatMap(({ op }) =>
        op.kind === 'debconf-answer' && op.choice !== undefined ? [op.choice] : [],
      );
    const offered = [
      "Let's Encrypt certificates",
      'I want to use my own certificate',
      'Generate a new self-signed certificate',
      "Generate a new self-signed certificate (You will later get a chance to obtain a Let's encrypt certificate)",
    ];
    const matching = (given = {}) =>
      offered.filter((one) => new RegExp(choice(given)[0] ?? '', 'i').test(one));
    expect(matching()).toEqual(offered.slice(2));
    expect(matching(certbot)).toEqual(offered.slice(2));
    expect(matching(files)).toEqual([offered[1]]);
  });

  it('are of Jitsi’s own repository, whose key is believed for its fingerprint', () => {
    const [repository] = inStep(plan(), 'repo-source');
    expect(repository).toMatchObject({
      kind: 'apt-repository',
      suite: 'stable/',
      fingerprints: ['%KEY_FINGERPRINT%'],
    });
    expect(plan().values.public('%REPOSITORY_KEY% %KEY_FINGERPRINT%')).toBe(
      'https://download.jitsi.org/jitsi-key.gpg.key 66A9CD0595D6AFA247290D3BEF8B479E2DC1389C',
    );
    expect(problemOf(plan({ KEY_FINGERPRINT: 'EF8B479E2DC1389C' }), 'KEY_FINGERPRINT')).not.toBe('');
  });

  it('bring nginx along, so that none of them takes Apache', () => {
    expect(inStep(plan(), 'install-jitsi').find(({ kind }) => kind === 'packages')).toMatchObject({
      names: ['nginx', 'jitsi-meet', 'jitsi-meet-turnserver'],
    });
  });
});

describe('rooms', () => {
  const values = (given = {}, step = 'prosody-auth') =>
    inStep(plan(given), step).flatMap((op) => (op.kind === 'setting' ? [`${op.name} = ${op.value}`] : []));
  const guests = (given = {}) => {
    const planned = plan(given);
    const block = inStep(planned, 'prosody-auth').find(({ kind }) => kind === 'block');
    return block?.kind === 'block' ? planned.values.full(block.content, 'lua') : '';
  };

  it('are opened by accounts that Prosody keeps hashed, or as the guide has it', () => {
    expect(values()).toEqual(['authentication = internal_hashed']);
    expect(values({ LITERAL: 'E15' })).toEqual(['authentication = internal_plain']);
  });

  it('are joined by guests of a domain of their own, on three lines', () => {
    expect(guests()).toBe(
      'VirtualHost "guest.visio.mon-univ.fr"\n    authentication = "jitsi-anonymous"\n    c2s_require_encryption = false\n',
    );
    expect(guests({ LITERAL: 'E16' })).toContain('authentication = "anonymous"');
    expect(problemOf(plan({ GUEST_DOMAIN: 'visio.mon-univ.fr' }), 'DOMAIN')).toMatch(/domain of their own/);
  });

  it('are told to jicofo in the file that it reads', () => {
    expect(values({}, 'jicofo-auth')).toEqual([
      'jicofo.authentication.enabled = true',
      'jicofo.authentication.type = XMPP',
      'jicofo.authentication.login-url = %DOMAIN%',
    ]);
    expect(values({ JICOFO_CONFIG: 'properties' }, 'jicofo-auth')).toEqual([
      'org.jitsi.jicofo.auth.URL = XMPP:%DOMAIN%',
    ]);
  });

  it('have an account for each row, made once Prosody knows their host', () => {
    const planned = plan({ USERS: users('alice', 'bob.b') });
    expect(planned.lines.filter((line) => line.startsWith('prosody-users'))).toEqual([
      'prosody-users: prosody-account prosody:alice@visio.mon-univ.fr',
      'prosody-users: prosody-account prosody:bob.b@visio.mon-univ.fr',
    ]);
    const at = (line: string) => planned.lines.indexOf(line);
    expect(at('prosody-auth: systemd-unit unit:prosody.service')).toBeGreaterThan(0);
    expect(at('prosody-auth: systemd-unit unit:prosody.service')).toBeLessThan(
      at('prosody-users: prosody-account prosody:alice@visio.mon-univ.fr'),
    );
  });

  it.each(['Alice', 'al@ice', 'al:ice', 'al ice', 'al/ice'])('have no account named %s', (name) => {
    expect(problemOf(plan({ USERS: users(name) }), 'USERS')).not.toBe('');
  });

  it('restart a service for each file of its own, by the keys that the plan has', () => {
    for (const given of [{}, nat, { JICOFO_CONFIG: 'properties', ...nat }]) {
      const planned = plan(given);
      const keys = planned.operations.map(({ op }, index) => ({ op, line: planned.lines[index] ?? '' }));
      const watched = planned.operations
        .flatMap(({ op }) => (op.kind === 'systemd-unit' ? (op.restartOn ?? []) : []))
        .map((key) => planned.values.public(key));
      const changed = keys
        .filter(({ op, line }) => (op.kind === 'setting' || op.kind === 'block') && !/config\.js/.test(line))
        .map(({ line }) => line.replace(/^\S+ \S+ /, ''));
      expect(watched).toEqual(expect.arrayContaining(changed));
    }
  });
});

/** Each choice of each question, one at a time; what a choice asks for besides. */
function everyChoice(): Record<string, string>[] {
  const besides: Readonly<Record<string, Record<string, string>>> = {
    'TLS files': files,
    'TLS certbot': certbot,
    'BEHIND_NAT yes': nat,
    'REACHED_BY address': { DOMAIN: '192.0.2.10', GUEST_DOMAIN: 'guest.visio.internal' },
  };
  return guide.questions.flatMap(({ id, choices = [] }) =>
    choices.map(({ value }) => ({ [id]: value, ...besides[`${id} ${value}`] })),
  );
}
