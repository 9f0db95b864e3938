/** The smallest guide without a problem, for tests that spoil one thing. */
import type { Guide, Step } from '../../src/guide/types.ts';

const text = { fr: 'x', en: 'x' };

export const step: Step = {
  id: 'write-file',
  title: text,
  source: [[2, 3]],
  errata: ['E-one'],
  do: [{ kind: 'file', path: '/etc/%NAME%', template: 'tiny/file.ini', syntax: 'ini' }],
};

export const tiny: Guide = {
  id: 'tiny',
  version: '1',
  title: text,
  summary: text,
  rights: 'root',
  minutes: 1,
  unfit: [],
  topics: [{ id: 'all', title: text }],
  questions: [
    { id: 'NAME', kind: 'name', topic: 'all', ask: text },
    { id: 'SECRET', kind: 'password', topic: 'all', ask: text },
    { id: 'MODE', kind: 'choice', topic: 'all', ask: text, choices: [{ value: 'a', label: text }] },
  ],
  rules: [],
  chapters: [{ id: 'first', title: text, steps: [step] }],
  errata: [{ id: 'E-one', source: [[5, 5]], severity: 'unclear', says: text, does: text }],
  notes: [{ lines: [6, 6], why: text }],
  source: {
    title: 'tiny',
    lang: 'en',
    lines: 7,
    blank: [1],
    headings: [2, 5],
    hashes: ['0', '0', '0', '0', '0', '0', '0'],
  },
  finished: [],
};

export const tinyAssets = {
  'tiny/file.ini': '%when MODE is a%\nname=%NAME%\n%end%\npassword=%SECRET%\n',
};

/** The tiny guide with another step. */
export const withStep = (changed: Partial<Step>): Guide => ({
  ...tiny,
  chapters: [{ id: 'first', title: text, steps: [{ ...step, ...changed }] }],
});
