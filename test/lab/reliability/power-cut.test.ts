/** One install of Pretix with the plug pulled again and again; then each of those disks is taken back. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeChanges, type Lab, type Mark } from '../lab.ts';
import { prepared } from '../prepared.ts';
import { type End, expectCut, goOn } from './cut-ends.ts';
import { powerCuts } from './cuts.ts';
import { labFrom, leftAfterRollbackFrom } from './done.ts';
import { recordsOf, sentence, strike } from './strike.ts';

const disks = new Map<string, Mark>();
let end: End | undefined;

describe('an install that loses power again and again', () => {
  let lab: Lab;
  let args = ['install', 'pretix', '--yes', '--answers', '/root/answers.ini'];
  let expected = '';
  beforeAll(async () => {
    lab = await labFrom((await prepared('')).mark, 'power-cut');
  });
  afterAll(async () => {
    await lab?.destroy();
  });

  for (const cut of powerCuts) {
    test(`${cut.name}: the next start says so`, async () => {
      const { said, seconds } = await strike(lab, cut, ...args);
      console.log(`${cut.name}: ${seconds} s`);
      expect(said).toContain(expected);
      disks.set(cut.name, await lab.mark('cut'));
      await lab.boot();
      expected = sentence(await recordsOf(lab), false);
      args = ['resume', 'pretix', '--yes'];
    });
  }

  test('ends as an undisturbed one, with no step done again', async () => {
    end = await goOn(lab, args, expected);
    expect([end.again, describeChanges([...end.different])]).toEqual([[], '']);
  });
});

describe('from the same disks back to the empty machine', () => {
  for (const { name } of powerCuts) {
    test(name, async () => {
      const disk = disks.get(name);
      if (!disk) throw new Error('The install did not come so far.');
      const began = Date.now();
      const left = await leftAfterRollbackFrom(disk);
      console.log(`${name}: taken back in ${Math.round((Date.now() - began) / 1000)} s`);
      expectCut(name, end, left);
    });
  }
});
