import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { generateSecrets } from '../../src/answers/generate.ts';
import { type Answers, giveAnswer, giveWritten } from '../../src/answers/give.ts';
import { parseAnswersFile, renderAnswersFile } from '../../src/answers/ini-file.ts';
import { resolveAnswers } from '../../src/answers/resolve.ts';
import { open } from '../../src/answers/secret.ts';
import type { Column, Guide, Question } from '../../src/guide/types.ts';
import { both, guide as small } from './guide.ts';
import { hostile } from './hostile.ts';

const columns: Record<string, Column> = {
  name: { kind: 'text', ask: both('Name'), example: 'alice' },
  mail: { kind: 'email', ask: both('Mail') },
  note: { kind: 'text', ask: both('Note'), optional: true },
  password: { kind: 'password', ask: both('Password'), generate: 16, min: 8 },
};

const guideWith = (more: Partial<Question> = {}): Guide => ({
  ...small,
  rules: [],
  questions: [
    { id: 'USERS', kind: 'list', topic: 'web', ask: both('Users'), key: 'name', of: columns, ...more },
  ],
});
const guide = guideWith();
const demanding = (min: number, max: number) => guideWith({ min, max });
const noWizard = guideWith({ of: { ...columns, password: { kind: 'password', ask: both('Password') } } });

const given = (value: unknown, of: Guide = guide, answers: Answers = new Map()): Answers => {
  giveAnswer(answers, of, 'USERS', typeof value === 'string' ? value : JSON.stringify(value), 'person');
  return answers;
};
const resolve = (value: unknown, of: Guide = guide) => resolveAnswers(of, {}, given(value, of));
const problem = (value: unknown, of: Guide = guide) => resolve(value, of).problems[0]?.say;
const field = (value: unknown, of: Guide = guide) => resolve(value, of).form.fields[0];

const alice = { name: 'alice', mail: 'alice@a.fr', password: 'correct horse' };
const bob = { name: 'bob', mail: 'bob@a.fr', note: 'n', password: 'battery staple' };
const secretIn = (answers: Answers, name: string) => {
  const secret = answers.get(name)?.secret;
  return secret && open(secret);
};

describe('a list', () => {
  test('is kept in its parts: rows without secrets, and each secret under its own name', () => {
    const { answers } = resolve([alice, bob]);
    expect([...answers.keys()]).toEqual(['USERS', 'USERS.alice.password', 'USERS.bob.password']);
    expect(answers.get('USERS')).toEqual({
      value: JSON.stringify([
        { name: 'alice', mail: 'alice@a.fr', note: '' },
        { name: 'bob', mail: 'bob@a.fr', note: 'n' },
      ]),
      list: 'name',
      from: 'person',
    });
    expect(secretIn(answers, 'USERS.bob.password')).toBe('battery staple');
  });

  test('that nobody gave is empty, and that is an answer where it may be', () => {
    const { answers, problems, form } = resolveAnswers(guide, {}, new Map());
    expect([problems, answers.get('USERS')]).toEqual([[], { value: '', list: 'name', from: 'default' }]);
    expect(form.fields[0]).toMatchObject({ kind: 'list', optional: true, from: 'default', rows: [] });
  });

  test('that is equal is the same text, in whatever order its columns came', () => {
    const { password, mail, name } = alice;
    expect(resolve([{ password, mail, name, note: '' }]).answers.get('USERS')).toEqual(
      resolve([alice]).answers.get('USERS'),
    );
  });

  test('keeps the secret of a row that comes without it, and forgets that of a row that is gone', () => {
    const answers = given([alice, bob]);
    given([{ name: 'bob', mail: 'new@a.fr', password: '' }], guide, answers);
    given(
      [
        { name: 'bob', mail: 'new@a.fr' },
        { name: 'alice', mail: 'a@a.fr' },
      ],
      guide,
      answers,
    );
    expect(secretIn(answers, 'USERS.bob.password')).toBe('battery staple');
    expect(resolveAnswers(guide, {}, answers).toGenerate).toEqual(['USERS.alice.password']);
  });

  test('has its cells tidied as any answer is', () => {
    const row = { name: ' alice ', mail: ' alice@a.fr', password: ' edges ' };
    const answers = given([row]);
    expect(answers.get('USERS')?.value).toContain('"name":"alice","mail":"alice@a.fr"');
    expect(secretIn(answers, 'USERS.alice.password')).toBe(' edges ');
  });

  test('gives conditions its text: whether there are rows may be asked', () => {
    const after: Question = {
      id: 'AFTER',
      kind: 'text',
      topic: 'web',
      ask: both(''),
      initial: 'x',
      when: { not: { answer: 'USERS', is: [''] } },
    };
    const asking = { ...guide, questions: [...guide.questions, after] };
    const ids = (value: unknown) => [...resolve(value, asking).answers.keys()];
    expect([ids([]), ids([alice]).at(-1)]).toEqual([['USERS'], 'AFTER']);
  });
});

describe('what is wrong is said with its row', () => {
  test.each<[string, unknown, Guide, string]>([
    ['no list at all', '{"a":1}', guide, 'This is not a list: it takes a JSON array'],
    ['broken JSON', '[{"name":"alice"', guide, 'This is not a list'],
    ['a number in a cell', '[{"name":1}]', guide, 'This is not a list'],
    ['an empty row', [alice, {}], guide, 'Row 2 — This row is empty'],
    ['a row of blanks', [alice, { name: ' ', mail: '' }], guide, 'Row 2 — This row is empty'],
    ['a row without its name', [{ ...alice, name: '' }], guide, 'Row 1 — Name: This answer is needed.'],
    ['a name twice', [alice, bob, alice], guide, 'Row 3 — “alice” is already in row 1'],
    ['a name that blanks make twice', [alice, { ...bob, name: 'alice ' }], guide, 'Row 2 — “alice”'],
    ['a name that cannot be one', [{ ...alice, name: 'Jo Ann' }], guide, 'Row 1 — Name: This names the row'],
    ['a name that is a path', [{ ...alice, name: '../x' }], guide, 'Row 1 — Name: This names the row'],
    ['an endless name', [{ ...alice, name: 'a'.repeat(65) }], guide, 'Row 1 — Name: This is too long: 64'],
    ['a wrong cell', [alice, { ...bob, mail: 'bob' }], guide, 'Row 2 — Mail: This is not an e-mail'],
    ['a control character', [{ ...alice, note: 'a\tb' }], guide, 'Row 1 — Note: There is an invisible'],
    [
      'a line break in a secret',
      [{ ...alice, password: 'a\nb' }],
      guide,
      'Row 1 — Password: There is an inv',
    ],
    ['a short secret', [alice, { ...bob, password: 'short' }], guide, 'Row 2 — Password: This is too short'],
    [
      'a secret nobody makes',
      [{ ...alice, password: '' }],
      noWizard,
      'Row 1 — Password: This answer is need',
    ],
    ['a column that is none', [{ ...alice, pass: 'x' }], guide, 'Row 1 — There is no column “pass”'],
    ['too few rows', [alice], demanding(2, 9), 'At least 2 rows are needed.'],
    ['no row', [], demanding(1, 9), 'At least one row is needed: add it.'],
    ['too many rows', [alice, bob], demanding(0, 1), 'There are too many rows: 1 at most.'],
  ])('%s', (_, value, of, sentence) => {
    expect(problem(value, of)?.en).toMatch(new RegExp(`^${sentence.replace(/[.()/]/g, '\\$&')}`));
    expect(resolve(value, of).answers.has('USERS')).toBe(false);
  });

  test('in French too', () => {
    expect(problem([alice, alice])?.fr).toBe(
      'Ligne n°\u00a02 — «\u00a0alice\u00a0» est déjà à la ligne n°\u00a01\u00a0: changez l’un des deux.',
    );
  });

  test('nothing of a text that cannot be read is kept: a secret may be in it', () => {
    const answers = given('[{"name":"alice","password":"correct horse"');
    expect(JSON.stringify([...answers])).not.toContain('horse');
    expect(JSON.stringify([...given([{ ...alice, passwort: 'staple' }])])).not.toContain('staple');
  });
});

describe('the form', () => {
  test('has the columns, and rows whose secrets are only named', () => {
    const shown = field([alice, { name: 'bob', mail: 'bob' }]);
    expect(shown).toMatchObject({ kind: 'list', value: '', given: true, canGenerate: false });
    expect(shown?.columns?.map(({ name, secret, canGenerate }) => [name, secret, canGenerate])).toEqual([
      ['name', false, undefined],
      ['mail', false, undefined],
      ['note', false, undefined],
      ['password', true, true],
    ]);
    expect(shown?.rows?.[0]).toEqual({
      cells: { name: 'alice', mail: 'alice@a.fr', note: '', password: '' },
      given: ['password'],
    });
    expect(shown?.rows?.[1]).toMatchObject({ given: [], problem: { en: expect.stringMatching(/^Mail: /) } });
    expect(shown?.problem?.en).toMatch(/^Row 2 — Mail: /);
  });

  test.each(hostile)('keeps what was typed in a cell, and no secret: %j', (value) => {
    const shown = field([{ name: 'alice', mail: value, note: value, password: `${value}-Zq9` }]);
    expect(shown?.rows?.[0]?.cells['note']).toBe(value.replace(/^ +/, '').replace(/(?<! ) +$/, ''));
    expect(JSON.stringify(shown)).not.toContain('-Zq9');
  });
});

describe('secrets of a list that nobody gave', () => {
  test('are made, each under the name of its cell', () => {
    const resolution = resolve([alice, { name: 'bob', mail: 'bob@a.fr' }]);
    expect([resolution.problems, resolution.toGenerate]).toEqual([[], ['USERS.bob.password']]);
    const made = generateSecrets(guide, resolution, randomBytes);
    expect(secretIn(made, 'USERS.bob.password')).toMatch(/^[A-Za-z2-9]{16}$/);
  });

  test('nothing is made for a question or a cell of which the guide does not say so', () => {
    const toGenerate = ['USERS', 'USERS.alice.mail', 'USERS.alice.nothing', 'NOBODY'];
    expect([...generateSecrets(guide, { toGenerate }, randomBytes)]).toEqual([]);
  });

  test('one cell may be given alone, into a row that is there', () => {
    const answers = given([alice]);
    expect(giveAnswer(answers, guide, 'USERS.alice.password', 'another one', 'generated')).toEqual([
      'USERS.alice.password',
    ]);
    expect(giveAnswer(answers, guide, 'USERS.carol.password', 'another one', 'generated')).toEqual([]);
    expect(secretIn(answers, 'USERS.alice.password')).toBe('another one');
    expect(answers.has('USERS.carol.password')).toBe(false);
  });
});

describe('as a person writes it', () => {
  const parse = (text: string, of: Guide = guide) =>
    parseAnswersFile('/root/a.ini', text, { mode: '0600', owner: 'root:root' }, of, {
      read: async (path) => Buffer.from(`from ${path}\n`),
      env: {},
      user: 'root',
      guides: ['small'],
    });
  const lines = (...all: string[]) => parse(['[small]', ...all].join('\n'));
  const said = async (...all: string[]) => (await lines(...all)).problems.map(({ say }) => say.en);

  test('names of the rows on one line, a line for each cell, in any order', async () => {
    const { answers, problems } = await lines(
      'USERS.bob.mail = bob@a.fr',
      'USERS.bob.password = file:/root/bob',
      'USERS = jo.ann@a.fr, bob',
      'USERS.jo.ann@a.fr.mail = jo@a.fr',
    );
    expect(problems).toEqual([]);
    expect(answers.get('USERS')?.value).toBe(
      JSON.stringify([
        { name: 'jo.ann@a.fr', mail: 'jo@a.fr', note: '' },
        { name: 'bob', mail: 'bob@a.fr', note: '' },
      ]),
    );
    expect(secretIn(answers, 'USERS.bob.password')).toBe('from /root/bob');
    expect(resolveAnswers(guide, {}, answers).toGenerate).toEqual(['USERS.jo.ann@a.fr.password']);
  });

  test('a cell of nobody, and a column that is none, are refused where they stand', async () => {
    expect(await said('USERS = bob', 'USERS.alice.mail = a@a.fr')).toEqual([
      '/root/a.ini:3: “alice” is not in USERS: add it to USERS = …, separated by a comma.',
    ]);
    expect(await said('USERS = bob', 'USERS.bob.mial = a@a.fr')).toEqual([
      '/root/a.ini:3: USERS.bob.mial is not a question of this guide: did you mean USERS.bob.mail?',
    ]);
  });

  test('a secret in the clear needs a file of its owner alone', async () => {
    const text = '[small]\nUSERS = bob\nUSERS.bob.password = battery staple';
    const open = await parseAnswersFile('/root/a.ini', text, { mode: '0644', owner: 'root:root' }, guide, {
      read: async () => undefined,
      env: {},
      user: 'root',
      guides: ['small'],
    });
    expect(open.problems[0]?.say.en).toContain('chmod 600');
  });

  test('an empty line empties it only where it may be empty', async () => {
    expect((await lines('USERS =')).answers.get('USERS')?.value).toBe('');
    expect((await parse('[small]\nUSERS =', demanding(1, 9))).answers.size).toBe(0);
  });

  test('the file to fill in says the columns and shows how', () => {
    const text = renderAnswersFile(guide, 'fr', resolveAnswers(guide, {}, new Map()));
    const columns = [';   name — Name (fr)', ';   mail — Mail (fr)', ';   note — Note (fr). Facultatif.'];
    expect(text).toContain([...columns, ';   password — Password (fr). '].join('\n'));
    const example = ['; USERS = alice', '; USERS.alice.mail =', '; USERS.alice.note ='];
    expect(text).toContain(
      [...example, '; USERS.alice.password = file:/root/users.alice.password\n'].join('\n'),
    );
    expect(renderAnswersFile(demanding(1, 9), 'en', resolve([], demanding(1, 9)))).toContain('\nUSERS =\n');
  });

  test.each(hostile)(
    'written out and read again it is the same, with %j in a cell; no secret is',
    async (value) => {
      const before = resolve([alice, { ...bob, note: value }]);
      const text = renderAnswersFile(guide, 'en', before);
      expect(text).not.toContain('staple');
      const file = await parse(text);
      expect(file.problems).toEqual([]);
      const was = before.form.fields[0]?.rows?.map(({ cells }) => cells);
      expect(resolveAnswers(guide, {}, file.answers).form.fields[0]?.rows?.map(({ cells }) => cells)).toEqual(
        was,
      );
    },
  );

  test('the same on the command line, one value after the other', () => {
    const answers: Answers = new Map();
    const set = (id: string, text: string) => giveWritten(answers, guide, id, text, 'set');
    expect([set('USERS', 'alice,bob'), set('USERS.bob.note', 'second')]).toEqual([undefined, undefined]);
    expect(set('USERS.carol.note', 'x')?.en).toContain('“carol” is not in USERS');
    expect(set('USERS', 'bob')).toBeUndefined();
    expect(answers.get('USERS')?.value).toBe('[{"name":"bob","mail":"","note":"second"}]');
  });
});
