/** The terminal lent to a shell, an editor and a program that asks, and taken back sound. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { bundle } from '../../../scripts/bundle.mjs';
import { words } from '../../../src/i18n/index.ts';
import { keys, type Terminal, World } from '../terminal.ts';

const say = words('en');
const rounds = 20;
const letters = 'wizard';
const reader = join(import.meta.dirname, 'raw-keys.mjs');

let world: World;
let harness = '';
let said = '';

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'setup-wizard-lending-'));
  harness = join(folder, 'harness.mjs');
  await bundle({ entry: join(import.meta.dirname, 'harness.tsx'), outfile: harness });
  return () => rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  world = new World();
  said = join(world.path, 'said');
});
afterEach(() => world.destroy());

function show(story: string, argv: readonly string[], env: Readonly<Record<string, string>> = {}): Terminal {
  const command = { file: process.execPath, args: [harness, story, said, ...argv] };
  return world.start([], { command, env });
}

const decisions = () =>
  existsSync(said)
    ? readFileSync(said, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line))
    : [];

async function until(isSo: () => boolean, otherwise: string): Promise<void> {
  for (const end = Date.now() + 15_000; !isSo(); ) {
    if (Date.now() > end) throw new Error(otherwise);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The program has ended for the n-th time and the screen is there again. */
async function isBack(terminal: Terminal, times: number): Promise<void> {
  await until(() => decisions().length >= times, `no end ${times}:\n${terminal.screen()}`);
  await terminal.waitFor(say.terminal.look);
  expect(decisions()).toHaveLength(times);
}

/** Lends the terminal to the reader of keys and types the letters. */
async function lendAndType(terminal: Terminal, path: string): Promise<void> {
  rmSync(`${path}.ready`, { force: true });
  writeFileSync(path, '');
  await terminal.press(keys.enter);
  await until(() => existsSync(`${path}.ready`), `not started:\n${terminal.screen()}`);
  for (const letter of letters) await terminal.press(letter);
}

const openFiles = (pid: number) => readdirSync(`/proc/${pid}/fd`).length;

test(`a program in raw mode gets every key of ${rounds} rounds, and what it leaves unread goes nowhere`, async () => {
  const path = join(world.path, 'keys');
  const terminal = show('terminal', [process.execPath, reader, String(letters.length), path, 'well']);
  await terminal.waitFor(say.terminal.look);
  let open = 0;
  for (let round = 1; round <= rounds; round++) {
    await lendAndType(terminal, path);
    // Typed ahead: nobody asked for it.
    await terminal.press(keys.enter);
    await isBack(terminal, round);
    expect(readFileSync(path, 'utf8')).toBe(letters);
    if (round === 2) open = openFiles(terminal.pid);
  }
  expect(decisions().every(({ type, code }) => type === 'terminal-done' && code === 0)).toBe(true);
  // One may be open for a moment; one that a round leaves open stays.
  await until(
    () => openFiles(terminal.pid) <= open,
    `${openFiles(terminal.pid)} files are open, not ${open}`,
  );
}, 120_000);

test('a program that is killed in raw mode leaves a sound screen in the size the window has by then', async () => {
  const path = join(world.path, 'keys');
  const terminal = show('terminal', [process.execPath, reader, String(letters.length), path, 'killed']);
  await terminal.waitFor(say.terminal.look);
  rmSync(`${path}.ready`, { force: true });
  await terminal.press(keys.enter);
  await until(() => existsSync(`${path}.ready`), 'not started');
  terminal.resize(100, 30);
  for (const letter of letters) await terminal.press(letter);
  await isBack(terminal, 1);
  expect(decisions()[0]).toEqual({ type: 'terminal-done', code: null, signal: 'SIGKILL' });
  await terminal.waitFor('─'.repeat(100));
  await terminal.choose(say.terminal.later);
  await terminal.press(keys.enter);
  await until(() => decisions().length === 2, 'no key was taken');
  expect(decisions()[1]).toEqual({ type: 'later' });
});

test('Ctrl-C in the program ends the program, not the wizard', async () => {
  const terminal = show('terminal', ['/bin/sh', '-c', 'echo asleep; exec sleep 60']);
  await terminal.waitFor(say.terminal.look);
  await terminal.press(keys.enter);
  await terminal.waitFor(/^asleep$/m);
  await terminal.press(keys.ctrlC);
  await isBack(terminal, 1);
  expect(decisions()[0]).toEqual({ type: 'terminal-done', code: null, signal: 'SIGINT' });
});

test('what the program said stays in the scrollback, and a program that is not there is said to be so', async () => {
  const terminal = show('terminal', ['/nowhere/program']);
  await terminal.waitFor(say.terminal.look);
  await terminal.press(keys.enter);
  await isBack(terminal, 1);
  expect(decisions()[0]).toEqual({ type: 'terminal-done', code: 127, signal: null });
  await terminal.press(keys.escape);
  await terminal.waitFor(say.leave.title);
  await terminal.choose(say.leave.leave);
  await terminal.press(keys.enter);
  expect(await terminal.ended).toBe(0);
  expect(terminal.history()).toContain('$ /nowhere/program');
  expect(terminal.history()).toContain('left with 4');
});

test('a program that was stopped with Ctrl-Z goes on: there is no shell to bring it back', async () => {
  const terminal = show('terminal', ['/bin/sh', '-c', 'echo asleep; read word; exit 7']);
  await terminal.waitFor(say.terminal.look);
  await terminal.press(keys.enter);
  await terminal.waitFor(/^asleep$/m);
  await terminal.press('\u001a');
  await new Promise((resolve) => setTimeout(resolve, 1200));
  await terminal.press('word', keys.enter);
  await isBack(terminal, 1);
  expect(decisions()[0]).toEqual({ type: 'terminal-done', code: 7, signal: null });
});

test('a shell that is killed while it has the terminal gives it back all the same', async () => {
  const terminal = show('terminal', ['/bin/sh', '-c', 'exec bash --norc -i']);
  await terminal.waitFor(say.terminal.look);
  await terminal.press(keys.enter);
  await terminal.waitFor(/^bash-/m);
  await terminal.press('kill -9 $$', keys.enter);
  await isBack(terminal, 1);
  expect(decisions()[0]).toEqual({ type: 'terminal-done', code: null, signal: 'SIGKILL' });
  await terminal.choose(say.terminal.later);
  await terminal.press(keys.enter);
  await until(() => decisions().length === 2, 'no key was taken');
});

test('a shell beside a failure says where one is, and exit leads back to the choices', async () => {
  const terminal = show('failure', [], { SHELL: '/bin/sh', PS1: 'in-the-shell ' });
  await terminal.waitFor(say.failure.choices.shell);
  await terminal.choose(say.failure.choices.shell.slice(0, 12));
  await terminal.press(keys.enter);
  await terminal.waitFor(say.failure.shell.back.slice(0, 20));
  await terminal.press('echo $((6 * 7))', keys.enter);
  await terminal.waitFor(/^42$/m);
  await terminal.press('exit', keys.enter);
  await terminal.waitFor(say.failure.choices.retry);
  expect(decisions()).toEqual([{ type: 'shell' }]);
  await terminal.choose(say.failure.choices.retry);
  await terminal.press(keys.enter);
  await until(() => decisions().length === 2, 'no key was taken');
  expect(decisions()[1]).toEqual({ type: 'retry' });
});

test('an editor changes an answer, and one that is left without a change changes nothing', async () => {
  const editor = join(world.path, 'editor');
  writeFileSync(editor, `#!/bin/sh\nread -r word\nif [ "$word" ]; then echo "$word" >"$1"; fi\n`, {
    mode: 0o755,
  });
  const terminal = show('questions', [], { VISUAL: editor });
  await terminal.waitFor('F5');
  await terminal.press('\u001b[15~');
  await terminal.waitUntilGone('F5');
  await terminal.press(keys.enter);
  await terminal.waitFor('F5');
  expect(decisions().filter(({ type }) => type === 'answer')).toEqual([]);
  await terminal.press('\u001b[15~');
  await terminal.waitUntilGone('F5');
  await terminal.press('edited.example.org', keys.enter);
  await until(() => decisions().some(({ value }) => value === 'edited.example.org'), 'no answer was sent');
});
