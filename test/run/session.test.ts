/** Several clients on one run: one decides, the others watch, all see the same. */
import { mkdir, writeFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import type { View } from '../../src/run/protocol.ts';
import type { Session } from '../../src/run/session.ts';
import { stateOf } from '../crash/cuts.ts';
import { aChecklist, aFile, aScript, asks, guideOf, needsFile, stepOf } from './guides.ts';
import { agreeing, drive, newWorld, Seat } from './rig.ts';
import type { World } from './world.ts';

async function aWorld(): Promise<World> {
  const world = newWorld();
  await mkdir(world.folder, { recursive: true });
  await writeFile(
    `${world.folder}/talk.sh`,
    'for n in 1 2 3; do echo "line $n"; done; touch "$1/talk.done"\n',
  );
  return world;
}

const guide = guideOf(
  'mini',
  [
    stepOf('one', aFile('a'), aScript('talk')),
    stepOf('two', needsFile('mended')),
    stepOf('three', aFile('c')),
  ],
  [asks('NAME')],
);

/** All but what belongs to one client. */
const shared = ({ decides: _, revealed: __, ...rest }: View) => rest;

describe('of two clients', () => {
  test('the first decides and the second is not heard', async () => {
    const world = await aWorld();
    const second = new Seat((view, need) =>
      need === 'consent' ? [{ type: 'consent', hash: view.plan?.hash ?? '' }] : [{ type: 'submit' }],
    );
    let asked = 0;
    const done = await drive(world, {
      guide,
      given: { DIR: world.folder, NAME: 'Ada' },
      serve: (session) => second.attach(session),
      decide: (_, need) => {
        asked += 1;
        return need === 'answers' ? [{ type: 'stop' }] : [];
      },
    });
    expect([done.exit, asked]).toEqual([130, 1]);
    expect(second.of('live').map(({ decides }) => decides)).toEqual([false]);
    expect(done.records.map(({ type }) => type)).not.toContain('planned');
  });

  test('the second may take over, and the first is not heard any more', async () => {
    const world = await aWorld();
    const second = new Seat();
    const done = await drive(world, {
      guide,
      given: { DIR: world.folder, NAME: 'Ada' },
      serve: (session) => second.attach(session),
      decide: agreeing((_, need) => {
        if (need !== 'failure') return [];
        second.deliver({ type: 'take-over' });
        setImmediate(() => second.deliver({ type: 'stop' }));
        return [{ type: 'retry' }];
      }),
    });
    expect(done.exit).toBe(1);
    expect(done.seat.of('live').map(({ decides }) => decides)).toEqual([true, false]);
    expect(second.of('live').map(({ decides }) => decides)).toEqual([false, true]);
    expect(done.records.some(({ type }) => type === 'decision')).toBe(false);
  });

  test('the second decides when the first leaves', async () => {
    const world = await aWorld();
    const second = new Seat(agreeing((_, need) => (need === 'failure' ? [{ type: 'stop' }] : [])));
    let first: Session | undefined;
    const done = await drive(world, {
      guide,
      given: { DIR: world.folder, NAME: 'Ada' },
      serve: (session) => {
        first = session;
        second.attach(session);
      },
      // Leaves when it is asked, without an answer.
      decide: () => {
        for (const client of seats) client.detach();
        setImmediate(() => second.deliver({ type: 'submit' }));
        return [];
      },
      seat: (seat) => seats.push(seat),
    });
    expect(first?.clients).toBe(1);
    expect(done.exit).toBe(1);
    expect(second.of('live').map(({ decides }) => decides)).toEqual([false, true]);
  });
});

const seats: Seat[] = [];

describe('a client that comes later', () => {
  test('sees what the first one sees, wherever the run is', async () => {
    const world = await aWorld();
    const compared: string[] = [];
    const handGuide = guideOf(
      'mini',
      [
        stepOf('one', aFile('a'), aScript('talk')),
        stepOf('two', needsFile('mended')),
        stepOf('three', aChecklist('x'), aFile('c')),
      ],
      [asks('NAME')],
    );
    let session: Session | undefined;
    const compare = (view: View, where: string) => {
      const late = new Seat();
      if (session) late.attach(session);
      expect(shared(late.view), where).toEqual(shared(view));
      late.detach();
      compared.push(where);
    };
    const done = await drive(world, {
      guide: handGuide,
      given: { DIR: world.folder, NAME: 'Ada' },
      serve: (one) => {
        session = one;
      },
      decide: agreeing((view, need) => {
        compare(view, need);
        if (need === 'failure') return [{ type: 'skip', reason: '' }];
        if (need === 'checklist') return [{ type: 'tick', item: 'x', done: true, note: '' }];
        return [];
      }),
    });
    expect(done.exit).toBe(0);
    compare(done.seat.view, 'the end');
    expect(compared).toEqual(['answers', 'consent', 'failure', 'checklist', 'the end']);
  });

  test('sees it at every record, too', async () => {
    const world = await aWorld();
    let session: Session | undefined;
    const done = await drive(world, {
      guide: guideOf('mini', [
        stepOf('one', aScript('talk')),
        stepOf('two', aFile('b')),
        stepOf('three', aFile('c')),
      ]),
      given: { DIR: world.folder },
      serve: (one) => {
        session = one;
        const watcher = new Seat();
        watcher.attach(one);
        const send = watcher.send.bind(watcher);
        watcher.send = (event) => {
          send(event);
          if (event.type !== 'record') return;
          const late = new Seat();
          one.attach(late, 0);
          expect(shared(late.view), `${event.record.seq} ${event.record.type}`).toEqual(shared(watcher.view));
          one.detach(late);
        };
      },
    });
    expect([done.exit, session?.clients]).toEqual([0, 2]);
  });

  test('that has the first records asks for the rest only', async () => {
    const world = await aWorld();
    const late = new Seat();
    const done = await drive(world, {
      guide: guideOf('mini', [stepOf('one', aFile('a'))]),
      given: { DIR: world.folder },
      serve: (session) => late.attach(session, 1),
    });
    expect(late.of('record').map(({ record }) => record.seq)).toEqual(
      done.records.slice(1).map(({ seq }) => seq),
    );
  });
});

describe('with nobody there', () => {
  const hand = guideOf('mini', [stepOf('one', aFile('a'), aChecklist('x')), stepOf('two', aFile('b'))]);

  test('the engine works on, asks, waits a while, and ends: the run can be continued', async () => {
    const world = await aWorld();
    const done = await drive(world, {
      guide: hand,
      given: { DIR: world.folder },
      patience: 30,
      // Agrees to the plan and goes away.
      decide: (view, need) => {
        const said = agreeing()(view, need);
        if (need === 'consent') setImmediate(() => seats.at(-1)?.detach());
        return said;
      },
      seat: (seat) => seats.push(seat),
    });
    expect(done.exit).toBe(4);
    expect(done.records.findLast(({ type }) => type === 'waiting')).toMatchObject({ need: 'checklist' });
    const ends = done.records.filter((record) => record.type === 'step-end');
    expect(ends.map(({ step, outcome }) => `${step} ${outcome}`)).toEqual(['one left']);
    expect((await stateOf(world).summaries())[0]).toMatchObject({ state: 'needs-person', step: 'one' });
    const again = await drive(world, {
      guide: hand,
      given: {},
      run: done.run,
      decide: agreeing(() => [{ type: 'tick', item: 'x', done: true, note: '' }]),
    });
    expect(again.exit).toBe(0);
  });

  test('a client that comes back in time finds the question as it was', async () => {
    const world = await aWorld();
    const back = new Seat();
    let session: Session | undefined;
    const comesBack = () => {
      if (session) back.attach(session);
      expect(back.view.need).toBe('checklist');
      back.deliver({ type: 'tick', item: 'x', done: true, note: '' });
    };
    const done = await drive(world, {
      guide: hand,
      given: { DIR: world.folder },
      patience: 20_000,
      seat: (seat) => seats.push(seat),
      serve: (one) => {
        session = one;
      },
      decide: (view, need) => {
        if (need === 'checklist') {
          seats.at(-1)?.detach();
          setTimeout(comesBack, 50);
        }
        return agreeing()(view, need);
      },
    });
    expect(done.exit).toBe(0);
    expect(back.of('live')[0]?.decides).toBe(true);
  });
});

test('a secret is shown to the client that asked for it, and to no other', async () => {
  const world = await aWorld();
  const secretGuide = guideOf('mini', [stepOf('one', aFile('a'))], [asks('WORD', { kind: 'password' })]);
  const other = new Seat();
  const done = await drive(world, {
    guide: secretGuide,
    given: { DIR: world.folder, WORD: 'canary-in-the-mine' },
    serve: (session) => other.attach(session),
    decide: agreeing((_, need) =>
      need === 'answers' ? [{ type: 'reveal', id: 'WORD' }, { type: 'submit' }] : [],
    ),
  });
  expect(done.exit).toBe(0);
  expect(done.seat.view.revealed).toEqual({ WORD: 'canary-in-the-mine' });
  expect(JSON.stringify(other.events)).not.toContain('canary-in-the-mine');
});
