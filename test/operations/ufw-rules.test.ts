/** What ufw's files say: as ufw 0.36.2 wrote them, and what a packet of theirs would meet. */
import { describe, expect, test } from 'vitest';
import { wantedOf } from '../../src/operations/shared/ufw-profile.ts';
import {
  decidingOn,
  isWhole,
  letsIn,
  ownRules,
  parseRules,
  type Rule,
  ruleText,
  speaksOf,
  trafficOf,
} from '../../src/operations/shared/ufw-rules.ts';

/** By `ufw allow 80/tcp comment 'it is mine'`, and so on. */
const tuples = [
  'allow tcp 80 0.0.0.0/0 any 0.0.0.0/0 in comment=6974206973206d696e65',
  'deny any any 0.0.0.0/0 any 10.1.2.0/24 in',
  'limit tcp 22 0.0.0.0/0 any 0.0.0.0/0 in',
  'allow tcp 8443 0.0.0.0/0 any 0.0.0.0/0 in_eth0',
  'allow any 22 0.0.0.0/0 any 192.0.2.0/24 in',
  'allow any 53 0.0.0.0/0 any 0.0.0.0/0 out',
  'route:allow tcp 9 0.0.0.0/0 any 0.0.0.0/0 in_eth0!out_eth1',
  'deny_log any 23 0.0.0.0/0 any 0.0.0.0/0 in',
  'allow tcp 98 0.0.0.0/0 99 0.0.0.0/0 in',
  'allow tcp any 0.0.0.0/0 22 0.0.0.0/0 - OpenSSH in',
  'allow tcp 80,443 0.0.0.0/0 any 0.0.0.0/0 WWW%20Full - in',
  'allow udp 4000:4010 0.0.0.0/0 any 0.0.0.0/0 in',
  'allow esp any 0.0.0.0/0 any 0.0.0.0/0 in',
];

const fileOf = (all: readonly string[]): string =>
  [
    '*filter',
    ':ufw-user-input - [0:0]',
    '### RULES ###',
    ...all.map((tuple) => `\n### tuple ### ${tuple}\n-A ufw-user-input -j ${tuple.split(' ')[0]}`),
    '\n### END RULES ###',
    '\n### LOGGING ###',
    '-A ufw-after-logging-input -j LOG --log-prefix "[UFW BLOCK] " -m limit --limit 3/min --limit-burst 10',
    '### END LOGGING ###',
    'COMMIT\n',
  ].join('\n');

const rules = parseRules(fileOf(tuples));
const tcp = (port: number, more: object = {}) => ({ protocol: 'tcp', port, ...more });
const decided = (all: readonly Rule[], traffic: Parameters<typeof decidingOn>[1]) => {
  const rule = decidingOn(all, traffic);
  return rule && ruleText(rule);
};

describe('a file of rules', () => {
  test('is read rule by rule, each with its own lines for the kernel', () => {
    expect(rules).toHaveLength(tuples.length);
    expect(rules.map(({ lines }) => lines.length)).toEqual(tuples.map(() => 1));
    expect(rules[0]).toMatchObject({
      action: 'allow',
      protocol: 'tcp',
      port: '80',
      direction: 'in',
      interface: '',
      comment: '6974206973206d696e65',
      text: tuples[0],
    });
    expect(rules[6]).toMatchObject({ direction: 'route', action: 'allow', interface: 'eth0!out_eth1' });
    expect(rules[7]).toMatchObject({ action: 'deny', log: 'log' });
    expect(rules[10]).toMatchObject({ profile: 'WWW Full', port: '80,443' });
  });

  test('of a package that nobody has changed holds none', () => {
    const fresh = '*filter\n:ufw-user-input - [0:0]\n### RULES ###\n-A ufw-user-limit -j REJECT\nCOMMIT\n';
    expect(parseRules(fresh)).toEqual([]);
    expect(isWhole(fresh)).toBe(true);
  });

  test('that ufw was stopped in the middle of is told from a whole one', () => {
    const text = fileOf(tuples);
    expect(isWhole(text)).toBe(true);
    for (let length = 0; length < text.length - 2; length += 7)
      expect(isWhole(text.slice(0, length)), `${length} characters`).toBe(false);
  });

  test('with lines that are no rules gives the others', () => {
    expect(parseRules(fileOf(['allow', 'allow tcp 1 2 3 4 5 6 7 8', ...tuples.slice(0, 1)]))).toHaveLength(1);
  });
});

describe('the first rule that fits decides', () => {
  test.each([
    [tcp(80), 'allow 80/tcp'],
    [tcp(443), 'allow WWW Full'],
    [tcp(22), 'limit 22/tcp'],
    [{ protocol: 'udp', port: 22 }, undefined],
    [tcp(23), 'deny 23'],
    [tcp(8443), undefined],
    [tcp(8443, { interface: 'eth0' }), 'allow 8443/tcp on eth0'],
    [tcp(98), undefined],
    [tcp(9), undefined],
    [tcp(53), undefined],
    [{ protocol: 'udp', port: 4005 }, 'allow 4000:4010/udp'],
    [{ protocol: 'udp', port: 4011 }, undefined],
    [tcp(443, { from: '10.1.2.9' }), 'deny from 10.1.2.0/24'],
    [tcp(443, { from: '10.1.3.9' }), 'allow WWW Full'],
    [{ protocol: 'udp', port: 22, from: '192.0.2.7' }, 'allow 22 from 192.0.2.0/24'],
  ])('on %o: %s', (traffic, rule) => {
    expect(decided(rules, traffic)).toBe(rule);
  });

  test('an address of the sixth version is in its own nets only', () => {
    const six = parseRules(fileOf(['allow tcp 22 ::/0 any 2001:db8::/32 in']));
    expect(decided(six, tcp(22, { from: '2001:db8::1' }))).toBe('allow 22/tcp from 2001:db8::/32');
    expect(decided(six, tcp(22, { from: '2001:db9::1' }))).toBeUndefined();
    expect(decided(six, tcp(22, { from: '192.0.2.1' }))).toBeUndefined();
  });

  test('a rule of one address is of that one only, and one of a broken net of none', () => {
    const one = parseRules(
      fileOf(['allow tcp 22 0.0.0.0/0 any 192.0.2.1 in', 'deny any any 0.0.0.0/0 any x/y in']),
    );
    expect(decided(one, tcp(22, { from: '192.0.2.1' }))).toBe('allow 22/tcp from 192.0.2.1');
    expect(decided(one, tcp(22, { from: '192.0.2.2' }))).toBeUndefined();
  });

  test('a rule may speak of a port and let in only some', () => {
    const speaking = rules.filter((rule) => letsIn(rule) && speaksOf(rule, tcp(22)));
    expect(speaking.map(ruleText)).toEqual(['limit 22/tcp', 'allow 22 from 192.0.2.0/24']);
  });
});

describe('what a guide may let in', () => {
  test.each([
    ['443/tcp', '', [{ protocol: 'tcp', port: '443' }]],
    ['10000/udp', '', [{ protocol: 'udp', port: '10000' }]],
    ['53', '', [{ protocol: 'any', port: '53' }]],
    ['65535', '', [{ protocol: 'any', port: '65535' }]],
    ['OpenSSH', 'OpenSSH', []],
    ['WWW Full', 'WWW Full', []],
  ])('%s', (allow, profile, ports) => {
    expect(wantedOf(allow)).toEqual({ profile, ports });
  });

  test.each([
    '0',
    '65536',
    '0443/tcp',
    '443/sctp',
    '443/tcp ',
    '-443',
    '80,443/tcp',
    '1:9/tcp',
    '--force',
    'all',
    'a;b',
    'a\nb',
    '$(x)',
    '',
  ])('%j is refused', (allow) => {
    expect(wantedOf(allow)).toEqual({ profile: '', ports: [] });
  });

  test('by both protocols where it names none', () => {
    expect(trafficOf(wantedOf('53'))).toEqual([
      { protocol: 'tcp', port: 53 },
      { protocol: 'udp', port: 53 },
    ]);
  });

  test('is recognised as a rule of its own only from anywhere, on any interface, in its own words', () => {
    const own = (allow: string) => ownRules(rules, wantedOf(allow)).map(ruleText);
    expect(own('80/tcp')).toEqual(['allow 80/tcp']);
    expect(own('22/tcp')).toEqual(['limit 22/tcp']);
    expect(own('WWW Full')).toEqual(['allow WWW Full']);
    for (const allow of ['443/tcp', '8443/tcp', '22', '23', '53', '98/tcp', 'OpenSSH'])
      expect(own(allow)).toEqual([]);
  });
});
