/** The practice guide, driven as a person drives it: keys on a terminal, looked at on its screen. */
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Said, said } from './said.ts';
import { keys, type Terminal, World } from './terminal.ts';

let world: World;
beforeEach(() => {
  world = new World();
});
afterEach(() => world.destroy());

// biome-ignore lint/suspicious/noControlCharactersInRegex: what clears a screen.
const clears = /\u001b\[[0-3]?J/;

/** From the home screen to the form, with the folder of this test in it. */
async function openForm(terminal: Terminal, words: Said): Promise<void> {
  await terminal.waitFor(words.home);
  await terminal.choose(words.practice);
  await terminal.press(keys.enter);
  await terminal.waitFor(words.answers);
  await terminal.press(keys.clear, world.folder);
  await terminal.waitFor(world.folder.slice(-20));
}

/** Through the questions by Enter, one wrong answer on the way, to the plan. */
async function answer(terminal: Terminal, words: Said): Promise<void> {
  await terminal.press(keys.enter, keys.enter, keys.enter, keys.enter);
  await terminal.press(keys.clear, 'nobody');
  await terminal.waitFor('✖');
  await terminal.press(keys.clear, 'nobody@example.org');
  await terminal.waitUntilGone('✖');
  await terminal.press(keys.enter, 'a secret of mine', keys.enter);
  await terminal.choose(words.toPlan);
  await terminal.press(keys.enter);
  await terminal.waitFor(words.plan);
}

async function consent(terminal: Terminal, words: Said): Promise<void> {
  await terminal.press(keys.enter);
  await terminal.waitFor(words.consent);
  await terminal.press(words.yes);
}

/** The step that fails on purpose: do what it says, then try again. */
async function mend(terminal: Terminal, words: Said): Promise<void> {
  await terminal.waitFor(words.retry);
  await terminal.waitFor(`✖ ${words.mend}`);
  expect(terminal.screen().replaceAll(/\s/g, '')).toContain(`touch${world.folder}/mended`);
  writeFileSync(join(world.folder, 'mended'), '');
  await terminal.choose(words.retry);
  await terminal.press(keys.enter);
}

/** Ticks both items; the second is believed only once its file is there. */
async function tickAll(terminal: Terminal, words: Said): Promise<void> {
  await terminal.waitFor(words.checklist);
  await terminal.press('v');
  await terminal.waitFor('a secret of mine');
  await terminal.press(keys.space);
  await terminal.waitFor('1 / 2');
  await terminal.choose('by-hand');
  await terminal.press(keys.space);
  await terminal.waitFor('✖');
  expect(terminal.screen()).toContain('1 / 2');
  writeFileSync(join(world.folder, 'by-hand'), '');
  await terminal.press(keys.space);
}

/** The plan of what will be undone, and consent to it. */
async function agreeToUndo(terminal: Terminal, words: Said): Promise<void> {
  await terminal.waitFor(words.undoPlan);
  await terminal.press(keys.enter);
  await terminal.waitFor(words.undoConsent);
  await terminal.press(words.yes);
  await terminal.waitFor(words.undone);
}

async function rollBack(words: Said, size: readonly [number, number]): Promise<Terminal> {
  const terminal = world.start([], { lang: words.locale, size });
  await terminal.waitFor(words.home);
  await terminal.choose(words.practice);
  await terminal.press(keys.enter);
  await terminal.waitFor(words.verify);
  await terminal.press(keys.enter);
  await terminal.waitFor(words.asInstalled);
  await terminal.choose(words.takeBack);
  await terminal.press(keys.enter);
  await agreeToUndo(terminal, words);
  return terminal;
}

describe.each([
  ['fr', [80, 24]],
  ['en', [120, 40]],
] as const)('by keys, %s', (lang, size) => {
  const words = said(lang);

  test('from the home screen to the end, and back to nothing', async () => {
    const terminal = world.start([], { lang: words.locale, size });
    await openForm(terminal, words);
    await answer(terminal, words);
    expect(existsSync(world.folder), 'before consent nothing is changed').toBe(false);
    const drawn = terminal.output.length;
    await consent(terminal, words);
    await terminal.waitFor(words.work);
    await terminal.waitFor(/building part \d+ of 6000/);
    await mend(terminal, words);
    await tickAll(terminal, words);
    await terminal.waitFor(words.done);
    expect(terminal.output.slice(drawn), 'nothing flickers: the screen is never cleared').not.toMatch(clears);
    await terminal.press(keys.enter);
    expect(await terminal.ended).toBe(0);
    expect(terminal.history()).toContain(`${words.undo}\n  ${world.state}/program/`);
    expect(statSync(join(world.folder, 'practice.ini')).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(world.folder, 'practice.ini'), 'utf8')).toContain('a secret of mine');

    const back = await rollBack(words, size);
    await back.press(keys.enter);
    expect(await back.ended).toBe(0);
    expect(existsSync(world.folder)).toBe(false);
    expect(
      readFileSync(join(world.state, 'runs', world.runs[0] ?? '', 'journal.jsonl'), 'utf8'),
    ).not.toContain('a secret of mine');
  });
});

test('everything is taken back from the screen of a failure', async () => {
  const words = said('fr');
  const terminal = world.start([], { lang: words.locale });
  await openForm(terminal, words);
  await answer(terminal, words);
  await consent(terminal, words);
  await terminal.waitFor(words.retry);
  await terminal.choose(words.undoAll);
  await terminal.press(keys.enter);
  await terminal.choose(words.undoAllSure);
  await terminal.press(keys.enter);
  await agreeToUndo(terminal, words);
  await terminal.press(keys.enter);
  expect(await terminal.ended).toBe(0);
  expect(existsSync(world.folder)).toBe(false);
});
