/** The numbered promises of src/operations/rpm-repository.ts, on paper; test/lab/rpm.test.ts has the real programs. */
import { describe, expect, test } from 'vitest';
import { rpmRepository } from '../../../src/operations/rpm-repository.ts';
import type { Json, Op } from '../../../src/operations/verbs.ts';
import { type TestOptions, testContext } from '../context.ts';
import { type Paper, type PaperHost, paperHost } from './machine.ts';
import { keyPrograms, noKeysLeft } from './paper-key.ts';

const fingerprint = '0123456789ABCDEF0123456789ABCDEF76543210';
const op: Op<'rpm-repository'> = {
  kind: 'rpm-repository',
  id: 'nginx-stable',
  name: 'nginx %WORD%',
  baseurl: 'https://packages.example.org/centos/$releasever/$basearch/',
  key: 'https://packages.example.org/key.asc',
  fingerprints: ['0123 4567 89AB CDEF 0123  4567 89AB CDEF 7654 3210'],
};
const path = '/etc/yum.repos.d/nginx-stable.repo';
const keyPath = '/etc/pki/rpm-gpg/RPM-GPG-KEY-nginx-stable';
const text = `[nginx-stable]
name=nginx stable
baseurl=https://packages.example.org/centos/$releasever/$basearch/
enabled=1
gpgcheck=1
repo_gpgcheck=0
gpgkey=file://${keyPath}
`;
const trusts = 'rpm --query --all';
const folders = { '/etc/yum.repos.d': null, '/etc/pki/rpm-gpg': null };

function aHost({ programs = {}, files = {} }: Paper = {}): PaperHost {
  let isTrusted = false;
  const host: PaperHost = paperHost({
    files: { ...folders, ...files },
    programs: {
      ...keyPrograms(() => host, fingerprint),
      [trusts]: () => (isTrusted ? '76543210\t5f000000\t100\n' : ''),
      'rpm --import': () => {
        isTrusted = true;
        return '';
      },
      'rpm --erase': () => {
        isTrusted = false;
        return '';
      },
      'dnf makecache': '',
      'dnf -q -C': 'Repo-id : nginx-stable\n',
      ...programs,
    },
  });
  return host;
}

async function on(host: PaperHost, options: TestOptions = {}, one = op) {
  const context = await testContext({ host, values: { WORD: 'stable' }, ...options });
  const seen = await rpmRepository.inspect(one, context);
  return { context, seen, difference: () => rpmRepository.diff(one, seen, context) };
}

describe('a repository of dnf', () => {
  test('is shown with its file and the fingerprint of its key', async () => {
    const { difference } = await on(aHost());
    expect(difference()).toMatchObject({
      change: 'change',
      commands: [
        ['rpm', '--import', keyPath],
        expect.arrayContaining(['makecache', '--enablerepo=nginx-stable']),
      ],
      diff: expect.stringMatching(
        /\+gpgcheck=1[\s\S]*\+ 0123 4567 89AB CDEF 0123 4567 89AB CDEF 7654 3210\n/,
      ),
    });
  });

  test('is written, trusted, read, and then there is nothing to do', async () => {
    const host = aHost();
    const { context, seen } = await on(host);
    await rpmRepository.apply(op, seen, context);
    expect(host.files.get(path)).toBe(text);
    expect(host.files.get(keyPath)).toBe(`key ${fingerprint}`);
    const again = await on(host);
    expect(again.difference()).toEqual({ change: 'none' });
    expect(noKeysLeft(host)).toBe(true);
  });

  test('insists on a signed list where it is to', async () => {
    const { difference } = await on(aHost(), {}, { ...op, signedMetadata: true });
    expect(difference()).toMatchObject({ diff: expect.stringContaining('+repo_gpgcheck=1\n') });
  });

  test('is not hidden behind a module where it is not to be', async () => {
    const { difference } = await on(aHost(), {}, { ...op, moduleHotfixes: true });
    expect(difference()).toMatchObject({ diff: expect.stringContaining('+module_hotfixes=1\n') });
  });

  test.each(['dnf makecache', 'dnf -q -C'])(
    'that cannot be read (%s) is as it was before',
    async (program) => {
      const host = aHost({
        programs: { [program]: { code: 1, stderr: 'Error: Failed to download metadata' } },
      });
      const former = Object.fromEntries(host.files);
      const { context, seen } = await on(host);
      await expect(rpmRepository.apply(op, seen, context)).rejects.toMatchObject({ code: 'command-failed' });
      expect(Object.fromEntries(host.files)).toEqual(former);
      expect(host.done.at(-1)?.argv).toBe('rpm --erase gpg-pubkey-76543210-5f000000');
    },
  );

  test.each([
    ['its file', { [path]: '[x]\n' }, path],
    [
      'its section elsewhere',
      { '/etc/yum.repos.d/a.repo': '[nginx-stable]\nname=x\n' },
      '/etc/yum.repos.d/a.repo',
    ],
  ])('of which somebody has %s is refused, and named', async (_, files, where) => {
    const { difference } = await on(aHost({ files }));
    expect(difference).toThrow(
      expect.objectContaining({ say: expect.objectContaining({ en: expect.stringContaining(where) }) }),
    );
  });

  test('of whose key somebody has another file is refused', async () => {
    const host = aHost({ files: { [keyPath]: 'other' }, programs: { gpg: 'pub:-:\nfpr:::::::::FFFF:\n' } });
    const { difference } = await on(host);
    expect(difference).toThrow(expect.objectContaining({ code: 'refused-existing' }));
  });

  test('that a run of ours left with other answers is changed', async () => {
    const host = aHost();
    const first = await on(host);
    await rpmRepository.apply(op, first.seen, first.context);
    const mark = rpmRepository.mark(op, (await on(host)).seen, first.context);
    const other = { ...op, baseurl: 'https://mirror.example.org/' };
    const options = { recorded: { 'rpm-repository:nginx-stable': mark } };
    const context = await testContext({ host, values: { WORD: 'stable' }, ...options });
    // The fingerprint of a file is keyed by the state folder.
    const known = { ...context, fingerprint: first.context.fingerprint };
    const seen = await rpmRepository.inspect(other, known);
    expect(rpmRepository.diff(other, seen, known)).toMatchObject({
      diff: expect.stringContaining('+baseurl=https://mirror.example.org/\n'),
    });
  });

  test.each([
    ['id', { ...op, id: 'a]\nb' }],
    ['id', { ...op, id: '../x' }],
    ['key', { ...op, key: 'scp://host/key' }],
    ['fingerprint', { ...op, fingerprints: ['0123'] }],
  ])('with an impossible %s is refused', async (_, one) => {
    await expect(on(aHost(), {}, one).then(({ difference }) => difference())).rejects.toMatchObject({
      code: 'check-failed',
    });
  });

  test('whose answer would end its line is refused', async () => {
    const values = { WORD: 'stable\ngpgcheck=0' };
    await expect(on(aHost(), { values })).rejects.toMatchObject({ code: 'cannot-carry' });
  });
});

describe('undo of a repository of dnf', () => {
  async function undone(host: PaperHost, needed: readonly string[] = []) {
    const former = Object.fromEntries(host.files);
    const { context, seen } = await on(host);
    const before: Json = await rpmRepository.capture(op, seen, context);
    await rpmRepository.apply(op, seen, context);
    host.files.set('/var/cache/dnf/nginx-stable-0123456789abcdef/repodata/repomd.xml', 'x');
    host.files.set('/var/cache/dnf/nginx-stable-filenames.solvx', 'x');
    host.files.set('/var/cache/dnf/nginx-stable-debug.solv', 'x');
    const back = { ...context, purpose: 'undo' as const, isNeeded: (key: string) => needed.includes(key) };
    expect(await rpmRepository.undo(op, before, back)).toEqual({});
    return { former, files: Object.fromEntries(host.files), done: host.done.map(({ argv }) => argv) };
  }

  test('takes away its files, the trust in its key and what was fetched, of no other repository', async () => {
    const { former, files, done } = await undone(aHost());
    expect(files).toEqual({ ...former, '/var/cache/dnf/nginx-stable-debug.solv': 'x' });
    expect(done.at(-1)).toBe('rpm --erase gpg-pubkey-76543210-5f000000');
  });

  test('leaves a key that rpm trusted before', async () => {
    const { done } = await undone(aHost({ programs: { [trusts]: '76543210\t5f000000\t7\n' } }));
    expect(done.some((argv) => argv.startsWith('rpm --erase'))).toBe(false);
  });

  test('leaves a key that another guide needs', async () => {
    const { done } = await undone(aHost(), ['rpm-key:76543210']);
    expect(done.some((argv) => argv.startsWith('rpm --erase'))).toBe(false);
  });

  test('takes away the folders that it made', async () => {
    const host = aHost();
    for (const folder of Object.keys(folders)) host.files.delete(folder);
    const { former, files } = await undone(host);
    expect(files).toEqual({ ...former, '/var/cache/dnf/nginx-stable-debug.solv': 'x' });
  });
});
