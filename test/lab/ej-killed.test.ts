/** One install of EJ from its own build, whose engine is killed in the build and while containers come up. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { emptyServer, servesEj, sql } from './ej.ts';
import { describeChanges, type Lab, type Snapshot, undeclared } from './lab.ts';
import { type Cut, doneAgain, recordsOf, sentence, strike } from './reliability/strike.ts';
import { wizard } from './wizard.ts';

let lab: Lab;
let empty: Snapshot;

beforeAll(async () => {
  lab = await emptyServer({ release: 'trixie', name: 'ej-killed' });
  empty = await lab.snapshot();
});
afterAll(async () => {
  await lab?.destroy();
});

/** The stand-in's build takes seconds, as does its database. The logs of an earlier engine are still there. */
const building = (time: number) => `
    test "$(grep -c '^[$] docker.* build ' "$L/compose-build.log")" = ${time} &&
    tac "$L/compose-build.log" | sed '/^[$] docker/q' | grep -q 'RUN sleep 3' && sleep 1`;

const cuts: readonly Cut[] = [
  {
    name: 'engine and Compose killed, an image half built',
    step: 'compose-build',
    blow: 'group',
    when: building(1),
  },
  {
    name: 'engine killed, Compose goes on building alone',
    step: 'compose-build',
    blow: 'engine',
    when: building(2),
  },
  {
    name: 'engine and Compose killed, some containers up and others not there',
    step: 'compose-up',
    blow: 'group',
    when: "docker ps --format '{{.Names}}' | grep -qx ej-postgres",
  },
  {
    name: 'engine killed while it waits until all is well',
    step: 'compose-up',
    blow: 'engine',
    // It waits for one without a health check even where all the others are well.
    when: `grep -q 'nginx: running' "$L/compose-up.log"`,
  },
];

let expected = '';

test.each(cuts)('$name: said when it goes on', async (cut) => {
  const begins = ['install', 'ej', '--yes', '--answers', '/root/ej.ini', '--set', 'IMAGES=build'];
  const { said, code } = await strike(lab, cut, ...(expected ? ['resume', 'ej', '--yes'] : begins));
  expect(code).toBe(1);
  expect(said).toContain(expected);
  const records = await recordsOf(lab);
  expect(records.findLast(({ type }) => type === 'step-begin')).toMatchObject({ step: cut.step });
  expected = sentence(records, true);
});

test('ends as an undisturbed one, with no step done again and no migration made twice', async () => {
  const { code, said } = await wizard(lab, 'resume', 'ej', '--yes');
  expect(code, said).toBe(0);
  expect(said).toContain(expected);
  expect(doneAgain(await recordsOf(lab))).toEqual([]);
  const counted = await sql(lab, 'select count(*), count(distinct (app, name)) from django_migrations');
  const [all, different] = counted.split('|');
  expect(Number(all)).toBeGreaterThan(15);
  expect(all).toBe(different);
  await servesEj(lab);
  expect((await wizard(lab, 'verify', 'ej')).code).toBe(0);
});

test('is taken back until only declared traces are left', async () => {
  const { code, said } = await wizard(lab, 'rollback', 'ej', '--yes');
  expect(code, said).toBe(0);
  expect(describeChanges(undeclared(await lab.changes(empty)))).toBe('');
});
