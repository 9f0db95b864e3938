/** The as-built document: what a reader finds in it, in both languages, and that nothing hostile gets out of its place. */
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { realHost } from '../../src/host/real.ts';
import { StateFolder } from '../../src/journal/state.ts';
import { asBuilt } from '../../src/run/as-built.ts';
import { code, prose } from '../../src/run/markdown.ts';
import { reportOf } from '../../src/run/report.ts';
import { guide as pretix } from '../../steps/pretix/index.ts';
import { aFile, asks, guideOf, needsFile, stepOf } from './guides.ts';
import { agreeing, drive, newWorld as emptyWorld, inTurn, secretsOf } from './rig.ts';
import { practiceAnswers, quickPractice, type World } from './world.ts';

const nbsp = '\u00a0';

function newWorld(): World {
  const world = emptyWorld();
  mkdirSync(world.home);
  return world;
}

async function told(world: World, run: string, lang: 'fr' | 'en' = 'en'): Promise<string> {
  const state = new StateFolder(realHost(), world.state);
  const facts = { hostname: 'box', 'os.name': 'Debian', arch: 'x86_64' };
  const about = { state, facts, guides: [quickPractice], store: secretsOf(world), lang };
  const built = await asBuilt({ ...about, program: '/kept/setup-wizard --state-dir /s' }, run, 'done');
  return built ? reportOf(built) : '';
}

describe('at the end of a run', () => {
  test('it is written beside the journal for its owner only, and the end says where', async () => {
    const world = newWorld();
    const { run, seat } = await drive(world);
    const path = `${world.state}/runs/${run}/report.md`;
    expect(seat.view.end?.report).toBe(path);
    expect((statSync(path).mode & 0o777).toString(8)).toBe('600');
    const text = readFileSync(path, 'utf8');
    expect(text).toContain('# Practice guide: as built');
    expect(text).toContain(`    /nowhere/setup-wizard rollback practice`);
    expect(text).toContain(`, \`file:${world.folder}/practice.ini\``);
    expect(text).not.toContain('correct horse battery');
  });

  test('a rollback writes what was taken back, and what was left with its reason', async () => {
    const world = newWorld();
    const { run: of } = await drive(world);
    writeFileSync(`${world.folder}/practice.ini`, 'mine now\n');
    const { seat } = await drive(world, { kind: 'rollback', of });
    const text = readFileSync(seat.view.end?.report ?? '', 'utf8');
    expect(text).toContain('# Practice guide: undone');
    const kept = text.split('## What was left, and why')[1] ?? '';
    expect(kept).toContain('practice.ini');
    expect(text.split('## What was left')[0]).toContain('bin/work.sh');
  });

  test('a run that cannot write it ends as it would have', async () => {
    const world = newWorld();
    const { seat } = await drive(world, {
      serve: ({ records }) => {
        const run = records[0]?.type === 'opened' ? records[0].run : '';
        // A folder of that name cannot be replaced by a file.
        mkdirSync(`${world.state}/runs/${run}/report.md/x`, { recursive: true });
      },
    });
    expect(seat.view.end).toMatchObject({ state: 'done', exit: 0, report: '' });
  });
});

describe('a reader finds', () => {
  test('where each answer came from, and no secret', async () => {
    const world = newWorld();
    const { run } = await drive(world);
    const french = await told(world, run, 'fr');
    expect(french).toContain(`- \`PRACTICE_NAME\` Votre nom${nbsp}: \`Ada\` (de --set)`);
    expect(french).toContain(`Un mot de passe${nbsp}: (secret) (de --set)`);
    expect(french).toContain(`- Machine${nbsp}: box, Debian, x86_64`);
  });

  test('a failure, a shell that was opened, another try, and a step skipped with its reason', async () => {
    const world = newWorld();
    const steps = [stepOf('one', needsFile('nowhere')), stepOf('two', aFile('two'))];
    const { seat } = await drive(world, {
      guide: guideOf('tiny', steps),
      given: { DIR: world.root },
      decide: agreeing(
        inTurn(
          'failure',
          [{ type: 'shell' }, { type: 'retry' }],
          [{ type: 'skip', reason: 'done | by <b>hand</b>' }],
        ),
      ),
    });
    const text = readFileSync(seat.view.end?.report ?? '', 'utf8');
    const step = /- one: .*\n((?: {2}- .*\n)*)/.exec(text);
    expect(step?.[0]).toMatch(/^- one: skipped/);
    expect(step?.[1]?.split('\n').map((line) => line.slice(4))).toEqual([
      'Failed: no nowhere',
      'A shell was opened here',
      'Tried again',
      'Failed: no nowhere',
      'Reason: done \\| by \\<b\\>hand\\</b\\>',
      '',
    ]);
    expect(text).toMatch(/- two: done, 1\u00a0change/);
  });

  test('what is left, and after it what was done by hand, by whom, whether proven', async () => {
    const world = newWorld();
    const given = practiceAnswers(world, { PRACTICE_BY: 'person' });
    const { run, exit } = await drive(world, { given });
    expect(exit).toBe(4);
    expect(await told(world, run)).toContain('- [ ] Tell a colleague. (optional)');
    writeFileSync(`${world.folder}/by-hand`, '');
    const again = await drive(world, {
      given,
      run,
      decide: agreeing(
        inTurn('checklist', [{ type: 'tick', item: 'read-settings', done: true, note: 'by # Ada' }]),
      ),
    });
    const text = await told(world, again.run);
    expect(text).toMatch(/- \[x\] .*by-hand.*\n {2}- seen by the wizard itself, .* \(proven\)/);
    expect(text).toContain('not provable, recorded in good faith');
    expect(text).toContain('  - Note: by \\# Ada');
  });

  test('what an earlier run changed, when the newest found nothing to do', async () => {
    const world = newWorld();
    const first = await drive(world);
    const second = await drive(world);
    const text = await told(world, second.run);
    expect(text).toContain(`practice.ini\` (in run \`${first.run}\`)`);
    expect(text).toContain('nothing to do');
  });

  test('differences from the guide of the steps that were planned', async () => {
    const world = newWorld();
    const erratum = pretix.errata.find(({ severity }) => severity === 'security');
    if (!erratum) throw new Error('pretix has no erratum about security');
    const guide = {
      ...guideOf('tiny', [{ ...stepOf('one', aFile('one')), errata: [erratum.id] }]),
      errata: pretix.errata,
    };
    const { seat } = await drive(world, { guide, given: { DIR: world.root } });
    const text = readFileSync(seat.view.end?.report ?? '', 'utf8');
    expect(text).toContain(`- \`${erratum.id}\` (security)`);
    expect(text.match(/^- `E-/gm)).toHaveLength(1);
  });
});

describe('hostile values', () => {
  test('an answer with Markdown, HTML and line ends stays one value on one line', async () => {
    const world = newWorld();
    const value = '`x` | <img src=x> **b** [l](u)';
    const guide = guideOf('tiny', [stepOf('one', aFile('one', '%NAME%\n'))], [asks('NAME')]);
    const { seat } = await drive(world, { guide, given: { DIR: world.root, NAME: value } });
    const text = readFileSync(seat.view.end?.report ?? '', 'utf8');
    expect(text).toContain('- `NAME` NAME: `` `x` | <img src=x> **b** [l](u) `` (from --set)');
  });

  test.each([
    ['plain', '`plain`'],
    ['a`b', '``a`b``'],
    ['``', '``` `` ```'],
    ['two\nlines\r\n# three', '`two ⏎ lines ⏎ # three`'],
    ['\u001b[31mred\u0007', '`red`'],
    ['', ''],
  ])('%j as code is %j', (value, shown) => {
    expect(code(value)).toBe(shown);
  });

  test.each([
    ['# no heading', '\\# no heading'],
    ['- no item', '\\- no item'],
    ['1. no item', '1\\. no item'],
    ['<script>alert(1)</script>', '\\<script\\>alert(1)\\</script\\>'],
    ['[a](javascript:x) ![b](c)', '\\[a\\](javascript:x) !\\[b\\](c)'],
    ['_it_ my_name *b*', '\\_it\\_ my_name \\*b\\*'],
    ['one\n\n## two', 'one ⏎  ⏎ \\#\\# two'],
  ])('%j as words is %j', (value, shown) => {
    expect(prose(value)).toBe(shown);
  });
});
