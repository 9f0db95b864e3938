/** Every page that docs/guides/ has to hold, by its name. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Guide } from '../src/guide/types.ts';
import { type ByHand, guidePage } from './guide-page.ts';

const root = join(import.meta.dirname, '..');

/** What of a page by hand comes after this line ends the page. */
const border = '<!-- after the data -->';

export async function pages(): Promise<Map<string, string>> {
  const folders = readdirSync(join(root, 'steps')).filter((name) =>
    existsSync(join(root, 'steps', name, 'index.ts')),
  );
  const all = new Map<string, string>();
  for (const folder of folders) {
    // Every index of steps/ exports its guide: the build relies on it too.
    const { guide } = (await import(join(root, 'steps', folder, 'index.ts'))) as { guide: Guide };
    for (const lang of ['en', 'fr'] as const) {
      const name = `${guide.id}${lang === 'fr' ? '.fr' : ''}.md`;
      all.set(name, guidePage(guide, lang, byHand(name)));
    }
  }
  return all;
}

function byHand(name: string): ByHand {
  const path = join(root, 'docs/guides/by-hand', name);
  const [before = '', after = ''] = existsSync(path) ? readFileSync(path, 'utf8').split(border) : [];
  return { before: before.trim(), after: after.trim() };
}
