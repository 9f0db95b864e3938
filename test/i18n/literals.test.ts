/** No sentence outside the catalogues and the guides. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { literalsIn } from './literals.ts';

const root = join(import.meta.dirname, '..', '..');

/** Words in code that are not the wizard's own words to a person. */
const allowed: readonly (readonly [file: RegExp, text: RegExp, why: string])[] = [
  [
    /^src\/(operations\/|run\/live-checks)/,
    /^\W*(\d+ )?(SELECT|SHOW|SET|CREATE|ALTER|DROP|GRANT|REVOKE|DEFAULT)\b/,
    'SQL',
  ],
  [
    /^src\/answers\/(probe|store-files)/,
    /(gave|read) back/,
    'what a store said, beside the words of keyrings and systems',
  ],
  [/^src\/operations\/virtualenv|^src\/client\/lend/, /^(import|use) /, 'a program for an interpreter'],
  [/^src\/operations\/shared\/git/, /^\s*for process in/, 'a program for an interpreter'],
  [/^src\/operations\/shared\/supervisor-check/, /^\s*import /, 'a program for an interpreter'],
  [/^src\/operations\/shared\/supervisor/, /no such group/, 'what a program says'],
  [/^src\/operations\/shared\/ufw-trial/, /^#!\/bin\/sh\n/, 'a program for an interpreter'],
  [
    /^src\/operations\/shared\/(markers|scram|sql)/,
    /setup-wizard|Key$|ump complete/,
    'what a format asks for',
  ],
  [/^src\/operations\/shared\/debconf/, /^CAPB escape$/, 'a command of a protocol'],
  [/^src\/operations\/command/, /^empty folder for/, 'hashed'],
  [/^src\/host\/files/, / (temporary|renamed|made|half)$/, 'names of instants for crash tests'],
  [/^src\/host\/children/, /^(no such|permission denied)/, 'stands for what a program would have said'],
  [/^src\/operations\/probe/, /^systemctl: code/, 'what a program said'],
  [/^src\/guide\/(check|coverage|template)/, /./, 'for the authors of guides, in tests'],
  [/^src\/journal\/(journal|lock)/, /./, 'messages of errors, passed to super'],
  [/^src\/operations\/encode\/cannot-carry/, /./, 'message of an error, passed to super'],
];

function found(): string[] {
  return globSync(['src/**/*.ts', 'screens/**/*.{ts,tsx}'], { cwd: root })
    .filter((file) => !/^(src\/i18n|src\/run\/causes)\/|^screens\/stories\.tsx$/.test(file))
    .flatMap((file) =>
      literalsIn(readFileSync(join(root, file), 'utf8'), file.endsWith('x') ? 'tsx' : 'ts')
        .filter(({ text }) => !allowed.some(([where, what]) => where.test(file) && what.test(text)))
        .map(({ line, text }) => `${file}:${line}: ${text}`),
    )
    .sort();
}

test('every sentence is in a catalogue or a guide', () => {
  expect(found()).toEqual([]);
});

describe('the search', () => {
  test.each([
    ["print('Nothing was changed here');", 'Nothing was changed here'],
    [`print(\`The file ${'$'}{path} is missing\`);`, 'The file … is missing'],
    ["const text = { fr: 'Oui', en: 'Yes' };", 'Oui | Yes'],
    ["const text: Text = { fr: 'Oui', en: 'Yes' } as const;", 'Oui | Yes'],
  ])('finds what a person reads in %s', (source, text) => {
    expect(literalsIn(source)).toEqual([{ line: 1, text }]);
  });

  test('finds the text of a component', () => {
    expect(literalsIn('const a = <Text>One moment</Text>;', 'tsx').map(({ text }) => text)).toEqual([
      'One moment',
    ]);
  });

  test.each([
    "throw new Error('this cannot be');",
    "import x from 'a b';",
    "type A = 'one two';",
    "f(['ls', '-l']);",
  ])('leaves %s', (source) => {
    expect(literalsIn(source)).toEqual([]);
  });
});
