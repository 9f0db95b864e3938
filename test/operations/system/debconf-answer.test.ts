/** The numbered promises of src/operations/debconf-answer.ts, on paper; test/lab/debconf.test.ts has the real debconf. */
import { describe, expect, test } from 'vitest';
import type { RunOptions } from '../../../src/host/types.ts';
import { debconfAnswer } from '../../../src/operations/debconf-answer.ts';
import { splitChoices } from '../../../src/operations/shared/debconf.ts';
import { questionIn } from '../../../src/operations/shared/debconf-choices.ts';
import type { Json, Op } from '../../../src/operations/verbs.ts';
import { type TestOptions, testContext } from '../context.ts';
import { type Paper, type PaperHost, paperHost } from './machine.ts';

type Answer = Op<'debconf-answer'>;

const plain: Answer = {
  kind: 'debconf-answer',
  package: 'meet',
  question: 'meet/name',
  value: 'a.example.org',
};
const secret: Answer = { kind: 'debconf-answer', package: 'meet', question: 'meet/pw', password: '%PW%' };
const select: Answer = {
  kind: 'debconf-answer',
  package: 'meet',
  question: 'meet/cert',
  choice: 'self-signed',
};

interface Kept {
  value: string;
  seen: string;
  owners: string[];
  type: string;
  choices?: string;
}

const templates = `Template: meet/name
Type: string
Description: Name
 The name.

Template: meet/pw
Type: password
Description: Password

Template: meet/cert
Type: select
Choices: Let's Encrypt, Own\\, later, Make a self-signed one
Choices-fr.UTF-8: Let's Encrypt, Le mien, En faire un
Description: Certificate
`;

const escaped = (text: string) => text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
const unescaped = (text: string) => text.replaceAll(/\\(.)/g, '$1');

/** debconf's protocol, as far as it is spoken here. */
function speak(db: Map<string, Kept>, owner: string, { stdin = '' }: RunOptions): string {
  const answer = (line: string): string => {
    const [, word = '', question = '', rest = ''] = /^(\S+) (\S+) ?(.*)$/.exec(line) ?? [];
    const kept = db.get(question);
    if (word === 'CAPB') return '0 multiselect escape';
    if (!kept) return word === 'UNREGISTER' ? '0' : `10 ${question} doesn't exist`;
    if (word === 'GET') return `1 ${escaped(kept.value)}`;
    if (word === 'FGET') return `0 ${kept.seen}`;
    if (word === 'METAGET') {
      const fields = { owners: kept.owners.join(', '), type: kept.type, 'choices-c': kept.choices ?? '' };
      return `1 ${escaped(fields[rest as keyof typeof fields])}`;
    }
    if (word === 'SET') kept.value = unescaped(rest);
    if (word === 'FSET') kept.seen = rest.split(' ')[1] ?? '';
    if (word === 'UNREGISTER') {
      kept.owners = kept.owners.filter((one) => one !== owner);
      if (kept.owners.length === 0) db.delete(question);
    }
    return '0 value set';
  };
  return `${stdin.trimEnd().split('\n').map(answer).join('\n')}\n`;
}

function aHost(db: Map<string, Kept>, { programs = {}, files = {} }: Paper = {}): PaperHost {
  const folder = `/tmp/setup-wizard-deb-${'07'.repeat(12)}`;
  const host: PaperHost = paperHost({
    files,
    programs: {
      'debconf-communicate setup-wizard': (given) => ({ code: 10, stdout: speak(db, 'setup-wizard', given) }),
      'debconf-communicate meet': (given) => speak(db, 'meet', given),
      'debconf-communicate turn': (given) => speak(db, 'turn', given),
      'debconf-set-selections': ({ stdin = '' }) => {
        const [owner = '', question = '', type = ''] = stdin.split(' ');
        const owners = db.get(question)?.owners ?? [];
        db.set(question, { value: '', seen: 'true', owners: [...owners, owner], type });
        return '';
      },
      'dpkg-query': 'dpkg\tamd64\tinstalled\t1\n',
      'apt-get download meet': () => {
        host.files.set(`${folder}/meet_1_all.deb`, 'x');
        return '';
      },
      'dpkg-deb --info': templates,
      ...programs,
    },
  });
  return host;
}

const installed = { 'dpkg-query': 'dpkg\tamd64\tinstalled\t1\nmeet\tall\tinstalled\t1\n' };

async function on(op: Answer, host: PaperHost, options: TestOptions = {}) {
  const context = await testContext({ host, secrets: { PW: 'a \\b"c' }, ...options });
  const seen = await debconfAnswer.inspect(op, context);
  return { context, seen, difference: () => debconfAnswer.diff(op, seen, context) };
}

async function applied(op: Answer, host: PaperHost, options: TestOptions = {}) {
  const { context, seen, difference } = await on(op, host, options);
  expect(difference().change).toBe('change');
  const before: Json = JSON.parse(JSON.stringify(await debconfAnswer.capture(op, seen, context)));
  await debconfAnswer.apply(op, seen, context);
  const after = await debconfAnswer.inspect(op, context);
  expect(debconfAnswer.diff(op, after, context)).toEqual({ change: 'none' });
  return { context, before, mark: debconfAnswer.mark(op, after, context) };
}

describe('the choices of a template', () => {
  test('are those in no language, a comma in one marked', () => {
    expect(questionIn(templates, 'meet/cert')).toEqual({
      type: 'select',
      choices: ["Let's Encrypt", 'Own, later', 'Make a self-signed one'],
    });
    expect(questionIn(templates, 'meet/nothing')).toBeUndefined();
    expect(splitChoices('')).toEqual([]);
  });

  test('are the package’s own words for them where it has some', () => {
    const own = 'Template: a/b\nType: select\nChoices-C: one, two\nChoices: First, Second\n';
    expect(questionIn(own, 'a/b')?.choices).toEqual(['one', 'two']);
  });
});

describe('an answer', () => {
  test('is given to a question that is not there yet, and counts as asked', async () => {
    const db = new Map<string, Kept>();
    const { mark } = await applied(plain, aHost(db));
    expect(Object.fromEntries(db)).toEqual({
      'meet/name': { value: 'a.example.org', seen: 'true', owners: ['meet'], type: 'string' },
    });
    expect(JSON.stringify(mark)).not.toContain('example');
  });

  test('is shown with the question, and the former one', async () => {
    const db = new Map([['meet/name', { value: 'old', seen: 'true', owners: ['turn'], type: 'string' }]]);
    const { difference } = await on(plain, aHost(db));
    expect(difference()).toMatchObject({ diff: '-meet/name: old\n+meet/name: a.example.org\n' });
  });

  test('that is there, but was not asked yet, counts as asked afterwards', async () => {
    const db = new Map([
      ['meet/name', { value: 'a.example.org', seen: 'false', owners: ['turn'], type: 'string' }],
    ]);
    await applied(plain, aHost(db));
    expect(db.get('meet/name')).toEqual({
      value: 'a.example.org',
      seen: 'true',
      owners: ['turn'],
      type: 'string',
    });
  });

  test.each(['a\nb', 'a\\nb'])(
    'that debconf would give back otherwise, %j, is refused by its name',
    async (PW) => {
      await expect(on(secret, aHost(new Map()), { secrets: { PW } })).rejects.toMatchObject({
        code: 'cannot-carry',
        values: { name: 'PW' },
      });
    },
  );

  test.each([
    { package: 'Meet' },
    { package: '-x' },
    { question: 'name' },
    { question: 'meet/name seen\nPURGE' },
  ])('is never given to %j', async (more) => {
    await expect(on({ ...plain, ...more }, aHost(new Map()))).rejects.toMatchObject({ code: 'check-failed' });
  });

  test('waits for its turn where debconf is busy', async () => {
    let tries = 0;
    const db = new Map<string, Kept>();
    const locked = {
      code: 1,
      stderr:
        'debconf: DbDriver "config": /var/cache/debconf/config.dat is locked by another process: Resource temporarily unavailable',
    };
    const programs: Paper['programs'] = {
      'debconf-communicate meet': (given) => (tries++ < 2 ? locked : speak(db, 'meet', given)),
    };
    const { context } = await applied(plain, aHost(db, { programs }));
    expect(context.output().match(/Another program/g)).toHaveLength(1);
  });

  test.each([
    ['no-program', { code: 127 }],
    [
      'needs-root',
      {
        code: 0,
        stderr:
          'debconf: DbDriver "passwords" warning: could not open /var/cache/debconf/passwords.dat: Permission denied',
      },
    ],
    ['cannot-look', { code: 1, stderr: 'perl: broken' }],
  ])('cannot be told where debconf gives %s', async (code, ran) => {
    const programs = { 'debconf-communicate setup-wizard': ran };
    await expect(on(plain, aHost(new Map(), { programs }))).rejects.toMatchObject({ code });
  });
});

describe('an answer that is a secret', () => {
  test('is in no difference, command or mark', async () => {
    const db = new Map([['meet/pw', { value: 'former', seen: 'true', owners: ['turn'], type: 'password' }]]);
    const host = aHost(db);
    const { difference } = await on(secret, host);
    expect(difference()).toMatchObject({ diff: '-meet/pw: ••••••••\n+meet/pw: ••••••••\n' });
    const { mark, before, context } = await applied(secret, host);
    expect(db.get('meet/pw')?.value).toBe('a \\b"c');
    expect(JSON.stringify([mark, before, host.done.map(({ argv }) => argv), context.output()])).not.toMatch(
      /former|b\\?"c/,
    );
  });

  test('is given to no other type of question', async () => {
    const db = new Map([['meet/pw', { value: '', seen: 'false', owners: ['turn'], type: 'string' }]]);
    const { difference } = await on(secret, aHost(db));
    expect(difference).toThrow(expect.objectContaining({ code: 'check-failed' }));
    const host = aHost(new Map());
    const { context, seen } = await on({ ...secret, question: 'meet/name' }, host);
    await expect(
      debconfAnswer.apply({ ...secret, question: 'meet/name' }, seen, context),
    ).rejects.toMatchObject({
      say: { en: expect.stringContaining('of type string') },
    });
    expect(host.done).toEqual([]);
  });

  test('is not given again once its package has taken and emptied it, unless it is another one', async () => {
    const db = new Map<string, Kept>();
    const { mark, context } = await applied(secret, aHost(db));
    (db.get('meet/pw') as Kept).value = '';
    const host = aHost(db, { programs: installed });
    const known = { ...context, host, recorded: () => mark };
    const seen = await debconfAnswer.inspect(secret, known);
    expect(debconfAnswer.diff(secret, seen, known)).toEqual({ change: 'none' });
    expect(debconfAnswer.mark(secret, seen, known)).toMatchObject({ value: '', given: expect.anything() });
    expect(debconfAnswer.diff(secret, { ...seen, wanted: 'other' }, known)).toMatchObject({
      change: 'change',
    });
  });
});

describe('an answer that is a choice', () => {
  test('is the only one that matches, in the package’s own words', async () => {
    const db = new Map<string, Kept>();
    const host = aHost(db);
    await applied(select, host);
    expect(db.get('meet/cert')).toMatchObject({ value: 'Make a self-signed one', type: 'select' });
    expect([...host.files.keys()].filter((path) => path.startsWith('/tmp'))).toEqual([]);
  });

  test.each(['nothing', 'e', 'Le mien'])(
    'is not passed on where it is “%s”: the offered ones are told',
    async (choice) => {
      const { difference } = await on({ ...select, choice }, aHost(new Map()));
      expect(difference).toThrow(
        expect.objectContaining({
          say: expect.objectContaining({ en: expect.stringContaining('“Own, later”') }),
        }),
      );
    },
  );

  test('is shown as it is asked for in a plan, which fetches nothing', async () => {
    const programs = { 'apt-get download meet': { code: 100, stderr: 'E: Unable to locate package meet' } };
    const { difference } = await on(select, aHost(new Map(), { programs }), { purpose: 'plan' });
    expect(difference()).toMatchObject({ diff: '+meet/cert: /self-signed/\n' });
  });

  test('cannot be given while the package is not to be had', async () => {
    const programs = { 'apt-get download meet': { code: 100, stderr: 'E: Unable to locate package meet' } };
    await expect(on(select, aHost(new Map(), { programs }))).rejects.toMatchObject({
      code: 'command-failed',
      values: { lastLine: 'E: Unable to locate package meet' },
    });
  });

  test('of a package that is there is one of those it has, also as a value', async () => {
    const choices = "Let's Encrypt, Own";
    const db = new Map([
      ['meet/cert', { value: 'Own', seen: 'true', owners: ['meet'], type: 'select', choices }],
    ]);
    const host = aHost(db, { programs: installed });
    expect((await on({ ...select, choice: '^own$' }, host)).difference()).toEqual({ change: 'none' });
    const wrong: Answer = { kind: 'debconf-answer', package: 'meet', question: 'meet/cert', value: 'Wrong' };
    expect((await on(wrong, host)).difference).toThrow(expect.objectContaining({ code: 'check-failed' }));
  });
});

describe('undo of an answer', () => {
  const undo = async (
    op: Answer,
    before: Json,
    context: Awaited<ReturnType<typeof testContext>>,
    host: PaperHost,
  ) => debconfAnswer.undo(op, before, { ...context, host, purpose: 'undo' });

  test('takes the question away with it', async () => {
    const db = new Map<string, Kept>();
    const host = aHost(db);
    const { context, before } = await applied(plain, host);
    expect(await undo(plain, before, context, host)).toEqual({});
    expect(db.size).toBe(0);
    expect(await undo(plain, before, context, host)).toEqual({});
  });

  test('brings back the former answer and its flag', async () => {
    const former = { value: 'old\\', seen: 'false', owners: ['turn'], type: 'string' };
    const db = new Map([['meet/name', { ...former }]]);
    const host = aHost(db);
    const { context, before } = await applied(plain, host);
    await undo(plain, before, context, host);
    expect(db.get('meet/name')).toEqual(former);
  });

  test('brings back a question that its packages have taken along, for each of them', async () => {
    const former = { value: 'old', seen: 'true', owners: ['turn', 'other'], type: 'password' };
    const db = new Map([['meet/pw', { ...former }]]);
    const host = aHost(db);
    const { context, before } = await applied(secret, host);
    db.clear();
    await undo(secret, before, context, host);
    expect(db.get('meet/pw')).toEqual(former);
  });

  test.each([
    ['its own package', ['meet'], installed],
    ['another package', ['meet', 'turn'], {}],
  ])('leaves a question that %s has, and says so', async (_, owners, programs) => {
    const db = new Map<string, Kept>();
    const { context, before } = await applied(plain, aHost(db));
    (db.get('meet/name') as Kept).owners = owners;
    const undone = await undo(plain, before, context, aHost(db, { programs }));
    expect(undone).toMatchObject({
      left: { en: expect.stringContaining(owners.at(-1) ?? '') },
      until: ['pkg:'],
    });
    expect(db.has('meet/name')).toBe(true);
  });

  test('asks about an answer that somebody has changed, not about one that a package has emptied or taken', async () => {
    const { values } = await testContext();
    const mark = (value: string) => ({ value, seen: true });
    const differs = (now: Json) => debconfAnswer.differs?.(plain, now, mark('ours'), values);
    expect([differs(mark('theirs')), differs(mark('ours')), differs(mark('')), differs(null)]).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });
});
