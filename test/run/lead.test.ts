/** What a person is told while an item is not proven. */
import { mkdir } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { Probe } from '../../src/guide/kinds.ts';
import { guideOf, stepOf } from './guides.ts';
import { agreeing, drive, inTurn, newWorld } from './rig.ts';

/** Ticks the only item, then leaves it; what was said of it. */
async function told(proof: Probe): Promise<string | undefined> {
  const world = newWorld();
  await mkdir(world.folder, { recursive: true });
  const text = { fr: 'Faire', en: 'Do it' };
  const unproven = { fr: 'rien là-bas', en: 'nothing in %DIR%' };
  const items = [{ id: 'it', text, proof, unproven }];
  const guide = guideOf('mini', [stepOf('by-hand', { kind: 'checklist', name: 'it', items })]);
  const { seat } = await drive(world, {
    guide,
    given: { DIR: world.folder },
    decide: agreeing(
      inTurn('checklist', [{ type: 'tick', item: 'it', done: true, note: '' }, { type: 'later' }]),
    ),
  });
  const problems = seat.of('todo').flatMap((event) => event.items.flatMap(({ problem }) => problem ?? []));
  return problems.at(-1)?.en.replace(world.folder, 'DIR');
}

test('what is not so is said in the words of the guide', async () => {
  const looked = await told({ run: ['echo', 'no'], contains: 'yes' });
  expect(looked).toBe('Not done yet, as far as the wizard can see: nothing in DIR');
});

test('what cannot be looked at is said as it was seen: it may be done', async () => {
  expect(await told({ run: ['false'], contains: 'yes' })).toMatch(/wizard can see: false: code 1$/);
});
