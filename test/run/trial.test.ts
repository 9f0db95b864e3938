/** A change on trial: asked for a confirmation in time, in whatever window, whoever goes away meanwhile. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { StateFolder } from '../../src/journal/state.ts';
import type { Decision, View } from '../../src/run/protocol.ts';
import { Abandoned, Session, StopRequested } from '../../src/run/session.ts';
import { askOnTrial } from '../../src/run/trial.ts';
import { UfwMachine } from '../operations/ufw-machine.ts';
import { aFile, guideOf, stepOf } from './guides.ts';
import { agreeing, type Drive, type Driven, drive, inTurn, newWorld, Seat, testHost } from './rig.ts';
import type { World } from './world.ts';

const guide = guideOf('wall', [
  stepOf('firewall', { kind: 'ufw' }),
  { ...stepOf('needs-it', aFile('needs-it')), needs: ['firewall'] },
  stepOf('after', aFile('after')),
]);

interface Place {
  readonly world: World;
  readonly machine: UfwMachine;
  readonly given: Record<string, string>;
}

async function aPlace(): Promise<Place> {
  const world = newWorld();
  await mkdir(world.folder, { recursive: true });
  return { world, machine: new UfwMachine(join(world.root, 'machine')), given: { DIR: world.folder } };
}

const run = ({ world, machine, given }: Place, options: Drive): Promise<Driven> =>
  drive(world, { guide, given, host: machine.host(undefined, testHost()), ...options });

const steps = ({ seat }: Driven) => Object.fromEntries(seat.view.steps.map(({ id, state }) => [id, state]));
const decisions = ({ records }: Driven) =>
  records.flatMap((record) => (record.type === 'decision' ? [record.decision] : []));
const confirming = (...turns: readonly (readonly Decision[])[]) => agreeing(inTurn('confirmation', ...turns));
const confirm: Decision = { type: 'confirm' };
const refuse: Decision = { type: 'refuse' };

beforeEach(() => {
  vi.spyOn(process, 'geteuid').mockReturnValue(0);
  return () => vi.restoreAllMocks();
});

describe('a run', () => {
  test('goes on once the person has confirmed, and has that in its journal', async () => {
    const place = await aPlace();
    const done = await run(place, { decide: confirming([confirm]) });
    expect(done.exit).toBe(0);
    expect(steps(done)).toEqual({ firewall: 'done', 'needs-it': 'done', after: 'done' });
    expect(decisions(done)).toEqual(['confirm']);
    expect(place.machine).toMatchObject({ isOn: true, isEnabled: true, isArmed: false });
    expect(done.seat.of('trial').map(({ trial }) => trial?.step)).toEqual(['firewall', undefined]);
    expect(done.seat.view.trial).toBeNull();
  });

  test('says how long there is, and until when', async () => {
    const place = await aPlace();
    let seen: View['trial'] = null;
    const now = Date.now();
    await run(place, {
      decide: agreeing((view, need) => {
        if (need !== 'confirmation') return [];
        seen = view.trial;
        return [confirm];
      }),
    });
    const { until = '', limit = 0 } = (seen ?? {}) as unknown as { until?: string; limit?: number };
    expect(limit).toBeGreaterThan(50_000);
    expect(Date.parse(until) - now).toBeGreaterThan(limit - 5000);
    expect(Date.parse(until) - now).toBeLessThan(60_000);
  });

  test('stops at the failure where it was refused, and may be tried again', async () => {
    const place = await aPlace();
    const done = await run(place, {
      decide: agreeing((_, need) => {
        if (need === 'confirmation') return place.machine.ran.includes('seen') ? [confirm] : [refuse];
        if (need !== 'failure') return [];
        expect(place.machine).toMatchObject({ isOn: false, isEnabled: false, isArmed: false });
        place.machine.ran.push('seen');
        return [{ type: 'retry' }];
      }),
    });
    expect(done.exit).toBe(0);
    expect(decisions(done)).toEqual(['refuse', 'retry', 'confirm']);
    const failed = done.records.find((record) => record.type === 'step-end' && record.outcome === 'failed');
    expect(failed).toMatchObject({ error: { code: 'not-confirmed' } });
  });

  test('without anybody leaves it to the person, begins nothing, and does what does not need it', async () => {
    const place = await aPlace();
    const done = await run(place, {});
    expect(done.exit).toBe(4);
    expect(steps(done)).toEqual({ firewall: 'left', 'needs-it': 'waits', after: 'done' });
    expect(place.machine.ran).toEqual([]);
    expect(done.records.some((record) => record.type === 'begin' && record.step === 'firewall')).toBe(false);
    expect(done.seat.view.warnings).toMatchObject([
      { say: { en: expect.stringContaining('somebody has to confirm') } },
    ]);
  });

  test('without anybody is done where the firewall is on already', async () => {
    const place = await aPlace();
    place.machine.write('/etc/ufw/ufw.conf', 'ENABLED=yes\n');
    place.machine.reboot();
    const done = await run(place, {});
    expect(done.exit).toBe(0);
    expect(steps(done)).toEqual({ firewall: 'done', 'needs-it': 'done', after: 'done' });
  });

  test('that the person stops takes it back at once, and can be resumed', async () => {
    const place = await aPlace();
    const stopped = await run(place, { decide: confirming([{ type: 'stop' }]) });
    expect(stopped.exit).toBe(130);
    expect(place.machine).toMatchObject({ isOn: false, isEnabled: false, isArmed: false });
    const done = await run(place, { run: stopped.run, decide: confirming([confirm]) });
    expect(done.exit).toBe(0);
    const back = await run(place, { kind: 'rollback', of: done.run, decide: agreeing() });
    expect(back.exit).toBe(0);
    expect(place.machine).toMatchObject({ isOn: false, isEnabled: false });
    expect(place.machine.tuples()).toEqual([]);
  });

  test('whose windows have all gone takes it back when it ends', async () => {
    const place = await aPlace();
    const seats: Seat[] = [];
    const done = await run(place, {
      patience: 50,
      seat: (seat) => void seats.push(seat),
      decide: agreeing((_, need) => {
        if (need === 'confirmation') for (const seat of seats) seat.detach();
        return [];
      }),
    });
    expect(done.exit).toBe(4);
    expect(place.machine).toMatchObject({ isOn: false, isEnabled: false, isArmed: false });
  });

  test('that nobody watches does not begin it before somebody does', async () => {
    const place = await aPlace();
    let session: Session | undefined;
    const second = new Seat((_, need) => (need === 'confirmation' && second.view.trial ? [confirm] : []));
    const done = run(place, {
      serve: (one) => {
        session = one;
      },
      seat: (first) => {
        const { send } = first;
        first.send = (event) => {
          send.call(first, event);
          if (event.type === 'record' && event.record.type === 'consent') setImmediate(() => first.detach());
        };
      },
      decide: agreeing(),
    });
    await vi.waitFor(
      () => expect(session?.records.at(-1)).toMatchObject({ type: 'waiting', need: 'confirmation' }),
      {
        timeout: 10_000,
      },
    );
    expect(place.machine.ran).toEqual([]);
    second.attach(session as Session);
    expect((await done).exit).toBe(0);
    expect(second.of('trial')[0]?.trial?.step).toBe('firewall');
    expect(place.machine.isEnabled).toBe(true);
  });

  test('that nobody comes to watch ends there, to be resumed', async () => {
    const place = await aPlace();
    const left = await run(place, {
      patience: 50,
      seat: (first) => {
        const { send } = first;
        first.send = (event) => {
          send.call(first, event);
          if (event.type === 'record' && event.record.type === 'consent') setImmediate(() => first.detach());
        };
      },
      decide: agreeing(),
    });
    expect(left.exit).toBe(4);
    expect(place.machine.ran).toEqual([]);
    const done = await run(place, { run: left.run, decide: confirming([confirm]) });
    expect(done.exit).toBe(0);
  });

  test('whose engine was killed while it waited takes it back first, and asks again', async () => {
    const place = await aPlace();
    const state = new StateFolder(testHost(), place.world.state);
    const killed = await state.newRun('wall');
    // The engine is gone with the question open: nothing that it would still do or write is done.
    let isDead = false;
    const gate = () => {
      if (isDead) throw new Error('killed');
    };
    const decide = agreeing((_, need) => {
      if (need !== 'confirmation') return [];
      isDead = true;
      return [confirm];
    });
    const host = place.machine.host(gate, testHost({ gate }));
    await expect(run(place, { run: killed, decide, host })).rejects.toThrow('killed');
    expect(place.machine).toMatchObject({ isOn: true, isEnabled: false, isArmed: true });
    const done = await run(place, { run: killed, decide: confirming([confirm]) });
    expect(done.exit).toBe(0);
    expect(done.seat.view.warnings[0]?.say.en).toMatch(
      /^The machine stopped abruptly in the middle of “firewall”/,
    );
    expect(place.machine.ran.filter((line) => line.startsWith('systemd-run'))).toHaveLength(2);
    expect(place.machine).toMatchObject({ isOn: true, isEnabled: true, isArmed: false });
  });

  test('is confirmed by the window that took over, and not by the one that watches', async () => {
    const place = await aPlace();
    const second = new Seat((_, need) => (need === 'failure' ? [{ type: 'stop' }] : []));
    const done = await run(place, {
      serve: (session) => second.attach(session),
      decide: agreeing((_, need) => {
        if (need !== 'confirmation') return [];
        second.deliver(confirm);
        second.deliver({ type: 'take-over' });
        setImmediate(() => second.deliver(refuse));
        return [confirm];
      }),
    });
    // Of the second before it took over, and of the first after that, nothing is heard.
    expect(decisions(done)).toEqual(['refuse']);
    expect(place.machine.isOn).toBe(false);
    expect(second.of('trial')[0]?.trial?.step).toBe('firewall');
  });
});

describe('the question', () => {
  const step = { id: 'one', title: { fr: 'un', en: 'one' } };
  const say = { fr: 'x', en: 'x' };

  async function aSession(patience = 60_000): Promise<Session> {
    const world = newWorld();
    const state = new StateFolder(testHost(), world.state);
    const id = await state.newRun('wall');
    await state.prepare(id);
    const journal = await state.open(id);
    onTestFinished(() => journal.close());
    return new Session(journal, { logs: '', resume: '' }, patience);
  }

  test('is over when the time is, and nobody is said to have answered', async () => {
    const session = await aSession();
    const seat = new Seat();
    seat.attach(session);
    const began = performance.now();
    expect(await askOnTrial(session, step, { say, limit: 200 })).toBe('nobody');
    expect(performance.now() - began).toBeGreaterThan(190);
    expect(performance.now() - began).toBeLessThan(5000);
    expect(seat.view).toMatchObject({ need: null, trial: null });
    expect(session.records.map(({ type }) => type)).toEqual(['waiting']);
  });

  test('is not answered by what was said before it was put, nor by anything else', async () => {
    const session = await aSession();
    const seat = new Seat();
    seat.attach(session);
    seat.deliver(confirm);
    const asked = askOnTrial(session, step, { say, limit: 300 });
    setTimeout(() => seat.deliver({ type: 'retry' }, { type: 'consent', hash: '' }, { type: 'later' }), 100);
    expect(await asked).toBe('nobody');
  });

  test('is not answered by who comes when the time is over', async () => {
    const session = await aSession();
    const seat = new Seat();
    seat.attach(session);
    expect(await askOnTrial(session, step, { say, limit: 50 })).toBe('nobody');
    seat.deliver(confirm);
    expect(await askOnTrial(session, step, { say, limit: 100 })).toBe('nobody');
  });

  test('has no time left where none is', async () => {
    const session = await aSession();
    const seat = new Seat(() => []);
    seat.attach(session);
    expect(await askOnTrial(session, step, { say, limit: -5 })).toBe('nobody');
  });

  test.each([
    [confirm, 'yes'],
    [refuse, 'no'],
  ] as const)('answered with %o gives %s', async (decision, answer) => {
    const session = await aSession();
    const seat = new Seat((_, need) => (need === 'confirmation' ? [decision] : []));
    seat.attach(session);
    expect(await askOnTrial(session, step, { say, limit: 20_000 })).toBe(answer);
    expect(session.records.at(-1)).toMatchObject({ type: 'decision', decision: decision.type, step: 'one' });
  });

  test('is put to whoever comes meanwhile, with what is left', async () => {
    const session = await aSession();
    const first = new Seat();
    first.attach(session);
    const asked = askOnTrial(session, step, { say, limit: 20_000 });
    await vi.waitFor(() => expect(first.view.need).toBe('confirmation'));
    const second = new Seat();
    second.attach(session);
    expect(second.view).toMatchObject({ need: 'confirmation', trial: first.view.trial, decides: false });
    first.detach();
    expect(second.view.decides).toBe(true);
    second.deliver(confirm);
    expect(await asked).toBe('yes');
  });

  test('that the person stops is no answer', async () => {
    const session = await aSession();
    const seat = new Seat((_, need) => (need === 'confirmation' ? [{ type: 'stop' }] : []));
    seat.attach(session);
    await expect(askOnTrial(session, step, { say, limit: 20_000 })).rejects.toBeInstanceOf(StopRequested);
    expect(seat.view).toMatchObject({ need: null, trial: null });
  });

  test('that nobody is left to hear is over when the engine has no patience left', async () => {
    const session = await aSession(50);
    await expect(askOnTrial(session, step, { say, limit: 20_000 })).rejects.toBeInstanceOf(Abandoned);
  });
});
