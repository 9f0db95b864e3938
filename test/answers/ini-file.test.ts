import { decode } from 'ini';
import { describe, expect, test } from 'vitest';
import {
  type AnswersFile,
  parseAnswersFile,
  renderAnswersFile,
  type Surroundings,
} from '../../src/answers/ini-file.ts';
import { readLine, writeValue } from '../../src/answers/ini-line.ts';
import { type Answer, resolveAnswers } from '../../src/answers/resolve.ts';
import { open, Secret } from '../../src/answers/secret.ts';
import { guide } from './guide.ts';
import { hostile } from './hostile.ts';

const around: Surroundings = {
  read: async () => undefined,
  env: {},
  user: 'root',
  guides: ['small', 'other'],
};
const mine = { mode: '0600', owner: 'root:root' };

function parse(text: string, more: Partial<Surroundings> = {}, stat = mine): Promise<AnswersFile> {
  return parseAnswersFile('/root/a.ini', text, stat, guide, { ...around, ...more });
}

const said = (file: AnswersFile): string[] => file.problems.map((problem) => problem.say.en);
const secretOf = (file: AnswersFile, id: string): string | undefined => {
  const secret = file.answers.get(id)?.secret;
  return secret && open(secret);
};

describe('one line', () => {
  test.each([
    ['A=b', 'b'],
    [' A = b ', 'b'],
    ['A=', ''],
    ['A=""', ''],
    ['A = "b"', 'b'],
    ["A = 'b'", 'b'],
    ['A = a=b', 'a=b'],
    ['A = "a;b # c"', 'a;b # c'],
    ['A = " edge "', ' edge '],
    ['A = "say \\"x\\" \\\\ "', 'say "x" \\ '],
    ['A = true', 'true'],
    ['A = 12', '12'],
    ['A = C:\\dir', 'C:\\dir'],
    ['A = [x]', '[x]'],
    ["A = it's", "it's"],
    ['A = é €', 'é €'],
    ['A = %X% $Y', '%X% $Y'],
    ['A = "\\u00e9"', 'é'],
  ])('%s → %j', (line, value) => {
    expect(readLine(line)).toEqual({ type: 'value', key: 'A', value });
  });

  test.each([
    ['A = a;b', 'quoteIt'],
    ['A = a#b', 'quoteIt'],
    ['A = a ; a comment', 'quoteIt'],
    ['A = a\\\\b', 'quoteIt'],
    ['A = a\\;b', 'quoteIt'],
    ['A = "a" ; a comment', 'badQuotes'],
    ['A = "a', 'badQuotes'],
    ["A = 'a", 'badQuotes'],
    ['A = "', 'badQuotes'],
    ["A = '", 'badQuotes'],
    ['A = "a\\d"', 'badQuotes'],
    ['A = "a"b"', 'badQuotes'],
    ["A = '12'", 'badQuotes'],
    ["A = 'true'", 'badQuotes'],
    ['A = \'"x"\'', 'badQuotes'],
    ['A[] = x', 'array'],
    ['A', 'noValue'],
    ['[section', 'notALine'],
    ['= x', 'notALine'],
    ['two words = x', 'notALine'],
    ['export A=b', 'notALine'],
  ])('%s is refused: %s', (line, why) => {
    expect(readLine(line)).toMatchObject({ type: 'wrong', why });
  });

  test.each(['', '   ', '; c', '  # c', ';A=b'])('%j says nothing', (line) => {
    expect(readLine(line)).toEqual({ type: 'nothing' });
  });

  test.each(['', ' lead', 'trail ', 'a\tb', 'a\nb', ...hostile])(
    '%j survives being written and read',
    (value) => {
      const line = `A = ${writeValue(value)}`;
      expect(readLine(line)).toEqual({ type: 'value', key: 'A', value });
      expect(line).not.toMatch(/[\n\r]/);
      // Another reader of the format, the library's own, sees the same (it has words of its own for these three).
      if (!['true', 'false', 'null'].includes(value)) expect(decode(line)).toEqual({ A: value });
    },
  );
});

describe('sections', () => {
  test('the guide’s own section wins over [common], other guides’ are left alone', async () => {
    const file = await parse(
      '[common]\nDB_HOST = c.fr\nDB_PORT=1\nLANG = en\n[other]\nX=1\nX=1\nY[]=3\n"\n[small]\nDB_HOST = own.fr\n',
    );
    expect(said(file)).toEqual([]);
    expect(file.answers.get('DB_HOST')).toEqual({ value: 'own.fr', from: 'file' });
    expect(file.answers.get('DB_PORT')).toEqual({ value: '1', from: 'file' });
    expect([...file.common]).toEqual([['LANG', 'en']]);
    expect(file.answers.has('X')).toBe(false);
  });

  test('the order of the sections does not count', async () => {
    const file = await parse('[small]\nDB_HOST = own.fr\n[common]\nDB_HOST = c.fr\n');
    expect(file.answers.get('DB_HOST')?.value).toBe('own.fr');
  });

  test('a section may be opened twice, a byte order mark and CRLF are read over', async () => {
    const file = await parse('\ufeff[small]\r\nDB_HOST = a.fr\r\n\r\n[other]\r\n[small]\r\nDB_PORT = 3\r\n');
    expect(said(file)).toEqual([]);
    expect([...file.answers.keys()]).toEqual(['DB_HOST', 'DB_PORT']);
  });

  test.each([
    [
      'a misspelt section',
      '[smal]\nDB_HOST=x\n',
      '/root/a.ini:1: there is no guide “smal”: did you mean [small]?',
    ],
    ['a section of nothing', '[__proto__]\nA=b\n', '/root/a.ini:1: there is no guide “__proto__”.'],
    [
      'a line before any section',
      'DB_HOST = x\n',
      '/root/a.ini:1: this line is in no section: put it under [small] or [common].',
    ],
    [
      'an unknown key',
      '[small]\n\nDB_HOTS = x\n',
      '/root/a.ini:3: DB_HOTS is not a question of this guide: did you mean DB_HOST?',
    ],
    [
      'an unknown common key',
      '[common]\nHTTP_PROXI = x\n',
      '/root/a.ini:2: HTTP_PROXI is not a question of this guide: did you mean HTTP_PROXY?',
    ],
    [
      'a key given twice',
      '[small]\nDB_PORT=1\n;\nDB_PORT=2\n',
      '/root/a.ini:4: DB_PORT is already given on line 2: keep one of the two.',
    ],
    [
      '__proto__ as a key',
      '[small]\n__proto__ = x\n',
      '/root/a.ini:2: __proto__ is not a question of this guide: take it out.',
    ],
    [
      'a list',
      '[small]\nALIASES[] = a.fr\n',
      '/root/a.ini:2: ALIASES[]: an answer is written once; write ALIASES = value, and a list on that same line.',
    ],
    [
      'bytes that are no UTF-8',
      '[small]\nNOTE = caf\ufffd\n',
      '/root/a.ini:2: this file is not UTF-8: save it in that encoding.',
    ],
  ])('%s is a problem with its line', async (_, text, sentence) => {
    const file = await parse(text);
    expect(said(file)).toEqual([sentence]);
    expect(file.problems[0]?.say.fr).toContain('/root/a.ini:');
    expect(file.problems[0]?.line).toBeGreaterThan(0);
  });

  test('ids that only another guide asks may stand in [common]', async () => {
    expect(said(await parse('[common]\nROOM = x\n', { otherIds: new Set(['ROOM']) }))).toEqual([]);
    expect(said(await parse('[common]\nROOM = x\n'))).toHaveLength(1);
  });

  test('nothing is lost: each problem is told, in the order of the lines', async () => {
    const file = await parse('[small]\nDB_PORT\nDB_HOST = a;b\n[common]\nX = 1\n[small]\nY = 2\n');
    expect(file.problems.map((problem) => problem.line)).toEqual([2, 3, 5, 7]);
  });

  test('an empty line is no answer, except where an empty answer is one', async () => {
    const file = await parse('[small]\nDB_HOST =\nNOTE =\nDB_PASSWORD =\n');
    expect([...file.answers]).toEqual([['NOTE', { value: '', from: 'file' }]]);
  });
});

describe('secrets', () => {
  const line = '[small]\nDB_PASSWORD = ';

  test.each(hostile)('a plain one in a file that nobody else reads: %j', async (value) => {
    const file = await parse(line + writeValue(value));
    if (/^(file|env):/.test(value)) expect(said(file)).toHaveLength(1);
    else expect(secretOf(file, 'DB_PASSWORD')).toBe(value);
    expect(JSON.stringify([...file.answers])).not.toContain(JSON.stringify(value));
  });

  test.each(['0644', '0640', '0604', '0660', '0601'])(
    'a plain one in a file of mode %s is a problem that says chmod 600',
    async (mode) => {
      const file = await parse(`${line}hunter2`, {}, { mode, owner: 'root:root' });
      expect(said(file)[0]).toContain('chmod 600 /root/a.ini');
      expect(said(file)[0]).not.toContain('hunter2');
    },
  );

  test('a plain one in somebody else’s file is a problem that says chown', async () => {
    expect(said(await parse(`${line}x`, {}, { mode: '0600', owner: 'bob:bob' }))[0]).toContain(
      'chown root /root/a.ini',
    );
    expect(said(await parse(`${line}x`, { user: 'bob' }, { mode: '0600', owner: 'bob:bob' }))).toEqual([]);
    expect(said(await parse(`${line}x`, { user: 'bob' }, mine))).toEqual([]);
  });

  test('a file that others can read is right as long as it holds no secret', async () => {
    const open644 = { mode: '0644', owner: 'bob:bob' };
    expect(
      said(
        await parse(
          '[small]\nDB_HOST = a.fr\nDB_PASSWORD = file:/x',
          { read: async () => Buffer.from('s') },
          open644,
        ),
      ),
    ).toEqual([]);
  });

  test.each(hostile)('file: takes the file without its last line end: %j', async (value) => {
    for (const end of ['', '\n', '\r\n']) {
      const read = async (path: string) =>
        path === '/root/my secret' ? Buffer.from(value + end) : undefined;
      expect(secretOf(await parse(`${line}file:/root/my secret`, { read }), 'DB_PASSWORD')).toBe(value);
    }
  });

  test('env: takes the variable as it is', async () => {
    const file = await parse(`${line}env:MY_PW`, { env: { MY_PW: ' "x;#\\ ' } });
    expect(secretOf(file, 'DB_PASSWORD')).toBe(' "x;#\\ ');
  });

  test.each([
    ['a relative path', 'file:secret', 'after “file:” an absolute path is needed'],
    ['a file that is not there', 'file:/none', 'the file /none cannot be read'],
    ['a variable that is not set', 'env:NONE', 'the environment variable NONE is not set or empty'],
    [
      'a variable that every object has',
      'env:constructor',
      'the environment variable constructor is not set',
    ],
  ])('%s is a problem', async (_, value, sentence) => {
    expect(said(await parse(line + value))[0]).toContain(sentence);
  });

  test('a file that cannot be opened is a problem, not a crash', async () => {
    const read = async (): Promise<Buffer> => {
      throw new Error('EACCES');
    };
    expect(said(await parse(`${line}file:/x`, { read }))[0]).toContain('cannot be read');
  });

  test('file: and env: mean nothing in an answer that is no secret', async () => {
    expect((await parse('[small]\nNOTE = file:/etc/passwd')).answers.get('NOTE')?.value).toBe(
      'file:/etc/passwd',
    );
  });
});

describe('the file to fill in', () => {
  const urls = { PUBLIC_URL: 'https://a.b.fr' };
  const resolved = (values: Record<string, string>, secrets: Record<string, string> = {}) =>
    resolveAnswers(
      guide,
      { 'os.id': 'debian', 'net.address': '192.0.2.7' },
      new Map<string, Answer>([
        ...Object.entries(values).map(([id, value]): [string, Answer] => [id, { value, from: 'person' }]),
        ...Object.entries(secrets).map(([id, value]): [string, Answer] => [
          id,
          { secret: new Secret(value), from: 'person' },
        ]),
      ]),
    );
  const plain = (answers: ReadonlyMap<string, Answer>) =>
    [...answers].flatMap(([id, { value }]) => (value === undefined ? [] : [[id, value]]));

  test.each(hostile)(
    'rendered and read again it gives the same answers, with %j among them',
    async (value) => {
      const before = resolved({
        ...urls,
        DOMAINS: 'd',
        NOTE: value,
        SMTP_USER: value,
        DB_FROM: value,
        LITERAL: 'e-apt',
      });
      for (const lang of ['fr', 'en'] as const) {
        const file = await parse(renderAnswersFile(guide, lang, before));
        expect(said(file)).toEqual([]);
        const after = resolveAnswers(guide, { 'os.id': 'debian', 'net.address': '192.0.2.7' }, file.answers);
        expect(plain(after.answers)).toEqual(plain(before.answers));
      }
    },
  );

  test('an answer left empty on purpose stays so, a wrong one stays wrong', async () => {
    const before = resolved({ ...urls, NOTE: '', DB_HOST: 'not a host' });
    const file = await parse(renderAnswersFile(guide, 'en', before));
    expect(file.answers.get('NOTE')?.value).toBe('');
    expect(file.answers.get('DB_HOST')?.value).toBe('not a host');
  });

  test('no secret is in it, only where one goes', () => {
    const text = renderAnswersFile(
      guide,
      'fr',
      resolved(urls, { DB_PASSWORD: 'hunter2', SMTP_PASSWORD: 'hunter2' }),
    );
    expect(text).not.toContain('hunter2');
    expect(text).toContain('\n; DB_PASSWORD = file:/root/db_password\n');
  });

  test('says each question, its help, example, choices, condition and default, and leaves open what is needed', () => {
    const text = renderAnswersFile(guide, 'en', resolved({}));
    expect(text).toContain('; Ask\n; Seen by\n; visitors\n; Example: https://a.example.org\nPUBLIC_URL =\n');
    expect(text).toContain(
      ';   vendor — Vendor (not on Debian)\n;   public — Public\n;   old — Old\n; Default: public\n; EDITION = public\n',
    );
    expect(text).toContain(
      '; Only if: not (DB_HOST = localhost)\n; ADMIN_PASSWORD = file:/root/admin_password\n',
    );
    expect(text).toContain('; Default: localhost\n; DB_HOST = localhost\n');
    expect(text).toContain('; Optional.\n; ALIASES =\n');
    expect(text).not.toContain('API_TOKEN');
    expect(renderAnswersFile(guide, 'fr', resolved({}))).toContain('; Facultatif.\n');
  });

  test('taken as it is it gives nothing but problems of missing answers', async () => {
    const file = await parse(renderAnswersFile(guide, 'fr', resolved({})));
    expect([said(file), [...file.answers]]).toEqual([[], []]);
  });

  test('a title or a help of several lines cannot leave its comment', async () => {
    const title = { fr: 'a\n[small]\nDB_HOST = evil', en: 'a\r\nDB_HOST = evil' };
    const nasty = {
      ...guide,
      title,
      topics: guide.topics.map((topic) => ({ ...topic, title })),
      questions: guide.questions.map((one) => ({ ...one, ask: title, help: title, example: title.fr })),
    };
    for (const lang of ['fr', 'en'] as const) {
      const file = await parse(renderAnswersFile(nasty, lang, resolveAnswers(nasty, {}, new Map())));
      expect([said(file), [...file.answers]]).toEqual([[], []]);
    }
  });
});
