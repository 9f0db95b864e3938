/** The numbered promises at the head of src/operations/ufw-rule.ts, on a machine that does as ufw was seen to do. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Gate } from '../../src/host/gate.ts';
import { ufwRule } from '../../src/operations/ufw-rule.ts';
import type { Difference, Json, Op } from '../../src/operations/verbs.ts';
import { type TestContext, temporaryFolder, testContext } from './context.ts';
import { treeOf } from './tree.ts';
import { UfwMachine } from './ufw-machine.ts';

const rule = (allow: string, present?: boolean): Op<'ufw-rule'> => ({
  kind: 'ufw-rule',
  allow,
  ...(present === undefined ? {} : { present }),
});

class World {
  readonly machine: UfwMachine;
  readonly #dir: string;
  constructor(dir: string) {
    this.#dir = dir;
    this.machine = new UfwMachine(join(dir, 'machine'));
  }

  context(gate?: Gate, values: Record<string, string> = {}): Promise<TestContext> {
    return testContext({ dir: this.#dir, host: this.machine.host(gate), values });
  }

  async look(op: Op<'ufw-rule'>): Promise<Difference> {
    const context = await this.context();
    return ufwRule.diff(op, await ufwRule.inspect(op, context), context);
  }

  async mark(op: Op<'ufw-rule'>): Promise<Json> {
    const context = await this.context();
    return ufwRule.mark(op, await ufwRule.inspect(op, context), context);
  }

  async capture(op: Op<'ufw-rule'>): Promise<Json> {
    const context = await this.context();
    return JSON.parse(JSON.stringify(await ufwRule.capture(op, await ufwRule.inspect(op, context), context)));
  }

  /** Gives the before-image. */
  async apply(op: Op<'ufw-rule'>, gate?: Gate): Promise<Json> {
    const before = await this.capture(op);
    const context = await this.context(gate);
    await ufwRule.apply(op, await ufwRule.inspect(op, context), context);
    return before;
  }

  async undo(op: Op<'ufw-rule'>, before: Json, gate?: Gate): Promise<void> {
    expect(await ufwRule.undo(op, before, await this.context(gate))).toEqual({});
  }

  tree = () => treeOf(this.machine.root, /^proc/);
}

const newWorld = async () => new World(await temporaryFolder());
const change = { change: 'change' };
const none = { change: 'none' };

describe('a rule', () => {
  test.each(['443/tcp', '10000/udp', '53', 'OpenSSH', 'WWW Full'])(
    '%s is given once, and taken back to the byte',
    async (allow) => {
      const world = await newWorld();
      const former = await world.tree();
      expect(await world.look(rule(allow))).toEqual({
        change: 'change',
        commands: [['ufw', 'allow', allow]],
      });
      const before = await world.apply(rule(allow));
      expect(await world.look(rule(allow))).toEqual(none);
      expect(world.machine.tuples('v4')).toHaveLength(1);
      expect(world.machine.tuples('v6')).toHaveLength(1);
      await world.undo(rule(allow), before);
      expect(await world.tree()).toEqual(former);
    },
  );

  test('is given and taken back in the kernel too where ufw is on', async () => {
    const world = await newWorld();
    world.machine.write('/etc/ufw/ufw.conf', 'ENABLED=yes\nLOGLEVEL=low\n');
    world.machine.reboot();
    const before = await world.apply(rule('443/tcp'));
    expect(await world.look(rule('443/tcp'))).toEqual(none);
    expect(world.machine.kernel?.v6).toEqual(['-A ufw6-user-input -p tcp --dport 443 -j ACCEPT']);
    await world.undo(rule('443/tcp'), before);
    expect(world.machine.kernel).toEqual({ v4: [], v6: [] });
  });

  test('that ufw says it has given is not believed', async () => {
    const world = await newWorld();
    world.machine.isIdle = true;
    await world.apply(rule('443/tcp'));
    expect(await world.look(rule('443/tcp'))).toMatchObject(change);
  });

  test('that the files have and the kernel has not is said, with what to do', async () => {
    const world = await newWorld();
    await world.apply(rule('443/tcp'));
    world.machine.write('/etc/ufw/ufw.conf', 'ENABLED=yes\n');
    world.machine.kernel = { v4: [], v6: [] };
    await expect(world.look(rule('443/tcp'))).rejects.toMatchObject({
      code: 'refused-existing',
      say: { en: expect.stringContaining('ufw reload') },
    });
  });

  test.each([
    ['443/tcp', 'allow', '443'],
    ['443/tcp', 'allow', 'WWW Full'],
    ['22/tcp', 'limit', '22/tcp'],
    ['22/tcp', 'allow', 'OpenSSH'],
    ['OpenSSH', 'allow', '22/tcp'],
    ['OpenSSH', 'limit', '22'],
  ])('%s counts as given where there is %s %s, and nothing is taken back', async (allow, action, there) => {
    const world = await newWorld();
    await world.machine.host().run(['ufw', action, there]);
    expect(await world.look(rule(allow))).toEqual(none);
  });

  test('of one family is completed, and only the other goes again', async () => {
    const world = await newWorld();
    await world.machine.host().run(['ufw', 'allow', 'proto', 'tcp', 'to', '0.0.0.0/0', 'port', '443']);
    const former = await world.tree();
    expect(await world.look(rule('443/tcp'))).toMatchObject(change);
    const before = await world.apply(rule('443/tcp'));
    expect(await world.look(rule('443/tcp'))).toEqual(none);
    await world.undo(rule('443/tcp'), before);
    expect(await world.tree()).toEqual(former);
  });

  test('is given for IPv4 alone where ufw leaves IPv6 out', async () => {
    const world = await newWorld();
    world.machine.write('/etc/default/ufw', 'IPV6=no\nDEFAULT_INPUT_POLICY="DROP"\n');
    await world.machine.host().run(['ufw', 'allow', 'proto', 'tcp', 'to', '0.0.0.0/0', 'port', '443']);
    expect(await world.look(rule('443/tcp'))).toEqual(none);
  });

  test('that somebody has closed is refused, with their rule', async () => {
    const world = await newWorld();
    await world.machine.host().run(['ufw', 'deny', '443']);
    await expect(world.look(rule('443/tcp'))).rejects.toMatchObject({
      say: { en: expect.stringContaining('“deny 443”') },
    });
  });

  test('is planned before ufw is there, and not begun', async () => {
    const world = await newWorld();
    await world.machine.host().remove('/etc/default/ufw');
    expect(await world.look(rule('OpenSSH'))).toMatchObject(change);
    expect(await world.look(rule('80/tcp', false))).toEqual(none);
    await expect(world.apply(rule('443/tcp'))).rejects.toMatchObject({ code: 'no-program' });
    expect(world.machine.ran.filter((line) => line.startsWith('ufw'))).toEqual([]);
  });

  test('of a profile that ufw does not know is refused', async () => {
    const world = await newWorld();
    await expect(world.look(rule('Jitsi'))).rejects.toMatchObject({
      say: { en: expect.stringContaining('no profile “Jitsi”') },
    });
  });

  test.each(['0443/tcp', '70000', '443/sctp', '--force', '-A', 'a;b', 'reset\n'])(
    'of %j is refused before anything runs',
    async (allow) => {
      const world = await newWorld();
      await expect(world.look(rule(allow))).rejects.toMatchObject({ code: 'refused-existing' });
      expect(world.machine.ran).toEqual([]);
    },
  );

  test('is known by the port, and without a protocol by both', async () => {
    const { values } = await (await newWorld()).context(undefined, { PORT: '8443' });
    expect(ufwRule.keys(rule('%PORT%/tcp'), values)).toEqual(['ufw:8443/tcp']);
    expect(ufwRule.keys(rule('%PORT%'), values)).toEqual(['ufw:8443', 'ufw:8443/tcp', 'ufw:8443/udp']);
    expect(ufwRule.keys(rule('OpenSSH'), values)).toEqual(['ufw:OpenSSH']);
  });
});

describe('what others have done since', () => {
  test('stays when a rule is taken back', async () => {
    const world = await newWorld();
    const before = await world.apply(rule('443/tcp'));
    await world.machine.host().run(['ufw', 'allow', '8080/tcp']);
    await world.undo(rule('443/tcp'), before);
    expect(world.machine.tuples()).toEqual(['allow tcp 8080 0.0.0.0/0 any 0.0.0.0/0 in']);
  });

  test('to the settings of ufw keeps its file as ufw wrote it', async () => {
    const world = await newWorld();
    const before = await world.apply(rule('443/tcp'));
    world.machine.write('/etc/ufw/ufw.conf', 'ENABLED=no\nLOGLEVEL=full\n');
    await world.undo(rule('443/tcp'), before);
    expect(world.machine.tuples()).toEqual([]);
    expect(world.machine.read('/etc/ufw/user.rules')).toContain('### LOGGING ###');
  });

  test('shows in the mark: the rule gone, or with a comment of somebody', async () => {
    const world = await newWorld();
    await world.apply(rule('443/tcp'));
    expect(await world.mark(rule('443/tcp'))).toEqual({
      rules: ['allow 443/tcp (v4)', 'allow 443/tcp (v6)'],
    });
    const text = world.machine.read('/etc/ufw/user.rules');
    world.machine.write('/etc/ufw/user.rules', text.replace(/^(### tuple ### .*)$/m, '$1 comment=6d696e65'));
    expect(await world.mark(rule('443/tcp'))).toEqual({
      rules: ['allow 443/tcp (v4) # mine', 'allow 443/tcp (v6)'],
    });
    await world.machine.host().run(['ufw', 'delete', 'allow', '443/tcp']);
    expect(await world.mark(rule('443/tcp'))).toEqual({ rules: [] });
  });

  test('is no error of an undo where ufw itself is gone', async () => {
    const world = await newWorld();
    const before = await world.apply(rule('443/tcp'));
    await world.machine.host().removeTree('/etc/ufw');
    await world.undo(rule('443/tcp'), before);
  });
});

describe('a rule that is not to be', () => {
  const several = async () => {
    const world = await newWorld();
    const { machine } = world;
    const run = (...words: string[]) => machine.host().run(['ufw', ...words]);
    await run('allow', '22/tcp');
    await run('allow', '80/tcp', 'comment', 'the old page');
    await run('allow', '443/tcp');
    return world;
  };

  test('goes from both families, and comes back to its place with its comment', async () => {
    const world = await several();
    const former = await world.tree();
    const before = await world.apply(rule('80/tcp', false));
    expect(await world.look(rule('80/tcp', false))).toEqual(none);
    expect(world.machine.tuples().map((tuple) => tuple.split(' ')[2])).toEqual(['22', '443']);
    await world.undo(rule('80/tcp', false), before);
    expect(await world.tree()).toEqual(former);
  });

  test('comes back after the one that was above it, whatever has come since', async () => {
    const world = await several();
    const before = await world.apply(rule('80/tcp', false));
    const run = (...words: string[]) => world.machine.host().run(['ufw', ...words]);
    await run('insert', '1', 'allow', '1/tcp');
    await run('allow', '2/tcp');
    await world.undo(rule('80/tcp', false), before);
    const ports = (family: 'v4' | 'v6') => world.machine.tuples(family).map((tuple) => tuple.split(' ')[2]);
    expect(ports('v4')).toEqual(['1', '22', '80', '443', '2']);
    expect(ports('v6').filter((port) => port !== '1')).toEqual(['22', '80', '443', '2']);
  });

  test('is nothing to do where there is none', async () => {
    expect(await (await newWorld()).look(rule('80/tcp', false))).toEqual(none);
  });

  test('is refused where another rule lets it in: nothing is deleted for nothing', async () => {
    const world = await several();
    await world.machine.host().run(['ufw', 'allow', 'WWW Full']);
    await expect(world.look(rule('80/tcp', false))).rejects.toMatchObject({
      say: { en: expect.stringContaining('“allow WWW Full”') },
    });
  });

  test('that limits goes too, and comes back as one that limits', async () => {
    const world = await newWorld();
    await world.machine.host().run(['ufw', 'limit', '80/tcp']);
    const former = await world.tree();
    expect(await world.look(rule('80/tcp', false))).toEqual({
      change: 'change',
      commands: [['ufw', 'delete', 'limit', '80/tcp']],
    });
    const before = await world.apply(rule('80/tcp', false));
    await world.undo(rule('80/tcp', false), before);
    expect(await world.tree()).toEqual(former);
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

  const prepared = async (isOn: boolean) => {
    const world = await newWorld();
    const { machine } = world;
    for (const port of ['22/tcp', '80/tcp', '8080/tcp']) await machine.host().run(['ufw', 'allow', port]);
    if (isOn) machine.write('/etc/ufw/ufw.conf', 'ENABLED=yes\n');
    machine.reboot();
    return world;
  };

  test.each([
    ['a rule is given', rule('443/tcp'), false],
    ['a rule is given where ufw is on', rule('443/tcp'), true],
    ['a rule is taken away', rule('80/tcp', false), false],
    ['a rule is taken away where ufw is on', rule('80/tcp', false), true],
  ])('while %s: undone all is as before, and so is an undo that was stopped itself', async (_, op, isOn) => {
    for (let nth = 0; ; nth++) {
      const world = await prepared(isOn);
      const former = await world.tree();
      const kernel = world.machine.kernel;
      const before = await world.capture(op);
      const isWhole = await world.apply(op, stopAt(nth)).then(
        () => true,
        () => false,
      );
      await world.undo(op, before);
      expect(await world.tree(), `apply, gate ${nth}`).toEqual(former);
      expect(world.machine.kernel, `apply, gate ${nth}`).toEqual(kernel);
      if (isWhole) break;
    }
    for (let nth = 0; ; nth++) {
      const world = await prepared(isOn);
      const former = await world.tree();
      const before = await world.apply(op);
      const isWhole = await world.undo(op, before, stopAt(nth)).then(
        () => true,
        () => false,
      );
      await world.undo(op, before);
      expect(await world.tree(), `undo, gate ${nth}`).toEqual(former);
      if (isWhole) break;
    }
  });

  test.each(['v4', 'v6'] as const)(
    'in the middle of ufw’s own writing, the file of %s comes back whole',
    async (family) => {
      const world = await prepared(false);
      const former = await world.tree();
      world.machine.tears = family;
      const before = await world.capture(rule('443/tcp'));
      await expect(world.apply(rule('443/tcp'))).rejects.toThrow('in the middle of ufw');
      await world.undo(rule('443/tcp'), before);
      expect(await world.tree()).toEqual(former);
    },
  );
});
