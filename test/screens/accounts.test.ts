/** The screen of accounts, driven by keys. */
import { describe, expect, test } from 'vitest';
import { accountsStory, homeStory } from '../../screens/stories.tsx';
import type { Account, AccountChange, AccountsDesk, HomeEntry } from '../../src/run/protocol.ts';
import { keys, stage, tooLarge } from './stage.tsx';

const entry = homeStory.find(({ accounts }) => accounts) as HomeEntry;
const both = (text: string) => ({ fr: text, en: text });

/** A server that has these accounts, and keeps what is asked of it. */
function server(...names: readonly string[]) {
  const accounts: Account[] = names.map((name) => ({
    name,
    account: `${name}@meet.test`,
    known: true,
    state: 'enabled',
  }));
  const asked: [AccountChange, string | undefined][] = [];
  const desk: AccountsDesk = {
    list: async () => ({ host: 'meet.test', accounts: [...accounts] }),
    refusal: async ({ name }, password) =>
      name === 'no' || password === 'no' ? both('Not this one.') : undefined,
    async change(change, password) {
      asked.push([change, password]);
      const { name } = change;
      if (name === 'broken') return { ok: false, say: both('prosodyctl does not answer.') };
      if (change.change === 'add')
        accounts.unshift({ name, account: `${name}@meet.test`, known: true, state: 'enabled' });
      if (change.change === 'remove')
        accounts.splice(
          accounts.findIndex((one) => one.name === name),
          1,
        );
      return { ok: true, say: both(`${change.change} ${name} is done.`) };
    },
  };
  return { desk, asked };
}

const open = async (desk: AccountsDesk, more: Partial<Parameters<typeof stage>[0]> = {}) => {
  const shown = await stage({ home: homeStory, accounts: desk, accountsFor: entry, ...more });
  await shown.pause(50);
  return shown;
};

describe('it is reached', () => {
  test('from the home screen by u, where the guide under the cursor has accounts', async () => {
    const { press, text } = await stage({ home: homeStory, accounts: accountsStory });
    expect(text()).not.toContain('u accounts');
    await press('u');
    expect(text()).toContain('What would you like to do?');
    await press(keys.down);
    expect(text()).toContain('u accounts');
    await press('u');
    expect(text()).toContain('Accounts of meet.example.org');
    await press(keys.escape);
    expect(text()).toContain('What would you like to do?');
  });

  test('from what is installed, by u or its line, and back there', async () => {
    const { press, text } = await stage({ home: homeStory, accounts: accountsStory });
    await press(keys.down, keys.enter, 'u');
    expect(text()).toContain('Accounts of meet.example.org');
    await press(keys.escape);
    expect(text()).toContain('It is installed.');
    await press(keys.down, keys.down, keys.enter);
    expect(text()).toContain('Accounts of meet.example.org');
  });
});

test.each([
  ['fr', 'Comptes de meet.example.org', 'créé autrement', 'a ajouter', 'p mot de passe', 'd supprimer'],
  ['en', 'Accounts of meet.example.org', 'made by other means', 'a add', 'p password', 'd remove'],
] as const)('in %s it says who there is, whose they are, and the keys', async (lang, ...said) => {
  const { text } = await open(accountsStory, { lang });
  for (const one of said) expect(text()).toContain(one);
});

test.each([
  [80, 24],
  [60, 16],
  [40, 10],
  [30, 4],
] as const)('it never grows over %d × %d, whatever is pressed', async (...size) => {
  const { press, frames } = await open(server('a'.repeat(60), 'b').desk, { size, lang: 'fr' });
  await press(
    keys.down,
    'p',
    'x',
    keys.enter,
    keys.escape,
    'd',
    'n',
    'a',
    'no',
    keys.enter,
    keys.escape,
    '?',
    'x',
  );
  expect(tooLarge(frames, size)).toEqual([]);
});

describe('an account is added', () => {
  test('by its name and twice its password, which is never seen', async () => {
    const { desk, asked } = server('alice');
    const { press, text, line, frames } = await open(desk);
    await press('a', 'b', 'o', 'b', keys.enter, ...'s3cret', keys.enter);
    expect(text()).toContain('Again');
    await press(...'s3cret', keys.enter);
    expect(asked).toEqual([[{ change: 'add', name: 'bob' }, 's3cret']]);
    expect(text()).toContain('add bob is done.');
    expect(line('bob@meet.test')).toContain('❯');
    expect(frames.join('')).not.toContain('s3cret');
  });

  test('not with a name or a password that will not do: it is said beside the field', async () => {
    const { desk, asked } = server('alice');
    const { press, text } = await open(desk);
    await press('a', ...'no', keys.enter);
    expect(text()).toContain('Not this one.');
    await press(keys.backspace, keys.backspace, ...'ann', keys.enter, ...'no', keys.enter);
    expect(text()).toContain('Not this one.');
    await press(keys.escape);
    expect([text().includes('a add'), asked]).toEqual([true, []]);
  });

  test('not with two passwords that differ: both are asked for again', async () => {
    const { desk, asked } = server('alice');
    const { press, text } = await open(desk);
    await press('p', ...'one', keys.enter, ...'two', keys.enter);
    expect(text()).toContain('The two are not the same');
    await press(...'one', keys.enter, ...'one', keys.enter);
    expect(asked).toEqual([[{ change: 'passwd', name: 'alice' }, 'one']]);
  });
});

describe('an account is removed', () => {
  test('when that is confirmed', async () => {
    const { desk, asked } = server('alice', 'bob');
    const { press, text } = await open(desk);
    await press('d');
    expect(text()).toContain('Remove alice@meet.test and what is stored there? y / n');
    await press('n', keys.down, 'd', 'y');
    expect(asked).toEqual([[{ change: 'remove', name: 'bob' }, undefined]]);
    expect(text()).not.toContain('bob@meet.test');
  });
});

test('what fails is said, and one can go on', async () => {
  const { desk } = server('broken', 'carol');
  const { press, text } = await open(desk);
  await press('d', 'y');
  expect(text()).toContain('prosodyctl does not answer.');
  await press(keys.down);
  expect(text()).not.toContain('prosodyctl does not answer.');
});

test('where they cannot be looked after, it is said why, and only the way back is offered', async () => {
  const refused = { ...accountsStory, list: async () => ({ refused: both('Not as far as that.') }) };
  const { press, text, outcomes } = await open(refused);
  expect(text()).toContain('Not as far as that.');
  expect(text()).not.toContain('a add');
  await press('a', 'p', 'd');
  expect(text()).not.toContain('Name');
  await press('q');
  expect(outcomes).toMatchObject([{ exit: 0 }]);
});
