import { describe, expect, test } from 'vitest';
import { checkLines } from '../../screens/checks.ts';
import { choiceLine } from '../../screens/field.tsx';
import { keySplitter } from '../../screens/parts/key-input.ts';
import { onOneLine } from '../../screens/parts/text-field.tsx';
import { speech, type Ui } from '../../screens/parts/ui.ts';
import { width } from '../../screens/parts/width.ts';
import { stories } from '../../screens/stories.tsx';
import type { FormField, LiveCheck, View } from '../../src/run/protocol.ts';
import { keys, stage, tooLarge } from './stage.tsx';

/** Nothing was answered by hand yet: the form opens at its first field. */
function fresh(change: Partial<FormField> = {}, id = ''): View {
  const view = stories['questions'] as View;
  const fields = view.form.fields.map((one) => ({
    ...one,
    ...(one.from === 'person' ? { from: 'default' as const } : {}),
    ...(one.id === id ? change : {}),
  }));
  return { ...view, form: { ...view.form, fields } };
}

const rowsOf = (text: string) => text.split('\n');

describe('a choice whose consequence is for good', () => {
  const ui = speech('en', false) as Ui;
  const label = (en: string) => ({ fr: en, en });
  const choices = [
    { value: 'no', label: label('no') },
    { value: 'yes', label: label('yes, a trial'), danger: true },
  ] as const;
  const [field] = (stories['questions'] as View).form.fields;
  const shown = (draft: string, isFocused: boolean, room: number) =>
    choiceLine({ field: { ...(field as FormField), choices }, draft, isFocused }, room, ui).flatMap(
      ({ text, tone }) => (tone === 'failed' ? [text.trim()] : []),
    );

  test.each([
    ['beside the other', 'no', true, 40, ['yes, a trial']],
    ['under the cursor', 'yes', true, 40, ['‹yes, a trial›']],
    ['alone, where there is no room', 'yes', true, 18, ['‹ yes, a t… ›']],
    ['chosen, away from the cursor', 'yes', false, 40, ['yes, a trial']],
    ['not, where the other is chosen', 'no', false, 40, []],
  ])('is red %s', (_, draft, isFocused, room, red) => {
    expect(shown(draft, isFocused, room)).toEqual(red);
  });
});

describe('a form', () => {
  test('says under it what the answer is for, an example, and where the guide uses it', async () => {
    const { press, text, line } = await stage({ view: fresh() });
    await press(keys.tab);
    expect(text()).toContain('The MySQL or MariaDB server that holds the Pretix database.');
    expect(line('E.g. mysql.univ.example')).toContain('guide, lines 88, 124–131');
    expect(line('Used in:')).toMatch(
      /Used in: Create the database and its account, Write pretix\.cfg, and 1 more/,
    );
  });

  test('goes back to any earlier field, over the border of a topic, with all kept', async () => {
    const { press, connection, line, text } = await stage({ view: fresh() });
    await press(keys.tab, '2', ...Array.from({ length: 4 }, () => keys.tab));
    expect(line('›')).toContain('Addresses');
    expect(connection.sent).toEqual([{ type: 'answer', id: 'BDD_HOST', value: 'localhost2' }]);
    await press(...Array.from({ length: 4 }, () => keys.shiftTab));
    expect(line('›')).toContain('Database');
    expect(line('❯')).toContain('Server');
    expect(text()).toContain('Pretix › Answers › Database');
  });

  test('keys past either end of a value mix nothing up', async () => {
    const { press, connection } = await stage({ view: fresh() });
    await press(keys.tab, keys.ctrl('u'), 'a', keys.right, keys.right, 'b', 'c', keys.tab);
    expect(connection.sent.at(-1)).toMatchObject({ id: 'BDD_HOST', value: 'abc' });
    // Past the beginning the cursor comes round to the end.
    await press(keys.shiftTab, keys.left, keys.left, keys.left, keys.left, 'd', keys.tab);
    expect(connection.sent.at(-1)).toMatchObject({ id: 'BDD_HOST', value: 'abcd' });
  });

  test('says where each value came from', async () => {
    const { line } = await stage({ view: fresh({ from: 'earlier' }, 'BDD_USER'), lang: 'fr' });
    expect(line('Serveur')).toContain('par défaut');
    expect(line('Compte ')).toContain('déjà donné');
    expect(line('Mot de passe de ce compte')).toContain('généré');
  });

  test('says so of what stands there, not of what is being typed; an emptied field shows what it will hold', async () => {
    const { press, line } = await stage({ view: fresh() });
    await press(keys.tab, 'x');
    expect(line('Server')).toContain('localhostx');
    expect(line('Server')).not.toContain('default');
    await press(keys.ctrl('u'));
    expect(line('Server')).toMatch(/localhost +default/);
    await press(keys.tab);
    expect(line('Server')).toMatch(/localhost +default/);
  });

  test('complains about an empty field only once it was left', async () => {
    const view = fresh(
      { value: '', given: false, problem: { fr: 'Il manque.', en: 'It is missing.' } },
      'BDD_USER',
    );
    const { press, text } = await stage({ view });
    expect(text()).not.toContain('It is missing.');
    await press(keys.tab, keys.tab);
    expect(text()).not.toContain('It is missing.');
    await press(keys.tab);
    expect(text()).toContain('✖ It is missing.');
  });

  test('offers the keys that do something in the field, on the last line', async () => {
    const { press, lines } = await stage({ view: fresh(), size: [120, 40] });
    const last = () => lines().at(-1) ?? '';
    expect(last()).toContain('←→ options');
    expect(last()).not.toContain('F3');
    await press(keys.tab);
    expect(last()).toContain('F5 editor');
    expect(last()).not.toContain('options');
    await press(keys.tab, keys.tab);
    expect(last()).toContain('F3 show  F4 generate');
    expect(last()).toContain('F1 help');
  });
});

describe('a long value', () => {
  const long = Array.from({ length: 12 }, (_, index) => `https://host-${index}.example.org`).join(' ');

  test('scrolls in its field; the help shows it whole', async () => {
    const { press, text, line } = await stage({ view: fresh({ value: long }, 'BDD_HOST'), size: [80, 40] });
    await press(keys.tab);
    expect(line('❯ Server')).toContain('host-11.example.org');
    expect(line('❯ Server')).not.toContain('host-0.');
    expect(text().replaceAll(/\s/g, '')).toContain(long.replaceAll(' ', ''));
  });

  test('that was pasted in several lines is put on one, and that is said until the next key', async () => {
    const { press, connection, text } = await stage({ view: fresh() });
    await press(keys.tab, keys.ctrl('u'), '\u001b[200~db.example\norg  \r\n\tmore\n\u001b[201~');
    expect(text()).toContain('The 3 pasted lines were put on one line.');
    await press(keys.tab);
    expect(connection.sent).toEqual([{ type: 'answer', id: 'BDD_HOST', value: 'db.example org more' }]);
    expect(text()).not.toContain('pasted');
  });

  test.each([
    ['one\n', 'one'],
    ['a@x.org\nb@x.org;\r\nc@x.org', 'a@x.org, b@x.org, c@x.org'],
    ['two words\n\n more ', 'two words more'],
  ])('%j becomes one line', (text, expected) => {
    expect(onOneLine(text)).toBe(expected);
  });
});

describe('F1 in a field', () => {
  test('explains it whole: help, example, value, uses, what is found beside it, keys; Escape leads back', async () => {
    const { press, text, line, connection } = await stage({ view: fresh(), size: [80, 40] });
    await press(keys.tab, 'x', keys.ctrl('o'));
    for (const said of [
      'The MySQL or MariaDB server that holds the Pretix database.',
      'E.g. mysql.univ.example',
      'The whole value',
      'localhostx',
      'guide, lines 88, 124–131',
      'Install the database server',
      'ONLY_FULL_GROUP_BY.',
      'Keys in this field',
    ])
      expect(text()).toContain(said);
    expect(line('F5')).toContain('editor');
    await press(keys.escape);
    await press('y', keys.tab);
    expect(connection.sent.at(-1)).toEqual({ type: 'answer', id: 'BDD_HOST', value: 'localhostxy' });
  });

  test('shows no secret that is hidden', async () => {
    const view = { ...fresh(), revealed: { BDD_PASSWORD: 'correct horse' } };
    const { press, text } = await stage({ view });
    await press(keys.tab, keys.tab, keys.tab, keys.ctrl('o'));
    expect(text()).toContain('Left empty, the wizard makes one.');
    expect(text()).not.toContain('horse');
  });
});

describe('live checks', () => {
  const check = (state: LiveCheck['state'], en: string): LiveCheck => ({
    id: en,
    topic: 'database',
    state,
    say: { fr: en, en },
  });

  test('stand beside the form of their topic, with signs that read without colour', async () => {
    const view = {
      ...fresh(),
      liveChecks: [check('good', 'fine'), check('looking', 'wait'), check('bad', 'no')],
    };
    const { line, press, text } = await stage({ view });
    expect([line('fine'), line('wait'), line('✖ no')].map((one) => one.trim())).toEqual([
      '✔ fine',
      '▸ wait',
      '✖ no',
    ]);
    await press(...Array.from({ length: 5 }, () => keys.tab));
    expect(text()).not.toContain('fine');
  });

  test.each([
    [80, 24],
    [60, 16],
    [120, 40],
  ] as const)('that come in move nothing else, at %ix%i', async (columns, rows) => {
    const { show, lines } = await stage({ view: { ...fresh(), liveChecks: [] }, size: [columns, rows] });
    const before = lines();
    await show({ liveChecks: [check('looking', 'Looking at the server')] });
    await show({ liveChecks: [check('bad', `The server says ${'a long word '.repeat(9)}`)] });
    const moved = lines().filter((line, index) => line !== before[index]);
    expect(moved.length).toBeGreaterThan(0);
    expect(moved.join('\n')).toMatch(/server/);
    expect(lines().length).toBe(before.length);
    const kept = before.filter((line) => /❯|Server|Account|Docker|guide, line/.test(line.slice(0, 70)));
    for (const line of kept) expect(lines().map((one) => one.slice(0, 60))).toContain(line.slice(0, 60));
  });

  test('without room for all: the worst are kept, in their order, and cut where they end', () => {
    const ui = speech('en', false) as Ui;
    const text = (lines: ReturnType<typeof checkLines>) =>
      lines.map((one) => one.map((part) => part.text).join(''));
    const all = [
      check('good', 'one'),
      check('unknown', 'two '.repeat(30)),
      check('looking', 'three'),
      check('bad', 'four'),
    ];
    const two = text(checkLines(all, 30, 2, ui));
    expect(two[0]).toMatch(/^ \? two two.*…$/);
    expect(two[1]).toBe(' ✖ four');
    const four = text(checkLines(all.slice(0, 2), 30, 4, ui));
    expect(four[0]).toBe(' ✔ one');
    expect(four.slice(1).every((one) => width(one) <= 30)).toBe(true);
    expect(text(checkLines([], 30, 2, ui))).toEqual(['', '']);
  });
});

describe('F5', () => {
  test('opens the editor on the text; what comes back is the answer, and the form opens at the same field', async () => {
    const edits: string[] = [];
    const { promise, resolve } = Promise.withResolvers<string | undefined>();
    const desk = {
      edit: (text: string) => {
        edits.push(text);
        return promise;
      },
    };
    const { press, connection, places } = await stage({ view: fresh(), desk });
    await press(keys.tab, '2', keys.ctrl('x'));
    expect(edits).toEqual(['localhost2']);
    expect(connection.sent).toEqual([{ type: 'answer', id: 'BDD_HOST', value: 'localhost2' }]);
    const again = await stage({ view: fresh(), places });
    expect(again.line('❯')).toContain('Server');
    resolve('db.example.org\n');
    await again.pause(20);
    expect(connection.sent.at(-1)).toEqual({ type: 'answer', id: 'BDD_HOST', value: 'db.example.org' });
  });

  test('never takes a secret there', async () => {
    const desk = { edit: () => Promise.reject(new Error('opened')) };
    const { press, connection } = await stage({ view: fresh(), desk });
    await press(keys.tab, keys.tab, keys.tab, keys.ctrl('x'));
    expect(connection.sent).toEqual([]);
  });

  test.each(['\u001b[15~', '\u001b[[E'])('is known by what terminals send: %j', (sent) => {
    expect(keySplitter()(`a${sent}b`)).toEqual(['a', '\u0018', 'b']);
  });
});

describe('a list', () => {
  const view = stories['list'] as View;
  const inList = async (options: Partial<Parameters<typeof stage>[0]> = {}) => {
    const it = await stage({ view, ...options });
    await it.press(keys.tab, keys.enter);
    return it;
  };
  const sentRows = (sent: readonly unknown[]) => {
    const last = sent.at(-1) as { id: string; value: string };
    expect(last.id).toBe('USERS');
    return JSON.parse(last.value) as unknown;
  };

  test('is a line of the form: how many rows, and their names', async () => {
    const { line } = await stage({ view });
    expect(line('Accounts to create')).toContain('2 entries · alice, bob');
  });

  test('opens as a table in the same frame; the problem of a row stands under it; secrets are hidden', async () => {
    const { text, lines } = await inList();
    expect(text()).toContain('Pretix › Answers › People › Accounts to create');
    const bob = lines().findIndex((one) => one.includes(' bob '));
    expect(lines()[bob + 1]).toContain('✖ E-mail: a complete address is needed');
    expect(text()).toContain('••••••••');
    expect(text()).toContain('will be generated');
  });

  test('a cell is edited in place; a secret that is not touched is left out', async () => {
    const { press, connection } = await inList();
    await press(keys.down, keys.right, keys.enter, '@mon-univ.fr', keys.enter);
    expect(sentRows(connection.sent)).toEqual([
      { name: 'alice', mail: 'alice@mon-univ.fr' },
      { name: 'bob', mail: 'bob@mon-univ.fr' },
    ]);
  });

  test('a adds a row, cell after cell; the secret is hidden while it is typed and sent once', async () => {
    const { press, connection, text } = await inList();
    await press('a', 'carol', keys.enter, 'carol@mon-univ.fr', keys.enter, 's3cret');
    expect(text()).toContain('******');
    expect(text()).not.toContain('s3cret');
    await press(keys.enter);
    expect(sentRows(connection.sent)).toEqual([
      { name: 'alice', mail: 'alice@mon-univ.fr' },
      { name: 'bob', mail: 'bob' },
      { name: 'carol', mail: 'carol@mon-univ.fr', password: 's3cret' },
    ]);
    await press(keys.up, keys.left, keys.enter, '2', keys.enter);
    expect(JSON.stringify(sentRows(connection.sent))).not.toContain('s3cret');
  });

  test('d removes a row after one question', async () => {
    const { press, connection, text } = await inList();
    await press('d');
    expect(text()).toContain('Remove alice? y / n');
    await press('n');
    expect(connection.sent).toEqual([]);
    await press('d', 'y');
    expect(sentRows(connection.sent)).toEqual([{ name: 'bob', mail: 'bob' }]);
  });

  test('a secret of a row is revealed and generated by its own name', async () => {
    const { press, connection, show, text } = await inList();
    await press(keys.right, keys.right, keys.ctrl('r'));
    expect(connection.sent).toEqual([{ type: 'reveal', id: 'USERS.alice.password' }]);
    await show({ revealed: { 'USERS.alice.password': 'correct horse' } });
    expect(text()).toContain('correct horse');
    await press(keys.ctrl('r'));
    expect(text()).not.toContain('correct horse');
    await press(keys.ctrl('g'));
    expect(connection.sent.at(-1)).toEqual({ type: 'generate', id: 'USERS.alice.password' });
  });

  test('Escape drops what is typed in a cell, then leads back to the form with all kept', async () => {
    const { press, pause, connection, line } = await inList();
    await press(keys.enter, 'x', keys.escape);
    await pause(60);
    expect(connection.sent).toEqual([]);
    await press(keys.escape);
    await pause(60);
    expect(line('❯')).toContain('Accounts to create');
    expect(line('Name of the team')).toContain('events');
  });

  test('what the engine makes of the rows is what counts', async () => {
    const { show, text } = await inList();
    const fields = view.form.fields.map((one) => {
      if (one.id !== 'USERS') return one;
      const { problem: _, ...rest } = one;
      return { ...rest, rows: [{ cells: { name: 'dave', mail: 'd@x.org', password: '' }, given: [] }] };
    });
    await show({ form: { ...view.form, fields, open: [] } });
    expect(text()).toContain('dave');
    expect(text()).not.toContain('alice');
    expect(text()).toContain('1 entry');
  });

  test('F5 gives the rows to the editor, without secrets, and takes them back', async () => {
    const edits: string[] = [];
    const desk = {
      edit: async (text: string) => {
        edits.push(text);
        return `${rowsOf(text).slice(0, 3).join('\n')}\n\n erin | e@x.org\n`;
      },
    };
    const { press, connection } = await inList({ desk });
    await press(keys.ctrl('x'));
    expect(edits[0]).toMatch(/^# .*\n# name \| mail\nalice \| alice@mon-univ\.fr\nbob \| bob\n$/);
    expect(sentRows(connection.sent)).toEqual([
      { name: 'alice', mail: 'alice@mon-univ.fr' },
      { name: 'erin', mail: 'e@x.org' },
    ]);
  });

  test.each([
    [80, 24],
    [60, 16],
    [120, 40],
    [200, 50],
    [50, 10],
  ] as const)('stays within %ix%i, whatever is pressed', async (columns, rows) => {
    const { press, frames } = await inList({ size: [columns, rows], lang: 'fr' });
    await press('a', 'x'.repeat(300), keys.tab, 'é'.repeat(100), keys.enter, keys.ctrl('o'), keys.escape);
    await press(keys.escape, 'd', 'n', keys.down, keys.up);
    expect(tooLarge(frames, [columns, rows])).toEqual([]);
  });
});

test('beside the fields, a large terminal says what a missing answer is for and not that it is missing', async () => {
  const view = fresh(
    { value: '', given: false, problem: { fr: 'Il manque.', en: 'It is missing.' } },
    'BDD_HOST',
  );
  const { press, text, lines } = await stage({ view, size: [120, 40] });
  await press(keys.tab);
  expect(text()).not.toContain('It is missing.');
  expect(lines()[2]).toMatch(/│ {2}Server *$/);
  expect(text()).toContain('· Install the database server');
  await press('x');
  expect(text()).toContain('✖ It is missing.');
  await press(...Array.from({ length: 3 }, () => keys.tab));
  expect(text()).toContain('│  Password of the existing MySQL');
});
