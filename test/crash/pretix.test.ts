/**
 * Invariants 1, 2 and 6 on the whole Pretix guide: its real plan, the real engine, runner and journal; every kind is a
 * model that can be left half done. The world stops at each point in turn.
 */
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { isReport, proven } from '../figures.ts';
import { changeBytes, cutAnywhere } from '../journal/harm.ts';
import { debian12 } from '../steps/plan-of.ts';
import { forEach, stateOf, untilCut } from './cuts.ts';
import {
  cutIn,
  type Former,
  installPretix,
  type PretixWorld,
  pretixWorld,
  resources,
  rollbackPretix,
} from './pretix-world.ts';

vi.mock('../../src/operations/index.ts', async (original) => {
  const { table } = await original<typeof import('../../src/operations/index.ts')>();
  const { modelTable } = await import('./model.ts');
  return { table: modelTable(table) };
});
// Looks at the machine that are no operation's: what a person ticked is believed, facts are those of a server.
vi.mock('../../src/operations/probe.ts', () => ({ check: async () => ({ ok: true, problem: '' }) }));
vi.mock('../../src/host/facts.ts', () => ({ observeFacts: async () => debian12 }));

const install = async (world: PretixWorld, cut = cutIn(world)) =>
  installPretix(world, await stateOf(world).runs(), cut);

async function inPretixWorld<T>(former: Former, use: (world: PretixWorld) => Promise<T>): Promise<T> {
  const world = pretixWorld(former);
  try {
    return await use(world);
  } finally {
    world.close();
  }
}

interface Undisturbed {
  readonly wanted: Former;
  readonly applied: readonly string[];
  readonly install: number;
  readonly rollback: number;
}

/** What a run that nobody disturbs leaves, what its rollback leaves, and how many points each has. */
function undisturbed(former: Former): Promise<Undisturbed> {
  return inPretixWorld(former, async (world) => {
    const cut = cutIn(world);
    expect((await install(world, cut)).exit).toBe(0);
    const wanted = resources(world);
    const applied = [...world.applied];
    const back = cutIn(world);
    expect((await rollbackPretix(world, back))?.exit).toBe(0);
    expect(resources(world)).toEqual(former);
    return { wanted, applied, install: cut.passed(), rollback: back.passed() };
  });
}

/** Keys whose end is in a journal: finished for good. */
async function finished(world: PretixWorld): Promise<Set<string>> {
  const records = (await stateOf(world).runs()).flatMap((run) => run.records);
  return new Set(records.flatMap((one) => (one.type === 'end' && one.outcome !== 'failed' ? [one.key] : [])));
}

/** On an empty machine; and where somebody had some of it already, whole or broken. */
const starts: Record<string, Former> = { 'an empty machine': {} };
const plain: Record<string, Undisturbed> = {};
const counts = Object.fromEntries(
  ['an empty machine', 'a machine that had a part of it'].map((name) => [
    name,
    { resumed: 0, takenBack: 0, twice: 0 },
  ]),
);
const every = isReport ? 1 : 293;

const count = (name: string, what: 'resumed' | 'takenBack' | 'twice') => {
  const all = counts[name];
  if (all) all[what]++;
};

beforeAll(async () => {
  const empty = await undisturbed({});
  const names = Object.entries(empty.wanted);
  starts['a machine that had a part of it'] = Object.fromEntries(
    names.flatMap(([name, done], index) =>
      index % 3 === 0 ? [[name, index % 2 === 0 ? done : 'of somebody']] : [],
    ),
  );
  for (const [name, former] of Object.entries(starts)) plain[name] = await undisturbed(former);
}, 60_000);

afterAll(() => {
  for (const [name, { install: points, rollback, applied }] of Object.entries(plain)) {
    console.log(
      `pretix on ${name}: ${applied.length} effects, ${points} points in install, ${rollback} in rollback`,
    );
    const { resumed = 0, takenBack = 0, twice = 0 } = counts[name] ?? {};
    console.log(`  stopped: ${resumed} continued, ${takenBack} taken back, ${twice} stopped again and again`);
    proven('enumeration', `Pretix guide, model kinds, ${name}`, {
      points: points + rollback,
      continued: resumed,
      'taken back': takenBack,
      'stopped twice': twice,
    });
  }
});

const starting = ['an empty machine', 'a machine that had a part of it'];

test.each(starting)(
  'an install on %s, stopped at any point, goes on and does nothing twice',
  async (name) => {
    const former = starts[name] ?? {};
    const { wanted, applied, install: points } = plain[name] as Undisturbed;
    await forEach(
      points,
      (n) =>
        inPretixWorld(former, async (world) => {
          const where = `install stopped at point ${n}`;
          expect(await untilCut(install(world, cutIn(world, n))), where).toBe(true);
          const done = await finished(world);
          const before = world.applied.length;
          const again = await install(world);
          expect([again.exit, resources(world)], where).toEqual([0, wanted]);
          expect(
            world.applied.slice(before).filter((key) => done.has(key)),
            where,
          ).toEqual([]);
          // Only what was in hand is applied a second time.
          expect(world.applied.length - applied.length, where).toBeLessThanOrEqual(1);
          expect((await rollbackPretix(world))?.exit, where).toBe(0);
          expect(resources(world), `${where}, continued, taken back`).toEqual(former);
          count(name, 'resumed');
        }),
      every,
    );
  },
  3_600_000,
);

test.each(starting)(
  'an install on %s, stopped at any point, is taken back whole',
  async (name) => {
    const former = starts[name] ?? {};
    await forEach(
      plain[name]?.install ?? 0,
      (n) =>
        inPretixWorld(former, async (world) => {
          const where = `install stopped at point ${n}, taken back`;
          expect(await untilCut(install(world, cutIn(world, n))), where).toBe(true);
          expect((await rollbackPretix(world))?.exit ?? 0, where).toBe(0);
          expect(resources(world), where).toEqual(former);
          count(name, 'takenBack');
        }),
      every,
    );
  },
  3_600_000,
);

test.each(starting)(
  'a rollback on %s, stopped at any point, goes on to its end',
  async (name) => {
    const former = starts[name] ?? {};
    await forEach(
      plain[name]?.rollback ?? 0,
      (n) =>
        inPretixWorld(former, async (world) => {
          const where = `rollback stopped at point ${n}`;
          await install(world);
          expect(await untilCut(rollbackPretix(world, cutIn(world, n))), where).toBe(true);
          expect((await rollbackPretix(world))?.exit ?? 0, where).toBe(0);
          expect(resources(world), where).toEqual(former);
          count(name, 'takenBack');
        }),
      every,
    );
  },
  3_600_000,
);

test.each(starting)(
  'an install on %s, stopped twice, goes on, and its rollback stopped too',
  async (name) => {
    const former = starts[name] ?? {};
    const { wanted, install: points, rollback } = plain[name] as Undisturbed;
    await forEach(
      points,
      (n) =>
        inPretixWorld(former, async (world) => {
          const second = 1 + ((n * 37) % points);
          const third = 1 + ((n * 53) % rollback);
          const where = `install stopped at points ${n} and ${second}, rollback at ${third}`;
          await untilCut(install(world, cutIn(world, n)));
          await untilCut(install(world, cutIn(world, second)));
          expect([(await install(world)).exit, resources(world)], where).toEqual([0, wanted]);
          await untilCut(rollbackPretix(world, cutIn(world, third)));
          expect((await rollbackPretix(world))?.exit ?? 0, where).toBe(0);
          expect(resources(world), where).toEqual(former);
          count(name, 'twice');
        }),
      every * (isReport ? 8 : 2),
    );
  },
  3_600_000,
);

test('its journal with any byte changed, or cut anywhere, is read as it was or said not to be', async () => {
  await inPretixWorld({}, async (world) => {
    const { run } = await install(world);
    const bytes = await readFile(stateOf(world).journal(run));
    const changed = changeBytes(bytes, isReport ? 97 : 4001);
    const cut = cutAnywhere(bytes, isReport ? 97 : bytes.length);
    console.log(`pretix journal, ${bytes.length} bytes: ${JSON.stringify([changed.counted, cut.counted])}`);
    expect([...changed.missed, ...cut.missed]).toEqual([]);
    proven('journal', 'one byte changed, Pretix install', changed.counted);
    proven('journal', 'cut at each length, Pretix install', cut.counted);
  });
}, 600_000);
