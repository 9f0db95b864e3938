/** Whether a system is as after an undisturbed install, and what is left after a rollback. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type Change, Lab, type Mark, undeclared } from '../lab.ts';
import { prepared } from '../prepared.ts';
import { json, servesPretix, wizard } from '../pretix.ts';

const volatile = readFileSync(join(import.meta.dirname, 'volatile.txt'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('/'))
  .map((line) => line.split('\t')[0] ?? '')
  .map((glob) => new RegExp(`^${glob.replaceAll('.', '\\.').replaceAll('*', '.*')}$`, 's'));

/** What differs from an undisturbed install and is not different each time. */
export async function differences(lab: Lab): Promise<Change[]> {
  const { snapshot } = await prepared('done');
  return lasting(await lab.changes(snapshot));
}

/** Without what is different each time. */
export function lasting(changes: Change[]): Change[] {
  return changes.filter(({ path }) => !volatile.some((pattern) => pattern.test(path)));
}

/** Pretix is there and answers; gives what differs from an undisturbed install. */
export async function whatDiffers(lab: Lab): Promise<Change[]> {
  await servesPretix(lab);
  expect(await json(lab, 'verify', 'pretix')).toMatchObject({ ok: true, drifts: [] });
  const audit = await lab.run(['dpkg', '--audit']);
  expect(audit.stdout).toBe('');
  return differences(lab);
}

/** Takes the run back and gives what is left on the machine that the empty one had not. */
export async function leftAfterRollback(lab: Lab): Promise<Change[]> {
  const { code, said } = await wizard(lab, 'rollback', 'pretix', '--yes');
  expect(code, said).toBe(0);
  const { empty } = await prepared('');
  return undeclared(await lab.changes(empty));
}

/** The same on a lab of its own, from the disk that a cut left. */
export async function leftAfterRollbackFrom(mark: Mark): Promise<Change[]> {
  const lab = await labFrom(mark, 'back');
  try {
    return await leftAfterRollback(lab);
  } finally {
    await lab.destroy();
  }
}

export async function labFrom(mark: Mark, name: string): Promise<Lab> {
  const lab = await Lab.create({
    release: mark.release,
    name,
    fromMark: mark,
    network: 'own',
    product: true,
  });
  await lab.boot();
  return lab;
}
