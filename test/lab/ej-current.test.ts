/** EJ from the repository as it is today, whose Compose file is made for development. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { emptyServer, install, servesEj } from './ej.ts';
import { describeChanges, type Lab, type Snapshot, undeclared } from './lab.ts';
import { wizard } from './wizard.ts';

let lab: Lab;
let empty: Snapshot;

beforeAll(async () => {
  lab = await emptyServer({ release: 'trixie', name: 'ej-current' });
  empty = await lab.snapshot();
});
afterAll(async () => {
  await lab?.destroy();
});

const today = ['--set', 'IMAGES=current', '--set', 'REF=develop'];

test('is built and served as production is, behind a front container of its own', async () => {
  const { code, said } = await install(lab, ...today);
  expect(code, said).toBe(0);
  // No question asks for the title: that layout's file of variables does not have it.
  await servesEj(lab, 'EJ Platform');
  const processes = await lab.run(['docker', 'top', 'ej-web', '-eo', 'pid,args']);
  expect(processes.stdout).toContain('gunicorn');
});

test('has nothing to do a second time, and verifies', async () => {
  const { code, said } = await install(lab, ...today);
  expect(code, said).toBe(0);
  expect(said).not.toMatch(/done in|FAILED|left for you/);
  expect((await wizard(lab, 'verify', 'ej')).code).toBe(0);
});

test('is taken back until only declared traces are left', async () => {
  const { code, said } = await wizard(lab, 'rollback', 'ej', '--yes');
  expect(code, said).toBe(0);
  expect(describeChanges(undeclared(await lab.changes(empty)))).toBe('');
});
