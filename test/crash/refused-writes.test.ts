/**
 * A disk that is full, over a quota, read-only or broken, at each effect of the engine in turn: for that one effect, or
 * from there on until the end. The process lives on: it has to say so, and what it left has to go on.
 */
import { afterAll, describe, expect, test } from 'vitest';
import type { Text } from '../../src/guide/types.ts';
import type { Host } from '../../src/host/types.ts';
import { failureText } from '../../src/i18n/index.ts';
import { faultText } from '../../src/run/fault.ts';
import { isReport, proven } from '../figures.ts';
import { type Driven, testHost } from '../run/rig.ts';
import {
  cutAt,
  forEach,
  installAgain,
  inWorld,
  leftovers,
  nothingThere,
  rollbackAgain,
  seen,
  stateOf,
} from './cuts.ts';

/** As libuv says it. */
const refusals = {
  ENOSPC: { errno: -28, message: 'no space left on device' },
  EDQUOT: { errno: -122, message: 'disk quota exceeded' },
  EROFS: { errno: -30, message: 'read-only file system' },
  EIO: { errno: -5, message: 'i/o error' },
} as const;
type Code = keyof typeof refusals;
const codes = Object.keys(refusals) as Code[];

function refused(code: Code): Error {
  const { errno, message } = refusals[code];
  return Object.assign(new Error(`${code}: ${message}, write`), { code, errno, syscall: 'write' });
}

interface Refusing {
  readonly host: Host;
  /** Effects that were refused. */
  readonly refused: () => number;
}

/** Refuses the nth point; `lasting`: and all that come after it. Programs are started all the same. */
function refusingAt(nth: number, code: Code, lasting: boolean): Refusing {
  let points = 0;
  let count = 0;
  const gate = (point: string) => {
    points += 1;
    const isDue = lasting ? points >= nth : points === nth;
    if (!isDue || point.startsWith('run ') || point === 'open after') return;
    count += 1;
    throw refused(code);
  };
  return { host: testHost({ gate }), refused: () => count };
}

interface Ended {
  readonly exit: number;
  /** What a person was told. */
  readonly told: readonly Text[];
}

/** How it ended. Before there is a session, the command itself says what the error is. */
async function ended(run: Promise<Driven | undefined>): Promise<Ended> {
  try {
    const driven = await run;
    if (!driven) return { exit: 0, told: [] };
    const { view } = driven.seat;
    const said = [view.end?.say, view.error && failureText(view.error.error), view.error?.error.cause?.say];
    return {
      exit: driven.exit,
      told: [...said, ...view.warnings.map(({ say }) => say)].filter((text) => !!text),
    };
  } catch (error) {
    const text = faultText(error);
    if (!text) throw error;
    return { exit: 1, told: [text] };
  }
}

const counted = { ended: 0, told: 0, unknown: 0, wentOn: 0, points: 0 };
afterAll(() => {
  const { ended, told, unknown, wentOn, points } = counted;
  proven('faults', 'each effect refused (ENOSPC, EDQUOT, EROFS, EIO in turn), practice', {
    sentence: `fr, en (${told} of ${ended} that ended by it)`,
    'unknown to the journal': unknown,
    'goes on': `${wentOn} of ${points}`,
  });
});

/** In both languages, without a hole, and of the disk. */
function expectTold({ exit, told }: Ended, where: string): void {
  if (exit === 0) return;
  counted.ended += 1;
  expect(exit, where).toBe(1);
  expect(told.length, where).toBeGreaterThan(0);
  for (const { fr, en } of told)
    expect(fr !== en && !/undefined|\?/.test(fr + en), `${where}: ${fr} ${en}`).toBe(true);
  const all = told.map(({ fr, en }) => `${fr} ${en}`).join('\n');
  expect(all, where).toMatch(/ENOSPC|EDQUOT|EROFS|EIO|ne prend plus rien/);
  counted.told += 1;
}

const step = isReport ? 1 : 23;

for (const lasting of [false, true]) {
  describe(
    lasting ? 'a disk that takes nothing more from some effect on' : 'a disk that refuses one effect',
    () => {
      test('install: it is said, the journal can be read, and the next start ends as undisturbed', async () => {
        const whole = await undisturbed();
        await forEach(
          whole.install,
          async (n) => {
            const code = codes[n % codes.length] ?? 'ENOSPC';
            await inWorld(nothingThere, async (world) => {
              const where = `${code} at point ${n} of the install`;
              const { host, refused: count } = refusingAt(n, code, lasting);
              const end = await ended(installAgain(world, host));
              counted.points += 1;
              if (count() > 0) expectTold(end, where);
              await stateOf(world).summaries();
              expect([(await installAgain(world)).exit, await seen(world)], where).toEqual([0, whole.wanted]);
              expect(await leftovers(world), where).toEqual([]);
              expect((await rollbackAgain(world))?.exit, where).toBe(0);
              expect(await seen(world), where).toEqual(whole.former);
            });
          },
          step,
        );
      }, 3_600_000);

      test('rollback: it is said, and the next start takes back the rest', async () => {
        const whole = await undisturbed();
        await forEach(
          whole.rollback,
          async (n) => {
            const code = codes[n % codes.length] ?? 'ENOSPC';
            await inWorld(nothingThere, async (world) => {
              const where = `${code} at point ${n} of the rollback`;
              await installAgain(world);
              const { host, refused: count } = refusingAt(n, code, lasting);
              const end = await ended(rollbackAgain(world, host));
              counted.points += 1;
              if (count() > 0) expectTold(end, where);
              expect((await rollbackAgain(world))?.exit ?? 0, where).toBe(0);
              expect(await seen(world), where).toEqual(whole.former);
              expect(await leftovers(world), where).toEqual([]);
            });
          },
          step,
        );
      }, 3_600_000);
    },
  );
}

/** What a run that nobody disturbs leaves, what its rollback leaves, and how many points each has. */
function undisturbed() {
  return inWorld(nothingThere, async (world) => {
    const former = await seen(world);
    const install = cutAt();
    await installAgain(world, install.host);
    const wanted = await seen(world);
    const rollback = cutAt();
    await rollbackAgain(world, rollback.host);
    return { former, wanted, install: install.passed(), rollback: rollback.passed() };
  });
}
