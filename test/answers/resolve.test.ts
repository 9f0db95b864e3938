import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { acceptsOf } from '../../src/answers/accepts.ts';
import { generateSecret, generateSecrets } from '../../src/answers/generate.ts';
import { type Answer, type Resolution, resolveAnswers } from '../../src/answers/resolve.ts';
import { mask, open, Secret } from '../../src/answers/secret.ts';
import { validate } from '../../src/answers/validate.ts';
import type { Guide, Question } from '../../src/guide/types.ts';
import { both, guide, questions } from './guide.ts';
import { hostile } from './hostile.ts';

const secretIds = new Set(questions.filter((one) => one.kind === 'password').map((one) => one.id));

function given(values: Record<string, string>, from: Answer['from'] = 'person'): Map<string, Answer> {
  return new Map(
    Object.entries(values).map(([id, value]): [string, Answer] => [
      id,
      secretIds.has(id) ? { secret: new Secret(value), from } : { value, from },
    ]),
  );
}

function resolve(
  values: Record<string, string> = {},
  facts: Record<string, string> = {},
  of: Guide = guide,
): Resolution {
  return resolveAnswers(of, facts, given(values));
}

const url = { PUBLIC_URL: 'https://inscription.mon-univ.fr' };
const answerIn = (resolution: Resolution, id: string): string | undefined =>
  resolution.answers.get(id)?.value;
const problemOf = (resolution: Resolution, id: string): string | undefined =>
  resolution.problems.find((problem) => problem.id === id)?.say.en;
const fieldOf = (resolution: Resolution, id: string) =>
  resolution.form.fields.find((field) => field.id === id);

describe('defaults', () => {
  test('come from other answers and from the machine', () => {
    const resolution = resolve(url, { 'net.address': '192.0.2.7' });
    expect(answerIn(resolution, 'SERVER_NAME')).toBe('inscription.mon-univ.fr');
    expect(answerIn(resolution, 'PARENT')).toBe('mon-univ.fr');
    expect(answerIn(resolution, 'MAIL_FROM')).toBe('noreply@mon-univ.fr');
    expect(answerIn(resolution, 'ERRORS_TO')).toBe('noreply@mon-univ.fr');
    expect(answerIn(resolution, 'DB_PORT')).toBe('5432');
    expect(resolution.answers.get('DB_FROM')).toEqual({ value: '192.0.2.7', from: 'fact' });
    expect(resolution.answers.get('DB_HOST')).toEqual({ value: 'localhost', from: 'default' });
  });

  test('a default made from a later question is none: order counts', () => {
    expect(problemOf(resolve(url), 'DOMAINS')).toBe('This answer is needed.');
  });

  test('what it is made from is missing or wrong: the question stays open', () => {
    for (const PUBLIC_URL of ['', 'nonsense', 'https://'])
      expect(problemOf(resolve({ PUBLIC_URL }), 'SERVER_NAME')).toBe('This answer is needed.');
  });

  test('follow a change of the answer they are made from, unless the person gave another', () => {
    expect(answerIn(resolve({ PUBLIC_URL: 'https://b.c.fr' }), 'SERVER_NAME')).toBe('b.c.fr');
    expect(problemOf(resolve({ PUBLIC_URL: 'https://b.c.fr', SERVER_NAME: 'x.fr' }), 'PUBLIC_URL')).toBe(
      'same host',
    );
  });

  test('a value that chooses the default', () => {
    expect(answerIn(resolve({ EDITION: 'old' }), 'DB_PORT')).toBe('3306');
  });

  test('come back for an answer that was emptied, stay away where an empty answer is one', () => {
    expect(resolve({ DB_HOST: '' }).answers.get('DB_HOST')).toEqual({ value: 'localhost', from: 'default' });
    expect(resolve({ DB_HOST: '  ' }).answers.get('DB_HOST')?.value).toBe('localhost');
    expect(resolve({ NOTE: '' }).answers.get('NOTE')).toEqual({ value: '', from: 'person' });
    expect(resolve().answers.get('NOTE')).toEqual({ value: 'a default', from: 'default' });
  });
});

describe('choices', () => {
  test('one that does not fit this machine is refused with its reason', () => {
    const resolution = resolve({ EDITION: 'vendor' }, { 'os.id': 'debian' });
    expect(problemOf(resolution, 'EDITION')).toBe('not on Debian');
    expect(resolution.answers.has('EDITION')).toBe(false);
    expect(fieldOf(resolution, 'EDITION')?.choices[0]?.unfit?.en).toBe('not on Debian');
    expect(fieldOf(resolution, 'EDITION')?.value).toBe('vendor');
  });

  test('as a default it gives way to the first that fits', () => {
    expect(answerIn(resolve({}, { 'os.id': 'debian' }), 'EDITION')).toBe('public');
    expect(answerIn(resolve({}, { 'os.id': 'ubuntu' }), 'EDITION')).toBe('vendor');
  });

  test('when none fits the default is refused with its reason', () => {
    const unfit = { when: { all: [] }, say: both('never') };
    const edition: Question = {
      ...(questions[0] as Question),
      choices: [{ value: 'vendor', label: both(''), unfit }],
    };
    expect(problemOf(resolve({}, {}, { ...guide, questions: [edition] }), 'EDITION')).toBe('never');
  });
});

describe('questions that do not apply', () => {
  test('have no answer and no field, whatever was given, and come back with what was given', () => {
    const values = { ADMIN_PASSWORD: 'some password' };
    const local = resolve(values);
    expect(local.answers.has('ADMIN_PASSWORD')).toBe(false);
    expect(fieldOf(local, 'ADMIN_PASSWORD')).toBeUndefined();
    const remote = resolve({ ...values, DB_HOST: 'db.fr' });
    expect(open(remote.answers.get('ADMIN_PASSWORD')?.secret as Secret)).toBe('some password');
    expect(problemOf(resolve({ DB_HOST: 'db.fr' }), 'ADMIN_PASSWORD')).toBe('This answer is needed.');
  });

  test('a condition may ask whether a secret is there, and never sees it', () => {
    const after: Question = {
      id: 'A',
      kind: 'text',
      topic: 'web',
      ask: both(''),
      initial: 'x',
      when: { not: { answer: 'DB_PASSWORD', is: [''] } },
    };
    const peek: Question = { ...after, id: 'B', when: { answer: 'DB_PASSWORD', is: ['hunter2'] } };
    const copy: Question = {
      id: 'C',
      kind: 'text',
      topic: 'web',
      ask: both(''),
      initial: { same: 'DB_PASSWORD' },
    };
    const resolution = resolve(
      { DB_PASSWORD: 'hunter2' },
      {},
      { ...guide, questions: [...questions, after, peek, copy] },
    );
    expect([...resolution.answers.keys()]).toEqual(expect.arrayContaining(['A', 'C']));
    expect(resolution.answers.has('B')).toBe(false);
    expect(answerIn(resolution, 'C')).toBe(mask);
  });
});

describe('questions for later', () => {
  test('are in no form and never a problem', () => {
    for (const values of [{}, { API_TOKEN: 'wrong' }, { API_TOKEN: '' }]) {
      const resolution = resolve(values);
      expect(fieldOf(resolution, 'API_TOKEN')).toBeUndefined();
      expect(problemOf(resolution, 'API_TOKEN')).toBeUndefined();
      expect(resolution.answers.has('API_TOKEN')).toBe(false);
      expect(resolution.toGenerate).not.toContain('API_TOKEN');
    }
  });

  test('one that is given and right is an answer', () => {
    expect(open(resolve({ API_TOKEN: 'abcd1234' }).answers.get('API_TOKEN')?.secret as Secret)).toBe(
      'abcd1234',
    );
  });
});

describe('rules', () => {
  const filled = { ...url, DOMAINS: 'x' };
  test.each<[string, Record<string, string>, string, string | undefined]>([
    [
      'same host, letters of any size',
      { ...filled, SERVER_NAME: 'Inscription.Mon-Univ.FR' },
      'PUBLIC_URL',
      undefined,
    ],
    ['different hosts', { ...filled, SERVER_NAME: 'other.fr' }, 'PUBLIC_URL', 'same host'],
    [
      'two equal passwords',
      { DB_HOST: 'd.fr', DB_PASSWORD: 'same', ADMIN_PASSWORD: 'same' },
      'DB_PASSWORD',
      'two passwords',
    ],
    [
      'two passwords that differ',
      { DB_HOST: 'd.fr', DB_PASSWORD: 'same', ADMIN_PASSWORD: 'Same' },
      'DB_PASSWORD',
      undefined,
    ],
    [
      'equal passwords, one of which does not apply',
      { DB_PASSWORD: 'same', ADMIN_PASSWORD: 'same' },
      'DB_PASSWORD',
      undefined,
    ],
    ['a user without a password', { SMTP_USER: 'me' }, 'SMTP_USER', 'user and password'],
    ['a password without a user', { SMTP_PASSWORD: 'secret' }, 'SMTP_USER', 'user and password'],
    ['both of the pair', { SMTP_USER: 'me', SMTP_PASSWORD: 'secret' }, 'SMTP_USER', undefined],
    ['none of the pair', {}, 'SMTP_USER', undefined],
    ['more than one', { EDITION: 'old', NOTE: 'a', ALIASES: 'b.fr' }, 'NOTE', 'one of them'],
    ['one, the other switched off', { EDITION: 'old', NOTE: 'no', ALIASES: 'b.fr' }, 'NOTE', undefined],
    ['a rule that does not apply', { EDITION: 'public', NOTE: 'a', ALIASES: 'b.fr' }, 'NOTE', undefined],
  ])('%s', (_, values, id, sentence) => {
    expect(problemOf(resolve(values), id)).toBe(sentence);
  });

  test('a wrong answer has its own sentence and no rule adds another', () => {
    const resolution = resolve({ ...url, SERVER_NAME: 'no' });
    expect(resolution.problems.filter((problem) => problem.say.en === 'same host')).toEqual([]);
  });
});

describe('what nobody asks', () => {
  test('an unknown id is a problem that names it and the nearest one', () => {
    expect(problemOf(resolve({ DB_HOTS: 'x' }), 'DB_HOTS')).toBe(
      'DB_HOTS is not a question of this guide: did you mean DB_HOST?',
    );
    expect(problemOf(resolve({ public_url: 'x' }), 'public_url')).toContain('PUBLIC_URL');
    expect(problemOf(resolve({ ZZZZZZZZ: 'x' }), 'ZZZZZZZZ')).toContain('take it out');
    for (const id of ['__proto__x', 'constructor', 'toString', '', 'A'.repeat(5000)])
      expect(
        resolveAnswers(guide, {}, new Map([[id, { value: 'x', from: 'set' }]])).problems.some(
          (one) => one.id === id,
        ),
      ).toBe(true);
  });

  test('an answer of an earlier version of the guide is only left aside', () => {
    const resolution = resolveAnswers(guide, {}, given({ GONE: 'x' }, 'earlier'));
    expect(problemOf(resolution, 'GONE')).toBeUndefined();
    expect(resolution.answers.has('GONE')).toBe(false);
  });

  test('LITERAL takes the errata that may be followed, and only these', () => {
    expect(answerIn(resolve({ LITERAL: 'e-apt' }), 'LITERAL')).toBe('e-apt');
    expect(problemOf(resolve({ LITERAL: 'e-apt' }), 'LITERAL')).toBeUndefined();
    expect(problemOf(resolve({ LITERAL: 'e-apt e-ssl' }), 'LITERAL')).toContain('“e-ssl” cannot be followed');
  });
});

describe('the form', () => {
  test('has topics with questions only, in order, and the open questions', () => {
    const { form } = resolve(url);
    expect(form.topics.map((topic) => topic.id)).toEqual(['web', 'db', 'mail']);
    expect(form.open).toEqual(['DOMAINS', 'DB_FROM']);
    expect(fieldOf(resolve(url), 'PUBLIC_URL')).toEqual({
      accepts: acceptsOf({ kind: 'url', id: '', topic: '', ask: { fr: '', en: '' } }),
      id: 'PUBLIC_URL',
      topic: 'web',
      kind: 'text',
      ask: both('Ask'),
      help: both('Seen by\nvisitors'),
      example: 'https://a.example.org',
      source: [[88, 88]],
      value: 'https://inscription.mon-univ.fr',
      given: true,
      from: 'person',
      optional: false,
      canGenerate: false,
      choices: [],
      uses: [],
    });
  });

  test('shows the wrong value with its problem, so that it can be corrected', () => {
    const field = fieldOf(resolve({ DB_HOST: 'a b' }), 'DB_HOST');
    expect(field?.value).toBe('a b');
    expect(field?.problem).toBeDefined();
  });

  test.each(hostile)('never holds a secret: %j', (value) => {
    const resolution = resolve({
      DB_PASSWORD: `${value}-Zq9`,
      DB_HOST: 'd.fr',
      ADMIN_PASSWORD: ` ${value}-Zq9\n`,
    });
    const json = JSON.stringify(resolution) + JSON.stringify([...resolution.answers]);
    expect(json).not.toContain('-Zq9');
    expect(fieldOf(resolution, 'DB_PASSWORD')).toMatchObject({
      kind: 'secret',
      value: '',
      given: true,
      canGenerate: true,
    });
  });

  test.each(hostile)('a hostile value in a text is kept as it is: %j', (value) => {
    const resolution = resolve({ NOTE: value });
    if (!resolution.problems.some((one) => one.id === 'NOTE'))
      expect(answerIn(resolution, 'NOTE')).toBe(value);
    expect(fieldOf(resolution, 'NOTE')?.value).toBe(value);
  });
});

describe('generated secrets', () => {
  test('a secret nobody gave is no problem and is made when asked for', () => {
    const resolution = resolve(url);
    expect(problemOf(resolution, 'DB_PASSWORD')).toBeUndefined();
    expect(resolution.toGenerate).toEqual(['DB_PASSWORD']);
    const made = generateSecrets(guide, resolution, randomBytes);
    expect([...made.keys()]).toEqual(['DB_PASSWORD']);
    expect(open(made.get('DB_PASSWORD')?.secret as Secret)).toHaveLength(24);
    expect(made.get('DB_PASSWORD')?.from).toBe('generated');
  });

  test('nothing is made for one that was given', () => {
    expect(resolve({ DB_PASSWORD: 'mine' }).toGenerate).toEqual([]);
  });

  const ask = (more: Partial<Question> = {}): Question => ({
    id: 'P',
    kind: 'password',
    topic: 't',
    ask: both(''),
    generate: 16,
    ...more,
  });

  test('has every class, no look-alikes, the right length, and passes its own question', () => {
    const seen = new Set<string>();
    for (let round = 0; round < 500; round += 1) {
      const text = open(generateSecret(ask(), randomBytes));
      expect(text).toMatch(/^(?=.*[a-z])(?=.*[A-Z])(?=.*[2-9])[A-Za-z2-9]{16}$/);
      expect(text).not.toMatch(/[0OoIl1]/);
      expect(validate(ask(), text)).toBeUndefined();
      seen.add(text);
    }
    expect(seen.size).toBe(500);
  });

  test('every letter comes in every place', () => {
    const places = Array.from({ length: 16 }, () => new Set<string>());
    for (let round = 0; round < 2000; round += 1)
      for (const [index, letter] of [...open(generateSecret(ask(), randomBytes))].entries())
        places[index]?.add(letter);
    expect(places.map((place) => place.size)).toEqual(Array.from({ length: 16 }, () => 56));
  });

  test('is as long as the question wants, and never shorter than twelve', () => {
    expect(open(generateSecret(ask({ generate: 4 }), randomBytes))).toHaveLength(12);
    expect(open(generateSecret(ask({ min: 40 }), randomBytes))).toHaveLength(40);
  });

  test('a guide whose rules refuse every such secret is told so', () => {
    expect(() => generateSecret(ask({ pattern: { match: '^-$', say: both('') } }), randomBytes)).toThrow(
      /P that its own rules refuse/,
    );
  });

  test('ends with a random source that always says the same', () => {
    for (const byte of [0, 255])
      expect(open(generateSecret(ask(), (size) => Buffer.alloc(size, byte)))).toHaveLength(16);
  });
});
