import { describe, expect, test } from 'vitest';
import { normalize, validate } from '../../src/answers/validate.ts';
import type { Question, QuestionKind } from '../../src/guide/types.ts';
import { hostile } from './hostile.ts';

function question(kind: QuestionKind, more: Partial<Question> = {}): Question {
  return { id: 'X', kind, topic: 't', ask: { fr: 'X', en: 'X' }, ...more };
}

const kinds: QuestionKind[] = [
  'text',
  'host',
  'port',
  'int',
  'url',
  'email',
  'emails',
  'fqdn',
  'fqdns',
  'path',
  'name',
  'password',
  'choice',
];

const right: [QuestionKind, string[]][] = [
  ['text', ['Université de l’Île — n°\u00a01', '%weird% "text"', '日本語 🎓', 'x\u200dy']],
  [
    'host',
    [
      'localhost',
      'db',
      'db.mon-univ.fr',
      'xn--mnchen-3ya.de',
      '192.0.2.1',
      '::1',
      '2001:db8::10',
      '1a',
      'A.B',
    ],
  ],
  ['port', ['1', '25', '65535']],
  ['int', ['0', '-3', '12']],
  ['url', ['https://a.fr', 'http://localhost', 'http://10.0.0.1:8080', 'https://[2001:db8::1]:8443']],
  ['email', ['dsi@mon-univ.fr', 'root@localhost', 'a.b+c@x.y', "o'neil@x.fr"]],
  ['emails', ['a@b.fr', 'a@b.fr,c@d.fr', 'a@b.fr, c@d.fr']],
  ['fqdn', ['a.b', 'localhost', 'inscription.mon-univ.fr', 'xn--mnchen-3ya.de']],
  ['fqdns', ['a.b', 'a.b c.d', 'a.b, c.d']],
  ['path', ['/', '/web/ksup/conf', '/a..b/c', '/avec espace/é']],
  ['name', ['pretix', '_x', 'ksup-admin', 'a1_']],
  ['password', ['x', 'Lab%Pw;1', `'"\\$&`, 'a b']],
];

const wrong: [QuestionKind, string[]][] = [
  [
    'host',
    [
      'a b',
      'a_b',
      '-a',
      'a-',
      'a..b',
      '.a',
      '256.1.1.1',
      '1.2.3',
      '1.2.3.4.5',
      '01.2.3.4',
      '0x7f.1',
      '[::1]',
      'fe80::1%eth0',
      ':::',
      'a:80',
      'https://a.fr',
      'a/b',
      'münchen.de',
      'a.fr.',
      '"a"',
      `${'a'.repeat(64)}.fr`,
      'a.'.repeat(200),
    ],
  ],
  ['port', ['0', '65536', '080', '-1', '8.0', '1e3', ' 25', '٣', '0x19', '99999999']],
  ['int', ['', '1.5', '1e3', '--1', '0x1', '9007199254740993', '-0', '00']],
  [
    'url',
    [
      'a.fr',
      'ftp://a.fr',
      'https://a.fr/',
      'https://a.fr/x',
      'https://a.fr?x',
      'https://a.fr/#x',
      'https://u:p@a.fr',
      'HTTPS://a.fr',
      'https://A.fr',
      'https://a.fr:443',
      'https:a.fr',
      'https://',
      'https://a b.fr',
      'https://mün.de',
      'https://a..b',
      'https://a;b.fr',
      'javascript:alert(1)',
      'https://a.fr:0',
      'https:\\\\a.fr',
      'https://0x7f.1',
      "https://a'b.fr",
      'https://*.a.fr',
      'https://a.fr\u00a0',
    ],
  ],
  [
    'email',
    [
      'x',
      '@a.fr',
      'a@',
      'a@b@c.fr',
      'a b@c.fr',
      'é@c.fr',
      'a@é.fr',
      '.a@b.fr',
      'a.@b.fr',
      'a..b@c.fr',
      'a@b',
      'a@b.fr,c@d.fr',
      'A <a@b.fr>',
      'a@1.2.3.4',
      `${'a'.repeat(65)}@b.fr`,
    ],
  ],
  ['emails', ['a@b.fr;c@d.fr', 'a@b.fr,', ',a@b.fr', 'a@b.fr c@d.fr', 'a@b.fr,,c@d.fr']],
  ['fqdn', ['a', '10.0.0.1', '::1', 'a.b.', 'é.fr', '*.a.fr', 'https://a.fr', 'a.fr:80', 'a_b.fr']],
  ['fqdns', ['a.b;c.d', 'a.b c', 'a.b\u00a0c.d']],
  ['path', ['x', './x', '~/x', '/a/../b', '/..', 'file:/x']],
  ['name', ['', 'A', '1a', 'a b', 'a.b', 'é', '-a', 'a;b', 'a$']],
  ['password', [' a', 'a ', '\u00a0a', 'a\u3000']],
];

describe('a right answer is accepted', () => {
  for (const [kind, values] of right)
    test.each(values)(`${kind}: %s`, (value) => {
      expect(validate(question(kind), value)).toBeUndefined();
    });
});

describe('a wrong answer is refused with a sentence in both languages', () => {
  for (const [kind, values] of wrong)
    test.each(values)(`${kind}: %j`, (value) => {
      const problem = validate(question(kind), value);
      expect(problem?.fr).toMatch(/\S{3}/);
      expect(problem?.en).toMatch(/\S{3}/);
      expect(problem?.fr).not.toBe(problem?.en);
    });
});

describe('every kind refuses', () => {
  const choices = [{ value: 'a', label: { fr: 'a', en: 'a' } }];
  for (const kind of kinds)
    test.each([
      'a\nb',
      'a\r\nb',
      'a\n',
      '\na',
      'a\0b',
      'a\tb',
      'a\x1b[31m',
      'a\x7f',
      'a\x85b',
      'a\u2028b',
      'a\u202eb',
      '\ufeffa',
      'a\ud800',
    ])(`${kind}: %j`, (value) => {
      expect(validate(question(kind, { choices }), value)).toBeDefined();
    });

  test('an answer longer than any file line should be', () => {
    expect(validate(question('text'), 'x'.repeat(4097))?.en).toContain('4096');
  });

  test('and says where the invisible character is, counting characters as a person does', () => {
    expect(validate(question('text'), '🎓é\tb')?.en).toContain('position 3');
  });
});

describe('what to write instead is offered', () => {
  test.each<[QuestionKind, string, string]>([
    ['url', 'https://a.fr/', 'https://a.fr'],
    ['url', 'https://a.fr/path?x#y', 'https://a.fr'],
    ['url', 'HTTPS://A.fr:443', 'https://a.fr'],
    ['url', 'inscription.mon-univ.fr', 'https://inscription.mon-univ.fr'],
    ['url', 'https://été.fr', 'https://xn--t-9fab.fr'],
    ['host', 'https://db.fr/x', 'db.fr'],
    ['host', '[::1]', '::1'],
    ['host', 'db.fr.', 'db.fr'],
    ['host', 'été.fr', 'xn--t-9fab.fr'],
    ['fqdn', 'été.fr', 'xn--t-9fab.fr'],
    ['fqdn', 'https://a.fr', 'a.fr'],
    ['email', 'a@été.fr', 'xn--t-9fab.fr'],
  ])('%s %s → %s', (kind, value, offered) => {
    const problem = validate(question(kind), value);
    expect(problem?.fr.endsWith(offered)).toBe(true);
    expect(problem?.en.endsWith(offered)).toBe(true);
  });

  test('what is offered is itself right', () => {
    for (const value of ['https://a.fr/', 'HTTP://Été.fr:80/x', 'b.fr', 'https://[::1]/'])
      expect(
        validate(question('url'), validate(question('url'), value)?.en.split(' ').at(-1) ?? ''),
      ).toBeUndefined();
  });
});

describe('no sentence repeats a secret', () => {
  test.each(hostile)('password %j', (value) => {
    const problem = validate(question('password', { min: 100 }), value);
    expect(problem).toBeDefined();
    if (value.length > 3) expect(JSON.stringify(problem)).not.toContain(JSON.stringify(value).slice(1, -1));
  });

  test('nor the password in a web address, right or broken', () => {
    for (const value of [
      'https://u:hunter2@a.fr',
      'u:hunter2@a.fr',
      'https://u:hunter2@',
      'ftp://u:hunter2@a.fr',
      'https://u:hunter2@a b',
    ])
      expect(JSON.stringify(validate(question('url'), value))).not.toContain('hunter2');
  });
});

describe('limits', () => {
  test.each<[QuestionKind, Partial<Question>, string, boolean]>([
    ['int', { min: 1, max: 8 }, '0', false],
    ['int', { min: 1, max: 8 }, '8', true],
    ['int', { min: 1, max: 8 }, '9', false],
    ['text', { min: 2 }, 'a', false],
    ['text', { max: 2 }, 'abc', false],
    ['text', { max: 2 }, '🎓🎓', true],
    ['name', { max: 3 }, 'abcd', false],
    ['password', { min: 12 }, 'short', false],
    ['password', { min: 12 }, 'long enough!!', true],
    ['password', { max: 3 }, 'abcd', false],
  ])('%s %j %j → %s', (kind, more, value, ok) => {
    expect(validate(question(kind, more), value) === undefined).toBe(ok);
  });

  test('one choice of the list, and the list is said', () => {
    const choices = ['files', 'certbot'].map((value) => ({ value, label: { fr: value, en: value } }));
    expect(validate(question('choice', { choices }), 'certbot')).toBeUndefined();
    expect(validate(question('choice', { choices }), 'Certbot')?.en).toContain('files, certbot');
    expect(validate(question('choice'), 'x')).toBeDefined();
  });

  test('a pattern has to match the whole value, and has its own sentence', () => {
    const say = { fr: 'Des lettres.', en: 'Letters.' };
    for (const match of ['^[a-z]+$', '[a-z]+']) {
      expect(validate(question('text', { pattern: { match, say } }), 'abc')).toBeUndefined();
      expect(validate(question('text', { pattern: { match, say } }), 'abc1')).toBe(say);
    }
  });

  test('the item of a list that is wrong is named', () => {
    expect(validate(question('emails'), 'a@b.fr, nobody')?.en).toMatch(/^Item 2: /);
    expect(validate(question('fqdns'), 'a.b c.d e')?.fr).toMatch(/^Élément n°\u00a03/);
  });
});

describe('no value makes it throw or take long', () => {
  test.each(kinds)('%s', (kind) => {
    for (const value of [
      ...hostile,
      'a.'.repeat(2000),
      '@'.repeat(4000),
      `${'a '.repeat(2000)}`,
      '\ud800'.repeat(9),
    ])
      expect(() => validate(question(kind), value)).not.toThrow();
  });
});

describe('normalize', () => {
  test.each<[QuestionKind, string, string]>([
    ['fqdns', ' a.b,c.d  e.f, ', 'a.b c.d e.f'],
    ['emails', 'a@b.fr , c@d.fr', 'a@b.fr,c@d.fr'],
    ['host', ' db ', 'db'],
    ['text', '  a  b ', 'a  b'],
    ['text', 'a\n', 'a\n'],
    ['password', ' keep ', ' keep '],
  ])('%s %j → %j', (kind, value, expected) => {
    expect(normalize(question(kind), value)).toBe(expected);
  });
});
