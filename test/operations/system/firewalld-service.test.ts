import { describe, expect, test } from 'vitest';
import { firewalldService } from '../../../src/operations/firewalld-service.ts';
import { isSameZone } from '../../../src/operations/shared/firewalld-files.ts';
import type { Json, Op } from '../../../src/operations/verbs.ts';
import { testContext } from '../context.ts';
import { type Paper, paperHost } from './machine.ts';

const op: Op<'firewalld-service'> = { kind: 'firewalld-service', service: 'http' };
const no = { code: 1, stdout: 'no\n' };
const running: Paper['programs'] = {
  'firewall-cmd --state': 'running\n',
  'firewall-cmd --get-default-zone': 'public\n',
  'firewall-cmd --get-zone-of-interface': { code: 2, stderr: 'no zone\n' },
  'ip -4': 'default via 192.0.2.1 dev eth0 \n',
  'firewall-cmd --zone=public': no,
  'firewall-cmd --permanent --zone=public': no,
};

async function look(programs: Paper['programs'], one = op) {
  const context = await testContext({ host: paperHost({ programs: programs ?? {} }) });
  const seen = await firewalldService.inspect(one, context);
  return {
    difference: firewalldService.diff(one, seen, context),
    mark: firewalldService.mark(one, seen, context),
  };
}

const adding = (zone: string) => [
  ['firewall-cmd', `--zone=${zone}`, '--add-service=http'],
  ['firewall-cmd', '--permanent', `--zone=${zone}`, '--add-service=http'],
];

describe('a service that firewalld is to let through', () => {
  test('is added now and for each start, without a reload', async () => {
    expect((await look(running)).difference).toEqual({ change: 'change', commands: adding('public') });
  });

  test.each([
    ['--permanent ', [adding('public')[0]]],
    ['', [adding('public')[1]]],
  ])('is added only where it is not there yet (there: %s)', async (where, commands) => {
    const programs = { ...running, [`firewall-cmd ${where}--zone=public`]: 'yes\n' };
    expect((await look(programs)).difference).toEqual({ change: 'change', commands });
  });

  test('goes to the zone of the interface of the default route, of IPv6 where there is no other', async () => {
    const internal = {
      ...running,
      'ip -4': '',
      'ip -6': 'default via fe80::1 dev wan0 metric 1\n',
      'firewall-cmd --get-zone-of-interface=wan0': 'internal\n',
      'firewall-cmd --zone=internal': no,
      'firewall-cmd --permanent --zone=internal': no,
    };
    expect((await look(internal)).difference).toEqual({ change: 'change', commands: adding('internal') });
  });

  test('goes to the zone that is given; its key then names it', async () => {
    const programs = { ...running, 'firewall-cmd --zone=dmz': no, 'firewall-cmd --permanent --zone=dmz': no };
    const given = { ...op, zone: 'dmz' };
    expect((await look(programs, given)).difference).toEqual({ change: 'change', commands: adding('dmz') });
    const { values } = await testContext();
    expect(firewalldService.keys(given, values)).toEqual(['firewalld:dmz/http']);
    expect(firewalldService.keys({ ...op, zone: '' }, values)).toEqual(['firewalld:http']);
  });

  test.each([
    ['is not there', {}],
    ['does not run', { 'firewall-cmd --state': { code: 252, stderr: 'not running\n' } }],
  ])('needs nothing where firewalld %s', async (_, programs) => {
    expect(await look(programs)).toEqual({ difference: { change: 'none' }, mark: null });
  });

  test.each([
    ['root is told only', { code: 253, stderr: 'Authorization failed.\n' }, 'needs-root'],
    ['firewalld has failed', { code: 251, stdout: 'failed\n' }, 'cannot-look'],
  ])('cannot be told where %s', async (_, state, code) => {
    await expect(look({ 'firewall-cmd --state': state })).rejects.toMatchObject({ code });
  });

  test('that firewalld does not know is told by its own words', async () => {
    const programs = {
      ...running,
      'firewall-cmd --zone=public': { code: 101, stderr: 'Error: INVALID_SERVICE: nosuch\n' },
    };
    await expect(look(programs)).rejects.toMatchObject({
      code: 'cannot-look',
      values: { reason: 'Error: INVALID_SERVICE: nosuch' },
    });
  });
});

test('that firewalld stands still is no change to ask about; that the service is closed is', async () => {
  const { values } = await testContext();
  const mark = { runtime: true, permanent: true };
  const differs = (now: Json) => firewalldService.differs?.(op, now, mark, values);
  expect(differs(null)).toBe(false);
  expect(differs({ runtime: true, permanent: false })).toBe(true);
});

test('undo without firewalld, or of nothing, does nothing', async () => {
  const host = paperHost();
  const context = await testContext({ host, purpose: 'undo' });
  const before = { zone: 'public', service: 'http', runtime: false, permanent: false, files: {} };
  for (const raw of [before, null]) expect(await firewalldService.undo(op, raw, context)).toEqual({});
  expect(host.done).toEqual([]);
});

describe('two files of a zone', () => {
  const zone = (...lines: string[]) => `<?xml version="1.0"?>\n<zone>\n${lines.join('\n')}\n</zone>\n`;
  const rule = (...inside: string[]) => `<rule family="ipv4">${inside.join('')}</rule>`;

  test.each([
    [
      'in another order',
      zone('<service name="a"/>', '<forward/>'),
      zone('<forward/>', '<service name="a"/>'),
    ],
    [
      'with comments and blanks',
      zone('<!-- mine -->', '  <service name="a" />'),
      zone('<service name="a"/>'),
    ],
    ['with an equal rule', zone(rule('<a/>', '<b/>')), zone(rule(' <a/>\n ', '<b/>\n'))],
  ])('say the same %s', (_, one, other) => {
    expect(isSameZone(one, other)).toBe(true);
  });

  test.each([
    ['another service', zone('<service name="a"/>'), zone('<service name="b"/>')],
    ['one more', zone('<service name="a"/>'), zone('<service name="a"/>', '<service name="b"/>')],
    ['another description', zone('<short>A</short>'), zone('<short>B</short>')],
    ['another rule', zone(rule('<a/>', '<b/>')), zone(rule('<b/>', '<a/>'))],
    ['another target', '<zone target="DROP"/>', '<zone/>'],
  ])('say something else with %s', (_, one, other) => {
    expect(isSameZone(one, other)).toBe(false);
  });
});
