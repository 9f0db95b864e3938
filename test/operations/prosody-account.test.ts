import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { prosodyAccount } from '../../src/operations/prosody-account.ts';
import { fileName, fits, readCredentials } from '../../src/operations/shared/prosody.ts';
import { scramKeys } from '../../src/operations/shared/scram.ts';
import type { Json, Op } from '../../src/operations/verbs.ts';
import { type TestOptions, temporaryFolder, testContext } from './context.ts';
import { hostile } from './encode/values.ts';
import { machineIn, prosodyData, type Server } from './prosody-machine.ts';
import { holdsAtEveryStop, treeOf } from './tree.ts';

/** As the programs wrote them, each with the password that it was told. */
const written = {
  '0.11': [
    'pw one',
    'return {\n\t["iteration_count"] = 4096;\n\t["server_key"] = "bd71f7366bd9051c67b56dd9bdeb827f98a064a2";\n\t["stored_key"] = "f7723e6e723ed090a507c449f9de110e9d598868";\n\t["salt"] = "9e9f732b-936e-423d-9e52-1a97f0e15bec";\n};\n',
  ],
  '0.12': [
    'pw one',
    'return {\n\t["server_key"] = "1ba3e043935bc1daaf07ce8825aaa5b7bc6b1882";\n\t["iteration_count"] = 10000;\n\t["stored_key"] = "91f851979c070150470a0cb9c5bd1bede8896a3f";\n\t["salt"] = "383189be-a3b1-43aa-8571-24cb91c20bd9";\n};\n',
  ],
  '13.0': [
    'p"w\\ é',
    'return {\n\t["updated"] = 1796061543;\n\t["salt"] = "34941029-553c-41db-9b1d-9568b94b06d1";\n\t["iteration_count"] = 10000;\n\t["stored_key"] = "8071ccf38ee35277963fca71d49288c618db73c2";\n\t["created"] = 1796061543;\n\t["server_key"] = "74f0463939311aa9e783a33752a239c9d5ddbd55";\n};\n',
  ],
  'plain, 13.0': [
    'p"w\\ é',
    'return {\n\t["updated"] = 1796061543;\n\t["created"] = 1796061543;\n\t["password"] = "p\\"w\\\\ \\195\\169";\n\t["disabled"] = true;\n};\n',
  ],
  'plain, prepared': ['\u00a0a\ufb01', 'return {\n\t["password"] = " afi";\n};\n'],
} as const;

describe('an account’s file', () => {
  test.each(Object.entries(written))(
    'of Prosody %s: its password fits, and no other',
    (_, [password, text]) => {
      const credentials = readCredentials(text);
      if (!credentials) throw new Error('unread');
      expect(fits(credentials, password)).toBe(true);
      for (const other of ['', `${password} `, password.toUpperCase(), 'x'])
        expect(fits(credentials, other)).toBe(false);
    },
  );

  test('with keys of SHA-256', () => {
    const keys = scramKeys('sha256', 'pw', Buffer.from('salt'), 4096);
    const text = `return { ["salt"] = "salt", ["iteration_count"] = 4096, ["stored_key"] = "${keys.stored.toString('hex')}", ["server_key"] = "${keys.server.toString('hex')}" }`;
    const credentials = readCredentials(text);
    expect(credentials && [fits(credentials, 'pw'), fits(credentials, 'pv')]).toEqual([true, false]);
  });

  test.each([
    'return {};\n',
    'return { ["password"] = "" }',
    'return { ["stored_key"] = "f7723e6e723ed090a507c449f9de110e9d598868" }',
    'return { ["password"] = { "x" }, ["list"] = { ["password"] = "x" } }',
    'return { ["password"] = "x" .. "y" }',
    `return { ["salt"] = "s"; ["iteration_count"] = 1e15; ["stored_key"] = "${'0'.repeat(40)}" }`,
  ])('in which no password is fits none: %s', (text) => {
    const credentials = readCredentials(text);
    expect(credentials && ['', 'x', 'xy'].map((one) => fits(credentials, one))).toEqual([
      false,
      false,
      false,
    ]);
  });

  test.each(['', 'x', 'return {', 'return { x }', 'return { ["a"] = "b }', 'return {} + 1', 'return "x"'])(
    'that is none is not read: %j',
    (text) => expect(readCredentials(text)).toBeUndefined(),
  );

  test.each([
    ['alice', 'alice'],
    ['meet.example-1.org', 'meet%2eexample%2d1%2eorg'],
    ['é_%/..', '%c3%a9%5f%25%2f%2e%2e'],
  ])('has the name of %s as %s', (name, file) => expect(fileName(name)).toBe(file));
});

const data = prosodyData;

const op: Op<'prosody-account'> = {
  kind: 'prosody-account',
  user: 'Alice',
  host: 'meet.example.org',
  password: '%PW%',
};
const dat = `${data}/meet%2eexample%2eorg/accounts/alice.dat`;
const plain = (password: string) => `return {\n\t["password"] = ${JSON.stringify(password)};\n};\n`;

async function machine(files: Readonly<Record<string, string>> = {}, server: Server = 'usual') {
  const dir = await temporaryFolder();
  const folder = join(dir, 'root');
  await mkdir(join(folder, data), { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text, { mode: 0o640 });
  }
  const host = machineIn(folder, server);
  const context = (more: TestOptions = {}) =>
    testContext({ dir, host, secrets: { PW: 's3cret-value' }, ...more });
  return { dir, folder, context };
}

type Machine = Awaited<ReturnType<typeof machine>>;

async function apply({ context }: Machine, what = op, more: TestOptions = {}) {
  const around = await context(more);
  const seen = await prosodyAccount.inspect(what, around);
  const difference = prosodyAccount.diff(what, seen, around);
  const before: Json = JSON.parse(JSON.stringify(await prosodyAccount.capture(what, seen, around)));
  await prosodyAccount.apply(what, seen, around);
  const after = await prosodyAccount.inspect(what, around);
  expect(prosodyAccount.diff(what, after, around)).toEqual({ change: 'none' });
  return { before, difference, mark: prosodyAccount.mark(what, after, around), output: around.output() };
}

/** The password may be lost by then. */
const undo = async ({ context }: Machine, before: Json) =>
  prosodyAccount.undo(op, before, await context({ purpose: 'undo', secrets: {} }));

test('its key is the account as Prosody knows it', async () => {
  const { values } = await testContext({ values: { U: 'Alice' } });
  expect(prosodyAccount.keys({ ...op, user: '%U%' }, values)).toEqual(['prosody:alice@meet.example.org']);
});

test('it is made with prosodyctl, the password nowhere to be seen, and goes with what came with it', async () => {
  const here = await machine();
  const { before, difference, mark, output } = await apply(here);
  expect(difference).toMatchObject({
    change: 'change',
    commands: [['prosodyctl', 'adduser', 'alice@meet.example.org']],
    circumstances: [{ en: 'the password is given on standard input, twice' }],
    diff: '+alice@meet.example.org\n',
  });
  expect(JSON.stringify([before, difference, mark, output])).not.toContain('s3cret');
  expect(await readFile(join(here.folder, dat), 'utf8')).toBe(plain('s3cret-value'));
  expect(await undo(here, before)).toEqual({});
  expect(await treeOf(join(here.folder, data))).toEqual({});
});

test('where the server does not run, it goes all the same', async () => {
  const here = await machine();
  const { before } = await apply(here);
  const stopped = {
    ...here,
    context: (more: TestOptions = {}) =>
      here.context({ ...more, host: machineIn(here.folder, 'does not run') }),
  };
  expect(await undo(stopped, before)).toEqual({});
  expect(await treeOf(join(here.folder, data))).toEqual({});
});

test('folders and files of others stay', async () => {
  const others = {
    [`${data}/meet%2eexample%2eorg/accounts/alice2.dat`]: plain('x'),
    [`${data}/meet%2eexample%2eorg/cron.dat`]: 'return {};',
    [`${data}/other%2etest/accounts/alice.dat`]: plain('x'),
  };
  const here = await machine(others);
  await mkdir(join(here.folder, data, 'meet%2eexample%2eorg/roster'));
  const former = await treeOf(here.folder);
  const { before } = await apply(here);
  await undo(here, before);
  expect(await treeOf(here.folder)).toEqual(former);
});

test('what the user has stored is packed before it goes; halves of files are not', async () => {
  const here = await machine();
  const { before } = await apply(here);
  const stored = join(here.folder, data, 'meet%2eexample%2eorg/roster');
  await mkdir(stored);
  await writeFile(join(stored, 'alice.list'), 'item({});');
  await writeFile(join(stored, '..', 'accounts', 'alice.dat~'), '');
  await undo(here, before);
  expect(await treeOf(join(here.folder, data))).toEqual({});
  const kept = await readdir(join(here.dir, 'state', 'kept', 'test'));
  expect(kept).toEqual([expect.stringMatching(/^prosody-alice@meet\.example\.org-.*\.tar\.gz$/)]);
});

describe('an account that is there', () => {
  test.each(Object.entries(written))(
    'with the right password: nothing to do (%s)',
    async (_, [password, text]) => {
      const { context } = await machine({ [dat]: text });
      const around = await context({ secrets: { PW: password } });
      expect(prosodyAccount.diff(op, await prosodyAccount.inspect(op, around), around)).toEqual({
        change: 'none',
      });
    },
  );

  test('with another password is refused, or replaced where the guide says so, and comes back to the byte', async () => {
    const here = await machine({ [dat]: written['0.12'][1] });
    const former = await treeOf(here.folder);
    await expect(apply(here)).rejects.toMatchObject({
      code: 'refused-existing',
      say: { en: expect.stringContaining('The Prosody account alice@meet.example.org already exists') },
    });
    const { before, difference } = await apply(here, { ...op, onExisting: 'replace' });
    expect(difference).toMatchObject({ commands: [['prosodyctl', 'passwd', 'alice@meet.example.org']] });
    await undo(here, before);
    expect(await treeOf(here.folder)).toEqual(former);
  });

  test('is ours while it is as a run of ours left it: a corrected password replaces the former', async () => {
    const here = await machine();
    const { mark } = await apply(here);
    const recorded = { 'prosody:alice@meet.example.org': mark };
    const { difference } = await apply(here, op, { recorded, secrets: { PW: 'corrected' } });
    expect(difference).toMatchObject({ commands: [['prosodyctl', 'passwd', 'alice@meet.example.org']] });
    await expect(apply(here, op, { recorded })).rejects.toMatchObject({ code: 'refused-existing' });
  });

  test.each([
    ['not to be read', 'return {', 'The file of the Prosody account alice@meet.example.org cannot be read'],
    [
      'disabled',
      written['13.0'][1].replace('};', '\t["disabled"] = true;\n};'),
      'The Prosody account alice@meet.example.org is disabled',
    ],
  ])('and is %s is refused, whatever the guide says', async (_, text, sentence) => {
    const { context } = await machine({ [dat]: text });
    const around = await context({ secrets: { PW: written['13.0'][0] } });
    const replacing = { ...op, onExisting: 'replace' } as const;
    const seen = await prosodyAccount.inspect(replacing, around);
    expect(() => prosodyAccount.diff(replacing, seen, around)).toThrow(
      expect.objectContaining({ say: expect.objectContaining({ en: expect.stringContaining(sentence) }) }),
    );
  });

  test('has a mark of its password, not of when it was last used', async () => {
    const markOf = async (text: string) => {
      const { context } = await machine({ [dat]: text });
      const around = await context({ purpose: 'undo', secrets: {} });
      const mark = prosodyAccount.mark(op, await prosodyAccount.inspect(op, around), around);
      return JSON.stringify(mark).replace(/[0-9a-f]{32}/, 'print');
    };
    expect(await markOf(written['13.0'][1])).toBe('{"enabled":true,"password":"print"}');
    expect(await markOf('return {')).toBe('{"readable":false}');
  });
});

describe('what prosodyctl has made and nobody can use is a failure, and is taken back', () => {
  const others = { [`${data}/meet%2eexample%2eorg/roster/alice.list`]: 'item({});' };
  test.each<[Server, string]>([
    ['stores elsewhere', 'Prosody keeps its accounts elsewhere'],
    ['has no such host', 'The host meet.example.org is not in Prosody’s configuration'],
  ])('where Prosody %s', async (server, sentence) => {
    const here = await machine({}, server);
    await expect(apply(here)).rejects.toMatchObject({
      code: 'check-failed',
      say: { en: expect.stringContaining(sentence) },
    });
    expect(Object.keys(await treeOf(here.folder)).filter((path) => path.endsWith('.dat'))).toEqual([]);
  });

  test('where Prosody refuses the password, with the words of the error', async () => {
    const here = await machine(others, 'refuses the password');
    await expect(apply(here)).rejects.toMatchObject({
      code: 'command-failed',
      values: { lastLine: 'Error: password fails SASLprep' },
    });
    expect(await readFile(join(here.folder, data, 'meet%2eexample%2eorg/roster/alice.list'), 'utf8')).toBe(
      'item({});',
    );
    expect(await readdir(join(here.folder, data, 'meet%2eexample%2eorg/accounts'))).toEqual([]);
  });

  test('but an account that is somewhere else is not touched, nor what is stored for it', async () => {
    const here = await machine(others, 'knows it elsewhere');
    const former = await treeOf(here.folder);
    const context = await here.context();
    const seen = await prosodyAccount.inspect(op, context);
    const before: Json = JSON.parse(JSON.stringify(await prosodyAccount.capture(op, seen, context)));
    await expect(prosodyAccount.apply(op, seen, context)).rejects.toMatchObject({ code: 'command-failed' });
    expect(await treeOf(here.folder)).toEqual(former);
    await undo(here, before);
    expect(await treeOf(here.folder)).toEqual(former);
  });
});

test('what was there of such a user before the account stays when it goes', async () => {
  const here = await machine({ [`${data}/meet%2eexample%2eorg/roster/alice.list`]: 'item({});' });
  const former = await treeOf(here.folder);
  const { before } = await apply(here);
  await undo(here, before);
  expect(await treeOf(here.folder)).toEqual(former);
});

describe('an account that is not wanted', () => {
  const gone = { ...op, present: false, password: '' };
  const folder = `${data}/meet%2eexample%2eorg`;
  const theirs = {
    [dat]: written['0.12'][1],
    [`${folder}/account_roles/alice.dat`]: 'return {};\n',
    [`${folder}/roster/alice.list`]: 'item({});\n',
    [`${folder}/accounts/alicia.dat`]: plain('x'),
  };

  test('goes with all that its user has stored, packed first, and comes back to the byte', async () => {
    const here = await machine(theirs);
    const former = await treeOf(here.folder);
    const { before, difference, mark } = await apply(here, gone);
    expect(difference).toEqual({
      change: 'change',
      commands: [['prosodyctl', 'deluser', 'alice@meet.example.org']],
      diff: '-alice@meet.example.org\n',
    });
    expect(mark).toBeNull();
    const left = Object.keys(await treeOf(here.folder)).filter((path) => /\.(dat|list)$/.test(path));
    expect(left).toEqual([expect.stringContaining('alicia.dat')]);
    expect(await readdir(join(here.dir, 'state', 'kept', 'test'))).toHaveLength(1);
    expect(await undo(here, before)).toEqual({});
    expect(await treeOf(here.folder)).toEqual(former);
  });

  test('goes whoever made it, disabled or not to be read', async () => {
    for (const text of ['return {', written['13.0'][1].replace('};', '\t["disabled"] = true;\n};')]) {
      const here = await machine({ [dat]: text });
      const former = await treeOf(here.folder);
      const { before } = await apply(here, gone);
      await undo(here, before);
      expect(await treeOf(here.folder)).toEqual(former);
    }
  });

  test('that is not there is nothing to do', async () => {
    const { context } = await machine();
    const around = await context();
    expect(prosodyAccount.diff(gone, await prosodyAccount.inspect(gone, around), around)).toEqual({
      change: 'none',
    });
  });

  test('what came under its name since is packed before it comes back', async () => {
    const here = await machine({ [dat]: written['0.12'][1] });
    const former = await treeOf(here.folder);
    const { before } = await apply(here, gone);
    await apply(here);
    await mkdir(join(here.folder, folder, 'roster'));
    await writeFile(join(here.folder, folder, 'roster', 'alice.list'), 'item({});');
    await undo(here, before);
    await rm(join(here.folder, folder, 'roster'), { recursive: true });
    expect(await treeOf(here.folder)).toEqual(former);
    expect(await readdir(join(here.dir, 'state', 'kept', 'test'))).toHaveLength(1);
  });

  test('stopped anywhere, undone or continued, it is there or gone', async () => {
    await holdsAtEveryStop(prosodyAccount, {
      machine: (root, host) => machineIn(root, 'usual', host),
      async prepare(root) {
        for (const [path, text] of Object.entries(theirs)) {
          await mkdir(dirname(join(root, path)), { recursive: true });
          await writeFile(join(root, path), text, { mode: 0o640 });
        }
        return gone;
      },
    });
  }, 120_000);
});

test.each([
  ['a b', 'x.test'],
  ['a@b', 'x.test'],
  ['a/b', 'x.test'],
  ['', 'x.test'],
  ['a\nb', 'x.test'],
  ['a', '../x'],
  ['a', 'x y'],
])('%j at %j is refused with a sentence', async (user, host) => {
  const { context } = await machine();
  await expect(prosodyAccount.inspect({ ...op, user, host }, await context())).rejects.toMatchObject({
    code: 'refused-existing',
    say: { en: expect.stringContaining('cannot be a Prosody account') },
  });
});

test('a password that prosodyctl could not read is refused before it runs; any other goes in whole', async () => {
  const here = await machine();
  for (const value of hostile.filter((one) => one.isWellFormed()).slice(0, 250)) {
    await rm(join(here.folder, data), { recursive: true });
    await mkdir(join(here.folder, data));
    const outcome = await apply(here, op, { secrets: { PW: value } }).catch((error: unknown) => error);
    if (value === '' || /\p{Cc}/u.test(value)) expect(outcome).toMatchObject({ code: 'cannot-carry' });
    else expect(await readFile(join(here.folder, dat), 'utf8')).toBe(plain(value));
  }
}, 120_000);

test('stopped anywhere, undone or continued, the data is as before or as wanted', async () => {
  for (const files of [{}, { [dat]: written['0.12'][1] }] as const) {
    const replacing = { ...op, onExisting: 'replace' } as const;
    await holdsAtEveryStop(prosodyAccount, {
      options: { secrets: { PW: 's3cret-value' } },
      machine: (folder, host) => machineIn(folder, 'usual', host),
      async prepare(folder) {
        await mkdir(join(folder, data), { recursive: true });
        for (const [path, text] of Object.entries(files)) {
          await mkdir(dirname(join(folder, path)), { recursive: true });
          await writeFile(join(folder, path), text, { mode: 0o640 });
        }
        return replacing;
      },
    });
  }
}, 120_000);
