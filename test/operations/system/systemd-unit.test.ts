import { describe, expect, test } from 'vitest';
import { systemdUnit } from '../../../src/operations/systemd-unit.ts';
import type { Json, Op } from '../../../src/operations/verbs.ts';
import { type TestOptions, testContext } from '../context.ts';
import { type Paper, paperHost } from './machine.ts';

const path = '/etc/systemd/system/web.service';
const content = '[Service]\nExecStart=/bin/true\n';
const op: Op<'systemd-unit'> = {
  kind: 'systemd-unit',
  name: 'web.service',
  content,
  enabled: true,
  active: true,
  restartOn: ['file:/etc/web.conf', 'pip:/venv/web'],
};
const state = (file: string, active: string, more = '') =>
  `LoadState=loaded\nUnitFileState=${file}\nActiveState=${active}\nNRestarts=0\nNeedDaemonReload=no\n${more}`;
const paper = (shown: string, files: Paper['files'] = {}): Paper => ({
  programs: { 'systemctl show': shown },
  files,
});
const inPlace = { [path]: content, '/etc/web.conf': 'a' };

async function look(on: Paper, options: TestOptions = {}) {
  const context = await testContext({ host: paperHost(on), ...options });
  const seen = await systemdUnit.inspect(op, context);
  return {
    difference: systemdUnit.diff(op, seen, context),
    mark: systemdUnit.mark(op, seen, context),
    context,
  };
}

/** What a run recorded that left it running on this machine. */
async function lookAgain(on: Paper, then: Paper, options: TestOptions = {}) {
  const first = await look(on);
  const recorded: Record<string, Json> = { 'unit:web.service': first.mark };
  const dir = first.context.state.path.replace(/\/state$/, '');
  return (await look(then, { dir, recorded, ...options })).difference;
}

const commands = (...lines: string[]) => ({
  change: 'change',
  commands: lines.map((line) => ['systemctl', ...line.split(' ')]),
});

describe('a unit', () => {
  test('that is not there is written, enabled and started', async () => {
    const { difference } = await look(paper('LoadState=not-found\nUnitFileState=\nActiveState=inactive\n'));
    expect(difference).toMatchObject(
      commands('daemon-reload', 'enable -- web.service', 'start -- web.service'),
    );
    expect(difference).toMatchObject({ diff: expect.stringContaining('+ExecStart=/bin/true') });
  });

  const running = paper(state('enabled', 'active'), inPlace);

  test('that runs as recorded has nothing to do', async () => {
    expect(await lookAgain(running, running)).toEqual({ change: 'none' });
  });

  test('restarts when a file that it reads is another', async () => {
    const then = paper(state('enabled', 'active'), { ...inPlace, '/etc/web.conf': 'b' });
    expect(await lookAgain(running, then)).toEqual(commands('restart -- web.service'));
  });

  test('restarts when another operation recorded a new state', async () => {
    const first = await look(running);
    const recorded = { 'unit:web.service': first.mark, 'pip:/venv/web': { web: '2' } };
    const dir = first.context.state.path.replace(/\/state$/, '');
    expect((await look(running, { dir, recorded })).difference).toEqual(commands('restart -- web.service'));
  });

  test('restarts when a kill came between its new file and the restart', async () => {
    const former = paper(state('enabled', 'active'), {
      ...inPlace,
      [path]: '[Service]\nExecStart=/bin/false\n',
    });
    expect(await lookAgain(former, running)).toEqual(commands('restart -- web.service'));
  });

  test('that someone else started is restarted once, as nobody knows what it read', async () => {
    expect((await look(running)).difference).toEqual(commands('restart -- web.service'));
  });

  test('is not restarted by verifying', async () => {
    const then = paper(state('enabled', 'active'), { ...inPlace, '/etc/web.conf': 'b' });
    expect(await lookAgain(running, then, { purpose: 'verify' })).toEqual({ change: 'none' });
  });

  test.each([
    ['disabled', 'active', ['enable -- web.service']],
    ['enabled', 'failed', ['start -- web.service']],
    ['static', 'active', []],
  ])('that is %s and %s needs %j', async (file, active, lines) => {
    const difference = await lookAgain(running, paper(state(file, active), inPlace));
    expect(difference).toEqual(lines.length === 0 ? { change: 'none' } : commands(...lines));
  });

  test('cannot be told without systemd', async () => {
    const programs = { 'systemctl show': { code: 1, stderr: 'System has not been booted with systemd' } };
    await expect(look({ programs })).rejects.toMatchObject({ code: 'cannot-look' });
  });
});

const off: Op<'systemd-unit'> = { kind: 'systemd-unit', name: 'cron.service', enabled: false, active: false };

test('a unit of a package that is to be off is disabled and stopped', async () => {
  const context = await testContext({ host: paperHost(paper(state('enabled', 'active'))) });
  const difference = systemdUnit.diff(off, await systemdUnit.inspect(off, context), context);
  expect(difference).toEqual(commands('disable -- cron.service', 'stop -- cron.service'));
});

test('a unit that does not stay active fails with its last words', async () => {
  const programs = {
    'systemctl show': state('enabled', 'failed'),
    'systemctl start': '',
    'systemd-analyze': '',
    journalctl: 'no such table\n',
  };
  const context = await testContext({ host: paperHost({ programs, files: inPlace }) });
  const apply = systemdUnit.apply(op, await systemdUnit.inspect(op, context), context);
  await expect(apply).rejects.toMatchObject({ code: 'command-failed' });
  expect(context.output()).toContain('no such table');
});

test('a unit file that systemd cannot load is never put in place', async () => {
  const programs = {
    'systemctl show': state('enabled', 'active'),
    'systemd-analyze verify': { code: 1, stderr: 'Unknown section' },
  };
  const host = paperHost({ programs, files: { [path]: 'former' } });
  const context = await testContext({ host });
  const apply = systemdUnit.apply(op, await systemdUnit.inspect(op, context), context);
  await expect(apply).rejects.toMatchObject({ code: 'command-failed' });
  expect(host.files.get(path)).toBe('former');
  expect([...host.files.keys()].filter((file) => file.startsWith('/run/setup-wizard-verify'))).toEqual([]);
});

test.each([
  ['247', false],
  ['252', true],
])('errors of other units are left out where systemd %s can: %s', async (version, can) => {
  const programs = {
    'systemctl show': state('enabled', 'active'),
    'systemctl --version': `systemd ${version} (${version}.3-7)\n+PAM +AUDIT\n`,
    systemctl: '',
    'systemd-analyze verify': '',
  };
  const host = paperHost({ programs, files: { [path]: 'former' } });
  const context = await testContext({ host });
  await systemdUnit.apply(op, await systemdUnit.inspect(op, context), context);
  const verified = host.done.find(({ argv }) => argv.startsWith('systemd-analyze verify'))?.argv;
  expect(verified?.includes('--recursive-errors=no')).toBe(can);
});

test('a unit whose enabling was cut off is disabled too: the links of its init script come first', async () => {
  const ofPackage: Op<'systemd-unit'> = {
    kind: 'systemd-unit',
    name: 'redis.service',
    enabled: true,
    active: true,
  };
  const stopped = { programs: { 'systemctl show': state('disabled', 'inactive'), systemctl: '' } };
  const host = paperHost(stopped);
  const context = await testContext({ host });
  const before = await systemdUnit.capture(ofPackage, await systemdUnit.inspect(ofPackage, context), context);
  await systemdUnit.undo(ofPackage, before, context);
  expect(host.done.map(({ argv }) => argv)).toContain('systemctl disable -- redis.service');
});
