/** A step whose program asks its own questions: the engine's side of lending the terminal. */
import { existsSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { Operation } from '../../src/guide/kinds.ts';
import type { Decision } from '../../src/run/protocol.ts';
import { aFile, guideOf, stepOf } from './guides.ts';
import { agreeing, type Driven, drive, inTurn, newWorld, Seat } from './rig.ts';
import type { World } from './world.ts';

const asks: Operation = {
  kind: 'terminal',
  name: 'asks',
  run: ['/bin/sh', '%DIR%/asks.sh'],
  cwd: '%DIR%',
  done: { exists: '%DIR%/answered' },
  undo: { run: ['/bin/rm', '-f', '%DIR%/answered'] },
};
const guide = guideOf('asking', [stepOf('ask', asks), stepOf('after', aFile('after'))]);
const ended = (code: number): Decision => ({ type: 'terminal-done', code, signal: null });

async function aWorld(): Promise<World> {
  const world = newWorld();
  await mkdir(world.folder, { recursive: true });
  return world;
}

const steps = ({ seat }: Driven) => Object.fromEntries(seat.view.steps.map(({ id, state }) => [id, state]));
const given = (world: World) => ({ DIR: world.folder });

/** What the program would do, then its end. */
function runs(world: World): Decision {
  writeFileSync(`${world.folder}/answered`, '');
  return ended(0);
}

test('a program that asks is handed to the client, and looked at when it has ended', async () => {
  const world = await aWorld();
  const done = await drive(world, {
    guide,
    given: given(world),
    decide: agreeing((_, need) => (need === 'terminal' ? [runs(world)] : [])),
  });
  expect(done.exit).toBe(0);
  const [task] = done.seat.of('terminal');
  expect(task?.task).toMatchObject({
    step: 'ask',
    argv: ['/bin/sh', `${world.folder}/asks.sh`],
    cwd: world.folder,
    interrupted: false,
  });
  expect(steps(done)).toEqual({ ask: 'done', after: 'done' });
});

test('its exit code is not believed: what is not done is a failure, and may be tried again', async () => {
  const world = await aWorld();
  let tries = 0;
  const done = await drive(world, {
    guide,
    given: given(world),
    decide: agreeing((_, need) => {
      if (need === 'failure') return [{ type: 'retry' }];
      if (need !== 'terminal') return [];
      return [++tries === 1 ? ended(0) : runs(world)];
    }),
  });
  expect(done.exit).toBe(0);
  expect(
    done.records.filter((record) => record.type === 'step-end' && record.outcome === 'failed'),
  ).toHaveLength(1);
});

test('put off, it is left to the person and what comes after goes on; the next run asks again', async () => {
  const world = await aWorld();
  const later = await drive(world, {
    guide,
    given: given(world),
    decide: agreeing(inTurn('terminal', [{ type: 'later' }])),
  });
  expect(later.exit).toBe(4);
  expect(steps(later)).toEqual({ ask: 'left', after: 'done' });
  const again = await drive(world, {
    guide,
    run: later.run,
    given: {},
    decide: agreeing((_, need) => (need === 'terminal' ? [runs(world)] : [])),
  });
  expect(again.exit).toBe(0);
});

test('with nobody there it is left, and nothing is begun', async () => {
  const world = await aWorld();
  const done = await drive(world, { guide, given: given(world) });
  expect(done.exit).toBe(4);
  expect(done.records.some((record) => record.type === 'begin' && record.step === 'ask')).toBe(false);
});

test('a client that goes away with the terminal in use leaves it interrupted, for the next one to look at', async () => {
  const world = await aWorld();
  const second = new Seat((view, need) =>
    need === 'terminal' && view.terminal?.interrupted ? [runs(world)] : [],
  );
  const done = await drive(world, {
    guide,
    given: given(world),
    decide: agreeing(),
    serve: (session) => second.attach(session),
    seat: (first) => {
      const send = first.send.bind(first);
      first.send = (event) => {
        send(event);
        if (event.type === 'waiting' && event.need === 'terminal') {
          setImmediate(() => {
            first.detach();
            second.deliver(runs(world));
          });
        }
      };
    },
  });
  expect(done.exit).toBe(0);
  expect(second.of('terminal').map(({ task }) => task?.interrupted)).toEqual([false, true, undefined]);
});

test('rolled back, what the program did is undone as its guide says', async () => {
  const world = await aWorld();
  const done = await drive(world, {
    guide,
    given: given(world),
    decide: agreeing((_, need) => (need === 'terminal' ? [runs(world)] : [])),
  });
  const back = await drive(world, { guide, kind: 'rollback', of: done.run, given: {} });
  expect(back.exit).toBe(0);
  expect(existsSync(`${world.folder}/answered`)).toBe(false);
});
