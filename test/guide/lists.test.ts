/** Lists in a guide: what its author is told, where its answers are used, which name is a cell. */
import { describe, expect, it } from 'vitest';
import { checkGuide } from '../../src/guide/check.ts';
import type { Each, Operation, Repeatable } from '../../src/guide/kinds.ts';
import { cellNamed, questionOf, rowsOf } from '../../src/guide/lists.ts';
import { namesIn } from '../../src/guide/names.ts';
import type { Guide, Question } from '../../src/guide/types.ts';
import { usesOf } from '../../src/guide/uses.ts';
import { step, tiny, tinyAssets, withStep } from './tiny.ts';

const text = { fr: 'x', en: 'x' };
const users: Question = {
  id: 'USERS',
  kind: 'list',
  topic: 'all',
  ask: text,
  key: 'name',
  of: { name: { kind: 'name', ask: text }, password: { kind: 'password', ask: text } },
};
const template: Repeatable = {
  kind: 'file',
  path: '/etc/%USERS.name%',
  template: 'tiny/user.ini',
  syntax: 'ini',
};
const assets = { ...tinyAssets, 'tiny/user.ini': '%when USERS.name is root%\n%end%\npw=%USERS.password%\n' };
const forEach = (...all: readonly Repeatable[]): Each => ({ each: 'USERS', do: all });
const listing = (more: Partial<Question>, ...all: readonly (Operation | Each)[]): Guide => {
  const guide = withStep({ do: [...step.do, forEach(template), ...all] });
  return { ...guide, questions: [...tiny.questions, { ...users, ...more }] };
};

describe('checkGuide of a guide with a list', () => {
  it('finds nothing wrong where all is right', () => {
    expect(checkGuide(listing({}), assets)).toEqual([]);
  });

  it('finds nothing wrong with a part of a line for each row, in a file that is there once', () => {
    const once = (line: string) =>
      checkGuide(listing({}, { ...template, path: '/etc/all', template: 'tiny/all.ini' }), {
        ...assets,
        'tiny/all.ini': line,
      });
    expect(once('all=%each USERS ,%%USERS.name%:%USERS.password%%end%\n')).toEqual([]);
    expect(once('all=%each NAME ,%%NAME%%end%\n').join()).toContain('NAME is not a list');
    expect(once('all=%USERS.name%\n').join()).toContain('stands outside');
    expect(once('all=%each USERS ,%%USERS.mail%%end%\n').join()).toContain('USERS.mail is not declared');
  });

  it.each<[string, Guide, string]>([
    ['a cell outside', listing({}, { kind: 'link', path: '/x', to: '/%USERS.name%' }), 'stands outside'],
    [
      'a column that is none',
      listing({}, forEach({ ...template, path: '/%USERS.name%%USERS.mail%' })),
      'USERS.mail is not declared',
    ],
    [
      'what no row names',
      listing({}, forEach({ kind: 'link', path: '/x', to: '/%USERS.name%' })),
      'not named by %USERS.name%',
    ],
    [
      'the whole list in a text',
      listing({}, { kind: 'link', path: '/x', to: '/%USERS%' }),
      '%USERS% is a list',
    ],
    [
      'a secret cell in a path',
      listing({}, forEach({ kind: 'link', path: '/%USERS.name%', to: '/%USERS.password%' })),
      '%USERS.password% is secret',
    ],
    [
      'each of what is no list',
      listing({}, { each: 'NAME', do: [] }, { each: 'MODE', do: [template] }),
      'MODE is not a list',
    ],
    [
      'a column that nothing uses',
      listing({ of: { ...users.of, mail: { kind: 'email', ask: text } } }),
      'USERS.mail is declared and never used',
    ],
    ['a key that is not first', listing({ key: 'password' }), 'the key password is not the first column'],
    ['a secret key', listing({ key: 'password' }), 'the key password is secret or optional'],
    [
      'a list without columns',
      { ...tiny, questions: [...tiny.questions, { id: 'L', kind: 'list', topic: 'all', ask: text }] },
      'L: columns and their key belong',
    ],
    [
      'a generated name',
      listing({ of: { ...users.of, name: { kind: 'name', ask: text, generate: 12 } } }),
      'USERS: only a password is generated',
    ],
    [
      'a column in capitals',
      listing({ of: { ...users.of, PW: { kind: 'text', ask: text } } }),
      'columns have names in lower case',
    ],
    ['a list with a default', listing({ initial: '[]' }), 'a list begins empty'],
  ])('reports %s', (_, guide, problem) => {
    expect(checkGuide(guide, assets).join('\n')).toContain(problem);
  });
});

describe('a name', () => {
  it('of a cell is read up to its column: the key may hold dots', () => {
    const guide = listing({});
    expect(cellNamed(guide, 'USERS.jo.ann@a.fr.password')).toMatchObject({
      key: 'jo.ann@a.fr',
      column: 'password',
    });
    expect(questionOf(guide, 'USERS.jo.ann@a.fr.password')?.kind).toBe('password');
    expect(questionOf(guide, 'USERS')?.kind).toBe('list');
    for (const name of [
      'USERS.a.mail',
      'NAME.a.password',
      'USERS..password',
      'USERS.a',
      'USERS.a.constructor',
      '',
    ])
      expect(questionOf(guide, name), name).toBeUndefined();
  });

  it.each([
    ['%USERS.name% %NAME%', ['USERS.name', 'NAME']],
    ['100% %{X.y}i %H:%M %USERS.Name% %.x% %a.b%', []],
  ])('in a text: %s', (written, names) => {
    expect(namesIn(written)).toEqual(names);
  });
});

it.each(['{}', 'null', '[1]', '[[]]', '[{"a":1}]', '[{"a":null}]', 'x', '"x"'])(
  '%s is no list of rows',
  (written) => {
    expect(rowsOf(written)).toBeUndefined();
  },
);

describe('the uses of an answer', () => {
  const title = (id: string) => ({ fr: id, en: id });
  const doing = (...all: readonly (Operation | Each)[]) => ({ ...withStep({ do: all }), questions: [] });
  const link = (to: Extract<Operation, { kind: 'link' }>['to'], more: object = {}): Operation => ({
    kind: 'link',
    path: '/x',
    to,
    ...more,
  });
  const used = (guide: Guide) => [...usesOf(guide, assets).keys()].sort();

  it('are in fields, choices, templates and in what is done for each row', () => {
    expect(used(doing(link('%A%'), link({ by: 'B', of: { '': '%C%' } })))).toEqual(['A', 'B', 'C']);
    expect(used(doing(...step.do))).toEqual(['NAME', 'SECRET']);
    expect(used(doing(forEach(template)))).toEqual(['USERS']);
  });

  it('are not in conditions nor in sentences', () => {
    const silent = { when: { answer: 'A', is: ['x'] }, why: { fr: '%B%', en: '%B%' } };
    expect(used(doing(link('/y', silent)))).toEqual([]);
  });

  it('are the first six steps, each once', () => {
    const steps = Array.from({ length: 9 }, (_, index) => ({
      ...step,
      id: `s${index}`,
      title: title(`s${index}`),
      do: [link('%A%%A%'), link('%A%')],
    }));
    const guide = { ...tiny, chapters: [{ id: 'c', title: text, steps }] };
    expect(
      usesOf(guide, {})
        .get('A')
        ?.map(({ en }) => en),
    ).toEqual(['s0', 's1', 's2', 's3', 's4', 's5']);
  });
});
