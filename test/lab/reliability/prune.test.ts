/** `prune` on a system with an installed Pretix: what it says is what the disk gains, and nothing that is needed goes. */
import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { proven } from '../../figures.ts';
import { describeChanges, type Lab } from '../lab.ts';
import { prepared } from '../prepared.ts';
import { json, wizard } from '../pretix.ts';
import { labFrom, leftAfterRollback, whatDiffers } from './done.ts';

const state = '/var/lib/setup-wizard';
/** An older copy of the program, and what a process that was killed left beside a before-image. */
const age = `set -e
program=$(ls -d ${state}/program/*/ | head -1)
cp -a "$program" ${state}/program/0.0.1-old
find ${state}/program/0.0.1-old -exec touch -h -d '2 days ago' {} +
cat >"$(ls -d ${state}/runs/*/before | head -1)/.x.setup-wizard-0123abcd"
sync`;

interface Said {
  readonly groups: readonly { readonly group: string; readonly bytes: number; readonly sure: boolean }[];
  readonly removed: readonly string[];
  readonly freed: number;
}

/** Not what `df` says: the disk below is shared with other labs. */
async function bytesOfState(lab: Lab): Promise<number> {
  return Number.parseInt((await lab.run(['du', '--block-size=1', '-s', state])).stdout, 10);
}

test('frees what it says; the install stands, is checked, and is taken back whole', async () => {
  const { mark } = await prepared('done');
  const lab = await labFrom(mark, 'prune');
  try {
    await lab.run(['sh', '-c', age], { input: randomBytes(3_000_000).toString('hex') });
    const looked: Said = await json(lab, 'prune');
    expect(looked.removed).toEqual([]);
    const sure = looked.groups.filter(({ sure }) => sure);
    const said = sure.reduce((sum, { bytes }) => sum + bytes, 0);
    expect(sure.map(({ group }) => group)).toEqual(['programs', 'leftovers']);
    expect(sure[0]?.bytes).toBeGreaterThan(50_000_000);

    const before = await bytesOfState(lab);
    const { code, said: lines } = await wizard(lab, 'prune', '--yes');
    expect(code, lines).toBe(0);
    const freed = before - (await bytesOfState(lab));
    expect(freed).toBe(said);
    const again: Said = await json(lab, 'prune');
    expect(again.groups.filter(({ sure }) => sure)).toEqual([]);

    expect(describeChanges(await whatDiffers(lab))).toBe('');
    const left = await leftAfterRollback(lab);
    expect(describeChanges(left)).toBe('');
    proven('growth', 'prune on an installed Pretix', { 'bytes said': said, 'bytes freed': freed });
  } finally {
    await lab.destroy();
  }
}, 3_600_000);
