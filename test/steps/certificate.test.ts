/** What is shared of certificates, with the real openssl. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { chmod, copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { check } from '../../src/operations/check.ts';
import { command } from '../../src/operations/command.ts';
import type { Op } from '../../src/operations/verbs.ts';
import { certificateFiles, selfSigned, siteCertificate } from '../../steps/shared/certificate.ts';
import { temporaryFolder, testContext } from '../operations/context.ts';

let folder: string;
let site: { name: string; cert: string; key: string; domain: string; unit: string };

beforeEach(async () => {
  folder = await temporaryFolder();
  site = {
    name: 'x',
    cert: join(folder, 'x.pem'),
    key: join(folder, 'x.key'),
    domain: 'ontask.example.org',
    unit: 'none.service',
  };
});

const openssl = (...words: string[]) =>
  execFileSync('openssl', words, { cwd: folder, encoding: 'utf8', stdio: 'pipe' });

const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'];
const made = (...more: string[]) =>
  openssl('req', '-x509', ...key, '-nodes', '-subj', '/CN=x', '-keyout', 'x.key', '-out', 'x.pem', ...more);
const san = (names: string) => ['-addext', `subjectAltName=${names}`];

/** Its parts hold nothing that has to be resolved. */
const [placeOf, makeOf] = [
  () => selfSigned(site)[0] as unknown as Op<'check'>,
  () => selfSigned(site)[1] as unknown as Op<'command'>,
];

/** Names of the checks that fail. */
async function failing(): Promise<string[]> {
  const context = await testContext();
  const names: string[] = [];
  for (const op of certificateFiles(site) as unknown as Op<'check'>[])
    if (!(await check.inspect(op, context)).ok) names.push(op.name);
  return names;
}

async function isDone(): Promise<boolean> {
  return (await command.inspect(makeOf(), await testContext())).ok;
}

async function make(): Promise<void> {
  const context = await testContext();
  await command.apply(makeOf(), await command.inspect(makeOf(), context), context);
}

const undo = async () => command.undo(makeOf(), null, await testContext({ purpose: 'undo' }));
const isFree = async () => (await check.inspect(placeOf(), await testContext())).ok;

describe('files that are there', () => {
  test('fit', async () => {
    made(...san('DNS:ontask.example.org'));
    expect(await failing()).toEqual([]);
    made(...san('DNS:other.org,DNS:*.example.org'));
    writeFileSync(site.cert, readFileSync(site.cert, 'utf8').repeat(2));
    expect(await failing()).toEqual([]);
  });

  test('are said to be missing, or something else', async () => {
    expect(await failing()).toContain('tls-files');
    made(...san('DNS:ontask.example.org'));
    await copyFile(site.key, site.cert);
    expect(await failing()).toEqual(expect.arrayContaining(['tls-certificate', 'tls-pair']));
  });

  test('are said not to belong together', async () => {
    made(...san('DNS:ontask.example.org'));
    openssl('genpkey', '-algorithm', 'ed25519', '-out', 'x.key');
    expect(await failing()).toEqual(['tls-pair']);
  });

  test('are said to ask for a password', async () => {
    made(...san('DNS:ontask.example.org'));
    openssl('pkey', '-in', 'x.key', '-aes256', '-passout', 'pass:hunter2', '-out', 'locked.key');
    await copyFile(join(folder, 'locked.key'), site.key);
    expect(await failing()).toEqual(['tls-key', 'tls-pair']);
  });

  test.each([
    'DNS:example.org',
    'DNS:a.ontask.example.org',
    'IP:192.0.2.1',
    'DNS:ontask.example.org.evil.test',
  ])('are said not to hold for the domain: %s', async (names) => {
    made('-subj', '/CN=ontask.example.org', ...san(names));
    expect(await failing()).toEqual(['tls-name']);
  });

  test('are said to hold for no name where it is only in the subject', async () => {
    made('-subj', '/CN=ontask.example.org');
    expect(await failing()).toEqual(['tls-name']);
  });

  test('are said to have expired, or not to hold yet', async () => {
    const signed = (...more: string[]) => {
      openssl(
        'req',
        '-new',
        '-key',
        'x.key',
        '-subj',
        '/CN=x',
        '-out',
        'x.csr',
        ...san('DNS:ontask.example.org'),
      );
      openssl(
        'x509',
        '-req',
        '-in',
        'x.csr',
        '-signkey',
        'x.key',
        '-copy_extensions',
        'copy',
        '-out',
        'x.pem',
        ...more,
      );
    };
    made();
    signed('-days', '-1');
    expect(await failing()).toEqual(['tls-time']);
    signed('-days', '10');
    expect(await failing()).toEqual([]);
  });
});

describe('a certificate made here', () => {
  test('fits, is for nobody else to read, and goes without a trace', async () => {
    expect(await isDone()).toBe(false);
    expect(await isFree()).toBe(true);
    await make();
    expect(await isDone()).toBe(true);
    expect(await failing()).toEqual([]);
    expect((statSync(site.key).mode & 0o777).toString(8)).toBe('600');
    expect(statSync(site.key).uid).toBe(process.getuid?.());
    expect((statSync(site.cert).mode & 0o777).toString(8)).toBe('644');
    await undo();
    expect(execFileSync('ls', ['-A', folder], { encoding: 'utf8' })).toBe('');
  });

  test('is not done when its key can be read by others, or its name is another one', async () => {
    await make();
    await chmod(site.key, 0o604);
    expect(await isDone()).toBe(false);
    await make();
    expect(await isDone()).toBe(true);
    site = { ...site, domain: 'other.example.org' };
    expect(await isDone()).toBe(false);
    await make();
    expect(await isDone()).toBe(true);
  });

  test('takes a name as long as names can be', async () => {
    site = { ...site, domain: `${'a'.repeat(60)}.${'b'.repeat(60)}.${'c'.repeat(60)}.example.org` };
    await make();
    expect(await isDone()).toBe(true);
  });

  test('is completed, or taken back, whatever half of it is there', async () => {
    await make();
    execFileSync('rm', [site.key]);
    writeFileSync(`${site.key}.setup-wizard`, 'half');
    expect(await isDone()).toBe(false);
    expect(await isFree()).toBe(true);
    await make();
    expect(await isDone()).toBe(true);
    execFileSync('rm', [site.key]);
    await undo();
    expect(existsSync(site.cert)).toBe(false);
  });

  test.each(['x.pem', 'x.key'])('never replaces or removes what somebody else has at %s', async (name) => {
    made(...san('DNS:foreign.test'));
    execFileSync('rm', [join(folder, name === 'x.pem' ? 'x.key' : 'x.pem')]);
    const former = readFileSync(join(folder, name), 'utf8');
    expect(await isFree()).toBe(false);
    await expect(make()).rejects.toMatchObject({ code: 'command-failed' });
    await undo();
    expect(readFileSync(join(folder, name), 'utf8')).toBe(former);
  });

  test('that somebody has replaced with one that fits is left to them', async () => {
    await make();
    made(...san('DNS:ontask.example.org'));
    await chmod(site.key, 0o640);
    expect(await isDone()).toBe(true);
    expect(await isFree()).toBe(true);
    await undo();
    expect(existsSync(site.cert) && existsSync(site.key)).toBe(true);
  });
});

test('each way to a certificate has its own operations, and a front end needs none', () => {
  const operations = siteCertificate({
    name: 'ontask',
    tls: 'TLS',
    domain: '%DOMAIN%',
    email: '%EMAIL%',
    files: { cert: '%TLS_CERT%', key: '%TLS_KEY%' },
    unit: { by: 'WEB_SERVER', of: { nginx: 'nginx', apache: 'apache2' } },
  });
  expect(operations.map(({ when }) => when)).not.toContain(undefined);
  expect(JSON.stringify(operations)).not.toContain('upstream');
  const certbot = operations.find((op) => op.kind === 'command' && op.name === 'certbot');
  expect(certbot).toMatchObject({
    run: expect.arrayContaining([
      '%DOMAIN%',
      { by: 'WEB_SERVER', of: { nginx: 'systemctl reload nginx', apache: 'systemctl reload apache2' } },
    ]),
  });
});
