/** `migrate` killed on PostgreSQL, where each migration is whole or not there: it runs again on what is there. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { proven } from '../../figures.ts';
import { describeChanges, type Lab, type Snapshot, undeclared } from '../lab.ts';
import { emptyServer, wizard } from '../pretix.ts';
import { doneAgain, recordsOf, sentence, strike } from './strike.ts';

let lab: Lab;
let empty: Snapshot;

beforeAll(async () => {
  lab = await emptyServer({ release: 'trixie', name: 'kill-postgresql', network: 'own' });
  empty = await lab.snapshot();
});
afterAll(async () => {
  await lab?.destroy();
});

test('migrate killed on PostgreSQL goes on where it was, and is taken back', async () => {
  const name = 'engine and migrate killed on PostgreSQL, 39 migrations';
  const when = `test "$(grep -c ' OK$' "$L/migrate.log")" -ge 39`;
  const until = ['install', 'pretix', '--yes', '--answers', '/root/answers.ini', '--until', 'migrate'];
  await strike(lab, { name, step: 'migrate', blow: 'group', when }, ...until);
  const expected = sentence(await recordsOf(lab), true);
  const { code, said } = await wizard(lab, ...until);
  expect(code, said).toBe(0);
  expect(said).toContain(expected);
  const again = doneAgain(await recordsOf(lab));
  expect(again).toEqual([]);
  const log = await lab.run([
    'sh',
    '-c',
    'grep -h "Applying.*OK$" /var/lib/setup-wizard/runs/*/logs/migrate.log',
  ]);
  const applied = log.stdout.split('\n').map((line) => line.replace(/^.*Applying /, ''));
  expect(new Set(applied).size, 'no migration ran twice').toBe(applied.length);

  const back = await wizard(lab, 'rollback', 'pretix', '--yes');
  expect(back.code, back.said).toBe(0);
  const left = undeclared(await lab.changes(empty));
  expect(describeChanges(left)).toBe('');
  proven('kill', name, {
    said: 'yes',
    'resumed to the end': 'yes',
    'steps done again': again.length,
    'left after rollback': left.length,
  });
});
