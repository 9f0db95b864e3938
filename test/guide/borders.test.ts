/** Who may import whom: the rules of biome.json bite, on a tree with one fault a line (test/fixtures/borders). */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const fixture = join(root, 'test/fixtures/borders');
const folder = mkdtempSync(join(tmpdir(), 'setup-wizard-borders-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const paths = ['steps/x/index.ts', 'screens/x.tsx', 'src/run/x.ts', 'src/cli.ts', 'src/cli/x.ts'];
/** No program reads them where they are: the compiler would look for what they import. */
const textOf = (path: string): string => readFileSync(join(fixture, `${path}.txt`), 'utf8');

interface Config {
  overrides: { includes: string[]; linter: { enabled?: boolean; rules?: { style?: object } } }[];
}

/** The project's own import rules and no others, over the fixture as if it were the project. */
function rulesOnly(): object {
  const { overrides }: Config = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8'));
  return {
    root: true,
    linter: { rules: { preset: 'none' } },
    overrides: overrides.filter(({ linter }) => JSON.stringify(linter).includes('noRestrictedImports')),
  };
}

/** `path:line` of everything that was found, sorted. */
let bitten: string[] = [];

beforeAll(() => {
  for (const path of paths) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), textOf(path));
  }
  writeFileSync(join(folder, 'biome.json'), JSON.stringify(rulesOnly()));
  const ran = spawnSync(
    join(root, 'node_modules/.bin/biome'),
    ['lint', '--reporter=github', '--max-diagnostics=none', '.'],
    { cwd: folder, encoding: 'utf8' },
  );
  const lines = ran.stdout.split('\n').filter((line) => line.includes('noRestrictedImports'));
  bitten = lines
    .map(
      (line) => `${relative(folder, /file=([^,]+)/.exec(line)?.[1] ?? '')}:${/line=(\d+)/.exec(line)?.[1]}`,
    )
    .sort();
});

function marked(path: string, mark: string): string[] {
  const lines = textOf(path).split('\n');
  return lines.flatMap((line, index) => (line.endsWith(`// ${mark}`) ? [`${path}:${index + 1}`] : []));
}

for (const path of paths) {
  test(`every forbidden import of ${path} is found, and no allowed one`, () => {
    expect(marked(path, 'allowed').length).toBeGreaterThan(1);
    expect(bitten.filter((at) => at.startsWith(`${path}:`)).sort()).toEqual(marked(path, 'forbidden').sort());
  });
}
