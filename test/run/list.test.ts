/** A list from its questions to what is done for each of its rows, over again, and back. */
import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { open } from '../../src/answers/secret.ts';
import type { Each } from '../../src/guide/kinds.ts';
import { agreedPlan, effects, known } from '../../src/journal/fold.ts';
import type { Decision } from '../../src/run/protocol.ts';
import { stateOf } from '../crash/cuts.ts';
import { asks, guideOf, needsFile, stepOf } from './guides.ts';
import { agreeing, type Driven, drive, newWorld, secretsOf } from './rig.ts';
import { practiceAnswers, type World } from './world.ts';

const alice = { name: 'alice', mail: 'alice@example.org', password: 'Kanarie-alice-7' };
const bob = { name: 'bob', mail: 'bob@example.org', password: 'Kanarie-bob-42' };
const people = (...rows: readonly object[]) => ({ PRACTICE_PEOPLE: JSON.stringify(rows) });
const answer = (...rows: readonly object[]): Decision => ({
  type: 'answer',
  id: 'PRACTICE_PEOPLE',
  value: JSON.stringify(rows),
});

async function aWorld(): Promise<World> {
  const world = newWorld();
  await mkdir(world.home);
  return world;
}

const files = (world: World) => readdir(`${world.folder}/people`);
const fileOf = (world: World, name: string) => readFile(`${world.folder}/people/${name}.ini`, 'utf8');
const install = (world: World, ...rows: readonly object[]) =>
  drive(world, { given: practiceAnswers(world, people(...rows)) });
const idsOf = ({ records }: Driven) =>
  agreedPlan(records)
    ?.steps.find(({ id }) => id === 'people')
    ?.operations.map(({ id }) => id);
const begun = ({ records }: Driven) => records.some(({ type }) => type === 'begin');

describe('for each row', () => {
  test('its own is done, under its own resource key, and taken back', async () => {
    const world = await aWorld();
    const done = await install(world, alice, bob);
    expect([done.exit, await files(world)]).toEqual([0, ['alice.ini', 'bob.ini']]);
    expect(await fileOf(world, 'bob')).toContain('mail = bob@example.org\npassword = Kanarie-bob-42\n');
    expect((await stat(`${world.folder}/people/bob.ini`)).mode & 0o777).toBe(0o600);
    expect(idsOf(done)).toEqual([
      `people dir:${world.folder}/people`,
      `people file:${world.folder}/people/alice.ini`,
      `people file:${world.folder}/people/bob.ini`,
    ]);
    expect((await drive(world, { kind: 'rollback', of: done.run, given: {} })).exit).toBe(0);
    expect(await readdir(world.home)).toEqual([]);
  });

  test('a second install, in whatever order its rows come, finds nothing to do', async () => {
    const world = await aWorld();
    const first = await install(world, alice, bob);
    const second = await drive(world, { given: {}, decide: agreeing() });
    const turned = await install(world, bob, alice);
    expect([second.exit, begun(second), turned.exit, begun(turned)]).toEqual([0, false, 0, false]);
    expect(idsOf(turned)?.toSorted()).toEqual(idsOf(first));
  });

  test('a row that is corrected is done again, the others are left', async () => {
    const world = await aWorld();
    await install(world, alice, bob);
    const { password: _, ...row } = { ...bob, mail: 'new@example.org' };
    const again = await drive(world, {
      given: {},
      decide: agreeing((_view, need) =>
        need === 'answers' ? [answer({ name: 'alice', mail: alice.mail }, row), { type: 'submit' }] : [],
      ),
    });
    expect(effects(again.records).map(({ key }) => key)).toEqual([`file:${world.folder}/people/bob.ini`]);
    expect(await fileOf(world, 'bob')).toContain('new@example.org\npassword = Kanarie-bob-42\n');
  });

  test('a row that is taken out is planned no more; a rollback still takes back what was done for it', async () => {
    const world = await aWorld();
    const first = await install(world, alice, bob);
    const again = await install(world, alice);
    expect([again.exit, begun(again), await files(world)]).toEqual([0, false, ['alice.ini', 'bob.ini']]);
    expect([...known(again.records).keys()].filter((id) => id.startsWith('PRACTICE_PEOPLE'))).toEqual([
      'PRACTICE_PEOPLE',
      'PRACTICE_PEOPLE.alice.password',
    ]);
    expect((await drive(world, { kind: 'rollback', of: first.run, given: {} })).exit).toBe(0);
    expect(await readdir(world.home)).toEqual([]);
  });

  test('one that was taken out after a failure too', async () => {
    const world = await aWorld();
    await mkdir(world.folder);
    const each: Each = {
      each: 'USERS',
      do: [{ kind: 'file', path: '%DIR%/%USERS.name%', content: '%USERS.password%\n', syntax: 'plain' }],
    };
    const text = { fr: 'x', en: 'x' };
    const of = { name: { kind: 'name', ask: text }, password: { kind: 'password', ask: text } } as const;
    const guide = guideOf(
      'mini',
      [{ ...stepOf('one'), do: [each] }, stepOf('two', needsFile('mended'))],
      [asks('USERS', { kind: 'list', key: 'name', of })],
    );
    let failures = 0;
    const done = await drive(world, {
      guide,
      given: {
        DIR: world.folder,
        USERS: JSON.stringify([alice, bob].map(({ name, password }) => ({ name, password }))),
      },
      decide: agreeing((view, need) => {
        if (need === 'failure') return [{ type: failures++ === 0 ? 'correct' : 'stop' }];
        if (need !== 'answers' || !view.error) return [];
        return [{ type: 'answer', id: 'USERS', value: '[{"name":"alice"}]' }, { type: 'submit' }];
      }),
    });
    expect([done.exit, await readdir(world.folder)]).toEqual([1, ['alice', 'bob']]);
    expect((await drive(world, { kind: 'rollback', of: done.run, guide, given: {} })).exit).toBe(0);
    expect(await readdir(world.folder)).toEqual([]);
  });
});

describe('while it is answered', () => {
  test('each draft is durable, with its problem and its secrets, across a line that drops', async () => {
    const world = await aWorld();
    const first = await drive(world, {
      decide: agreeing((_, need) =>
        need === 'answers' ? [answer(alice, { ...bob, mail: 'bob' }), { type: 'stop' }] : [],
      ),
    });
    const second = await drive(world, {
      given: {},
      run: first.run,
      decide: agreeing((view, need) =>
        need === 'answers' && view.form.open.length > 0 ? [{ type: 'stop' }] : [],
      ),
    });
    const field = second.seat.view.form.fields.find(({ id }) => id === 'PRACTICE_PEOPLE');
    expect([first.exit, second.exit, field?.rows?.[1]?.cells['mail'], field?.rows?.[1]?.given]).toEqual([
      130,
      130,
      'bob',
      ['password'],
    ]);
    expect(field?.problem?.en).toMatch(/^Row 2 — /);
    expect(field?.uses.map(({ en }) => en)).toEqual(['Write a file for each person']);
  });

  test('a cell is made and shown by its own name', async () => {
    const world = await aWorld();
    const id = 'PRACTICE_PEOPLE.alice.password';
    const done = await drive(world, {
      decide: (_, need) =>
        need === 'answers'
          ? [
              answer({ name: 'alice', mail: alice.mail }),
              { type: 'generate', id },
              { type: 'generate', id: 'PRACTICE_PEOPLE.nobody.password' },
              { type: 'submit' },
            ]
          : [{ type: 'reveal', id }, { type: 'stop' }],
    });
    const made = await secretsOf(world).get(`practice/${id}`);
    expect(made && done.seat.of('revealed')).toEqual([{ type: 'revealed', id, value: made && open(made) }]);
    expect(known(done.records).get(id)?.from).toBe('generated');
    expect(await secretsOf(world).list()).not.toContain('practice/PRACTICE_PEOPLE.nobody.password');
  });

  test('a value that its place cannot hold is refused at the list', async () => {
    const world = await aWorld();
    await mkdir(world.folder);
    const text = { fr: 'x', en: 'x' };
    const each: Each = {
      each: 'SITES',
      do: [{ kind: 'file', path: '%DIR%/%SITES.name%', content: 'Define X %SITES.x%\n', syntax: 'apache' }],
    };
    const of = { name: { kind: 'name', ask: text }, x: { kind: 'text', ask: text } } as const;
    const guide = guideOf(
      'mini',
      [{ ...stepOf('one'), do: [each] }],
      [asks('SITES', { kind: 'list', key: 'name', of })],
    );
    const sites = (x: string) =>
      JSON.stringify([
        { name: 'a', x: 'fine' },
        { name: 'b', x },
      ]);
    let asked = 0;
    const done = await drive(world, {
      guide,
      given: { DIR: world.folder, SITES: sites('\x24{y}') },
      decide: agreeing((view, need) => {
        if (need !== 'answers' || view.form.open.length === 0) return [];
        asked += 1;
        expect(view.form.fields.find(({ id }) => id === 'SITES')?.problem?.en).toContain('SITES.b.x');
        return [{ type: 'answer', id: 'SITES', value: sites('fine') }, { type: 'submit' }];
      }),
    });
    expect([done.exit, await readdir(world.folder)]).toEqual([0, ['a', 'b']]);
    expect(asked).toBe(1);
  });

  test('no secret of it is in the state folder or in an event', async () => {
    const world = await aWorld();
    const done = await drive(world, {
      decide: agreeing((_, need) =>
        need === 'answers' ? [answer(alice, bob), answer(bob, alice), { type: 'submit' }] : [],
      ),
    });
    expect(done.exit).toBe(0);
    const secrets = secretsOf(world);
    expect(await secrets.list()).toEqual([
      'practice/PRACTICE_PASSWORD',
      'practice/PRACTICE_PEOPLE.alice.password',
      'practice/PRACTICE_PEOPLE.bob.password',
    ]);
    const kept = await secrets.get('practice/PRACTICE_PEOPLE.bob.password');
    expect(kept && open(kept)).toBe(bob.password);
    expect(JSON.stringify(done.seat.events)).not.toContain('Kanarie');
    const names = await readdir(world.state, { recursive: true, withFileTypes: true });
    for (const one of names.filter((name) => name.isFile() && !name.parentPath.includes('/secrets'))) {
      expect(await readFile(join(one.parentPath, one.name), 'utf8'), one.name).not.toContain('Kanarie');
    }
    expect(known((await stateOf(world).runs())[0]?.records ?? []).get('PRACTICE_PEOPLE')).toEqual({
      value: '[{"name":"bob","mail":"bob@example.org"},{"name":"alice","mail":"alice@example.org"}]',
      secret: undefined,
      list: 'name',
      from: 'person',
    });
  });
});
