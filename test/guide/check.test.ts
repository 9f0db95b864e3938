import { describe, expect, it } from 'vitest';
import { type Assets, checkGuide } from '../../src/guide/check.ts';
import type { Operation } from '../../src/guide/kinds.ts';
import type { Guide } from '../../src/guide/types.ts';
import { step, tiny, tinyAssets, withStep } from './tiny.ts';

const text = { fr: 'x', en: 'x' };
const also = (...operations: Operation[]) => withStep({ do: [...step.do, ...operations] });
const look = (url: string): Operation => ({
  kind: 'check',
  name: 'x',
  probe: { http: url, header: 'Authorization: %SECRET%', status: 200 },
  level: 'stop',
  say: text,
});
const asking = (change: Partial<Guide['questions'][number]>): Guide => ({
  ...tiny,
  questions: tiny.questions.map((question, index) => (index === 0 ? { ...question, ...change } : question)),
});
const template = (content: string): Assets => ({ 'tiny/file.ini': content + tinyAssets['tiny/file.ini'] });

const cases: [what: string, guide: Guide, assets: Assets, problem: string][] = [
  [
    'a name in an operation',
    also(look('http://%NOBODY%')),
    tinyAssets,
    'step write-file: NOBODY is not declared',
  ],
  ['a name in a template', tiny, template('%NOBODY%\n'), 'tiny/file.ini: NOBODY is not declared'],
  [
    'a name in a condition',
    withStep({ when: { answer: 'NOBODY', is: ['a'] } }),
    tinyAssets,
    'step write-file: NOBODY is not declared',
  ],
  [
    'a name of a choice',
    also({ kind: 'link', path: '/x', to: { by: 'NOBODY', of: { '': '/y' } } }),
    tinyAssets,
    'step write-file: NOBODY is not declared',
  ],
  [
    'a name that is never used',
    tiny,
    { 'tiny/file.ini': '%NAME%%SECRET%' },
    'MODE is declared and never used',
  ],
  [
    'a secret in an address',
    also(look('http://%SECRET%')),
    tinyAssets,
    'step write-file: %SECRET% is secret and would be shown',
  ],
  [
    'a secret in a unit',
    also({
      kind: 'systemd-unit',
      name: 'x.service',
      template: 'tiny/x.service',
      enabled: true,
      active: true,
    }),
    { ...tinyAssets, 'tiny/x.service': '%SECRET%' },
    'tiny/x.service: everybody may read %SECRET% there',
  ],
  [
    'a value that no choice has',
    withStep({ when: { answer: 'MODE', is: ['b'] } }),
    tinyAssets,
    'chapter first: MODE is never “b”',
  ],
  [
    'such a value in a template',
    tiny,
    template('%when MODE is b%\n%end%\n'),
    'tiny/file.ini: MODE is never “b”',
  ],
  ['an id with capitals', withStep({ id: 'writeFile' }), tinyAssets, 'writeFile is not kebab-case'],
  [
    'a step that is there twice',
    { ...tiny, chapters: [{ id: 'first', title: text, steps: [step, step] }] },
    tinyAssets,
    'write-file is there twice',
  ],
  [
    'a need that is not before the step',
    withStep({ needs: ['later'] }),
    tinyAssets,
    'step write-file needs later, which is not before it',
  ],
  [
    'an unknown erratum',
    withStep({ errata: ['E-one', 'E-two'] }),
    tinyAssets,
    'step write-file: no erratum E-two',
  ],
  ['an erratum without a step', withStep({ errata: [] }), tinyAssets, 'no step refers to E-one'],
  [
    'an erratum offered literally that nothing obeys',
    { ...tiny, errata: tiny.errata.map((erratum) => ({ ...erratum, literal: true })) },
    tinyAssets,
    'E-one is offered literally and nothing obeys it',
  ],
  [
    'one obeyed that is not offered',
    tiny,
    template('%when LITERAL is E-one%\n%end%\n'),
    'E-one is obeyed literally and not offered',
  ],
  [
    'a range across a heading',
    withStep({ source: [[4, 6]] }),
    tinyAssets,
    'step write-file: lines 4–6 cross the heading at 5',
  ],
  [
    'a range outside the source',
    withStep({ source: [[6, 8]] }),
    tinyAssets,
    'step write-file: lines 6–8 are not lines of the source',
  ],
  ['a question without its topic', asking({ topic: 'none' }), tinyAssets, 'NAME: no topic none'],
  [
    'choices of a name',
    asking({ choices: [] }),
    tinyAssets,
    'NAME: choices belong to a question of kind choice',
  ],
  ['a generated name', asking({ generate: 12 }), tinyAssets, 'NAME: only a password is generated'],
  ['a missing template', tiny, {}, 'there is no template tiny/file.ini'],
  [
    'a template that nothing uses',
    tiny,
    { ...tinyAssets, 'tiny/other': '' },
    'tiny/other is used by no step',
  ],
  [
    'a condition that is not closed',
    tiny,
    template('%when MODE is a%\n'),
    'Error: tiny/file.ini line 1: %when …% without its %end%',
  ],
];

describe('checkGuide', () => {
  it('finds nothing wrong in a guide that is right', () => {
    expect(checkGuide(tiny, tinyAssets)).toEqual([]);
  });

  it.each(cases)('reports %s', (_, guide, assets, problem) => {
    expect(checkGuide(guide, assets)).toContain(problem);
  });

  it('lets facts and secrets in their places be', () => {
    const guide = withStep({
      when: { fact: 'os.version', is: ['12'] },
      do: [...step.do, look('http://127.0.0.1/%NAME%')],
    });
    expect(checkGuide(guide, tinyAssets)).toEqual([]);
  });

  it('knows values that steps give, and which of them are secret', () => {
    const gives: Operation = {
      kind: 'script',
      name: 'x',
      run: ['sh'],
      template: 'tiny/x.sh',
      syntax: 'shell',
      done: { exists: '/x' },
      undo: { none: text },
      gives: [{ id: 'TOKEN', secret: true }],
    };
    const assets = { ...tinyAssets, 'tiny/x.sh': '' };
    expect(checkGuide(also(gives, { kind: 'link', path: '/x', to: '/%TOKEN%' }), assets)).toEqual([
      'step write-file: %TOKEN% is secret and would be shown',
    ]);
  });
});
