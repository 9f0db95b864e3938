import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { decodeName, encodeName } from '../../src/answers/names.ts';
import { open, Secret } from '../../src/answers/secret.ts';
import { chooseStore, memoryStore, type SecretStore } from '../../src/answers/store.ts';
import { credsStore, fileStore } from '../../src/answers/store-files.ts';
import { type Keyring, keyringStore, loadKeytar } from '../../src/answers/store-keyring.ts';
import { Failure } from '../../src/operations/verbs.ts';
import { disk } from './disk.ts';
import { hostile } from './hostile.ts';

let base = '';
let dir = '';
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'secrets-'));
  dir = join(base, 'secrets');
});
afterEach(() => rmSync(base, { recursive: true }));

const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);
const filesIn = (path: string): string =>
  readdirSync(path)
    .map((file) => readFileSync(join(path, file), 'utf8'))
    .join('\n');

/** A keyring in memory. */
function fakeKeyring(change: Partial<Keyring> = {}): Keyring {
  const kept = new Map<string, string>();
  return {
    getPassword: async (_, account) => kept.get(account) ?? null,
    setPassword: async (_, account, password) => {
      kept.set(account, password);
    },
    deletePassword: async (_, account) => kept.delete(account),
    findCredentials: async () => [...kept].map(([account, password]) => ({ account, password })),
    ...change,
  };
}

/** systemd-creds as it behaves, without its cryptography. */
function fakeCreds(argv: readonly string[], options?: { readonly stdin?: string }) {
  const name = argv.find((word) => word.startsWith('--name='));
  const stdin = options?.stdin ?? '';
  if (argv[1] === 'encrypt')
    return { stdout: `${Buffer.from(JSON.stringify([name, stdin])).toString('hex')}\n` };
  const [was, value] = JSON.parse(Buffer.from(stdin.trim(), 'hex').toString() || '[]') as string[];
  return was === name
    ? { stdout: value ?? '' }
    : { code: 1, stderr: 'Name in credential does not match expectations.' };
}

const makers: [string, () => SecretStore][] = [
  ['memory', memoryStore],
  ['file', () => fileStore(disk().host, base)],
  [
    'systemd-creds',
    () => {
      const machine = disk();
      machine.program = fakeCreds;
      return credsStore(machine.host, base);
    },
  ],
  ['keyring', () => keyringStore(() => fakeKeyring(), 'service')],
];

describe.each(makers)('the %s store', (backend, make) => {
  test('says what it is and that it works', async () => {
    const store = make();
    expect(store.backend).toBe(backend);
    expect(await store.probe()).toEqual({ ok: true, reason: '' });
    expect(await store.list()).toEqual([]);
  });

  test('gives back every value as it was', async () => {
    const store = make();
    for (const [index, value] of [...hostile, '', 'a\nb\n', '\0', 'x'.repeat(5000)].entries()) {
      await store.set(`small/V${index}`, new Secret(value));
      expect(open((await store.get(`small/V${index}`)) as Secret)).toBe(value);
    }
  });

  test('replaces, deletes, lists names only, and does not mind what is not there', async () => {
    const store = make();
    await store.set('small/B', new Secret('one'));
    await store.set('small/B', new Secret('two'));
    await store.set('other/A', new Secret('three'));
    expect(open((await store.get('small/B')) as Secret)).toBe('two');
    expect(await store.list()).toEqual(['other/A', 'small/B']);
    await store.delete('small/B');
    await store.delete('small/B');
    expect(await store.get('small/B')).toBeUndefined();
    expect(await store.list()).toEqual(['other/A']);
  });

  test('no name reaches outside its place or another secret', async () => {
    const store = make();
    const names = [
      '../../etc/x',
      'a/b',
      'a%2Fb',
      'a.b',
      '.',
      '..',
      'a b',
      "a'b",
      'é/🔑',
      '-rf',
      'store.json',
      '*',
    ];
    for (const name of names) await store.set(name, new Secret(`value of ${name}`));
    for (const name of names) expect(open((await store.get(name)) as Secret)).toBe(`value of ${name}`);
    expect(await store.list()).toEqual([...names].sort());
    expect(readdirSync(base).every((file) => /^[A-Za-z0-9_%-]+\.(secret|cred)$/.test(file))).toBe(true);
  });
});

describe('names of files', () => {
  test('every name has one file and every file one name', () => {
    for (const name of ['pretix/DB_PASSWORD', 'ej/A-B', '%2F', 'é', '..'])
      expect(decodeName(encodeName(name))).toBe(name);
    expect(encodeName('pretix/DB_PASSWORD')).toBe('pretix%2FDB_PASSWORD');
    for (const file of ['a.b', '%zz', '%2f', '%C3', 'a/b']) expect(decodeName(file)).toBeUndefined();
  });
});

describe('the file store', () => {
  test('writes 0600 files and leaves strangers in the folder alone', async () => {
    const store = fileStore(disk().host, base);
    writeFileSync(join(base, 'notes.txt'), 'x');
    writeFileSync(join(base, '%zz.secret'), 'x');
    await store.set('small/A', new Secret('x'));
    expect(modeOf(join(base, 'small%2FA.secret'))).toBe('600');
    expect(await store.list()).toEqual(['small/A']);
  });

  test('a probe that was cut short is not listed', async () => {
    writeFileSync(join(base, 'setup-wizard%2Fprobe.secret'), 'x');
    expect(await fileStore(disk().host, base).list()).toEqual([]);
  });

  test('a value that UTF-8 cannot carry is refused, not changed', async () => {
    await expect(fileStore(disk().host, base).set('a', new Secret('x\ud800'))).rejects.toThrow(Failure);
  });
});

describe('systemd-creds', () => {
  test('gets the value on standard input only, encrypts with the host’s key, and writes 0600 files', async () => {
    const machine = disk();
    machine.program = fakeCreds;
    await credsStore(machine.host, base).set('small/A', new Secret('hunter2'));
    expect(JSON.stringify(machine.ran)).not.toContain('hunter2');
    expect(machine.ran[0]).toEqual([
      'systemd-creds',
      'encrypt',
      '--name=small%2FA',
      '--with-key=host',
      '-',
      '-',
    ]);
    expect(filesIn(base)).not.toContain('hunter2');
    expect(modeOf(join(base, 'small%2FA.cred'))).toBe('600');
  });

  test('a file moved to another name is not read as that secret', async () => {
    const machine = disk();
    machine.program = fakeCreds;
    const store = credsStore(machine.host, base);
    await store.set('small/A', new Secret('a'));
    writeFileSync(join(base, 'small%2FB.cred'), readFileSync(join(base, 'small%2FA.cred')));
    const error = await store.get('small/B').catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(Failure);
    expect((error as Failure).say?.en).toContain(
      'small/B cannot be read back (Name in credential does not match',
    );
  });

  test.each([
    ['is not there', { code: 127, stderr: '' }, 'code 127'],
    ['fails', { code: 1, stderr: 'Failed to determine local credential key.' }, 'Failed to determine'],
    ['says nothing', { code: 0, stdout: '' }, 'code 0'],
    ['gives back something else', { code: 0, stdout: 'x' }, 'read back differently'],
  ])('does not work when the program %s', async (_, program, reason) => {
    const machine = disk();
    machine.program = () => program;
    const probed = await credsStore(machine.host, base).probe();
    expect(probed.ok).toBe(false);
    expect(probed.reason).toContain(reason);
  });

  test('the real one keeps hostile values, where this machine has it', async ({ skip }) => {
    const store = credsStore(disk().host, base);
    if (process.getuid?.() !== 0 || !(await store.probe()).ok) skip();
    for (const value of ['é’"\\$%\n', 'x'.repeat(2000), ' ']) {
      await store.set('small/A', new Secret(value));
      expect(open((await store.get('small/A')) as Secret)).toBe(value);
    }
  });
});

describe('the keyring', () => {
  test('a module that is not there does not work, and says so', async () => {
    const probed = await keyringStore(() => undefined, 's').probe();
    expect(probed).toEqual({ ok: false, reason: 'keytar, or the library libsecret, is not installed' });
  });

  test('a keyring that waits for ever is given up', async () => {
    const stuck = fakeKeyring({ setPassword: () => new Promise(() => {}) });
    const probed = await keyringStore(() => stuck, 's', 20).probe();
    expect(probed).toEqual({ ok: false, reason: 'the keyring did not answer within 20 ms' });
  });

  test('a keyring that forgets, that changes values, or that never deletes does not work', async () => {
    const forgets = fakeKeyring({ getPassword: async () => null });
    const changes = fakeKeyring({ getPassword: async () => 'other' });
    const keeps = fakeKeyring({ deletePassword: async () => true });
    for (const keyring of [forgets, changes, keeps])
      expect(await keyringStore(() => keyring, 's').probe()).toMatchObject({ ok: false });
  });

  test('is loaded at its first use, once', async () => {
    let loads = 0;
    const keyring = fakeKeyring();
    const store = keyringStore(() => {
      loads += 1;
      return keyring;
    }, 's');
    expect(loads).toBe(0);
    await store.probe();
    await store.list();
    expect(loads).toBe(1);
  });

  test('loading the real one never throws', () => {
    expect(() => loadKeytar()).not.toThrow();
  });
});

describe('choosing', () => {
  const recorded = (): unknown => JSON.parse(readFileSync(join(dir, 'store.json'), 'utf8'));

  test('root gets systemd-creds where it works, and never a keyring', async () => {
    const machine = disk();
    machine.program = fakeCreds;
    const keyring = () => {
      throw new Error('not for root');
    };
    expect((await chooseStore(machine.host, dir, { uid: 0, keyring })).backend).toBe('systemd-creds');
    expect(recorded()).toEqual({ backend: 'systemd-creds' });
    expect([modeOf(dir), modeOf(join(dir, 'store.json'))]).toEqual(['700', '600']);
    expect(readdirSync(dir)).toEqual(['store.json']);
  });

  test('root gets files elsewhere', async () => {
    const machine = disk();
    machine.program = () => ({ code: 127 });
    expect((await chooseStore(machine.host, dir, { uid: 0 })).backend).toBe('file');
  });

  test('a user gets an unlocked keyring, else files, and no program is run', async () => {
    const machine = disk();
    expect((await chooseStore(machine.host, dir, { uid: 1000, keyring: () => fakeKeyring() })).backend).toBe(
      'keyring',
    );
    rmSync(dir, { recursive: true });
    expect((await chooseStore(machine.host, dir, { uid: 1000, keyring: () => undefined })).backend).toBe(
      'file',
    );
    expect(machine.ran).toEqual([]);
  });

  test('is done once: what works better later does not change the place', async () => {
    const machine = disk();
    machine.program = () => ({ code: 1, stderr: 'no' });
    const first = await chooseStore(machine.host, dir, { uid: 0 });
    await first.set('small/A', new Secret('kept'));
    machine.program = fakeCreds;
    const second = await chooseStore(machine.host, dir, { uid: 0 });
    expect(second.backend).toBe('file');
    expect(open((await second.get('small/A')) as Secret)).toBe('kept');
  });

  test('a place that no longer works stops with a sentence instead of taking another', async () => {
    const keyring = fakeKeyring();
    await chooseStore(disk().host, dir, { uid: 1000, keyring: () => keyring });
    const error = await chooseStore(disk().host, dir, { uid: 1000, keyring: () => undefined }).catch(
      (caught: unknown) => caught,
    );
    expect((error as Failure).say?.en).toContain('Secrets are kept by “keyring”, which no longer works');
    expect((error as Failure).say?.fr).toContain('keyring');
    expect(recorded()).toEqual({ backend: 'keyring' });
  });

  test.each(['', '{', '[]', '{"backend":"memory"}', '{"backend":"toString"}', 'null'])(
    'a damaged record stops with a sentence: %j',
    async (content) => {
      mkdirSync(dir);
      writeFileSync(join(dir, 'store.json'), content);
      const error = await chooseStore(disk().host, dir, { uid: 0 }).catch((caught: unknown) => caught);
      expect((error as Failure).say?.en).toContain(`${dir}/store.json`);
    },
  );

  test('a record with fields of a newer version is read', async () => {
    mkdirSync(dir, { mode: 0o700 });
    writeFileSync(join(dir, 'store.json'), '{"backend":"file","since":"9"}');
    expect((await chooseStore(disk().host, dir, { uid: 0 })).backend).toBe('file');
  });

  test('files are reopened without writing, so from a full disk too', async () => {
    const { host } = disk();
    const store = await chooseStore(host, dir, { uid: 1000, keyring: () => undefined });
    await store.set('small/A', new Secret('kept'));
    Object.assign(host, { write: () => Promise.reject(new Error('ENOSPC')) });
    const again = await chooseStore(host, dir, { uid: 1000 });
    expect(open((await again.get('small/A')) as Secret)).toBe('kept');
  });

  test('a folder that others could open is closed, and something else in its place is refused', async () => {
    mkdirSync(dir, { mode: 0o755 });
    await chooseStore(disk().host, dir, { uid: 1000, keyring: () => undefined });
    expect(modeOf(dir)).toBe('700');
    rmSync(dir, { recursive: true });
    writeFileSync(dir, '');
    await expect(chooseStore(disk().host, dir, { uid: 0 })).rejects.toThrow(Failure);
  });

  test('with nowhere to keep secrets it says why, and records nothing', async () => {
    const machine = disk();
    machine.program = () => ({ code: 1, stderr: 'no key' });
    Object.assign(machine.host, { write: () => Promise.reject(new Error('ENOSPC')) });
    const error = await chooseStore(machine.host, dir, { uid: 0 }).catch((caught: unknown) => caught);
    expect((error as Failure).say?.en).toMatch(/systemd-creds: .*no key.*; file: ENOSPC/);
    expect(existsSync(join(dir, 'store.json'))).toBe(false);
  });
});
