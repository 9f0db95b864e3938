/** The numbered promises at the head of src/operations/ufw.ts, on a machine that does as ufw was seen to do. */
import { join } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Gate } from '../../src/host/gate.ts';
import { ufw } from '../../src/operations/ufw.ts';
import { type Context, type Difference, Failure, type Json, type Op } from '../../src/operations/verbs.ts';
import { StopRequested } from '../../src/run/session.ts';
import { temporaryFolder, testContext } from './context.ts';
import { treeOf } from './tree.ts';
import { UfwMachine } from './ufw-machine.ts';

const op: Op<'ufw'> = { kind: 'ufw' };
const ssh = 'allow tcp 22 0.0.0.0/0 any 0.0.0.0/0 in comment=73657475702d77697a6172643a737368';

type Confirm = Context['confirm'];

class World {
  readonly machine: UfwMachine;
  readonly #dir: string;
  /** What was so when it was asked for. */
  asked: { isOn: boolean; isEnabled: boolean; isArmed: boolean; tuples: string[] }[] = [];

  constructor(dir: string) {
    this.#dir = dir;
    this.machine = new UfwMachine(join(dir, 'machine'));
  }

  async context(answer: Confirm = async () => 'yes', gate?: Gate): Promise<Context> {
    const context = await testContext({ dir: this.#dir, host: this.machine.host(gate) });
    return {
      ...context,
      confirm: (trial) => {
        const { isOn, isEnabled, isArmed } = this.machine;
        this.asked.push({ isOn, isEnabled, isArmed, tuples: this.machine.tuples() });
        return answer(trial);
      },
    };
  }

  async look(): Promise<Difference> {
    const context = await this.context();
    return ufw.diff(op, await ufw.inspect(op, context), context);
  }

  async capture(): Promise<Json> {
    const context = await this.context();
    return JSON.parse(JSON.stringify(await ufw.capture(op, await ufw.inspect(op, context), context)));
  }

  /** Gives the before-image. */
  async apply(answer?: Confirm, gate?: Gate): Promise<Json> {
    const before = await this.capture();
    await this.applyAgain(answer, gate);
    return before;
  }

  async applyAgain(answer?: Confirm, gate?: Gate): Promise<void> {
    const context = await this.context(answer, gate);
    await ufw.apply(op, await ufw.inspect(op, context), context);
  }

  async undo(before: Json, gate?: Gate, needed: readonly string[] = []) {
    const context = await this.context(undefined, gate);
    return ufw.undo(op, before, { ...context, isNeeded: (key) => needed.includes(key) });
  }

  /** Files, and what only the kernel and systemd know. */
  async state() {
    const { isOn, isArmed, isAtBoot, policies } = this.machine;
    return { files: await treeOf(this.machine.root), isOn, isArmed, isAtBoot, policies: { ...policies } };
  }
}

const newWorld = async () => new World(await temporaryFolder());

beforeEach(() => {
  // Only root sees whose connections they are; the machine of these tests shows all.
  vi.spyOn(process, 'geteuid').mockReturnValue(0);
  return () => vi.restoreAllMocks();
});

describe('switched on', () => {
  test('it is on trial first, with SSH let in, the switch armed, and files that say off', async () => {
    const world = await newWorld();
    await world.apply();
    expect(world.asked).toEqual([{ isOn: true, isEnabled: false, isArmed: true, tuples: [ssh] }]);
    expect(world.machine).toMatchObject({ isOn: true, isEnabled: true, isArmed: false });
    expect(await world.look()).toEqual({ change: 'none' });
  });

  test('it was armed before it began, and disarmed before it was made to last', async () => {
    const world = await newWorld();
    await world.apply();
    const order = world.machine.ran.map((line) => line.split(' ')[0]);
    const at = (name: string) => order.lastIndexOf(name);
    expect(at('systemd-run')).toBeLessThan(at('/lib/ufw/ufw-init'));
    expect(at('/lib/ufw/ufw-init')).toBeLessThan(at('systemctl'));
    expect(world.machine.ran.at(-1)).toBe('ufw --force enable');
    expect(world.machine.ran.find((line) => line.startsWith('systemd-run'))).toContain('--on-active=60s');
  });

  test('it shows what will be run, and that it is on trial first', async () => {
    expect(await (await newWorld()).look()).toEqual({
      change: 'change',
      commands: [
        ['ufw', 'allow', '22/tcp', 'comment', 'setup-wizard:ssh'],
        ['ufw', '--force', 'enable'],
      ],
      circumstances: [
        expect.objectContaining({ en: 'on trial first: off again after 60\u00a0s if nobody confirms' }),
      ],
    });
  });

  test('it asks with what is left of the minute, and where to try', async () => {
    const world = await newWorld();
    let limit = 0;
    await world.apply(async (trial) => {
      limit = trial.limit;
      expect(trial.say.en).toContain('(port 22)');
      return 'yes';
    });
    expect(limit).toBeGreaterThan(50_000);
    expect(limit).toBeLessThan(60_000);
  });

  test('without an SSH server it opens no port, and says so', async () => {
    const world = await newWorld();
    world.machine.listening = '';
    expect(await world.look()).toMatchObject({
      commands: [['ufw', '--force', 'enable']],
      circumstances: [{}, { en: expect.stringContaining('no SSH server') }],
    });
    await world.apply();
    expect(world.asked[0]?.tuples).toEqual([]);
  });

  test('it is started at boot again where its unit was disabled, and no more once it is taken back', async () => {
    const world = await newWorld();
    world.machine.isAtBoot = false;
    const former = await world.state();
    expect(await world.look()).toMatchObject({
      commands: expect.arrayContaining([['systemctl', 'enable', 'ufw.service']]),
    });
    const before = await world.apply();
    expect(await world.look()).toEqual({ change: 'none' });
    expect(world.machine.isAtBoot).toBe(true);
    await world.undo(before);
    expect(await world.state()).toEqual(former);
  });

  test('where it is on already nothing is armed and nobody is asked', async () => {
    const world = await newWorld();
    world.machine.write('/etc/ufw/ufw.conf', 'ENABLED=yes\n');
    world.machine.reboot();
    expect(await world.look()).toEqual({ change: 'none' });
    expect(world.machine.ran).toEqual([]);
  });

  test('where the kernel has its rules and only its files say off, nobody has to be there', async () => {
    const world = await newWorld();
    world.machine.kernel = { v4: [], v6: [] };
    expect(await world.look()).toEqual({ change: 'change', commands: [['ufw', '--force', 'enable']] });
    const context = await world.context();
    expect(ufw.attended?.(op, await ufw.inspect(op, context))).toBeUndefined();
    await world.apply();
    expect(world.asked).toEqual([]);
    expect(world.machine.isEnabled).toBe(true);
  });

  test('before it is installed it is planned, and not begun', async () => {
    const world = await newWorld();
    await world.machine.host().remove('/etc/default/ufw');
    expect(await world.look()).toMatchObject({ change: 'change' });
    await expect(world.capture()).rejects.toMatchObject({ code: 'no-program' });
  });

  test('who is not root is told that only root can look', async () => {
    vi.spyOn(process, 'geteuid').mockReturnValue(1000);
    await expect((await newWorld()).look()).rejects.toMatchObject({ code: 'needs-root' });
  });
});

describe('without a confirmation all is as before', () => {
  test.each([
    ['nobody answers', 'nobody', 'Nobody confirmed in time'],
    ['somebody refuses', 'no', 'not confirmed'],
  ] as const)('%s', async (_, answer, says) => {
    const world = await newWorld();
    const former = await world.state();
    await expect(world.apply(async () => answer)).rejects.toMatchObject({
      code: 'not-confirmed',
      say: { en: expect.stringContaining(says) },
    });
    expect(await world.state()).toEqual(former);
  });

  test('the person stops, or their window and everybody else is gone', async () => {
    const world = await newWorld();
    const former = await world.state();
    const stopped = new StopRequested();
    await expect(world.apply(() => Promise.reject(stopped))).rejects.toBe(stopped);
    expect(await world.state()).toEqual(former);
  });

  test('a confirmation that comes when the switch has gone off is one too late', async () => {
    const world = await newWorld();
    const former = await world.state();
    const late = world.apply(async () => {
      world.machine.fire();
      return 'yes';
    });
    await expect(late).rejects.toMatchObject({ code: 'not-confirmed' });
    expect(await world.state()).toEqual(former);
  });

  test('it may be tried again', async () => {
    const world = await newWorld();
    const former = await world.state();
    const before = await world
      .apply(async () => 'yes')
      .then(
        async (done) => done,
        () => null,
      );
    await world.undo(before);
    const again = await world.capture();
    await expect(world.applyAgain(async () => 'no')).rejects.toMatchObject({ code: 'not-confirmed' });
    await world.applyAgain();
    expect(await world.look()).toEqual({ change: 'none' });
    await world.undo(again);
    expect(await world.state()).toEqual(former);
  });

  test('a reboot in the middle leaves it off, and so does what comes after', async () => {
    const world = await newWorld();
    const former = await world.state();
    const before = await world.capture();
    await expect(
      world.applyAgain(async () => {
        world.machine.reboot();
        throw new Error('the machine went down');
      }),
    ).rejects.toThrow('went down');
    expect(world.machine.isOn).toBe(false);
    await world.undo(before);
    expect((await world.state()).files).toEqual(former.files);
  });
});

describe('ufw’s words are not believed', () => {
  test('SSH that was not let in is seen before anything is closed', async () => {
    const world = await newWorld();
    world.machine.isIdle = true;
    await expect(world.apply()).rejects.toMatchObject({ code: 'not-converged' });
    expect(world.machine).toMatchObject({ isOn: false, isArmed: false });
    expect(world.asked).toEqual([]);
  });

  test('SSH that the kernel does not let in is seen before anybody is asked, and all is taken back', async () => {
    const world = await newWorld();
    const former = await world.state();
    world.machine.isForgetful = true;
    await expect(world.apply()).rejects.toMatchObject({ code: 'not-converged' });
    expect(world.asked).toEqual([]);
    expect(await world.state()).toEqual(former);
  });

  test('a switch that is not armed is seen before anything is closed', async () => {
    const world = await newWorld();
    const context = await world.context();
    const { run } = context;
    const must: Context['must'] = async (argv, options) =>
      argv[0] === 'systemd-run' ? { code: 0, timedOut: false, stdout: '', stderr: '' } : run(argv, options);
    await expect(ufw.apply(op, await ufw.inspect(op, context), { ...context, must })).rejects.toMatchObject({
      code: 'not-converged',
    });
    expect(world.machine.isOn).toBe(false);
  });
});

describe('it is refused', () => {
  const refused = async (world: World): Promise<string> => {
    try {
      await world.look();
    } catch (error) {
      if (error instanceof Failure && error.code === 'refused-existing') return error.say?.en ?? '';
      throw error;
    }
    return '';
  };

  test('beside another firewall that manages everything', async () => {
    const world = await newWorld();
    world.machine.rival = 'active';
    expect(await refused(world)).toContain('firewalld is active');
  });

  test('where it would empty the rules of others', async () => {
    const world = await newWorld();
    world.machine.write('/etc/default/ufw', 'IPV6=yes\nMANAGE_BUILTINS=yes\n');
    expect(await refused(world)).toContain('MANAGE_BUILTINS=yes');
  });

  test('while it is on trial for another run, and not any more when that is over', async () => {
    const world = await newWorld();
    let said = '';
    await world.apply(async () => {
      said = await refused(world);
      return 'yes';
    });
    expect(said).toContain('on trial for another run');
    expect(await world.look()).toEqual({ change: 'none' });
  });

  test('not once it is on: then there is nothing to do', async () => {
    const world = await newWorld();
    world.machine.write('/etc/ufw/ufw.conf', 'ENABLED=yes\n');
    world.machine.reboot();
    world.machine.rival = 'active';
    expect(await world.look()).toEqual({ change: 'none' });
  });
});

describe('taken back', () => {
  test('ufw is off, and files, policies and settings of the kernel are as they were', async () => {
    const world = await newWorld();
    const former = await world.state();
    const before = await world.apply();
    expect(world.machine.read('/proc/sys/net/ipv4/conf/all/accept_redirects')).toBe('0\n');
    expect(await world.undo(before)).toEqual({});
    expect(await world.state()).toEqual(former);
    expect(former.policies['FORWARD']).toBe('DROP');
  });

  test('what somebody has set in ufw since stays', async () => {
    const world = await newWorld();
    const before = await world.apply();
    const conf = world.machine.read('/etc/ufw/ufw.conf');
    world.machine.write('/etc/ufw/ufw.conf', conf.replace('LOGLEVEL=low', 'LOGLEVEL=full'));
    await world.machine.host().run(['ufw', 'allow', '8080/tcp']);
    await world.undo(before);
    expect(world.machine.read('/etc/ufw/ufw.conf')).toMatch(/^ENABLED=no$\n\n^LOGLEVEL=full$/m);
    expect(world.machine.tuples()).toEqual(['allow tcp 8080 0.0.0.0/0 any 0.0.0.0/0 in']);
  });

  test('a machine that another firewall had closed is closed again', async () => {
    const world = await newWorld();
    world.machine.policies['INPUT'] = 'DROP';
    world.machine.others = ['-A INPUT -p tcp --dport 22 -j ACCEPT'];
    expect(await world.look()).toMatchObject({
      circumstances: [{}, { en: expect.stringContaining('other rules of iptables') }],
    });
    const former = await world.state();
    const before = await world.apply();
    expect(await world.undo(before)).toEqual({});
    expect(await world.state()).toEqual(former);
  });

  test('but not once the rules that let people in have changed: that might cut them off', async () => {
    const world = await newWorld();
    world.machine.policies['INPUT'] = 'DROP';
    world.machine.others = ['-A INPUT -p tcp --dport 22 -j ACCEPT'];
    const before = await world.apply();
    world.machine.others = [];
    expect(await world.undo(before)).toMatchObject({
      left: { en: expect.stringContaining('iptables --policy INPUT DROP') },
    });
    expect(world.machine.policies).toEqual({ INPUT: 'ACCEPT', FORWARD: 'DROP', OUTPUT: 'ACCEPT' });
  });

  test('a setting of the kernel that somebody has changed since stays', async () => {
    const world = await newWorld();
    const path = '/proc/sys/net/ipv4/conf/all/accept_redirects';
    const before = await world.apply();
    world.machine.write(path, '2\n');
    await world.undo(before);
    expect(world.machine.read(path)).toBe('2\n');
  });

  test('a rule for SSH that another guide needs stays, and is said to', async () => {
    const world = await newWorld();
    const before = await world.apply();
    expect(await world.undo(before, undefined, ['ufw:22/tcp'])).toMatchObject({
      left: { en: expect.stringContaining('22/tcp') },
    });
    expect(world.machine.tuples()).toEqual([ssh]);
    expect(world.machine.isOn).toBe(false);
  });

  test('a rule for SSH of an earlier run stays with that run', async () => {
    const world = await newWorld();
    const first = await world.apply();
    await world.machine.host().run(['/lib/ufw/ufw-init', 'force-stop']);
    const second = await world.capture();
    await world.applyAgain();
    await world.undo(second);
    expect(world.machine.tuples()).toEqual([ssh]);
    await world.undo(first);
    expect(world.machine.tuples()).toEqual([]);
  });

  test('where it was to be on and was not, it is so again', async () => {
    const world = await newWorld();
    world.machine.write('/etc/ufw/ufw.conf', 'ENABLED=yes\nLOGLEVEL=low\n');
    const former = await world.state();
    const before = await world.apply();
    await world.undo(before);
    expect(await world.state()).toEqual(former);
  });
});

describe('stopped anywhere', () => {
  /** The world stops for good at the nth gate. */
  const stopAt = (nth: number): Gate => {
    let passed = 0;
    return (point) => {
      if (passed >= nth) throw new Error(`stopped at ${point}`);
      passed += 1;
    };
  };

  /** What the engine would still do is not done either: it is gone. */
  const cut = async (world: World, nth: number) => {
    const before = await world.capture();
    const isWhole = await world.applyAgain(undefined, stopAt(nth)).then(
      () => true,
      () => false,
    );
    return { before, isWhole };
  };

  test('it is never on without the switch, unless somebody has confirmed it; and undone all is as before', async () => {
    for (let nth = 0; ; nth++) {
      const world = await newWorld();
      const former = await world.state();
      const { before, isWhole } = await cut(world, nth);
      const { isOn, isArmed, isEnabled } = world.machine;
      if (isOn && world.asked.length === 0) expect(isArmed, `gate ${nth}`).toBe(true);
      if (world.asked.length === 0) expect(isEnabled, `gate ${nth}`).toBe(false);
      await world.undo(before);
      expect(await world.state(), `gate ${nth}`).toEqual(former);
      if (isWhole) return expect(nth).toBeGreaterThan(20);
    }
  });

  test('refused, it is never on without the switch while it is taken back', async () => {
    // From the question on.
    for (let nth = 35; ; nth++) {
      const world = await newWorld();
      const former = await world.state();
      const before = await world.capture();
      const error = await world.applyAgain(async () => 'no', stopAt(nth)).catch((thrown: Error) => thrown);
      const { isOn, isArmed, isEnabled } = world.machine;
      if (isOn) expect(isArmed, `gate ${nth}`).toBe(true);
      expect(isEnabled, `gate ${nth}`).toBe(false);
      await world.undo(before);
      expect(await world.state(), `gate ${nth}`).toEqual(former);
      if (error instanceof Failure) return;
    }
  });

  test('when the minute is over it is off, whoever is dead', async () => {
    for (let nth = 0; ; nth += 2) {
      const world = await newWorld();
      const former = await world.state();
      const { before, isWhole } = await cut(world, nth);
      if (isWhole) return;
      world.machine.fire();
      if (world.asked.length === 0) expect(world.machine.isOn, `gate ${nth}`).toBe(false);
      await world.undo(before);
      expect(await world.state(), `gate ${nth}`).toEqual(former);
    }
  });

  test('after a reboot it is off, until it was made to last', async () => {
    for (let nth = 0; ; nth += 2) {
      const world = await newWorld();
      const former = await world.state();
      const { before, isWhole } = await cut(world, nth);
      if (isWhole) return;
      world.machine.reboot();
      if (world.asked.length === 0) expect(world.machine.isOn, `gate ${nth}`).toBe(false);
      await world.undo(before);
      expect((await world.state()).files, `gate ${nth}`).toMatchObject(
        Object.fromEntries(Object.entries(former.files).filter(([path]) => path.startsWith('etc'))),
      );
    }
  });

  test('undone, taken back first, it is applied again as if nothing had been', async () => {
    for (let nth = 0; ; nth += 3) {
      const world = await newWorld();
      const { before, isWhole } = await cut(world, nth);
      await world.undo(before);
      await world.applyAgain();
      expect(await world.look(), `gate ${nth}`).toEqual({ change: 'none' });
      if (isWhole) return;
    }
  });

  test('an undo that was stopped is done again', async () => {
    for (let nth = 0; ; nth += 2) {
      const world = await newWorld();
      const former = await world.state();
      const before = await world.apply();
      const isWhole = await world.undo(before, stopAt(nth)).then(
        () => true,
        () => false,
      );
      await world.undo(before);
      expect(await world.state(), `gate ${nth}`).toEqual(former);
      if (isWhole) return;
    }
  });

  test('in the middle of a start that had closed the machine and let nobody in yet, it is open again', async () => {
    const world = await newWorld();
    const former = await world.state();
    const before = await world.capture();
    world.machine.isHalfStarted = true;
    await expect(world.applyAgain()).rejects.toThrow('in the middle of ufw-init');
    expect(await world.state()).toEqual(former);
    await world.undo(before);
    expect(await world.state()).toEqual(former);
  });

  test('in the middle of such a start with the engine gone too, the switch opens it', async () => {
    for (let nth = 0; ; nth++) {
      const world = await newWorld();
      const { machine } = world;
      const former = await world.state();
      const before = await world.capture();
      machine.isHalfStarted = true;
      // So many gates after the start the engine is gone.
      const last = stopAt(nth);
      const gate: Gate = (point) => (machine.policies['INPUT'] === 'DROP' ? last(point) : undefined);
      const error = await world.applyAgain(undefined, gate).catch((thrown: Error) => thrown.message);
      machine.fire();
      expect(machine.policies, `gate ${nth}`).toEqual(former.policies);
      await world.undo(before);
      expect(await world.state(), `gate ${nth}`).toEqual(former);
      if (error === 'stopped in the middle of ufw-init') return;
    }
  });

  test('in the middle of ufw’s own writing, its files come back whole', async () => {
    for (const path of ['/etc/ufw/ufw.conf', '/etc/ufw/user.rules', '/etc/ufw/user6.rules']) {
      const world = await newWorld();
      const former = await world.state();
      const before = await world.apply();
      const text = world.machine.read(path);
      world.machine.write(path, text.slice(0, 12));
      await world.undo(before);
      expect(await world.state(), path).toEqual(former);
    }
  });
});
