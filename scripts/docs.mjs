// Writes docs/guides/: a page per guide and language, from the guide's data and what docs/guides/by-hand/ adds to it.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pages } from './guide-pages.ts';

const folder = join(import.meta.dirname, '../docs/guides');
for (const [name, text] of await pages()) {
  writeFileSync(join(folder, name), text);
  console.log(`docs/guides/${name}`);
}
