/** docs/guides/: what stands there is what the guides say now. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { pages } from '../../scripts/guide-pages.ts';
import { allGuides } from '../steps/all.ts';

const folder = join(import.meta.dirname, '../../docs/guides');
const made = await pages();

test.each([...made])('%s is what `npm run docs` makes of the guide', (name, text) => {
  expect(readFileSync(join(folder, name), 'utf8'), 'stale: npm run docs').toBe(text);
});

test('no page is of a guide that is gone', () => {
  const there = readdirSync(folder).filter((name) => name.endsWith('.md'));
  expect(there.sort()).toEqual([...made.keys()].sort());
});

test('a page names every question, every erratum and every item that a person has to do', async () => {
  for (const guide of await allGuides()) {
    const text = made.get(`${guide.id}.md`) ?? '';
    const steps = guide.chapters.flatMap((chapter) => chapter.steps);
    const items = steps.flatMap((step) => step.do.flatMap((op) => ('items' in op ? op.items : [])));
    for (const { id } of [...guide.questions, ...guide.errata]) expect(text).toContain(`\`${id}\``);
    for (const item of items) expect(text).toContain(`- ${item.text.en}`);
  }
});
