/** Repairs that a guide offers beside a failure. */
import { mkdir, readdir } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { checkGuide } from '../../src/guide/check.ts';
import type { Guide, Remedy } from '../../src/guide/types.ts';
import { aFile, guideOf, needsFile, stepOf } from './guides.ts';
import { agreeing, drive, inTurn, newWorld } from './rig.ts';
import type { World } from './world.ts';

const text = (word: string) => ({ fr: word, en: word });

const repair = (id: string, script: string): Remedy => ({
  id,
  title: text(id),
  do: {
    kind: 'command',
    name: id,
    run: ['/bin/sh', '-c', script, 'sh', '%DIR%'],
    done: { exists: '%DIR%/mended' },
    undo: { run: ['/bin/rm', '-f', '%DIR%/mended'] },
  },
});

const guide: Guide = guideOf('mending', [
  stepOf('one', aFile('a')),
  {
    ...stepOf('two', aFile('b'), needsFile('mended')),
    remedies: [repair('useless', 'true'), repair('mend', 'touch "$1/mended"')],
  },
]);

async function aWorld(): Promise<World> {
  const world = newWorld();
  await mkdir(world.folder, { recursive: true });
  return world;
}

const choosing = (...ids: string[]) =>
  agreeing(
    inTurn(
      'failure',
      ...ids.map((id) => [id === 'stop' ? { type: 'stop' as const } : { type: 'remedy' as const, id }]),
    ),
  );

describe('a repair', () => {
  test('is offered with the failure, and one that is chosen runs before the step is tried again', async () => {
    const world = await aWorld();
    const { exit, records } = await drive(world, {
      guide,
      given: { DIR: world.folder },
      decide: choosing('mend'),
    });
    expect(exit).toBe(0);
    const failed = records.find((record) => record.type === 'step-end' && record.outcome === 'failed');
    expect(failed).toMatchObject({ error: { remedies: [{ id: 'useless' }, { id: 'mend' }] } });
    expect(records).toContainEqual(
      expect.objectContaining({ type: 'decision', decision: 'remedy', reason: 'mend' }),
    );
    expect(await readdir(world.folder)).toEqual(['a', 'b', 'mended']);
  });

  test('that does not help leads to the same question', async () => {
    const world = await aWorld();
    const { exit } = await drive(world, {
      guide,
      given: { DIR: world.folder },
      decide: choosing('useless', 'mend'),
    });
    expect(exit).toBe(0);
  });

  test('that nobody offered is no decision', async () => {
    const world = await aWorld();
    const { exit, records } = await drive(world, {
      guide,
      given: { DIR: world.folder },
      decide: agreeing(
        inTurn('failure', [
          { type: 'remedy', id: 'other' },
          { type: 'remedy', id: 'mend' },
        ]),
      ),
    });
    expect(exit).toBe(0);
    expect(
      records.filter((record) => record.type === 'decision' && record.decision === 'remedy'),
    ).toHaveLength(1);
  });

  test('is taken back with the rest', async () => {
    const world = await aWorld();
    const { run } = await drive(world, { guide, given: { DIR: world.folder }, decide: choosing('mend') });
    const { exit } = await drive(world, { guide, kind: 'rollback', of: run });
    expect(exit).toBe(0);
    expect(await readdir(world.folder)).toEqual([]);
  });

  test('is offered to nobody where nobody is there', async () => {
    const world = await aWorld();
    const { exit } = await drive(world, { guide, given: { DIR: world.folder } });
    expect(exit).toBe(1);
    expect(await readdir(world.folder)).toEqual(['a', 'b']);
  });
});

test('the guide is told of a repair with a name that nobody asks for', () => {
  const wrong: Guide = {
    ...guide,
    chapters: [
      {
        id: 'chapter',
        title: text('c'),
        steps: [{ ...stepOf('one'), remedies: [repair('Mend', 'echo %NOBODY%')] }],
      },
    ],
  };
  expect(checkGuide(wrong, {})).toEqual(
    expect.arrayContaining(['step one: NOBODY is not declared', 'Mend is not kebab-case']),
  );
});
