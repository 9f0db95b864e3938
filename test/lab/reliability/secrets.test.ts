/** Canaries in every secret answer of a guide: they are where they belong, and nowhere else in any form. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { said } from '../../e2e/said.ts';
import { keys, Terminal } from '../../e2e/terminal.ts';
import { proven } from '../../figures.ts';
import { cacheFolder } from '../cache.ts';
import { Lab } from '../lab.ts';
import { prepared } from '../prepared.ts';
import { allByWizard, install } from '../pretix.ts';
import { buildWitness, type Canary, canary, formsOf, Search } from './search.ts';

const typed = [
  canary('BDD_PASSWORD', 'Zk7Wm3QxV'),
  canary('SMTP_PASSWORD', 'Tp9Rv2LyG'),
  canary('ADMIN_PASSWORD', 'Jn5Hc8BdS'),
];
const rows = [canary('alice', 'Fq4Xs6NuK'), canary('bob', 'Wy8Ge1MtC')];

const answers = (unit: string) => `[pretix]
REVERSE_PROXY_URL = https://inscription.mon-univ.fr
DSI_EMAIL = dsi@mon-univ.fr
BDD_PASSWORD = file:/root/secret-BDD_PASSWORD
SMTP_HOST = 127.0.0.1
SMTP_USER = pretix
SMTP_PASSWORD = file:/root/secret-SMTP_PASSWORD
ADMIN_PASSWORD = file:/root/secret-ADMIN_PASSWORD
${allByWizard}KSUP_UNIT = ${unit}

[practice]
PRACTICE_DIR = /root/practice
PRACTICE_OBSTACLE = no
PRACTICE_BY = wizard
PRACTICE_PASSWORD = file:/root/secret-alice
PRACTICE_PEOPLE = alice, bob
PRACTICE_PEOPLE.alice.mail = alice@mon-univ.fr
PRACTICE_PEOPLE.alice.password = file:/root/secret-alice
PRACTICE_PEOPLE.bob.mail = bob@mon-univ.fr
PRACTICE_PEOPLE.bob.password = file:/root/secret-bob
`;

/** Who holds it, and why that is right. */
const own = ['/root/secret-* the person’s own files'];
const store = '/var/lib/setup-wizard/secrets/*.secret the store, where systemd-creds cannot be had';
const installed = [
  ...own,
  store,
  '/etc/pretix/pretix.cfg Pretix reads its passwords there',
  '/web/ksup/storage/conf/env_inscription.properties K-Sup reads its token there',
  '/var/lib/mysql/* Pretix keeps API tokens in its database',
  '/root/practice/*.ini what the practice guide writes',
];

const isOneOf = (places: readonly string[]) => (place: string) =>
  places.some((line) => {
    const glob = line.split(' ')[0] ?? '';
    return new RegExp(`^${glob.replace(/[.]/g, '\\.').replaceAll('*', '.*')}$`).test(
      place.replace(/ \(.*/, ''),
    );
  });

describe('Pretix and the practice guide with canaries for secrets', () => {
  let lab: Lab;
  let token: Canary;
  const all = (): Canary[] => [...typed, ...rows, token];

  const inside = (path: string) => join(cacheFolder('labs', lab.name, 'merged'), path);

  beforeAll(async () => {
    const { mark } = await prepared('');
    lab = await Lab.create({
      release: 'bookworm',
      name: 'secrets',
      fromMark: mark,
      network: 'own',
      product: true,
    });
    buildWitness(inside('usr/lib/libwitness.so'));
    await lab.write('/etc/ld.so.preload', '/usr/lib/libwitness.so\n');
    await lab.boot();
    for (const { name, value } of [...typed, ...rows]) await lab.write(`/root/secret-${name}`, value, 0o600);
    for (const file of ['seen', 'count']) await lab.write(`/run/witness/${file}`, '', 0o666);
    await lab.write('/run/witness/marks', [...typed, ...rows].map(({ mark: one }) => one).join('\n'));
    await lab.run(['systemctl', 'start', 'systemd-journald']);
  });
  afterAll(async () => {
    await lab?.destroy();
  });

  /** What clients were told, and every program that was started meanwhile. */
  async function heard(name: string, output: string): Promise<void> {
    const search = new Search(all());
    search.look(name, Buffer.from(output));
    expect(search.found).toEqual([]);
    const count = await lab.run(['sh', '-c', 'wc -c </run/witness/count; : >/run/witness/count']);
    expect((await lab.run(['cat', '/run/witness/seen'])).stdout).toBe('');
    expect(Number(count.stdout)).toBeGreaterThan(0);
    const row = { files: Number(count.stdout), 'of bytes': search.bytes, canaries: all().length };
    proven('secrets', `${name}: output, and arguments and environment of each program`, {
      ...row,
      'where it belongs': 0,
      elsewhere: 0,
    });
  }

  /** The whole disk, memory file systems and the journal of the system. */
  async function searched(name: string, places: readonly string[], needed: readonly string[]): Promise<void> {
    const search = new Search(all());
    const journal = await lab.run([
      'sh',
      '-c',
      'journalctl --output=export --no-pager >/root/journal.export; sync',
    ]);
    expect(journal.code).toBe(0);
    const memory = [
      'tar',
      '--create',
      '--file=/root/memory.tar',
      '--exclude=run/witness',
      '--exclude=*.sock',
    ];
    await lab.run([...memory, '--directory=/', 'run', 'tmp', 'dev/shm'], { check: false });
    search.folder(cacheFolder('labs', lab.name, 'upper'));
    const strange = search.found.filter(({ place }) => !isOneOf(places)(place));
    expect(strange).toEqual([]);
    for (const place of needed) expect(search.places(), place).toContain(place);
    proven('secrets', `${name}: the disk, /run, /tmp, /dev/shm and the system’s journal`, {
      files: search.files,
      'of bytes': search.bytes,
      canaries: all().length,
      'where it belongs': search.places().length,
      elsewhere: strange.length,
    });
  }

  test('every form that is looked for is found where it is', () => {
    for (const one of [...typed, ...rows])
      for (const { bytes } of formsOf(one)) {
        const search = new Search([one]);
        search.look('here', Buffer.from(`x${bytes}y`, 'latin1'));
        expect(search.found).toHaveLength(1);
      }
  });

  test(
    'an install that fails in the middle tells none of them',
    async () => {
      await lab.write('/root/canaries.ini', answers('missing.service'), 0o600);
      token = canary('token', 'not known before the install');
      const first = await install(lab, '--answers', '/root/canaries.ini');
      expect(first.code, first.said).toBe(1);
      const properties = await lab.read('/web/ksup/storage/conf/env_inscription.properties');
      const value = /api\.pretix\.token=(\w+)/.exec(properties)?.[1] ?? '';
      token = { name: 'token', value, mark: value };
      expect(value).toHaveLength(64);
      await lab.write(
        '/run/witness/marks',
        all()
          .map(({ mark: one }) => one)
          .join('\n'),
      );
      await heard('an install in lines that fails', first.said);
    },
    60 * 60_000,
  );

  test('nor does going on, as JSON, or the practice guide with secrets in a list', async () => {
    const second = await install(lab, '--set', 'KSUP_UNIT=ksup.service', '--json');
    expect(second.code, second.said).toBe(0);
    await heard('an install as JSON lines', second.said);
    const practice = await lab.wizard([
      'install',
      'practice',
      '--yes',
      '--answers',
      '/root/canaries.ini',
      '--plain',
    ]);
    await heard('the practice guide', practice.stdout + practice.stderr);
    const reports = ['report', 'todo', 'verify', 'plan', 'status'];
    for (const verb of reports) {
      const { stdout, stderr } = await lab.wizard([verb, ...(verb === 'status' ? [] : ['pretix'])], {
        check: false,
      });
      await heard(verb, stdout + stderr);
    }
  });

  test('they are where they belong on the whole machine, and nowhere else', async () => {
    await searched('after the install', installed, [
      '/etc/pretix/pretix.cfg',
      '/web/ksup/storage/conf/env_inscription.properties',
      '/root/practice/practice.ini',
      '/root/practice/people/alice.ini',
      '/root/practice/people/bob.ini',
    ]);
  });

  test('a rollback on screens shows none of them', async () => {
    const words = said('en');
    const terminal = onScreen(lab, ['rollback', 'pretix', '--lang', 'en']);
    await terminal.waitFor(words.undoPlan, 240_000);
    await terminal.press(keys.enter);
    await terminal.waitFor(words.undoConsent);
    await terminal.press(words.yes);
    await terminal.waitFor(words.undone, 20 * 60_000);
    await terminal.press(keys.enter);
    expect(await terminal.ended).toBe(0);
    expect(terminal.history()).toMatch(/mariadb < \/var\/lib\/setup-wizard\/kept\/.*\.sql/);
    await heard('a rollback on screens, each byte', terminal.output);
  });

  test('after it only the person’s own files and what was saved hold one', async () => {
    await lab.wizard(['rollback', 'practice', '--yes']);
    expect(
      await lab.run(['ls', '/var/lib/setup-wizard/secrets']).then(({ stdout }) => stdout.split('\n')),
    ).toEqual(['key', 'store.json']);
    const saved = [
      '/var/lib/setup-wizard/kept/* the database, which holds the token, and what was in folders',
    ];
    await searched('after the rollback', [...own, ...saved], ['/root/secret-BDD_PASSWORD']);
  });
});

function onScreen(lab: Lab, args: readonly string[]): Terminal {
  const command = lab.ptyCommand(lab.wizardArgv([...args]), { env: { LANG: 'C.UTF-8' } });
  const env = { PATH: process.env['PATH'] ?? '', TERM: 'xterm-256color', LANG: 'C.UTF-8' };
  return new Terminal([], { size: [80, 24], cwd: '/', env, command });
}
