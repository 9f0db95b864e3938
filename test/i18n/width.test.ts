/** Nothing overflows at 80 columns: what stands in a fixed place fits it. */
import { describe, expect, test } from 'vitest';
import { hintsOf, hintsThatFit, type KeySet, keyTable } from '../../screens/parts/keys.ts';
import { signsFor } from '../../screens/parts/signs.ts';
import { width } from '../../screens/parts/width.ts';
import { homeStory, stories } from '../../screens/stories.tsx';
import type { Lang, Text } from '../../src/guide/types.ts';
import { words } from '../../src/i18n/index.ts';
import type { View } from '../../src/run/protocol.ts';
import { stage, tooLarge } from '../screens/stage.tsx';
import { allGuides } from '../steps/all.ts';

const langs = ['fr', 'en'] as const satisfies readonly Lang[];
const guides = await allGuides();

/** Those that are wider than their place. */
const tooWide = (texts: readonly string[], cells: number) => texts.filter((text) => width(text) > cells);

/** The form of the stories, asking this. */
function asking(ask: Text): View {
  const view = stories['questions'] as View;
  return { ...view, form: { ...view.form, fields: view.form.fields.map((field) => ({ ...field, ask })) } };
}

describe.each(langs)('in %s', (lang) => {
  const { installed, failure, conflict, leave, keys } = words(lang);

  test.each([80, 60])(
    'the keys of every screen are one line of %d columns, and the last one stays',
    (columns) => {
      for (const ascii of [false, true])
        for (const set of Object.keys(keyTable) as KeySet[]) {
          const all = hintsOf(set, words(lang, ascii), signsFor(ascii));
          const shown = hintsThatFit(all, columns - 1);
          const line = shown.map(({ key, label }) => `${key} ${label}`).join('  ');
          expect(tooWide([` ${line}`], columns), set).toEqual([]);
          expect(shown.at(-1), set).toEqual(all.at(-1));
          expect(shown.length, set).toBeGreaterThan(Math.min(all.length, 3) - 1);
        }
    },
  );

  test('a key says what it does in 20 cells', () => {
    expect(tooWide(Object.values(keys.commands), 20)).toEqual([]);
  });

  test('a menu entry fits beside its cursor', () => {
    const entries = [
      ...Object.values(installed.choices),
      ...Object.values(leave),
      ...Object.values(failure.choices).map((one) => (typeof one === 'string' ? one : one(77))),
      conflict.keep,
      conflict.overwrite,
      conflict.keepAll(77),
      conflict.overwriteAll(77),
      conflict.confirmYes,
    ];
    expect(tooWide(entries, 76)).toEqual([]);
  });

  test('titles of steps leave room for times and marks', () => {
    const steps = guides.flatMap(({ chapters }) => chapters.flatMap((chapter) => chapter.steps));
    expect(
      tooWide(
        steps.map(({ title }) => title[lang]),
        56,
      ),
    ).toEqual([]);
  });

  test('titles of chapters and topics fit in a header', () => {
    const titles = guides.flatMap(({ chapters, topics }) =>
      [...chapters, ...topics].map(({ title }) => title[lang]),
    );
    expect(tooWide(titles, 28)).toEqual([]);
  });

  test('a question that is too long for its column is repeated whole in its help', async () => {
    const asks = guides.flatMap(({ questions }) => questions.map(({ ask }) => ask));
    for (const ask of asks.filter((one) => width(one[lang]) > 32)) {
      const { lines, unmount } = await stage({ view: asking(ask), lang });
      expect(lines().join(' ').replaceAll(/\s+/g, ' ')).toContain(ask[lang].replaceAll(/\s+/g, ' '));
      unmount();
    }
  });

  test('choices of a question are seen whole', () => {
    const labels = guides.flatMap(({ questions }) => questions.flatMap(({ choices = [] }) => choices));
    expect(
      tooWide(
        labels.map(({ label }) => label[lang]),
        74,
      ),
    ).toEqual([]);
  });

  test.each(Object.entries(stories))('the screen %s stays within 80 columns', async (_, view) => {
    for (const ascii of [false, true]) {
      const { frames, unmount } = await stage({ view, lang, ascii });
      expect(tooLarge(frames, [80, 24])).toEqual([]);
      unmount();
    }
  });

  test('so does home', async () => {
    const { frames } = await stage({ home: homeStory, lang });
    expect(tooLarge(frames, [80, 24])).toEqual([]);
  });
});
