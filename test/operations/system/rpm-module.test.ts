/** The numbered promises of src/operations/rpm-module.ts, on paper; test/lab/rpm.test.ts has the real programs. */
import { describe, expect, test } from 'vitest';
import { rpmModule } from '../../../src/operations/rpm-module.ts';
import { enabledStream } from '../../../src/operations/shared/dnf-modules.ts';
import type { Json, Op } from '../../../src/operations/verbs.ts';
import { testContext } from '../context.ts';
import { type Paper, paperHost } from './machine.ts';

const op: Op<'rpm-module'> = { kind: 'rpm-module', name: 'postgresql', stream: '16' };
const file = (name: string) => `/etc/dnf/modules.d/${name}.module`;
const state = (name: string, stream: string, word = 'enabled') =>
  `[${name}]\nname=${name}\nstream=${stream}\nprofiles=\nstate=${word}\n\n`;
const query = 'rpm --query --all';
const installed = (name: string, module: string) => `${name}\tx86_64\t1\t1\t100\t${module}\n`;
const enabling = {
  code: 1,
  stdout: 'Enabling module streams:\n postgresql      16     \n perl       5.32    \n\n',
};

async function on({ programs = {}, files = {} }: Paper, one: Op<'rpm-module'> = op) {
  const host = paperHost({ programs: { [query]: '', 'dnf -v --assumeno': enabling, ...programs }, files });
  const context = await testContext({ host });
  const seen = await rpmModule.inspect(one, context);
  return { host, context, seen, difference: () => rpmModule.diff(one, seen, context) };
}

describe('the state of a module', () => {
  test.each([
    ['[a]\nname=a\nstream=16\nprofiles=\nstate=enabled\n', '16'],
    ['[a]\nname = a\nstream = 16\nstate = enabled\n', '16'],
    ['[a]\nname=a\nstream=\nprofiles=\nstate=\n', undefined],
    ['[a]\nname=a\nstream=\nstate=disabled\n', undefined],
    [undefined, undefined],
  ])('%j enables %s', (text, stream) => {
    expect(enabledStream(text)).toBe(stream);
  });
});

describe('a module', () => {
  test('whose stream is enabled has nothing to do', async () => {
    const { difference } = await on({ files: { [file('postgresql')]: state('postgresql', '16') } });
    expect(difference()).toEqual({ change: 'none' });
  });

  test('is enabled by dnf’s own command', async () => {
    const { difference } = await on({});
    expect(difference()).toMatchObject({
      commands: [['dnf', 'module', 'enable', '-y', '--setopt=exit_on_lock=True', 'postgresql:16']],
      diff: '+postgresql:16\n',
    });
  });

  test('is reset first where another stream is enabled', async () => {
    const { difference } = await on({ files: { [file('postgresql')]: state('postgresql', '10') } });
    expect(difference()).toMatchObject({
      commands: [expect.arrayContaining(['reset', 'postgresql']), expect.arrayContaining(['postgresql:16'])],
      diff: '-postgresql:10\n+postgresql:16\n',
    });
  });

  test('of which another stream is installed is refused', async () => {
    const programs = { [query]: installed('postgresql-server', 'postgresql:10:2:c0ff') };
    const { difference } = await on({ programs });
    expect(difference).toThrow(expect.objectContaining({ code: 'refused-existing' }));
  });

  test.each(['-y', '16 --x', '../x', ''])('is never called %j', async (stream) => {
    const { difference } = await on({}, { ...op, stream });
    expect(difference).toThrow(expect.objectContaining({ code: 'check-failed' }));
  });
});

describe('undo of a module', () => {
  const former = { [file('postgresql')]: state('postgresql', '', '') };
  const now = {
    [file('postgresql')]: state('postgresql', '16'),
    [file('perl')]: state('perl', '5.32'),
    [file('nodejs')]: state('nodejs', '18'),
  };

  async function undone(more: Paper = {}, needed: readonly string[] = []) {
    const { context, seen } = await on({ files: former });
    const before: Json = await rpmModule.capture(op, seen, context);
    const host = paperHost({ programs: { [query]: '', ...more.programs }, files: { ...now, ...more.files } });
    const back = await testContext({ host, purpose: 'undo' });
    const result = await rpmModule.undo(op, before, { ...back, isNeeded: (key) => needed.includes(key) });
    return { result, files: Object.fromEntries(host.files), done: host.done };
  }

  test('puts back its file and those of what was enabled with it, and asks nobody', async () => {
    const { result, files, done } = await undone();
    expect(result).toEqual({});
    expect(files).toEqual({ ...former, [file('nodejs')]: now[file('nodejs')] });
    expect(done).toEqual([]);
  });

  test('leaves what an installed package comes from, and says so', async () => {
    const programs = { [query]: installed('postgresql', 'postgresql:16:2:c0ff') };
    const { result, files } = await undone({ programs });
    expect(result).toMatchObject({ left: { en: expect.stringContaining('postgresql') }, until: ['rpm:'] });
    expect(files[file('postgresql')]).toBe(now[file('postgresql')]);
    expect(files[file('perl')]).toBeUndefined();
  });

  test.each([
    ['somebody has enabled otherwise since', { files: { [file('perl')]: state('perl', '5.40') } }, []],
    ['another guide needs', {}, ['rpm-module:perl']],
  ])('leaves what came with it and %s', async (_, more: Paper, needed) => {
    const { files } = await undone(more, needed);
    expect(files[file('perl')]).toBe({ ...now, ...more.files }[file('perl')]);
    expect(files[file('postgresql')]).toBe(former[file('postgresql')]);
  });
});
