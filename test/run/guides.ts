/** Guides of a few lines, for one behaviour each. */
import type { Operation } from '../../src/guide/kinds.ts';
import type { Guide, Question, Step } from '../../src/guide/types.ts';

const text = (word: string) => ({ fr: word, en: word });

export const stepOf = (id: string, ...operations: readonly Operation[]): Step => ({
  id,
  title: text(id),
  source: [],
  do: operations,
});

export const asks = (id: string, more: Partial<Question> = {}): Question => ({
  id,
  kind: 'text',
  topic: 'all',
  ask: text(id),
  ...more,
});

/** `%DIR%` is the folder of the world. */
export function guideOf(id: string, steps: readonly Step[], questions: readonly Question[] = []): Guide {
  return {
    id,
    version: '1',
    title: text(id),
    summary: text(id),
    rights: 'user',
    minutes: 1,
    unfit: [],
    topics: [{ id: 'all', title: text('all') }],
    questions: [asks('DIR', { kind: 'path' }), ...questions],
    rules: [],
    chapters: [{ id: 'chapter', title: text('chapter'), steps }],
    errata: [],
    notes: [],
    source: { title: id, lang: 'en', lines: 0, blank: [], headings: [], hashes: [] },
    finished: [],
  };
}

export const aFile = (name: string, content = `${name}\n`): Operation => ({
  kind: 'file',
  path: `%DIR%/${name}`,
  content,
  syntax: 'plain',
  mode: '0644',
});

/** Fails until the file is there. */
export const needsFile = (name: string): Operation => ({
  kind: 'check',
  name,
  probe: { exists: `%DIR%/${name}` },
  level: 'stop',
  say: text(`no ${name}`),
});

/** Runs a script of the world's folder; done once it has made `done`. */
export const aScript = (
  name: string,
  more: Partial<Extract<Operation, { kind: 'command' }>> = {},
): Operation => ({
  kind: 'command',
  name,
  run: ['/bin/sh', `%DIR%/${name}.sh`, '%DIR%'],
  done: { exists: `%DIR%/${name}.done` },
  undo: { run: ['/bin/rm', '-f', `%DIR%/${name}.done`] },
  ...more,
});

export const aChecklist = (...ids: readonly string[]): Operation => ({
  kind: 'checklist',
  name: 'by-hand',
  items: ids.map((id) => ({ id, text: text(id) })),
});
