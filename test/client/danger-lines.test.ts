/** What is said in lines before anything changes, also where nobody reads the plan. */
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { dangerLines } from '../../src/client/plain/plan.ts';
import { Talk } from '../../src/client/plain/talk.ts';
import { words } from '../../src/i18n/index.ts';
import type { PlanStep } from '../../src/run/protocol.ts';

const text = (en: string) => ({ fr: en, en });
const erratum = { id: 'E1', says: text('Open to all.'), does: text('Closes it.'), security: true };

function step(id: string): PlanStep {
  const operations = [
    {
      key: `command:${id}`,
      kind: 'command',
      title: text(id),
      change: 'change',
      commands: [],
      diff: '',
      irreversible: text('It cannot be undone.'),
    } as const,
  ];
  return {
    id,
    title: text(id),
    chapter: text('C'),
    source: [],
    errata: [erratum],
    manual: false,
    operations,
  };
}

test('a departure from the guide that several steps share is said once, each thing for good by itself', () => {
  const talk = new Talk({
    lang: 'en',
    words: words('en'),
    ascii: true,
    output: new PassThrough(),
    onLeave: () => {},
  });
  expect(dangerLines({ guide: 'g', hash: '', steps: [step('one'), step('two')] }, talk)).toEqual([
    '!! E1: Open to all. -> Closes it.',
    '!! one: It cannot be undone.',
    '!! two: It cannot be undone.',
  ]);
});
