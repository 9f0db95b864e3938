/** Accounts after the install: what changes, and what every other command says of it afterwards. */
import { access, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Operation } from '../../src/guide/kinds.ts';
import type { Guide } from '../../src/guide/types.ts';
import type { Host } from '../../src/host/types.ts';
import { knownSince } from '../../src/journal/accounts.ts';
import { effects } from '../../src/journal/fold.ts';
import { StateFolder, type StoredRun } from '../../src/journal/state.ts';
import { accountsFor, settleChange } from '../../src/run/accounts.ts';
import {
  homeEntries,
  type Machine,
  rollbackTarget,
  unfinishedRun,
  verifyGuide,
} from '../../src/run/machine.ts';
import type { AccountChange } from '../../src/run/protocol.ts';
import { machineIn, prosodyData, type Server } from '../operations/prosody-machine.ts';
import { aFile, asks, guideOf, stepOf } from './guides.ts';
import { agreeing, type Driven, drive, newWorld, secretsOf, testHost } from './rig.ts';
import type { World } from './world.ts';

const account: Operation = {
  kind: 'prosody-account',
  user: '%USERS.username%',
  host: '%DOMAIN%',
  password: '%USERS.password%',
};
const guide: Guide = {
  ...guideOf(
    'meet',
    [
      stepOf('first', aFile('a')),
      { ...stepOf('prosody-users'), do: [{ each: 'USERS', do: [account] }] },
      stepOf('last', aFile('b')),
    ],
    [
      asks('DOMAIN', { kind: 'fqdn' }),
      asks('USERS', {
        kind: 'list',
        key: 'username',
        of: {
          username: { kind: 'text', ask: { fr: 'Nom', en: 'Name' } },
          password: { kind: 'password', ask: { fr: 'Mot de passe', en: 'Password' }, min: 8 },
        },
      }),
    ],
  ),
  accounts: { list: 'USERS' },
};

const domain = 'meet.example.org';
const passwords = { alice: 'Kanarie-alice-1', bob: 'Kanarie-bob-22', new: 'Kanarie-new-333' };

class Site {
  readonly world: World = newWorld();
  #server: Server = 'usual';

  host(server: Server = this.#server, host = testHost()): Host {
    return machineIn(this.world.home, server, host);
  }

  async install(rows: Readonly<Record<string, string>> = { alice: passwords.alice }): Promise<Driven> {
    await mkdir(this.world.folder, { recursive: true });
    await mkdir(join(this.world.home, prosodyData), { recursive: true });
    const list = Object.entries(rows).map(([username, password]) => ({ username, password }));
    const given = { DIR: this.world.folder, DOMAIN: domain, USERS: JSON.stringify(list) };
    return drive(this.world, { guide, host: this.host(), given });
  }

  again = (given = {}) => drive(this.world, { guide, host: this.host(), given, decide: agreeing() });

  async change(
    change: AccountChange['change'],
    name: string,
    password?: string,
    more: { readonly host?: Host; readonly run?: string } = {},
  ): Promise<Driven> {
    const given: Record<string, string> =
      password === undefined ? {} : { [`USERS.${name}.password`]: password };
    const account = { change, name, list: 'USERS' };
    return drive(this.world, {
      guide,
      host: this.host(),
      kind: 'accounts',
      account,
      given,
      from: 'person',
      ...more,
    });
  }

  async rollback(): Promise<Driven> {
    const of = rollbackTarget(await this.runs(), 'meet')?.id ?? '';
    return drive(this.world, { guide, host: this.host(), kind: 'rollback', of, given: {} });
  }

  runs = (): Promise<StoredRun[]> => new StateFolder(testHost(), this.world.state).runs();

  machine(): Machine {
    const state = new StateFolder(testHost(), this.world.state);
    return { host: this.host(), state, facts: {}, guides: [guide], assets: {}, lang: 'en' };
  }

  accounts = async () =>
    (await accountsFor(this.machine(), guide)).accounts.map(
      ({ name, known, state }) => `${name} ${known ? 'known' : 'other'} ${state}`,
    );

  settle = async (change: AccountChange['change'], name: string) =>
    settleChange(await accountsFor(this.machine(), guide), { change, name });

  drifts = async () => (await verifyGuide(this.machine(), 'meet'))?.map(({ key }) => key);

  path = (name: string) => join(this.world.home, prosodyData, 'meet%2eexample%2eorg/accounts', `${name}.dat`);

  password = async (name: string): Promise<string | undefined> => {
    const text = await readFile(this.path(name), 'utf8').catch(() => '');
    return /\["password"\] = "(.*)"/.exec(text)?.[1];
  };

  /** With the server's own tool. */
  async byHand(name: string, password: string): Promise<void> {
    await mkdir(dirname(this.path(name)), { recursive: true });
    await writeFile(this.path(name), `return {\n\t["password"] = "${password}";\n};\n`);
  }
}

const begun = ({ records }: Driven) => effects(records).map(({ key }) => key);

describe('an account that is added', () => {
  test('is one effect of a run of its own, and known to whatever comes after', async () => {
    const site = new Site();
    await site.install();
    const done = await site.change('add', 'bob', passwords.bob);
    expect([done.exit, begun(done)]).toEqual([0, [`prosody:bob@${domain}`]]);
    expect(await site.password('bob')).toBe(passwords.bob);
    expect(await site.accounts()).toEqual(['alice known enabled', 'bob known enabled']);
    expect(await site.drifts()).toEqual([]);
    const again = await site.again();
    expect([again.exit, begun(again)]).toEqual([0, []]);
    expect(await site.drifts()).toEqual([]);
  });

  test('is what a rollback takes back first, then the install', async () => {
    const site = new Site();
    await site.install();
    await site.change('add', 'bob', passwords.bob);
    expect((await site.rollback()).exit).toBe(0);
    expect([await site.password('bob'), await site.password('alice')]).toEqual([undefined, passwords.alice]);
    expect([await site.accounts(), await site.drifts()]).toEqual([['alice known enabled'], []]);
    const again = await site.again();
    expect([again.exit, begun(again)]).toEqual([0, []]);
    expect((await site.rollback()).exit).toBe(0);
    expect(await site.password('alice')).toBeUndefined();
    await expect(access(site.world.folder)).resolves.toBeUndefined();
    expect(rollbackTarget(await site.runs(), 'meet')).toBeUndefined();
  });

  test('is missed by verify when somebody removes it by other means', async () => {
    const site = new Site();
    await site.install();
    await site.change('add', 'bob', passwords.bob);
    await rm(site.path('bob'));
    expect(await site.drifts()).toEqual([`prosody:bob@${domain}`]);
    expect(await site.accounts()).toEqual(['alice known enabled', 'bob known missing']);
    const forgotten = await site.change('remove', 'bob');
    expect([forgotten.exit, begun(forgotten)]).toEqual([0, []]);
    expect([await site.accounts(), await site.drifts()]).toEqual([['alice known enabled'], []]);
  });

  test('can be the first', async () => {
    const site = new Site();
    await site.install({});
    expect(await site.accounts()).toEqual([]);
    expect((await site.change('add', 'bob', passwords.bob)).exit).toBe(0);
    expect([await site.accounts(), await site.drifts()]).toEqual([['bob known enabled'], []]);
    expect(begun(await site.again())).toEqual([]);
  });
});

describe('a password that is changed', () => {
  test('is no drift, and stays when the guide is installed again', async () => {
    const site = new Site();
    await site.install();
    expect((await site.change('passwd', 'alice', passwords.new)).exit).toBe(0);
    expect([await site.password('alice'), await site.drifts()]).toEqual([passwords.new, []]);
    expect(begun(await site.again())).toEqual([]);
    expect([await site.password('alice'), await site.drifts()]).toEqual([passwords.new, []]);
  });

  test('comes back with a rollback, and that is no drift either', async () => {
    const site = new Site();
    await site.install();
    await site.change('passwd', 'alice', passwords.new);
    await site.change('passwd', 'alice', 'Kanarie-newer-4444');
    expect((await site.rollback()).exit).toBe(0);
    expect([await site.password('alice'), await site.drifts()]).toEqual([passwords.new, []]);
    expect((await site.rollback()).exit).toBe(0);
    expect([await site.password('alice'), await site.drifts()]).toEqual([passwords.alice, []]);
    expect(begun(await site.again())).toEqual([]);
  });

  test('of an account made by other means does not make it the guide’s', async () => {
    const site = new Site();
    await site.install();
    await site.byHand('carol', 'of-her-own');
    expect((await site.change('passwd', 'carol', passwords.new)).exit).toBe(0);
    expect(await site.accounts()).toEqual(['alice known enabled', 'carol other enabled']);
    await rm(site.path('carol'));
    expect(await site.drifts()).toEqual([]);
  });

  test('stays when an install goes on that was begun before', async () => {
    const site = new Site();
    const first = await site.install();
    const open = await drive(site.world, {
      guide,
      host: site.host(),
      given: {},
      decide: agreeing((_view, need) => (need === 'answers' ? [{ type: 'stop' }] : [])),
    });
    expect([first.exit, open.exit]).toEqual([0, 130]);
    await site.change('passwd', 'alice', passwords.new);
    await site.change('add', 'bob', passwords.bob);
    const rest = await drive(site.world, {
      guide,
      host: site.host(),
      run: open.run,
      given: {},
      decide: agreeing(),
    });
    expect([rest.exit, begun(rest)]).toEqual([0, []]);
    expect([await site.password('alice'), await site.accounts()]).toEqual([
      passwords.new,
      ['alice known enabled', 'bob known enabled'],
    ]);
  });
});

describe('an account that is removed', () => {
  test('is not made again, and comes back with a rollback', async () => {
    const site = new Site();
    await site.install({ alice: passwords.alice, bob: passwords.bob });
    expect((await site.change('remove', 'alice')).exit).toBe(0);
    expect([await site.accounts(), await site.drifts()]).toEqual([['bob known enabled'], []]);
    expect(begun(await site.again())).toEqual([]);
    expect(await site.password('alice')).toBeUndefined();
    expect((await site.rollback()).exit).toBe(0);
    expect(await site.password('alice')).toBe(passwords.alice);
  });

  test('takes nothing of one whose name begins like its own', async () => {
    const site = new Site();
    await site.install({ jean: passwords.alice, 'jean.dupont': passwords.bob });
    await site.change('remove', 'jean');
    expect([await site.accounts(), await site.drifts()]).toEqual([['jean.dupont known enabled'], []]);
    expect(begun(await site.again())).toEqual([]);
  });

  test('goes with what its user has stored, which is packed and said', async () => {
    const site = new Site();
    await site.install();
    const roster = join(site.world.home, prosodyData, 'meet%2eexample%2eorg/roster');
    await mkdir(roster);
    await writeFile(join(roster, 'alice.list'), 'item({});');
    const done = await site.change('remove', 'alice');
    expect(done.records.find(({ type }) => type === 'saved')).toMatchObject({
      path: expect.stringContaining(`/kept/${done.run}/prosody-alice@meet.example.org-`),
    });
    await site.rollback();
    expect(await readFile(join(roster, 'alice.list'), 'utf8')).toBe('item({});');
  });

  test('may be one of somebody else’s', async () => {
    const site = new Site();
    await site.install();
    await site.byHand('carol', 'of-her-own');
    expect((await site.change('remove', 'carol')).exit).toBe(0);
    expect(await site.accounts()).toEqual(['alice known enabled']);
    await site.rollback();
    expect(await site.password('carol')).toBe('of-her-own');
  });

  test('and added again is the guide’s once more', async () => {
    const site = new Site();
    await site.install();
    await site.change('remove', 'alice');
    await site.change('add', 'alice', passwords.new);
    expect([await site.accounts(), await site.drifts()]).toEqual([['alice known enabled'], []]);
    for (const _ of [1, 2, 3]) expect((await site.rollback()).exit).toBe(0);
    expect(await site.password('alice')).toBeUndefined();
  });
});

describe('what is said before anything begins', () => {
  test.each([
    ['add', 'alice', 'The account alice@meet.example.org already exists'],
    ['add', 'ALICE', 'The account alice@meet.example.org already exists'],
    ['add', 'a b', '“a b” cannot be the name of an account.'],
    ['add', 'x@y', '“x@y” cannot be the name of an account.'],
    ['passwd', 'bob', 'The account bob@meet.example.org does not exist'],
    ['remove', 'bob', 'The account bob@meet.example.org does not exist'],
  ] as const)('%s %s: %s', async (change, name, sentence) => {
    const site = new Site();
    await site.install();
    await expect(site.settle(change, name)).rejects.toMatchObject({
      exit: 2,
      say: { en: expect.stringContaining(sentence) },
    });
  });

  test('the name is that of the answers, however it is written', async () => {
    const site = new Site();
    await site.install({ Alice: passwords.alice });
    expect(await site.settle('passwd', 'alice')).toEqual({ change: 'passwd', name: 'Alice' });
    expect((await site.change('passwd', 'Alice', passwords.new)).exit).toBe(0);
    expect([await site.password('alice'), await site.drifts()]).toEqual([passwords.new, []]);
  });

  test('nothing is installed, or not as far as that', async () => {
    const site = new Site();
    await mkdir(site.world.folder, { recursive: true });
    await expect(site.accounts()).rejects.toMatchObject({
      say: { en: expect.stringContaining('is not installed on this machine') },
    });
    await writeFile(`${site.world.folder}/b`, 'in the way');
    await drive(site.world, {
      guide,
      host: site.host('does not run'),
      given: {
        DIR: site.world.folder,
        DOMAIN: domain,
        USERS: '[{"username":"alice","password":"Kanarie-1"}]',
      },
    });
    await expect(site.accounts()).rejects.toMatchObject({
      say: { en: expect.stringContaining('has not come as far as the accounts') },
    });
  });

  test('the guide has no accounts', async () => {
    const site = new Site();
    const { accounts: _, ...without } = guide;
    await expect(accountsFor(site.machine(), without)).rejects.toMatchObject({ exit: 2 });
  });
});

describe('a change that fails', () => {
  test('is continued by the same command, and blocks no other account if nothing was begun', async () => {
    const site = new Site();
    await site.install();
    const failed = await site.change('passwd', 'alice', passwords.new, { host: site.host('does not run') });
    expect(failed.exit).toBe(1);
    expect(unfinishedRun(await site.runs(), 'meet')?.id).toBe(failed.run);
    await expect(site.settle('add', 'bob')).rejects.toMatchObject({
      say: { en: expect.stringContaining('The change of the account alice was cut off in the middle') },
    });
    expect(await site.settle('passwd', 'alice')).toEqual({ change: 'passwd', name: 'alice' });
    const rest = await site.change('passwd', 'alice', 'Kanarie-other-55', { run: failed.run });
    expect([rest.exit, await site.password('alice')]).toEqual([0, 'Kanarie-other-55']);
    expect(unfinishedRun(await site.runs(), 'meet')).toBeUndefined();
    expect(await site.drifts()).toEqual([]);
  });

  test('is taken back by a rollback', async () => {
    const site = new Site();
    await site.install();
    const failed = await site.change('passwd', 'alice', passwords.new, { host: site.host('does not run') });
    expect(rollbackTarget(await site.runs(), 'meet')?.id).toBe(failed.run);
    expect((await site.rollback()).exit).toBe(0);
    expect([await site.password('alice'), await site.drifts()]).toEqual([passwords.alice, []]);
    expect(unfinishedRun(await site.runs(), 'meet')).toBeUndefined();
    expect(await site.settle('add', 'bob')).toBeTruthy();
  });

  test('is refused with a sentence where the program could not be told the password', async () => {
    const site = new Site();
    await site.install();
    const refused = await site.change('passwd', 'alice', 'two\nlines');
    expect([refused.exit, begun(refused)]).toEqual([3, []]);
    expect(await site.settle('add', 'bob')).toBeTruthy();
  });
});

describe('a change that is cut off anywhere', () => {
  /** The world stops at the nth point, once a password is kept. */
  const cutOff = async (site: Site, nth: number, ...words: Parameters<Site['change']>) => {
    let points = 0;
    const gate = () => {
      points += 1;
      if (points >= nth) throw new Error('stopped');
    };
    const run = await new StateFolder(testHost(), site.world.state).newRun('meet');
    const [change, name, password] = words;
    const host = site.host('usual', testHost({ gate }));
    await site.change(change, name, password, { host, run }).catch(() => {});
    return { run, points };
  };

  test.each([
    ['passwd', 'alice', passwords.new, passwords.new, undefined],
    ['remove', 'alice', undefined, undefined, undefined],
    ['add', 'bob', passwords.bob, passwords.alice, passwords.bob],
  ] as const)(
    '%s %s is finished by the same command, or taken back',
    async (change, name, password, alice, bob) => {
      const all = new Site();
      await all.install();
      const { points } = await cutOff(all, Number.POSITIVE_INFINITY, change, name, password);
      expect(points).toBeGreaterThan(20);
      for (let nth = 2; nth <= points; nth += Math.ceil(points / 9)) {
        const site = new Site();
        await site.install();
        const { run } = await cutOff(site, nth, change, name, password);
        if (nth % 2 === 0) {
          expect((await site.change(change, name, password, { run })).exit, `${nth}`).toBe(0);
          expect([await site.password('alice'), await site.password('bob')], `${nth}`).toEqual([alice, bob]);
        }
        if (rollbackTarget(await site.runs(), 'meet')?.id === run)
          expect((await site.rollback()).exit, `${nth}`).toBe(0);
        expect([await site.password('alice'), await site.password('bob')], `${nth}`).toEqual([
          passwords.alice,
          undefined,
        ]);
        expect(await site.drifts()).toEqual([]);
      }
    },
    120_000,
  );
});

test('the home screen stays that of the install, and opens the accounts', async () => {
  const site = new Site();
  await site.install();
  await site.change('add', 'bob', passwords.bob);
  const [entry] = await homeEntries(site.machine());
  expect(entry).toMatchObject({ action: 'verify', state: 'done', total: 3, accounts: true });
  await site.change('passwd', 'bob', passwords.new, { host: site.host('does not run') });
  const [open] = await homeEntries(site.machine());
  expect(open).toMatchObject({ action: 'resume', state: 'failed' });
});

test('no password stands in a journal, and the secrets of a change go with its rollback', async () => {
  const site = new Site();
  const { run } = await site.install();
  await site.change('add', 'bob', passwords.bob);
  const changed = await site.change('passwd', 'alice', passwords.new);
  const texts = JSON.stringify(await site.runs());
  for (const password of Object.values(passwords)) expect(texts).not.toContain(password);
  const store = secretsOf(site.world);
  expect(await store.get(`meet/USERS.alice.password@${changed.run}`)).toBeDefined();
  await site.rollback();
  expect(await store.get(`meet/USERS.alice.password@${changed.run}`)).toBeUndefined();
  const runs = await site.runs();
  const install = runs.find(({ id }) => id === run) as StoredRun;
  expect([...knownSince(install, runs).keys()].filter((name) => name.startsWith('USERS'))).toEqual([
    'USERS',
    'USERS.alice.password',
    'USERS.bob.password',
  ]);
});
