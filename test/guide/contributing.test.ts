/** The worked example of CONTRIBUTING.md: the files that it shows are those that are tried, here and in the lab. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { Copy, sixthGuide } from '../sixth-guide.ts';

const root = join(import.meta.dirname, '..', '..');
const text = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8');
const fixture = (path: string) => readFileSync(join(sixthGuide, path), 'utf8');
const index = 'steps/logwatch/index.ts';

describe('the worked example', () => {
  test.each(['steps/logwatch/questions.ts', index, 'assets/logwatch/logwatch.conf'])(
    'shows %s as it is',
    (path) => {
      const shown = text.slice(text.indexOf(`\`${path}\``));
      expect(/```\w*\n(.*?)```\n/s.exec(shown)?.[1]).toBe(fixture(path));
    },
  );

  test('has steps of fewer than 40 lines', () => {
    const [, steps = ''] = /\n(const install = .*?)\nexport const guide/s.exec(fixture(index)) ?? [];
    expect(steps).toContain("step('report'");
    expect(steps.split('\n').length).toBeLessThan(40);
  });
});

describe('a copy with a folder more in steps/ and one in assets/', { timeout: 180_000 }, () => {
  const copy = new Copy();
  afterAll(() => copy.remove());

  test('has no mistake of types', async () => {
    expect(await copy.run('node_modules/typescript/bin/tsc', '--noEmit')).toBe('');
  });

  test('has one guide more that every test of guides holds', async () => {
    const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--reporter=verbose'];
    const said = await copy.run(...vitest, 'test/steps/guides.test.ts');
    for (const promise of ['no problem', 'every line', 'both languages'])
      expect(said).toMatch(new RegExp(`✓.*the guide logwatch.*${promise}`));
  });

  test('has it in the program that is built', async () => {
    await copy.run('scripts/build.mjs');
    expect(await copy.run('dist/launcher.cjs', 'coverage', 'logwatch')).toMatch(/^logwatch +155 +0 *$/);
    expect(await copy.run('dist/launcher.cjs', 'answers', 'logwatch')).toContain('MAIL_TO');
  });
});
