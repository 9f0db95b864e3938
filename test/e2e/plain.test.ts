/** The linear mode on a dumb terminal, word for word: a change of these files is a change of what people read. */
import { writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Lang } from '../../src/guide/types.ts';
import { words } from '../../src/i18n/index.ts';
import { keys, type Terminal, World } from './terminal.ts';

let world: World;
beforeEach(() => {
  world = new World();
});
afterEach(() => world.destroy());

const plainText = (text: string) => text.replaceAll('\u00a0', ' ');

/** Waits until the newest line ends with this question, then types. */
async function answer(terminal: Terminal, question: string, typed = ''): Promise<void> {
  const wanted = plainText(question).trimEnd();
  const end = Date.now() + 20_000;
  while (!terminal.history().trimEnd().endsWith(wanted)) {
    if (Date.now() > end) throw new Error(`“${wanted}” was not asked:\n${terminal.history().slice(-1500)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await terminal.press(typed, keys.enter);
}

/** What differs from one run to the next is named instead. */
function settled(text: string): string {
  return text
    .replaceAll(world.path, 'HOME')
    .replaceAll(userInfo().homedir, 'HOME')
    .replace(new RegExp(`\\b${userInfo().username}\\b`, 'g'), 'ME')
    .replace(/(work\.sh) \S*…/g, '$1 …')
    .replace(/program\/[\w.-]+\//g, 'program/VERSION/')
    .replace(/\d{8}-\d{6}-practice/g, 'RUN')
    .replace(/\b\d+ (s|min)\b( \d+ s)?/g, 'TIME')
    .replace(/part \d+ of/g, 'part N of')
    .replace(/[ \t]+$/gm, '');
}

async function walk(lang: Lang): Promise<string> {
  const { plain, failure, terminal: lent } = words(lang);
  const choice = (usual: string) => plain.choice(usual);
  const locale = lang === 'fr' ? 'fr_FR.UTF-8' : 'en_GB.UTF-8';
  const terminal = world.start(['install', 'practice'], {
    lang: locale,
    size: [200, 200],
    env: { TERM: 'dumb', USER: 'ada' },
  });
  await answer(terminal, `/setup-wizard-practice]${lang === 'fr' ? ' : ' : ': '}`, world.folder);
  await answer(terminal, choice('1'));
  await answer(terminal, choice('2'), '1');
  await answer(terminal, ': ', 'Ada Lovelace');
  await answer(terminal, ': ', 'ada(at)example.org');
  await answer(terminal, ': ', '<');
  await answer(terminal, ': ');
  await answer(terminal, ': ', '?');
  await answer(terminal, ': ', 'ada@example.org');
  await answer(terminal, plain.secret(lang === 'fr' ? 'Un mot de passe' : 'A password'));
  await answer(terminal, choice('1'));
  await answer(terminal, plain.listQuestion, '+');
  await answer(terminal, ': ', 'grace');
  await answer(terminal, ': ', 'grace');
  await answer(terminal, ': ');
  await answer(terminal, plain.listQuestion, '1');
  await answer(terminal, plain.answer('', 'grace').trim());
  await answer(terminal, plain.answer('', 'grace').trim(), 'grace@example.org');
  await answer(terminal, ': ');
  await answer(terminal, plain.listQuestion);
  await answer(terminal, plain.reviewQuestion, '4');
  await answer(terminal, ': ', 'Ada King');
  await answer(terminal, plain.reviewQuestion);
  await answer(terminal, choice(''), '2');
  await answer(terminal, choice(''), '1');
  await answer(terminal, '] ', plain.isYes('y') ? 'y' : '');
  await terminal.waitFor(plainText(failure.choices.shell));
  writeFileSync(join(world.folder, 'mended'), '');
  await answer(terminal, choice('1'));
  await terminal.waitFor(plainText(lent.look));
  await answer(terminal, choice('1'), '1');
  await answer(terminal, 'Un mot / A word: ', 'merci');
  await answer(terminal, choice(''), '2');
  await answer(terminal, ': ', lang === 'fr' ? 'lu et relu' : 'read twice');
  await answer(terminal, choice(''), '1');
  await terminal.waitFor(plainText(plain.problem('')).trim());
  writeFileSync(join(world.folder, 'by-hand'), '');
  await answer(terminal, choice(''), '4');
  await answer(terminal, choice(''), '1');
  expect(await terminal.ended).toBe(0);
  return settled(terminal.history().trim());
}

for (const lang of ['fr', 'en'] as const) {
  test(`the practice guide in lines reads as agreed, ${lang}`, async () => {
    await expect(await walk(lang)).toMatchFileSnapshot(`plain/practice.${lang}.txt`);
  }, 90_000);
}
