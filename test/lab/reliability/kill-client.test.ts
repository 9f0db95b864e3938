/** The client killed at each kind of screen: nothing is lost, and the next start is at the same place. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { words as catalogue } from '../../../src/i18n/index.ts';
import { said } from '../../e2e/said.ts';
import { keys, Terminal } from '../../e2e/terminal.ts';
import { proven } from '../../figures.ts';
import { Lab } from '../lab.ts';
import { json } from '../pretix.ts';

const words = said('en');
const say = catalogue('en');
const folder = '/root/practice';
const answers = ['--set', `PRACTICE_DIR=${folder}`, '--set', 'PRACTICE_ASKS=yes'];

let lab: Lab;
let terminal: Terminal;

beforeAll(async () => {
  lab = await Lab.create({ release: 'bookworm', name: 'client', network: 'private', product: true });
  await lab.boot();
});
afterAll(async () => {
  await lab?.destroy();
});

function start(args: readonly string[]): void {
  const command = lab.ptyCommand(lab.wizardArgv([...args, '--lang', 'en']), { env: { LANG: 'C.UTF-8' } });
  const env = { PATH: process.env['PATH'] ?? '', TERM: 'xterm-256color', LANG: 'C.UTF-8' };
  terminal = new Terminal([], { size: [80, 24], cwd: '/', env, command });
}

/** SIGKILL of the window’s program; its engine is another, and is not touched. */
async function killClient(): Promise<void> {
  const script = `for P in $(pgrep -f '[l]auncher.cjs'); do
    test "$(readlink "/proc/$P/exe")" != /opt/node/bin/node || kill -KILL "$P"; done`;
  await lab.run(['sh', '-c', script]);
  await terminal.ended;
}

const press = (...pressed: readonly string[]) => terminal.press(...pressed);
const see = (text: string | RegExp) => terminal.waitFor(text, 60_000);
const resume = ['resume', 'practice'];

interface Place {
  readonly name: string;
  /** Arguments of the start after the kill. */
  readonly again: readonly string[];
  /** From where the window is to this screen. */
  readonly go: () => Promise<void>;
  /** What the next start shows. */
  readonly shows: () => Promise<void>;
}

/** In the order in which one run comes to them; each goes on from what the start before showed. */
const places: readonly Place[] = [
  {
    name: 'home',
    again: ['install', 'practice', ...answers],
    async go() {
      start([]);
      await see(words.home);
    },
    shows: () => see(words.answers),
  },
  {
    name: 'questions',
    again: resume,
    async go() {
      await press(keys.enter, keys.enter, keys.enter, keys.clear, 'Ada Lovelace', keys.tab);
      await see('Ada Lovelace');
    },
    async shows() {
      await see(words.answers);
      await press(keys.tab, keys.tab, keys.tab);
      await see('Ada Lovelace');
    },
  },
  {
    name: 'list',
    again: resume,
    async go() {
      await press(keys.tab, keys.tab, keys.tab, keys.tab, keys.enter, 'a');
      await press('grace', keys.enter, 'grace@example.org', keys.enter, keys.enter);
      await see('grace@example.org');
    },
    async shows() {
      await see(words.answers);
      for (let field = 0; field < 7; field++) await press(keys.tab);
      await press(keys.enter);
      await see('grace@example.org');
      await press(keys.escape);
    },
  },
  {
    name: 'plan',
    again: resume,
    async go() {
      await press(keys.escape);
      await terminal.choose(words.toPlan);
      await press(keys.enter);
      await see(words.plan);
    },
    shows: () => see(words.plan),
  },
  {
    name: 'consent',
    again: resume,
    async go() {
      await press(keys.enter);
      await see(words.consent);
    },
    shows: () => see(words.plan),
  },
  {
    name: 'run',
    again: resume,
    async go() {
      await press(keys.enter);
      await see(words.consent);
      await press(words.yes);
      await see(/building part \d+ of/);
    },
    // It went on meanwhile, perhaps to the step that fails.
    shows: () => see(new RegExp(`${words.work}|${words.retry}`)),
  },
  {
    name: 'failure',
    again: resume,
    go: () => see(words.retry),
    shows: () => see(words.retry),
  },
  {
    name: 'log',
    again: resume,
    async go() {
      await press('o');
      await see(say.log.title);
    },
    shows: () => see(words.retry),
  },
  {
    name: 'terminal',
    again: resume,
    async go() {
      await lab.write(`${folder}/mended`, '');
      await terminal.choose(words.retry);
      await press(keys.enter);
      await see(words.lend);
    },
    shows: () => see(words.lend),
  },
  {
    name: 'terminal lent',
    again: resume,
    async go() {
      await terminal.choose(say.terminal.runAgain);
      await press(keys.enter);
      await terminal.waitUntilGone(words.lend);
    },
    shows: () => see(say.terminal.interrupted.slice(0, 40)),
  },
  {
    name: 'checklist',
    again: resume,
    async go() {
      await lab.write(`${folder}/word`, 'wizard\n');
      await press(keys.down);
      await see(`❯ ${words.lend}`);
      await press(keys.enter);
      await see(words.checklist);
      await press(keys.space);
      await see('1 / 2');
    },
    async shows() {
      await see(words.checklist);
      await see('1 / 2');
    },
  },
  {
    name: 'summary',
    again: ['rollback', 'practice'],
    async go() {
      await lab.write(`${folder}/by-hand`, '');
      await terminal.choose('by-hand');
      await press(keys.space);
      await see(words.done);
    },
    shows: () => see(words.undoPlan),
  },
  {
    name: 'conflict',
    again: ['rollback', 'practice'],
    async go() {
      await lab.run(['sed', '-i', '1i # mine', `${folder}/practice.ini`]);
      await press(keys.enter);
      await see(words.undoConsent);
      await press(words.yes);
      await see(say.conflict.question);
    },
    shows: () => see(say.conflict.question),
  },
];

const lock = async () => (await lab.run(['sh', '-c', 'readlink /var/lib/setup-wizard/lock || true'])).stdout;
const runs = async () => (await lab.run(['sh', '-c', 'ls /var/lib/setup-wizard/runs | wc -l'])).stdout;

describe('a client killed', () => {
  for (const { name, go, again, shows } of places) {
    test(`at ${name} loses nothing`, async () => {
      const began = Date.now();
      await go();
      await killClient();
      start(again);
      await shows();
      console.log(`client killed at ${name}: ${((Date.now() - began) / 1000).toFixed(1)} s`);
      proven('kill', `client killed at ${name}`, { 'goes on at its place': 'yes' });
    });
  }

  test('leaves no lock and no other run behind', async () => {
    await terminal.choose(say.conflict.keep);
    await press(keys.enter);
    await see(words.undone);
    await press(keys.enter);
    await terminal.ended;
    expect(await lock()).toBe('');
    expect(await runs()).toBe('2');
    const states = await json(lab, 'status');
    expect(states.map(({ state }: { state: string }) => state)).toContain('rolled-back');
  });
});
