/** The numbered promises of src/operations/shared/signing-key.ts, with the real gpg and curl. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { realHost } from '../../../src/host/real.ts';
import {
  fetchKey,
  fingerprintOf,
  fingerprintsIn,
  refuseKeyAddress,
  spaced,
} from '../../../src/operations/shared/signing-key.ts';
import { temporaryFolder, testContext } from '../context.ts';
import { needs } from '../encode/needs.ts';
import { aKeyring, type Keyring } from './keyring.ts';

let ring: Keyring;
const folder = mkdtempSync(join(tmpdir(), 'setup-wizard-test-'));
beforeAll(async () => {
  needs('/usr/bin/gpg', '/usr/bin/gpg-agent', '/usr/bin/curl');
  ring = await aKeyring(folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const fetched = async (url: string, ...fingerprints: string[]) =>
  fetchKey(url, fingerprints, await testContext());
const left = () => readdirSync('/tmp').filter((name) => name.startsWith('setup-wizard-gpg-'));

describe('a key', () => {
  test.each(['one.asc', 'one.gpg'])(
    'is taken for its fingerprint, however it is written down (%s)',
    async (name) => {
      const key = await fetched(ring.url(name), spaced(ring.one).toLowerCase());
      expect(key.published.equals(await readFile(ring.path(name)))).toBe(true);
      expect(await fingerprintsIn(key.binary, realHost())).toEqual([ring.one]);
      expect(key.binary.toString('latin1')).not.toContain('BEGIN PGP');
      expect(left()).toEqual([]);
    },
  );

  test('may be several, if all of them are expected', async () => {
    const key = await fetched(ring.url('both.asc'), ring.two, ring.one);
    expect(await fingerprintsIn(key.binary, realHost())).toEqual([ring.one, ring.two].sort());
  });

  test.each([
    ['another one', 'two.asc', () => [ring.one]],
    ['one more', 'both.asc', () => [ring.one]],
    ['one too few', 'one.asc', () => [ring.one, ring.two]],
  ])('is refused with both fingerprints where there is %s', async (_, name, expected) => {
    const failure = await fetched(ring.url(name), ...expected()).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'check-failed', say: { en: expect.stringContaining(ring.one) } });
    expect((failure as { say: { en: string } }).say.en).toContain(name === 'one.asc' ? ring.two : 'Found: ');
    expect(left()).toEqual([]);
  });

  test.each([
    ['a page', 'page.html'],
    ['nothing', 'empty'],
    ['a secret key', 'secret.asc'],
  ])('is refused where there is %s', async (_, name) => {
    await expect(fetched(ring.url(name), ring.one)).rejects.toMatchObject({
      say: { en: expect.stringContaining('no file of public OpenPGP keys') },
    });
  });

  test('that is not there ends with curl’s words', async () => {
    await expect(fetched(ring.url('missing'), ring.one)).rejects.toMatchObject({
      code: 'command-failed',
      values: { lastLine: expect.stringContaining('curl: (37)') },
    });
    await expect(fetched('http://127.0.0.1:9/key', ring.one)).rejects.toMatchObject({
      code: 'command-failed',
    });
    expect(left()).toEqual([]);
  });

  test('touches nobody’s own keys', async () => {
    const home = await temporaryFolder();
    await mkdir(join(home, '.gnupg'), { mode: 0o700 });
    await writeFile(join(home, '.gnupg', 'gpg.conf'), 'no-such-option\n');
    const host = realHost();
    const elsewhere = {
      ...host,
      look: (argv: readonly string[], options = {}) => host.look(argv, { ...options, env: { HOME: home } }),
    };
    expect(await fingerprintsIn(await readFile(ring.path('one.asc')), elsewhere)).toEqual([ring.one]);
    expect(readdirSync(join(home, '.gnupg'))).toEqual(['gpg.conf']);
  });
});

test.each(['', 'ABCD', 'Z'.repeat(40), `${'A'.repeat(40)}\n; rm`, 'A'.repeat(41)])(
  '%j is no fingerprint',
  (text) => {
    expect(() => fingerprintOf(text)).toThrow(expect.objectContaining({ code: 'check-failed' }));
  },
);

test.each([
  'ftp://example.org/key',
  'https://',
  'https://example.org/a key',
  '--output=/etc/passwd',
  'file:/etc/passwd',
  'https://user:password@example.org/key',
  'https://example.org/key\n',
])('%j is no address of a key', (url) => {
  expect(() => refuseKeyAddress(url)).toThrow(expect.objectContaining({ code: 'check-failed' }));
});
