import { expect, test } from 'vitest';
import { homeStory, stories } from '../../screens/stories.tsx';
import type { View } from '../../src/run/protocol.ts';
import { keys, stage, tooLarge } from './stage.tsx';

/** What a person must be able to read, French and English. */
const says: Readonly<Record<string, readonly [fr: string, en: string]>> = {
  connecting: ['Connexion à l’exécution en cours…', 'Connecting to the run…'],
  questions: ['Expéditeur des courriels', 'Sender of e-mails'],
  list: ['2 entrées', '2 entries'],
  plan: [
    '6 changements · 2 déjà faits · 1 à la main · 1 inconnu',
    '6 changes · 2 already done · 1 by hand · 1 unknown',
  ],
  'plan-again': ['2 étapes déjà faites, à refaire', '2 steps done before, to be done again'],
  'plan-rollback': ['Ce qui va être défait', 'What will be undone'],
  run: [
    'Vous pouvez fermer cette fenêtre : le travail continue.',
    'You may close this window: the work goes on.',
  ],
  busy: ['Examen de la machine…', 'Looking at the machine…'],
  rollback: ['↶ défait', '↶ undone'],
  failure: ['Une commande a échoué (code 1)', 'A command failed (code 1)'],
  checklist: ['☐ Déclarer la conformité AGPLv3', '☐ Declare AGPLv3 compliance'],
  terminal: ['❯ Le relancer', '❯ Run it again'],
  trial: ['Défait tout seul dans 47 s', 'Undone by itself in 47 s'],
  conflict: ['❯ Le garder tel qu’il est maintenant', '❯ Keep it as it is now'],
  finished: ['Tout est fait.', 'Everything is done.'],
  'needs-person': ['Il vous reste à faire', 'Left for you'],
  failed: ['Une étape a échoué.', 'A step failed.'],
  'rolled-back': ['Ce qui demeure, et pourquoi', 'What remains, and why'],
};

const named = Object.entries(stories);

test.each(named)('%s says what matters in French and in English', async (name, view) => {
  const french = await stage({ view, lang: 'fr' });
  const english = await stage({ view, lang: 'en' });
  expect(french.text()).toContain(says[name]?.[0]);
  expect(english.text()).toContain(says[name]?.[1]);
});

const sizes = [
  [120, 40],
  [80, 24],
  [60, 16],
  [40, 10],
  [30, 4],
] as const;

test.each(named)('%s never grows over the terminal, whatever is pressed', async (_, view) => {
  const visit = async (size: (typeof sizes)[number]) => {
    const { press, frames } = await stage({ view, size, lang: 'fr' });
    await press(keys.down, keys.right, keys.right, keys.tab, keys.pageDown, 'o', keys.enter, keys.down, 'e');
    return tooLarge(frames, size);
  };
  expect((await Promise.all(sizes.map(visit))).flat()).toEqual([]);
});

test('a window that shrinks and grows again is followed', async () => {
  const { resize, lines, frames } = await stage({ view: stories['run'] as View });
  for (const size of [
    [60, 16],
    [40, 8],
    [120, 40],
  ] as const) {
    frames.length = 0;
    await resize(size);
    expect(tooLarge(frames.slice(-1), size)).toEqual([]);
  }
  expect(lines().filter((line) => line !== '')).not.toEqual([]);
});

test('a window that is too small keeps one line of state and one of keys', async () => {
  const { text } = await stage({ view: stories['run'] as View, size: [50, 10] });
  expect(text()).toContain('Pretix: step 6 / 9 · 0:45 · pip install');
  expect(text()).toContain('scroll');
});

const accented = /^[\n -~À-ÖØ-öø-ÿ]*$/;

test.each(named)('%s in ASCII has accented letters and nothing else above ~', async (_, view) => {
  const { lines, frames } = await stage({ view, lang: 'fr', ascii: true });
  expect(lines().join('\n')).toMatch(accented);
  expect(tooLarge(frames, [80, 24])).toEqual([]);
});

test('home in ASCII has no sign above ~', async () => {
  const { lines } = await stage({ home: homeStory, lang: 'fr', ascii: true });
  expect(lines().join('\n')).toMatch(accented);
});

test('help lists the keys of the screen it covers, and any key closes it', async () => {
  const { press, text, line } = await stage({ view: stories['run'] as View, lang: 'fr' });
  await press('?');
  expect(line('sortie complète')).toContain('o ');
  expect(line('diffère du guide')).toContain('≠');
  await press('x');
  expect(text()).toContain('pip install pretix');
});

test('the language changes at once, and what was unfolded stays so', async () => {
  const { press, text } = await stage({ view: stories['run'] as View, lang: 'fr' });
  await press('o', 'l');
  expect(text()).toContain('Full output');
  expect(text()).not.toContain('Nightly backup');
});

test('one who only watches is told so, and nothing can be decided', async () => {
  const { press, text, connection } = await stage({ view: { ...(stories['plan'] as View), decides: false } });
  expect(text()).toContain('read-only: another window decides');
  await press(keys.enter, 'y', keys.escape);
  expect(connection.sent).toEqual([]);
});

test('an engine that disappears is said, with the command that continues', async () => {
  const { connection, show, text, press, outcomes } = await stage({ view: stories['run'] as View });
  connection.isLost = true;
  await show({});
  expect(text()).toContain('The engine has stopped');
  expect(text()).toContain('/var/lib/setup-wizard/program/0.1.0/setup-wizard resume pretix');
  await press(keys.enter);
  expect(outcomes).toMatchObject([{ exit: 1 }]);
});
