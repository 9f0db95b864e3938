/** `prune` as a person and a script meet it. */
import { existsSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runProgram, unattended } from './program.ts';
import { World } from './terminal.ts';

let world: World;
beforeEach(() => {
  world = new World();
});
afterEach(() => world.destroy());

const install = () => runProgram(world, ['install', 'practice', '--yes', ...unattended(world, {})]);

test('shows sizes, removes with --yes what nothing needs, and leaves all the rest at work', {
  timeout: 180_000,
}, async () => {
  expect((await runProgram(world, ['prune'])).stdout).toBe('There is nothing to remove.\n');
  await install();
  expect((await runProgram(world, ['rollback', 'practice', '--yes'])).code).toBe(0);
  await install();
  const listed = await runProgram(world, ['prune', '--json']);
  expect(listed.code).toBe(0);
  const { groups, removed, freed } = JSON.parse(listed.stdout);
  expect({ removed, freed }).toEqual({ removed: [], freed: 0 });
  const sure = groups.filter((one: { sure: boolean }) => one.sure);
  expect(sure.map(({ group }: { group: string }) => group)).toEqual(['logs', 'reports']);
  expect((await runProgram(world, ['prune'])).code).toBe(2);
  const done = JSON.parse((await runProgram(world, ['prune', '--yes', '--json'])).stdout);
  expect(done.freed).toBe(sure.reduce((sum: number, { bytes }: { bytes: number }) => sum + bytes, 0));
  for (const words of [['verify', 'practice'], ['status'], ['todo', 'practice'], ['report', 'practice']])
    expect((await runProgram(world, words)).code, words.join(' ')).toBe(0);
  expect((await runProgram(world, ['rollback', 'practice', '--yes'])).code).toBe(0);
  expect(existsSync(world.folder)).toBe(false);
});
