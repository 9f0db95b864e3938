/** Answers are in the words of the real programs: semanage's as it prints them, the others' as their source has them. */
import { describe, expect, test } from 'vitest';
import { selinuxBoolean } from '../../../src/operations/selinux-boolean.ts';
import type { Json, Op } from '../../../src/operations/verbs.ts';
import { testContext } from '../context.ts';
import { type Paper, paperHost } from './machine.ts';

const name = 'httpd_can_network_connect';
const op: Op<'selinux-boolean'> = { kind: 'selinux-boolean', name, on: true };
const other = 'httpd_can_network_connect_db   (on   ,   on)  Allow httpd to can network connect db';

function programs(current: string, persistent: string): Paper['programs'] {
  const state = `(${current.padEnd(5)},${persistent.padStart(5)})`;
  return {
    [`getsebool ${name}`]: `${name} --> ${current}\n`,
    'semanage boolean': `${other}\n${name}      ${state}  Allow httpd to can network connect\n`,
    setsebool: '',
  };
}

async function look(given: Paper['programs'], one = op) {
  const context = await testContext({ host: paperHost({ programs: given ?? {} }) });
  const seen = await selinuxBoolean.inspect(one, context);
  return {
    difference: selinuxBoolean.diff(one, seen, context),
    mark: selinuxBoolean.mark(one, seen, context),
  };
}

describe('a boolean of SELinux', () => {
  test.each([
    ['off', 'off', [['setsebool', '-P', name, 'on']]],
    ['on', 'off', [['setsebool', '-P', name, 'on']]],
    ['off', 'on', [['setsebool', name, 'on']]],
  ])('that is %s now and %s at each start is set', async (current, persistent, commands) => {
    expect((await look(programs(current, persistent))).difference).toEqual({ change: 'change', commands });
  });

  test('that is as wanted has nothing to do', async () => {
    expect(await look(programs('on', 'on'))).toEqual({
      difference: { change: 'none' },
      mark: { current: true, persistent: true },
    });
    expect((await look(programs('off', 'off'), { ...op, on: false })).difference).toEqual({ change: 'none' });
  });

  test.each([
    ['is not there', {}],
    ['is disabled', { getsebool: { code: 1, stderr: 'getsebool:  SELinux is disabled\n' } }],
  ])('has nothing to do where SELinux %s', async (_, given) => {
    expect(await look(given)).toEqual({ difference: { change: 'none' }, mark: null });
  });

  test.each([
    [
      'it is unknown',
      { getsebool: { code: 255, stderr: `Error getting active value for ${name}\n` } },
      'cannot-look',
    ],
    ['semanage is missing', { getsebool: `${name} --> off\n` }, 'no-program'],
    ['semanage does not know it', { getsebool: `${name} --> off\n`, semanage: `${other}\n` }, 'cannot-look'],
    [
      'one is not root',
      {
        getsebool: `${name} --> off\n`,
        semanage: {
          code: 1,
          stderr: 'ValueError: SELinux policy is not managed or store cannot be accessed.\n',
        },
      },
      'needs-root',
    ],
  ])('cannot be told where %s', async (_, given, code) => {
    await expect(look(given)).rejects.toMatchObject({ code });
  });

  test.each([
    [{ current: false, persistent: false }, ['on', 'on'], [`-P ${name} off`]],
    [{ current: true, persistent: false }, ['on', 'on'], [`-P ${name} off`, `${name} on`]],
    [{ current: false, persistent: true }, ['on', 'on'], [`${name} off`]],
    [{ current: false, persistent: false }, ['off', 'off'], []],
    [null, ['on', 'on'], []],
  ])('that was %j gets both values back', async (before, [current = '', persistent = ''], lines) => {
    const host = paperHost({ programs: programs(current, persistent) ?? {} });
    const context = await testContext({ host, purpose: 'undo' });
    expect(await selinuxBoolean.undo(op, before, context)).toEqual({});
    expect(host.done.map(({ argv }) => argv)).toEqual(lines.map((line) => `setsebool ${line}`));
  });

  test('is not asked about because SELinux was disabled since; its own value is', async () => {
    const { values } = await testContext();
    const differs = (now: Json) =>
      selinuxBoolean.differs?.(op, now, { current: true, persistent: true }, values);
    expect(differs(null)).toBe(false);
    expect(differs({ current: true, persistent: false })).toBe(true);
  });
});
