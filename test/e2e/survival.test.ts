/** Lost connections, killed processes, second windows: the work goes on, or can go on. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { words as catalogue } from '../../src/i18n/index.ts';
import { runProgram, unattended } from './program.ts';
import { said } from './said.ts';
import { keys, launcher, type Terminal, World } from './terminal.ts';

let world: World;
beforeEach(() => {
  world = new World();
});
afterEach(() => world.destroy());

const words = said('en');
const say = catalogue('en');

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** On the screens into the long work. */
async function intoTheWork(...answers: readonly string[]): Promise<Terminal> {
  const terminal = world.start(['install', 'practice', ...answers, ...unattended(world)]);
  await terminal.waitFor(words.answers);
  for (let field = 0; field < 6; field++) await terminal.press(keys.enter);
  await terminal.choose(words.toPlan);
  await terminal.press(keys.enter);
  await terminal.waitFor(words.plan);
  await terminal.press(keys.enter);
  await terminal.waitFor(words.consent);
  await terminal.press('y');
  await terminal.waitFor(/building part \d+ of/);
  return terminal;
}

test('an engine killed in the middle of the work is resumed and finishes', async () => {
  const terminal = await intoTheWork();
  const pid = world.enginePid();
  process.kill(pid, 'SIGKILL');
  await terminal.waitFor(`${world.state}/program/`);
  await terminal.press(keys.enter);
  expect(await terminal.ended).toBe(1);
  expect(existsSync(join(world.folder, 'work.done'))).toBe(false);

  const again = await runProgram(world, ['install', 'practice', '--yes']);
  expect(again).toMatchObject({ code: 0, stderr: '' });
  expect(world.runs).toHaveLength(1);
  expect(world.enginePid()).not.toBe(pid);
  expect((await runProgram(world, ['verify', 'practice'])).code).toBe(0);
});

test('a closed terminal leaves the engine at work; a second one follows it to the end', async () => {
  const terminal = await intoTheWork();
  const pid = world.enginePid();
  terminal.close();
  await terminal.ended;
  expect(isAlive(pid)).toBe(true);

  const second = world.start(['install', 'practice']);
  await second.waitFor(words.done);
  expect(world.enginePid()).toBe(pid);
  await second.press(keys.enter);
  expect(await second.ended).toBe(0);
});

test('Ctrl-C asks; the window can be left and the work goes on', async () => {
  const terminal = await intoTheWork();
  await terminal.press(keys.ctrlC);
  await terminal.waitFor(words.leave);
  await terminal.choose(words.goOn);
  await terminal.press(keys.enter);
  await terminal.ended;
  await terminal.waitFor(`${world.state}/program/`);

  const second = world.start(['resume']);
  await second.waitFor(words.done);
  await second.press(keys.enter);
  expect(await second.ended).toBe(0);
});

test('a second window watches; it decides once the first is gone', async () => {
  const first = world.start(['install', 'practice', ...unattended(world)]);
  await first.waitFor(words.answers);
  const second = world.start(['install', 'practice']);
  await second.waitFor(words.watch);
  await second.press(keys.clear, '/nowhere');
  first.close();
  await second.waitUntilGone(words.watch);
  expect(second.screen()).not.toContain('/nowhere');
  await second.press(keys.ctrlC, keys.ctrlC);
  await second.ended;
});

test('a window that watches may take over, and the other one watches then', async () => {
  const first = world.start(['install', 'practice', ...unattended(world)]);
  await first.waitFor(words.answers);
  const second = world.start(['install', 'practice']);
  await second.waitFor(words.watch);
  await second.press(keys.ctrlC);
  await second.choose(say.leave.takeOver);
  await second.press(keys.enter);
  await first.waitFor(words.watch);
  await second.waitFor(words.answers);
  expect(second.screen()).not.toContain(words.watch);
});

test('in lines, a window that watches offers to answer, and asks once the other is gone', async () => {
  const first = world.start(['install', 'practice', ...unattended(world)]);
  await first.waitFor(words.answers);
  const second = world.start(['install', 'practice', '--plain']);
  await second.waitFor(say.plain.takeOver.trimEnd());
  await second.press('n', keys.enter);
  first.close();
  await second.waitFor('Directory of the exercise');
  const third = world.start(['install', 'practice', '--plain']);
  await third.waitFor(say.plain.takeOver.trimEnd());
  await third.press('y', keys.enter);
  await third.waitFor('Directory of the exercise');
  await third.press(keys.ctrlC);
  expect(await third.ended).toBe(130);
});

test('keys typed while the first screen is being drawn leave it sound', async () => {
  const terminal = world.start([], {});
  const typing = setInterval(() => void terminal.press(keys.down, keys.up), 15);
  await terminal.waitFor(words.home);
  clearInterval(typing);
  await terminal.press('?');
  await terminal.waitFor(say.help.close);
  await terminal.press(keys.escape);
  await terminal.waitFor(words.home);
  const [title = '', rule = ''] = terminal.screen().split('\n');
  expect(title).toMatch(/^ Setup Wizard /);
  expect(rule).toBe('─'.repeat(80));
});

test('answers typed before the line was lost are still there', async () => {
  const terminal = world.start(['install', 'practice', ...unattended(world)]);
  await terminal.waitFor(words.answers);
  await terminal.press(keys.enter, keys.enter, keys.enter, keys.clear, 'Ada Lovelace', keys.tab);
  await terminal.waitFor('Ada Lovelace');
  terminal.close();
  await terminal.ended;
  const second = world.start(['resume', 'practice']);
  await second.waitFor(words.answers);
  await second.press(keys.tab, keys.tab, keys.tab);
  await second.waitFor('Ada Lovelace');
});

test('a terminal that vanishes behind a shell that keeps the hang-up to itself takes the window with it', async () => {
  const shell = ['-c', 'trap "" HUP; "$@"; exit 0', 'sh', process.execPath, launcher];
  const command = { file: '/bin/sh', args: shell };
  const terminal = world.start(['install', 'practice', ...unattended(world)], { command });
  await terminal.waitFor(words.answers);
  const children = readFileSync(`/proc/${terminal.pid}/task/${terminal.pid}/children`, 'utf8');
  const pid = Number(children.split(' ')[0]);
  expect(isAlive(pid)).toBe(true);
  terminal.vanish();
  await expect.poll(() => isAlive(pid), { timeout: 5000 }).toBe(false);
});
