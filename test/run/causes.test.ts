/** The numbered promises at the head of src/run/causes.ts. The cases are what real programs said. */
import { readdirSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { catalogueProblems } from '../../src/guide/check-causes.ts';
import type { KnownCause } from '../../src/guide/types.ts';
import type { JournalRecord } from '../../src/journal/records.ts';
import { causeOf, commonCauses, type Failed } from '../../src/run/causes.ts';
import type { Cause } from '../../src/run/protocol.ts';
import { guide as ej } from '../../steps/ej/index.ts';
import { guide as jitsi } from '../../steps/jitsi/index.ts';
import { guide as numbas } from '../../steps/numbas/index.ts';
import { guide as ontask } from '../../steps/ontask/index.ts';
import { guide as practice } from '../../steps/practice/index.ts';
import { guide as pretix } from '../../steps/pretix/index.ts';
import { aScript, guideOf, stepOf } from './guides.ts';
import { drive, newWorld } from './rig.ts';
import { practiceAnswers, type World } from './world.ts';

interface Case extends Failed {
  readonly guide: 'ej' | 'jitsi' | 'numbas' | 'ontask' | 'practice' | 'pretix';
  readonly cause: string;
}

const folder = new URL('causes/', import.meta.url);
const cases = readdirSync(folder).map((file): [string, Case] => [
  file.replace('.json', ''),
  JSON.parse(readFileSync(new URL(file, folder), 'utf8')),
]);
const own = {
  ej: ej.causes ?? [],
  jitsi: jitsi.causes ?? [],
  numbas: numbas.causes ?? [],
  ontask: ontask.causes ?? [],
  practice: practice.causes ?? [],
  pretix: pretix.causes ?? [],
};

const sentences = ({ say, do: toDo }: Cause): string[] => [say.fr, say.en, toDo.fr, toDo.en];
const known = (id: string, match: string, more: Partial<KnownCause> = {}): KnownCause => ({
  id,
  match,
  say: { fr: id, en: id },
  do: { fr: 'faire', en: 'do' },
  ...more,
});
const failed = (said: string, more: Partial<Failed> = {}): Failed => ({
  code: 'command-failed',
  values: {},
  step: 'one',
  said: said.split('\n'),
  ...more,
});

describe('what real programs said', () => {
  test.each(cases)('%s', (_, { cause, guide, ...one }) => {
    expect(causeOf(one, own[guide])?.id).toBe(cause);
  });

  test.each(cases)('%s is told without a hole', (_, { guide, ...one }) => {
    const found = causeOf(one, own[guide]);
    for (const text of found ? sentences(found) : [])
      expect(text).not.toMatch(/[{}]|[ ]{2}|[:“ ] ?[.,;]|“”|«\u00a0\u00a0»|undefined/);
  });

  test('is there for every cause of the catalogues', () => {
    const proven = new Set(cases.map(([, { cause }]) => cause));
    const all = [...commonCauses, ...Object.values(own).flat()];
    expect(all.map(({ id }) => id).filter((id) => !proven.has(id))).toEqual([]);
  });
});

describe('the catalogue', () => {
  test('is whole', () => {
    expect(catalogueProblems(commonCauses)).toEqual([]);
  });

  test('says nothing of what it does not know', () => {
    expect(causeOf(failed('all went well'))).toBeUndefined();
  });

  test('is asked after the guide’s own', () => {
    const line = 'No space left on device';
    expect(causeOf(failed(line))?.id).toBe('disk-full');
    expect(causeOf(failed(line), [known('mine', 'No space')])?.id).toBe('mine');
  });

  test('looks only in the steps and for the codes that a cause is for', () => {
    const mine = [known('mine', 'x', { steps: ['two'] }), known('quiet', 'x', { codes: ['quiet'] })];
    expect(causeOf(failed('x'), mine)).toBeUndefined();
    expect(causeOf(failed('x', { step: 'two' }), mine)?.id).toBe('mine');
    expect(causeOf(failed('x', { code: 'quiet' }), mine)?.id).toBe('quiet');
  });

  test('does not take our own command for what a program said', () => {
    const values = { command: 'echo No space left on device', code: '1' };
    expect(causeOf(failed('$ echo No space left on device', { values }))).toBeUndefined();
  });

  test('puts what was matched into the sentences', () => {
    const mine = known('mine', String.raw`port (?<port>\d+)`, { say: { fr: 'le {port}', en: 'the {port}' } });
    expect(causeOf(failed('port 80'), [mine])?.say).toEqual({ fr: 'le 80', en: 'the 80' });
  });

  test.each(['a', ' ', '/', 'x:', '\\', '{', "'/", 'ENOENT: no such file or directory, open ', 'Unit a.'])(
    'takes no time over a flood of “%s”',
    (piece) => {
      const line = piece.repeat(1_000_000 / piece.length);
      const began = performance.now();
      causeOf(failed('', { said: Array.from({ length: 500 }, () => line), values: { problem: line } }));
      expect(performance.now() - began).toBeLessThan(1500);
    },
  );
});

const endOf = (records: readonly JournalRecord[]) => records.findLast((record) => record.type === 'step-end');

async function aWorld(): Promise<World> {
  const world = newWorld();
  await mkdir(world.folder, { recursive: true });
  return world;
}

describe('a step that fails', () => {
  test('has its cause in the journal, with the path of this very run', async () => {
    const world = newWorld();
    await mkdir(world.home, { recursive: true });
    const given = practiceAnswers(world, { PRACTICE_OBSTACLE: 'yes' });
    const { exit, records } = await drive(world, { given });
    expect(exit).toBe(1);
    expect(endOf(records)?.error?.cause?.id).toBe('practice-obstacle');
    expect(endOf(records)?.error?.cause?.do.en).toContain(`touch ${world.folder}/mended`);
  });

  test('has one too when its program fell silent', async () => {
    const world = await aWorld();
    const guide = guideOf('mini', [stepOf('one', aScript('wait', { run: ['sleep', '60'], quiet: 1 }))]);
    const { records } = await drive(world, { guide, given: { DIR: world.folder } });
    expect(endOf(records)?.error?.cause?.id).toBe('silent');
    expect(endOf(records)?.error?.cause?.say.en).toContain('for 1 seconds');
  });

  test('has one too when it is taken back', async () => {
    const world = await aWorld();
    const run = ['/bin/sh', '-c', 'touch %DIR%/wait.done'];
    const undo = { run: ['/bin/sh', '-c', 'no-such-program --now'] };
    const guide = guideOf('mini', [stepOf('one', aScript('wait', { run, undo }))]);
    const installed = await drive(world, { guide, given: { DIR: world.folder } });
    const { exit, records } = await drive(world, { guide, kind: 'rollback', of: installed.run });
    expect(exit).toBe(1);
    expect(endOf(records)?.error?.cause?.id).toBe('program-missing');
    expect(endOf(records)?.error?.lastLines.join()).toContain('no-such-program');
  });
});
