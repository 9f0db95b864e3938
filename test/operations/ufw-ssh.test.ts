/** Which ports of SSH are let in before ufw is on, and who would be cut off all the same. */
import { describe, expect, test } from 'vitest';
import type { Session } from '../../src/operations/shared/sshd.ts';
import type { Ufw } from '../../src/operations/shared/ufw.ts';
import { parseRules } from '../../src/operations/shared/ufw-rules.ts';
import { sshAccess } from '../../src/operations/shared/ufw-ssh.ts';

const rulesOf = (tuples: readonly string[]) =>
  parseRules(tuples.map((one) => `\n### tuple ### ${one}\n`).join(''));

interface Given {
  readonly v4?: readonly string[];
  readonly v6?: readonly string[];
  readonly settings?: Readonly<Record<string, string>>;
  readonly families?: Ufw['families'];
}

const ufwOf = ({ v4 = [], v6 = [], settings = {}, families = ['v4', 'v6'] }: Given): Ufw => ({
  families,
  rules: { v4: rulesOf(v4), v6: rulesOf(v6) },
  enabled: false,
  running: false,
  setting: (name) => settings[name] ?? '',
});

const allow = (port: string, from = '0.0.0.0/0', place = 'in') =>
  `allow tcp ${port} 0.0.0.0/0 any ${from} ${place}`;
const allow6 = (port: string, from = '::/0') => `allow tcp ${port} ::/0 any ${from} in`;
const session = (more: Partial<Session> = {}): Session => ({
  port: 22,
  from: '203.0.113.9',
  to: '192.0.2.1',
  interface: 'eth0',
  ...more,
});
const access = (given: Given, sessions: readonly Session[] = [], ports = [22]) =>
  sshAccess({ ports, sessions }, ufwOf(given));

describe('a port of SSH', () => {
  test('about which there is no rule is let in', () => {
    expect(access({}, [session()], [22, 2222])).toMatchObject({ toAllow: [22, 2222], cutOff: undefined });
  });

  test('is let in where ufw is not there yet', () => {
    expect(sshAccess({ ports: [22], sessions: [] }, undefined).toAllow).toEqual([22]);
  });

  test.each([
    ['a rule of the port', allow('22'), allow6('22')],
    ['one that limits', 'limit tcp 22 0.0.0.0/0 any 0.0.0.0/0 in', 'limit tcp 22 ::/0 any ::/0 in'],
    [
      'a profile',
      `allow tcp 22 0.0.0.0/0 any 0.0.0.0/0 OpenSSH - in`,
      'allow tcp 22 ::/0 any ::/0 OpenSSH - in',
    ],
    ['any protocol', 'allow any 22 0.0.0.0/0 any 0.0.0.0/0 in', 'allow any 22 ::/0 any ::/0 in'],
    ['a range', allow('20:30'), allow6('20:30')],
  ])('is open by %s', (_, v4, v6) => {
    expect(access({ v4: [v4], v6: [v6] }, [session()])).toMatchObject({ toAllow: [], cutOff: undefined });
  });

  test('is let in for the family that has no rule', () => {
    expect(access({ v4: [allow('22')] }, [session()]).toAllow).toEqual([22]);
    expect(access({ v4: [allow('22')], families: ['v4'] }, [session()]).toAllow).toEqual([]);
  });

  test('is let in where a rule only shuts out a part of the world that nobody is in', () => {
    const v4 = ['deny any any 0.0.0.0/0 any 198.51.100.0/24 in'];
    expect(access({ v4 }, [session()])).toMatchObject({ toAllow: [22], cutOff: undefined });
  });
});

describe('what somebody has decided about SSH stays', () => {
  const restricted = { v4: [allow('22', '203.0.113.0/24')] };

  test('a rule for some is not made one for all while the sessions are among them', () => {
    expect(access(restricted, [session()])).toMatchObject({ toAllow: [], cutOff: undefined });
    expect(access(restricted)).toMatchObject({ toAllow: [], cutOff: undefined });
  });

  test('a session that is not among them would be cut off', () => {
    expect(access(restricted, [session({ from: '198.51.100.7' })]).cutOff).toEqual({
      from: '198.51.100.7',
      port: 22,
      rule: 'allow 22/tcp from 203.0.113.0/24',
    });
  });

  test('unless ufw lets in what it has no rule for', () => {
    const settings = { DEFAULT_INPUT_POLICY: 'ACCEPT' };
    expect(access({ ...restricted, settings }, [session({ from: '198.51.100.7' })]).cutOff).toBeUndefined();
  });

  test('a rule of an interface is for the sessions on it', () => {
    const v4 = [allow('22', '0.0.0.0/0', 'in_eth0')];
    expect(access({ v4 }, [session()])).toMatchObject({ toAllow: [], cutOff: undefined });
    expect(access({ v4 }, [session({ interface: 'eth1' })]).cutOff).toMatchObject({
      rule: 'allow 22/tcp on eth0',
    });
  });

  test('a rule that shuts a session out is not overruled, however many let it in after', () => {
    const v4 = ['deny any any 0.0.0.0/0 any 203.0.113.0/24 in', allow('22')];
    expect(access({ v4, v6: [allow6('22')] }, [session()]).cutOff).toEqual({
      from: '203.0.113.9',
      port: 22,
      rule: 'deny from 203.0.113.0/24',
    });
  });

  test('SSH that is closed for all is left closed while nobody is in', () => {
    const v4 = ['reject tcp 22 0.0.0.0/0 any 0.0.0.0/0 in'];
    expect(access({ v4 })).toMatchObject({ toAllow: [], cutOff: undefined });
    expect(access({ v4 }, [session()]).cutOff).toMatchObject({ rule: 'reject 22/tcp' });
  });

  test('a session over IPv6 would be cut off where ufw drops all of it', () => {
    const six = session({ from: '2001:db8::9', to: '2001:db8::1' });
    expect(access({ families: ['v4'] }, [six]).cutOff).toEqual({
      from: '2001:db8::9',
      port: 22,
      rule: undefined,
    });
    expect(access({}, [six])).toMatchObject({ toAllow: [22], cutOff: undefined });
    expect(access({ v6: [allow6('22', '2001:db8::/32')] }, [six]).cutOff).toBeUndefined();
  });

  test('is said of the port that it is about, and not of another', () => {
    expect(access(restricted, [session({ port: 2222 })], [22, 2222])).toMatchObject({
      toAllow: [2222],
      cutOff: undefined,
    });
  });
});
