/** What people changed by hand after an install, on a real system: kept, or taken back and in `kept/`; none is lost. */
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { said } from '../../e2e/said.ts';
import { keys, Terminal } from '../../e2e/terminal.ts';
import { proven } from '../../figures.ts';
import { Lab } from '../lab.ts';
import { type Prepared, prepared } from '../prepared.ts';
import { wizard } from '../pretix.ts';
import { changes, type HandMade, managed } from './hand-made.ts';

const state = '/var/lib/setup-wizard';

interface Record_ {
  readonly type: string;
  readonly key?: string;
  readonly outcome?: string;
  readonly path?: string;
  readonly restore?: string;
}

describe('Pretix with changes made by hand', () => {
  let done: Prepared;
  let lab: Lab;

  beforeAll(async () => {
    done = await prepared('done');
  });
  afterEach(async () => {
    await lab?.destroy();
  });

  async function start(name: string): Promise<void> {
    const options = { release: 'bookworm', network: 'own', product: true } as const;
    lab = await Lab.create({ ...options, name, fromMark: done.mark });
    await lab.boot();
  }

  async function makeAll(): Promise<void> {
    for (const { make } of changes) await make(lab);
  }

  /** The records of the newest run. */
  async function journal(): Promise<Record_[]> {
    const newest = (await lab.run(['ls', `${state}/runs`])).stdout.split('\n').at(-1);
    const text = await lab.read(`${state}/runs/${newest}/journal.jsonl`);
    return text
      .trimEnd()
      .split('\n')
      .map((line): Record_ => JSON.parse(line));
  }

  const keptKeys = (records: readonly Record_[]) =>
    records.flatMap(({ type, key = '', outcome }) =>
      type === 'undo-end' && outcome === 'kept' ? [key] : [],
    );
  const savedFiles = (records: readonly Record_[]) =>
    records.flatMap(({ type, path = '', restore = '' }) => (type === 'saved' ? [{ path, restore }] : []));

  async function notThere(): Promise<string[]> {
    const left: string[] = [];
    for (const { name, isThere } of changes) if (!(await isThere(lab))) left.push(name);
    return left;
  }

  test('without anybody to ask, each stays as it is with what holds it, is listed, and the end is 4', async () => {
    await start('kept');
    await makeAll();
    const { code, said: text } = await wizard(lab, 'rollback', 'pretix', '--yes');
    expect(code, text).toBe(4);
    const records = await journal();
    const kept = keptKeys(records);
    expect(text).toMatch(/changed since: you will be asked about each; with --yes they are kept/);
    for (const { key } of changes) if (key) expect(kept, key).toContain(key);
    for (const key of kept) expect(text).toContain(`kept: ${key}`);
    // Media are packed and go with their folder, as the plan says; all else is where it was.
    expect(await notThere()).toEqual(['an upload, and odd things beside it']);
    const media = savedFiles(records).filter(({ path }) => /\/(data|media)-[^/]+$/.test(path));
    for (const { restore } of media.reverse()) await lab.run(['sh', '-c', restore]);
    expect(await notThere()).toEqual([]);
    expect((await lab.run(['systemctl', 'is-active', 'mariadb', 'apache2', 'redis-server'])).stdout).toBe(
      'active\nactive\nactive',
    );
    proven('foreign', 'nobody to ask (--yes)', {
      changed: changes.length,
      'asked about': 0,
      kept: kept.length,
      lost: (await notThere()).length,
    });
  });

  test('on screens each is asked about with its difference; taken back, all of it is in kept/ and comes back', async () => {
    await start('overwritten');
    await makeAll();
    const before = await managed(lab);
    const words = said('en');
    const terminal = onScreen(lab, ['rollback', 'pretix', '--lang', 'en']);
    await terminal.waitFor(words.undoPlan, 240_000);
    await terminal.waitFor(/\d+ things changed since: you will be asked/);
    await terminal.press(keys.enter);
    await terminal.waitFor(words.undoConsent);
    await terminal.press(words.yes);
    await terminal.waitFor('+by.hand=yes', 240_000);
    expect(terminal.screen()).not.toMatch(/token=[a-z0-9]{8}/);
    await terminal.choose('Put the former state back (');
    await terminal.press(keys.enter);
    await terminal.choose('Yes, put');
    await terminal.press(keys.enter);
    await terminal.waitUntilGone('by.hand=yes');
    await terminal.waitFor(words.changedSince, 240_000);
    await terminal.choose('back, and in all that follow');
    await terminal.press(keys.enter);
    await terminal.choose('Yes, put');
    await terminal.press(keys.enter);
    await terminal.waitFor(words.undone, 20 * 60_000);
    await terminal.press(keys.enter);
    expect(await terminal.ended).toBe(0);
    const records = await journal();
    const asked = records.filter(({ type }) => type === 'decision').length;
    expect(asked).toBe(2);
    const saved = savedFiles(records);
    for (const { path, restore } of saved) {
      expect((await lab.run(['stat', '--format=%a %U', path])).stdout).toBe('600 root');
      expect(terminal.history()).toContain(restore.slice(0, 60));
    }
    // A sysadmin on the empty server: the database server again, then each command as it was said.
    const again = 'until apt-get install -y --no-install-recommends mariadb-server; do sleep 5; done';
    await lab.run(['timeout', '600', 'sh', '-c', again], { timeout: 11 * 60_000 });
    for (const { restore } of saved) await lab.run(['sh', '-c', restore]);
    const lost: HandMade[] = [];
    for (const change of changes) if (!(await (change.isBack ?? change.isThere)(lab))) lost.push(change);
    expect(lost.map(({ name }) => name)).toEqual([]);
    expect(await managed(lab)).toEqual(before);
    proven('foreign', 'taken back on screens, then restored from kept/', {
      changed: changes.length,
      'asked about': asked,
      kept: saved.length,
      lost: lost.length,
    });
  });

  test('a dump that cannot be made stops it before the database goes; then nothing is asked for nothing', async () => {
    await start('stopped');
    const before = await managed(lab);
    await lab.run(['systemctl', 'mask', '--now', '--runtime', 'mariadb']);
    const stopped = await wizard(lab, 'rollback', 'pretix', '--yes');
    expect(stopped.code, stopped.said).toBe(1);
    expect(stopped.said).toMatch(/mysql localhost.*could not be read, so nothing was changed there/);
    await lab.run(['systemctl', 'unmask', '--runtime', 'mariadb']);
    await lab.run(['systemctl', 'start', 'mariadb']);
    expect(await managed(lab)).toEqual(before);
    const again = await wizard(lab, 'rollback', 'pretix', '--yes');
    expect(again.code, again.said).toBe(0);
    const dumps = savedFiles(await journal()).filter(({ path }) => path.endsWith('.sql'));
    expect(dumps).toHaveLength(1);
    proven('foreign', 'database server stopped, then nothing changed', {
      changed: 0,
      'asked about': 0,
      kept: keptKeys(await journal()).length,
      lost: 0,
    });
  });
});

function onScreen(lab: Lab, args: readonly string[]): Terminal {
  const command = lab.ptyCommand(lab.wizardArgv([...args]), { env: { LANG: 'C.UTF-8' } });
  const env = { PATH: process.env['PATH'] ?? '', TERM: 'xterm-256color', LANG: 'C.UTF-8' };
  return new Terminal([], { size: [100, 40], cwd: '/', env, command });
}
