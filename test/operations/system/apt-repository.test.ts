/** The numbered promises of src/operations/apt-repository.ts, on paper; test/lab/apt-repository.test.ts has the real apt. */
import { describe, expect, test } from 'vitest';
import { aptRepository } from '../../../src/operations/apt-repository.ts';
import { listPrefix } from '../../../src/operations/shared/apt-sources.ts';
import type { Json, Op } from '../../../src/operations/verbs.ts';
import { type TestOptions, testContext } from '../context.ts';
import { type Paper, type PaperHost, paperHost } from './machine.ts';
import { keyPrograms, noKeysLeft } from './paper-key.ts';

const fingerprint = '0123456789ABCDEF0123456789ABCDEF76543210';
const op: Op<'apt-repository'> = {
  kind: 'apt-repository',
  name: 'jitsi-stable',
  uri: 'https://download.example.org',
  suite: 'stable/',
  key: 'https://download.example.org/key.gpg',
  fingerprints: ['0123 4567 89AB CDEF 0123  4567 89AB CDEF 7654 3210'],
};
const path = '/etc/apt/sources.list.d/jitsi-stable.list';
const keyPath = '/usr/share/keyrings/jitsi-stable-keyring.gpg';
const line = `deb [signed-by=${keyPath}] https://download.example.org stable/\n`;
const lists = '/var/lib/apt/lists';
const folders = { '/etc/apt/sources.list.d': null, '/usr/share/keyrings': null, [lists]: null };
const fetched = [
  `${lists}/download.example.org_stable_InRelease`,
  `${lists}/download.example.org_stable_Packages`,
];

/** `reads`: what an update of this repository leaves. */
function aHost({ programs = {}, files = {} }: Paper = {}, reads: readonly string[] = fetched): PaperHost {
  const host: PaperHost = paperHost({
    files: { ...folders, ...files },
    programs: {
      ...keyPrograms(() => host, fingerprint),
      'apt-get indextargets': '',
      'apt-get update': () => {
        for (const one of reads) host.files.set(one, 'x');
        return { code: 0, stderr: 'W: Some index files failed to download.' };
      },
      ...programs,
    },
  });
  return host;
}

async function on(host: PaperHost, options: TestOptions = {}, one = op) {
  const context = await testContext({ host, ...options });
  const seen = await aptRepository.inspect(one, context);
  return { context, seen, difference: () => aptRepository.diff(one, seen, context) };
}

describe('the names of what apt fetches', () => {
  test.each([
    ['https://download.jitsi.org', 'stable/', 'download.jitsi.org_stable_'],
    ['http://127.0.0.1:8080/x/', 'stable/', '127.0.0.1:8080_x_stable_'],
    ['file:/srv/deb', 'stable/', '_srv_deb_stable_'],
    ['file:///srv/deb', './', '_srv_deb_._'],
    ['https://a_b.example.org/~x', 'bookworm', 'a%5fb.example.org_%7ex_dists_bookworm_'],
  ])('of %s %s begin with %s', (uri, suite, prefix) => {
    expect(listPrefix({ uri, suite })).toBe(prefix);
  });
});

describe('a repository of apt', () => {
  test('is shown with its line and the fingerprint of its key', async () => {
    const { difference } = await on(aHost());
    expect(difference()).toMatchObject({
      change: 'change',
      commands: [expect.arrayContaining(['update', `Dir::Etc::sourcelist=${path}`])],
      diff: expect.stringMatching(
        /\+deb \[signed-by=[\s\S]*\+ 0123 4567 89AB CDEF 0123 4567 89AB CDEF 7654 3210\n/,
      ),
    });
  });

  test('is written, read alone, and then there is nothing to do', async () => {
    const host = aHost();
    const { context, seen } = await on(host);
    await aptRepository.apply(op, seen, context);
    expect(host.files.get(path)).toBe(line);
    expect(host.files.get(keyPath)).toBe(`key ${fingerprint}`);
    expect((await on(host)).difference()).toEqual({ change: 'none' });
    expect(noKeysLeft(host)).toBe(true);
    expect(host.done.filter(({ argv }) => argv.startsWith('apt-get update'))).toHaveLength(1);
  });

  test('with components has them in its line', async () => {
    const { difference } = await on(
      aHost(),
      {},
      { ...op, suite: 'bookworm', components: ['main', 'contrib'] },
    );
    expect(difference()).toMatchObject({ diff: expect.stringContaining(' bookworm main contrib\n') });
  });

  test.each([
    ['of which nothing was fetched', [], {}],
    ['of which no list of packages was', fetched.slice(0, 1), {}],
    [
      'that apt does not take beside the others',
      fetched,
      { 'apt-get indextargets': { code: 100, stderr: 'E: Conflicting values' } },
    ],
  ])('%s is as it was before', async (_, reads, programs) => {
    const host = aHost({ programs }, reads);
    const former = Object.fromEntries(host.files);
    const { context, seen } = await on(host);
    await expect(aptRepository.apply(op, seen, context)).rejects.toMatchObject({ code: 'command-failed' });
    expect(Object.fromEntries(host.files)).toEqual(former);
  });

  test('is not believed for what was fetched of it before', async () => {
    const host = aHost({ files: { [fetched[0] ?? '']: 'old', [fetched[1] ?? '']: 'old' } }, []);
    const { context, seen } = await on(host);
    await expect(aptRepository.apply(op, seen, context)).rejects.toMatchObject({ code: 'command-failed' });
  });

  test.each([
    ['its line', { [path]: 'deb https://elsewhere.example.org ./\n' }, path],
    [
      'it in another list',
      { '/etc/apt/sources.list.d/a.list': 'deb https://download.example.org/ stable/\n' },
      'a.list',
    ],
    [
      'it in sources.list',
      { '/etc/apt/sources.list': 'deb [arch=amd64]  https://download.example.org stable/\n' },
      'sources.list',
    ],
    [
      'it in a stanza',
      {
        '/etc/apt/sources.list.d/a.sources':
          'Types: deb\nURIs: https://x.example.org https://download.example.org\nSuites: stable/\n',
      },
      'a.sources',
    ],
  ])('of which somebody has %s is refused, and named', async (_, files, where) => {
    const { difference } = await on(aHost({ files }));
    expect(difference).toThrow(
      expect.objectContaining({ say: expect.objectContaining({ en: expect.stringContaining(where) }) }),
    );
  });

  test.each([
    ['a comment', '# deb https://download.example.org stable/\n'],
    ['another suite', 'deb https://download.example.org unstable/\n'],
    ['a longer address', 'deb https://download.example.org/more stable/\n'],
  ])('is not taken for %s of somebody', async (_, text) => {
    const { difference } = await on(aHost({ files: { '/etc/apt/sources.list.d/a.list': text } }));
    expect(difference()).toMatchObject({ change: 'change' });
  });

  test.each([
    { name: '../x' },
    { name: 'a b' },
    { uri: 'https://example.org/a b' },
    { uri: 'https://user:password@example.org' },
    { uri: 'cdrom:x' },
    { uri: 'https://example.org]' },
    { suite: 'stable/ [trusted=yes]' },
    { suite: 'stable' },
    { suite: 'stable/', components: ['main'] },
    { suite: 'stable', components: ['main\ndeb'] },
    { key: 'ftp://example.org/key' },
    { fingerprints: ['x'] },
  ])('is never described by %j', async (more) => {
    await expect(
      on(aHost(), {}, { ...op, ...more }).then(({ difference }) => difference()),
    ).rejects.toMatchObject({
      code: 'check-failed',
    });
  });
});

describe('undo of a repository of apt', () => {
  test('takes away its files, the folders made for them, and what was fetched of it alone', async () => {
    const host = aHost({ files: { [`${lists}/download.example.org_unstable_Packages`]: 'x' } });
    host.files.delete('/usr/share/keyrings');
    const former = Object.fromEntries(host.files);
    const { context, seen } = await on(host);
    const before: Json = await aptRepository.capture(op, seen, context);
    await aptRepository.apply(op, seen, context);
    expect(await aptRepository.undo(op, before, { ...context, purpose: 'undo' })).toEqual({});
    expect(Object.fromEntries(host.files)).toEqual(former);
  });
});
