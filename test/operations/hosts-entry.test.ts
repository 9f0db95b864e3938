import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hostsEntry } from '../../src/operations/hosts-entry.ts';
import type { Json, Op } from '../../src/operations/verbs.ts';
import { temporaryFolder, testContext } from './context.ts';
import { rootedHost } from './rooted.ts';
import { holdsAtEveryStop } from './tree.ts';

const name = 'meet.example.org';
const own = (address: string) =>
  `# BEGIN setup-wizard ${name}\n${address} ${name}\n# END setup-wizard ${name}\n`;
const localhost = '127.0.0.1\tlocalhost\n';

async function machine(hosts: string | undefined, files: Readonly<Record<string, string>> = {}) {
  const dir = await temporaryFolder();
  const all = { ...files, ...(hosts === undefined ? {} : { '/etc/hosts': hosts }) };
  await mkdir(join(dir, 'etc'));
  for (const [path, text] of Object.entries(all)) {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), text);
  }
  const host = rootedHost(dir, ['/etc', '/var/lib/cloud']);
  const text = () => readFile(join(dir, 'etc/hosts'), 'utf8');
  const context = (purpose: 'run' | 'undo' = 'run') => testContext({ dir, host, purpose });
  return { host, text, context, write: (now: string) => writeFile(join(dir, 'etc/hosts'), now) };
}

const entry = (address: string): Op<'hosts-entry'> => ({ kind: 'hosts-entry', address, name });

type Machine = Awaited<ReturnType<typeof machine>>;

async function apply({ context }: Machine, op: Op<'hosts-entry'>) {
  const around = await context();
  const seen = await hostsEntry.inspect(op, around);
  const difference = hostsEntry.diff(op, seen, around);
  const before: Json = JSON.parse(JSON.stringify(await hostsEntry.capture(op, seen, around)));
  await hostsEntry.apply(op, seen, around);
  const after = await hostsEntry.inspect(op, around);
  expect(hostsEntry.diff(op, after, around)).toEqual({ change: 'none' });
  return { before, difference, output: around.output() };
}

const undo = async ({ context }: Machine, op: Op<'hosts-entry'>, before: Json) =>
  hostsEntry.undo(op, before, await context('undo'));

test('its key is that of a part of the file', async () => {
  const { values } = await testContext({ values: { NAME: name } });
  const op = { ...entry('127.0.0.1'), name: '%NAME%' };
  expect(hostsEntry.keys(op, values)).toEqual([`file:/etc/hosts#${name}`]);
});

test.each([
  ['a line of somebody else', `${localhost}127.0.0.1 other Meet.Example.org # mine\n`, '127.0.0.1'],
  ['an address in another spelling', '2001:DB8:0::0001 meet.example.org\n', '2001:db8::1'],
  ['a later line that does not count', `127.0.0.1 ${name}\n10.0.0.1 ${name}\n`, '127.0.0.1'],
  ['another family before it', `::1 ${name}\n127.0.0.1 ${name}\n`, '127.0.0.1'],
  ['our own line', own('127.0.0.1'), '127.0.0.1'],
])('nothing is to do for %s', async (_, hosts, address) => {
  const { context } = await machine(hosts);
  const around = await context();
  const seen = await hostsEntry.inspect(entry(address), around);
  expect(hostsEntry.diff(entry(address), seen, around)).toEqual({ change: 'none' });
});

describe('the line goes', () => {
  test.each([
    ['to the end', localhost, '127.0.0.1', `${localhost}${own('127.0.0.1')}`],
    ['to the end of an open last line', '::1 x', '127.0.0.1', `::1 x\n${own('127.0.0.1')}`],
    ['into a new file', undefined, '127.0.0.1', own('127.0.0.1')],
    ['where ours was', `a\n${own('10.0.0.1')}b\n`, '10.0.0.2', `a\n${own('10.0.0.2')}b\n`],
    [
      'to the end where the name is only in a comment or a part of another',
      `#10.0.0.1 ${name}\n10.0.0.1 x.${name} ${name}.x\n`,
      '10.0.0.2',
      `#10.0.0.1 ${name}\n10.0.0.1 x.${name} ${name}.x\n${own('10.0.0.2')}`,
    ],
    [
      'right before one that gives another address',
      `${localhost}127.0.1.1\t${name} meet\n# x`,
      '10.0.0.2',
      `${localhost}${own('10.0.0.2')}127.0.1.1\t${name} meet\n# x`,
    ],
    [
      'from behind one that somebody has put before it',
      `${localhost}10.9.9.9 ${name}\n${own('10.0.0.2')}# x\n`,
      '10.0.0.2',
      `${localhost}${own('10.0.0.2')}10.9.9.9 ${name}\n# x\n`,
    ],
  ])('%s, and away again', async (_, hosts, address, wanted) => {
    const here = await machine(hosts);
    const op = entry(address);
    const { before } = await apply(here, op);
    expect(await here.text()).toBe(wanted);
    await undo(here, op, before);
    expect(await here.text().catch(() => undefined)).toBe(hosts);
  });

  test('before another one, which the plan says, in both languages, and the log', async () => {
    const here = await machine(`127.0.1.1 ${name}\n`);
    const { difference, output } = await apply(here, entry('10.0.0.2'));
    const said = `Another line of /etc/hosts gives ${name} the address 127.0.1.1: the new one goes before it, as the first one counts.`;
    expect(difference).toMatchObject({
      change: 'change',
      diff: expect.stringContaining(`+10.0.0.2 ${name}\n`),
      circumstances: [{ en: said, fr: expect.stringContaining('Une autre ligne de /etc/hosts') }],
    });
    expect(output).toContain(said);
  });
});

describe('where cloud-init looks after the machine', () => {
  const notes = async (files: Readonly<Record<string, string>>) => {
    const here = await machine(localhost, files);
    const around = await here.context();
    return (await hostsEntry.inspect(entry('10.0.0.2'), around)).notes.map(({ en }) => en);
  };
  const cfg = '/etc/cloud/cloud.cfg';
  const drop = '/etc/cloud/cloud.cfg.d/99-mine.cfg';

  test.each([
    [cfg, { [cfg]: 'users: []\nmanage_etc_hosts: true\n' }],
    [drop, { [cfg]: 'manage_etc_hosts: false\n', [drop]: "manage_etc_hosts: 'template' # x\n" }],
    [
      '/var/lib/cloud/instance/cloud-config.txt',
      { '/var/lib/cloud/instance/cloud-config.txt': '#cloud-config\nmanage_etc_hosts: True\n' },
    ],
  ])('and writes the file anew, it is said by which file: %s', async (path, files) => {
    expect(await notes(files)).toEqual([
      `cloud-init writes /etc/hosts anew at each boot (manage_etc_hosts in ${path}): add this line to its template in /etc/cloud/templates too, or set manage_etc_hosts to false.`,
    ]);
  });

  test.each([
    ['it is told not to', { [cfg]: 'manage_etc_hosts: true\n', [drop]: 'manage_etc_hosts: false\n' }],
    ['it only keeps a line of its own', { [cfg]: 'manage_etc_hosts: localhost\n' }],
    ['that is a comment', { [cfg]: '# manage_etc_hosts: true\n' }],
    ['it is off', { [cfg]: 'manage_etc_hosts: true\n', '/etc/cloud/cloud-init.disabled': '' }],
    ['it is not there', {}],
  ])('and %s, nothing is said', async (_, files) => {
    expect(await notes(files as Readonly<Record<string, string>>)).toEqual([]);
  });
});

test('undo takes out our line among those of others', async () => {
  const here = await machine(`127.0.1.1 ${name}\n`);
  const op = entry('10.0.0.2');
  const { before } = await apply(here, op);
  await here.write(`10.0.0.9 first\n${await here.text()}10.0.0.9 last\n`);
  await undo(here, op, before);
  expect(await here.text()).toBe(`10.0.0.9 first\n127.0.1.1 ${name}\n10.0.0.9 last\n`);
});

test.each([
  ['10.0.0', name],
  ['fe80::1%eth0', name],
  ['10.0.0.1 x', name],
  ['10.0.0.1', 'a b'],
  ['10.0.0.1', 'a#b'],
  ['10.0.0.1', 'a\n127.0.0.1 b'],
  ['10.0.0.1', '-a'],
  ['10.0.0.1', 'a..b'],
  ['10.0.0.1', ''],
])('%j %j is a fault of the guide: nothing is written', async (address, other) => {
  const { context } = await machine(localhost);
  const op: Op<'hosts-entry'> = { kind: 'hosts-entry', address, name: other };
  await expect(hostsEntry.inspect(op, await context())).rejects.toMatchObject({ code: 'bug' });
});

test('stopped anywhere, undone or continued, the file is as before or as wanted', async () => {
  await holdsAtEveryStop(hostsEntry, {
    machine: (folder, host) => rootedHost(folder, ['/etc'], host),
    async prepare(where) {
      await mkdir(join(where, 'etc'));
      await writeFile(join(where, 'etc/hosts'), `127.0.1.1 ${name}\nx`, { mode: 0o604 });
      return entry('10.0.0.2');
    },
  });
});
