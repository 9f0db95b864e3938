// Makes the index of a published guide's text: which lines are blank, which are headings, a hash per line.
// The text itself is not ours to ship: only the index goes into steps/GUIDE/source.ts.
//
//   node scripts/index-source.mjs TEXT                          lists what may be headings, to be read by a person
//   node scripts/index-source.mjs TEXT --title T --lang fr --updated 2023-09-08 --headings 5,13,28 > steps/GUIDE/source.ts
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    title: { type: 'string' },
    lang: { type: 'string' },
    updated: { type: 'string' },
    headings: { type: 'string' },
  },
});
const [path] = positionals;
if (path === undefined) {
  console.error('usage: index-source.mjs TEXT [--title T --lang fr|en --headings N,N [--updated DATE]]');
  process.exit(2);
}
const lines = linesOf(readFileSync(path, 'utf8'));
if (values.headings === undefined) listCandidates();
else console.log(indexModule());

/** A last line end does not begin another line. */
function linesOf(text) {
  const all = text.split(/\r\n|\n/).map((line) => line.trim());
  return all.at(-1) === '' ? all.slice(0, -1) : all;
}

/** Short lines alone between blank ones, without the punctuation of a sentence. */
function listCandidates() {
  lines.forEach((line, index) => {
    const isAlone = !lines[index - 1] && !lines[index + 1];
    if (isAlone && line.length < 80 && /^[\p{Lu}\d#]/u.test(line) && !/[.:;,]$/.test(line)) {
      console.log(`${index + 1}\t${line}`);
    }
  });
}

function indexModule() {
  const index = {
    title: values.title ?? '',
    lang: values.lang ?? 'fr',
    ...(values.updated === undefined ? {} : { updated: values.updated }),
    lines: lines.length,
    blank: lines.flatMap((line, at) => (line === '' ? [at + 1] : [])),
    headings: values.headings.split(',').map(Number),
    hashes: lines.map((line) => createHash('sha256').update(line).digest('hex').slice(0, 12)),
  };
  return `/** Made by scripts/index-source.mjs from the published text, which is not ours to ship. */
import type { SourceIndex } from '../../src/guide/types.ts';

export const source: SourceIndex = ${JSON.stringify(index)};`;
}
