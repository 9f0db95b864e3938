import { chmod, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { realHost } from '../../src/host/real.ts';
import type { Host, Ran } from '../../src/host/types.ts';
import { hostName } from '../../src/operations/host-name.ts';
import type { Json, Op } from '../../src/operations/verbs.ts';
import { temporaryFolder, testContext } from './context.ts';
import { rootedHost } from './rooted.ts';
import { holdsAtEveryStop, treeOf } from './tree.ts';

const op: Op<'host-name'> = { kind: 'host-name', name: 'meet.example.org' };
const places = ['/etc/hostname', '/proc/sys/kernel/hostname'];
const own = hostname();
afterAll(() => expect(hostname()).toBe(own));

const ended = (code: number): Ran => ({ code, timedOut: false, stdout: '', stderr: '' });

/** As the two programs did in the lab (test/lab/host-name.test.ts): which names they take, what they write. */
function machineIn(folder: string, service: 'works' | 'is not there' | 'refuses', host = realHost()): Host {
  const kernel = (name: string) => writeFile(join(folder, 'proc/sys/kernel/hostname'), `${name}\n`);
  const programs: Readonly<Record<string, (...words: string[]) => Promise<Ran>>> = {
    async hostname(_, name = '') {
      if (!/^[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*$/.test(name)) return ended(1);
      await kernel(name);
      return ended(0);
    },
    async hostnamectl(_, verb, name = '') {
      if (service === 'is not there' || (verb && service === 'refuses')) return ended(1);
      if (!verb) return ended(0);
      await writeFile(join(folder, 'etc/hostname'), `${name}\n`);
      await chmod(join(folder, 'etc/hostname'), 0o644);
      await kernel(name);
      return ended(0);
    },
    sync: async () => ended(0),
  };
  // No program of that name may run on this machine.
  const look: Host['look'] = async (argv) => {
    const [program = '', ...words] = argv;
    const known = programs[program];
    if (!known) throw new Error(argv.join(' '));
    return known(...words);
  };
  const run: Host['run'] = async (argv) => {
    await host.run(['true']);
    const ran = await look(argv);
    await host.run(['true']);
    return ran;
  };
  return { ...rootedHost(folder, places, host), run, look };
}

interface Given {
  readonly file?: string;
  readonly kernel?: string;
  readonly service?: Parameters<typeof machineIn>[1];
}

async function machine({ file, kernel = 'server', service = 'works' }: Given = {}) {
  const dir = await temporaryFolder();
  const folder = join(dir, 'root');
  await mkdir(join(folder, 'etc'), { recursive: true });
  await mkdir(join(folder, 'proc/sys/kernel'), { recursive: true });
  await writeFile(join(folder, 'proc/sys/kernel/hostname'), `${kernel}\n`);
  if (file !== undefined) await writeFile(join(folder, 'etc/hostname'), file, { mode: 0o640 });
  const host = machineIn(folder, service);
  return { folder, context: (purpose: 'run' | 'undo' = 'run') => testContext({ dir, host, purpose }) };
}

type Machine = Awaited<ReturnType<typeof machine>>;

async function apply({ context }: Machine) {
  const around = await context();
  const seen = await hostName.inspect(op, around);
  const difference = hostName.diff(op, seen, around);
  const before: Json = JSON.parse(JSON.stringify(await hostName.capture(op, seen, around)));
  await hostName.apply(op, seen, around);
  const after = await hostName.inspect(op, around);
  expect(hostName.diff(op, after, around)).toEqual({ change: 'none' });
  expect(hostName.mark(op, after, around)).toEqual({ fixed: op.name, kernel: op.name });
  return { before, difference };
}

test('the machine has one name, and so one key', async () => {
  const { values } = await testContext();
  expect(hostName.keys(op, values)).toEqual(['host-name']);
});

describe.each(['works', 'is not there', 'refuses'] as const)('where systemd-hostnamed %s', (service) => {
  test.each<[string, Given]>([
    ['a name', { file: 'server\n' }],
    ['comments and a name that the kernel does not have', { file: '# ours\n\nserver\n', kernel: 'given' }],
    ['no file', {}],
    ['a file without a last line end', { file: 'server' }],
    ['the wanted file, another kernel', { file: 'meet.example.org\n' }],
    ['the wanted kernel, no file', { kernel: 'meet.example.org' }],
  ])('%s: set, and as before', async (_, given) => {
    const here = await machine({ ...given, service });
    const former = await treeOf(here.folder);
    const { before } = await apply(here);
    expect(await readFile(join(here.folder, 'etc/hostname'), 'utf8')).toContain('meet.example.org\n');
    expect(await hostName.undo(op, before, await here.context('undo'))).toEqual({});
    expect(await treeOf(here.folder)).toEqual(former);
  });
});

test('a link gives its place to a file, and comes back', async () => {
  const here = await machine({ service: 'is not there' });
  await symlink('other', join(here.folder, 'etc/hostname'));
  const former = await treeOf(here.folder);
  const { before } = await apply(here);
  await hostName.undo(op, before, await here.context('undo'));
  expect(await treeOf(here.folder)).toEqual(former);
});

test.each([
  ['works', ['hostnamectl', '--static', 'set-hostname', 'meet.example.org']],
  ['is not there', ['hostname', '--', 'meet.example.org']],
] as const)(
  'the plan shows the command where systemd-hostnamed %s, and the file',
  async (service, command) => {
    const { difference } = await apply(await machine({ file: 'server\n', service }));
    expect(difference).toEqual({
      change: 'change',
      commands: [command],
      diff: expect.stringContaining('-server\n+meet.example.org\n'),
    });
  },
);

test('a kernel name that no program takes back is said to stay until the next start', async () => {
  const here = await machine({ file: 'server\n', kernel: 'my_server' });
  const { before } = await apply(here);
  expect(await hostName.undo(op, before, await here.context('undo'))).toMatchObject({
    left: {
      en: '/etc/hostname is as before, but the program hostname refuses the name “my_server”: the machine is called meet.example.org until it restarts',
    },
  });
  expect(await readFile(join(here.folder, 'etc/hostname'), 'utf8')).toBe('server\n');
});

test.each([
  '203.0.113.5',
  '::1',
  'a_b',
  'a b',
  '-a',
  'a..b',
  'a.',
  '',
  `${'a'.repeat(60)}.abcd`,
  'é',
  'a\nb',
])('%j is refused with a sentence', async (name) => {
  const { context } = await machine({ file: 'server\n' });
  const other = { ...op, name };
  const around = await context();
  const seen = await hostName.inspect(other, around);
  expect(() => hostName.diff(other, seen, around)).toThrow(
    expect.objectContaining({ say: { fr: expect.any(String), en: expect.stringContaining('host name') } }),
  );
});

test.each(['is not there', 'works'] as const)(
  'stopped anywhere where systemd-hostnamed %s, it is as before or as wanted',
  async (service) => {
    await holdsAtEveryStop(hostName, {
      machine: (folder, host) => machineIn(folder, service, host),
      async prepare(where) {
        await mkdir(join(where, 'etc'));
        await mkdir(join(where, 'proc/sys/kernel'), { recursive: true });
        await writeFile(join(where, 'etc/hostname'), '# ours\nserver', { mode: 0o640 });
        await writeFile(join(where, 'proc/sys/kernel/hostname'), 'given\n');
        return op;
      },
    });
  },
);
