/** Hostile texts where people read: each stays a value in its place, and no terminal obeys anything of it. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { emptyDesk, stories } from '../../screens/stories.tsx';
import { followJson } from '../../src/client/json.ts';
import { followPlain } from '../../src/client/plain/index.ts';
import { storyLines } from '../../src/client/plain/story.ts';
import { Talk } from '../../src/client/plain/talk.ts';
import { todoLines } from '../../src/client/plain/todo-lines.ts';
import type { Operation } from '../../src/guide/kinds.ts';
import { words } from '../../src/i18n/index.ts';
import { planText } from '../../src/i18n/plan-text.ts';
import { todoMarkdown } from '../../src/i18n/todo-markdown.ts';
import { jsonText } from '../../src/journal/json-text.ts';
import { block, code, prose } from '../../src/run/markdown.ts';
import {
  type Event,
  emptyView,
  foldEvent,
  type JournalRecord,
  type TodoItem,
  type View,
} from '../../src/run/protocol.ts';
import { oneLine } from '../../src/run/shown.ts';
import { hostile as common } from '../answers/hostile.ts';
import { isReport, proven } from '../figures.ts';
import { generated } from '../operations/encode/generate.ts';
import { stage, tooLarge } from '../screens/stage.tsx';
import { aChecklist, aScript, guideOf, stepOf } from './guides.ts';
import { agreeing, type Driven, drive, inTurn, newWorld } from './rig.ts';

// biome-ignore-start lint/suspicious/noControlCharactersInRegex: these are what may not be left.
/** What a Markdown reader, a reader of lines or a terminal might take for more than a text. */
const tricks = [
  ...[
    '# h',
    '===',
    '---',
    '- - -',
    '***',
    '> q',
    '+ x',
    '1. x',
    '1) x',
    '-',
    '+',
    '=',
    '    code',
    '- [x] x',
  ],
  ...['```\n<img src=x onerror=y>', '~~~', '``', '`', '\\`x`', '\\', '|a|b|\n|-|-|', '![a](b)', '<a href=x>'],
  ...['[a]: http://x', '&lt;b&gt;', '&#60;b>', '<!-- x', '<http://x>', '_a_', '__a__', '~~a~~', '*a*'],
  ...['a\n# h', 'a\r\n\r\n<b>', 'x\u2028# h', 'x\u2029- h', 'a\u0085b', '\n[x] done: All is well'],
  ...[
    '\u001b[2J\u001b[Hgone',
    '\u001b]0;owned\u0007',
    '\u001b]8;;http://x\u001b\\x',
    '\u009b31mx',
    '\u009d0;x\u009c',
  ],
  ...[
    'good\rbad',
    'good\b\b\b\bbad',
    '\u202ecod.exe',
    '\u2066x\u2069',
    'a\u200bb',
    '\u{e0041}',
    'e\u0301'.repeat(300),
  ],
  ...['x'.repeat(100_000), '密'.repeat(5000)],
];
const values = [...new Set([...tricks, ...common, ...generated(isReport ? 10_000 : 400)])];
const obeyed = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\p{Cf}]/u;
const colours = /\u001b\[[0-9;]*m/g;
// biome-ignore-end lint/suspicious/noControlCharactersInRegex: see above.
/** As a client and a person hand texts over: without what no channel carries. */
const typed = (text: string) => text.replaceAll('\0', '').toWellFormed();

/** What CommonMark makes of words: no sign of it unescaped. Nothing if some would be obeyed. */
function readProse(text: string): string | undefined {
  const isMarked = /(?<!\\)(?:\\\\)*(?:[`*[\]<>|~#&]|(?<!\w)_|_(?!\w))/.test(
    text.replace(/\\[!-/:-@[-`{-~]/g, ''),
  );
  const isBlock = /^(?:[-+=]|\d+[.)])/.test(text);
  return isMarked || isBlock ? undefined : text.replace(/\\([!-/:-@[-`{-~])/g, '$1');
}

/** What CommonMark makes of a code span that is all of the text. */
function readCode(text: string): string | undefined {
  const [fence = ''] = /^`+/.exec(text) ?? [];
  const inner = text.slice(fence.length, -fence.length);
  if (!text.endsWith(fence) || [...inner.matchAll(/`+/g)].some(([run]) => run === fence)) return undefined;
  return /^ .*\S.* $/.test(inner) ? inner.slice(1, -1) : inner;
}

test('Markdown: as words, as code and as a block each value is read back and nothing else is', () => {
  const wrong: string[] = [];
  for (const value of values) {
    const seen = oneLine(value).trim();
    const read = [
      readProse(prose(value)),
      seen === '' ? '' : readCode(code(value)),
      block([value])[0]?.slice(4),
    ];
    if (read.some((one) => one !== seen) || obeyed.test(read.join(''))) wrong.push(value);
  }
  expect(wrong.map((one) => JSON.stringify(one).slice(0, 200))).toEqual([]);
});

const failing = (name: string, value: string): Operation => ({
  kind: 'check',
  name,
  probe: { exists: '%DIR%/nowhere' },
  level: 'stop',
  say: { fr: value, en: value },
});

/** A step fails with output and a reason that are hostile, is skipped with one; an item is ticked with one as its note. */
async function driven(values: readonly string[]): Promise<Driven & { report: string; journal: string }> {
  const world = newWorld();
  mkdirSync(world.folder, { recursive: true });
  writeFileSync(`${world.folder}/said`, values.join('\n'));
  writeFileSync(`${world.folder}/x.sh`, 'cat "$1/said"; exit 3\n');
  const steps = values.map((value, index) => stepOf(`s${index}`, failing(`c${index}`, value)));
  const done = await drive(world, {
    guide: guideOf('tiny', [
      ...steps,
      stepOf('said', aScript('x')),
      stepOf('hand', aChecklist(...values.map((_, n) => `i${n}`))),
    ]),
    given: { DIR: world.folder },
    decide: agreeing((view, need) =>
      inTurn(
        need,
        need === 'failure'
          ? [{ type: 'skip', reason: values[Number(view.error?.step.slice(1))] ?? 'no reason' }]
          : need === 'checklist'
            ? values.map((note, n) => ({ type: 'tick', item: `i${n}`, done: true, note }))
            : [],
      )(view, need),
    ),
  });
  const folder = `${world.state}/runs/${done.run}`;
  const [report = '', journal = ''] = ['report.md', 'journal.jsonl'].map((name) =>
    readFileSync(`${folder}/${name}`, 'utf8'),
  );
  return { ...done, report, journal };
}

const few = values
  .filter((value) => value.length < 2000 && typed(value).trim() !== '' && !/%[A-Z]/.test(value))
  .slice(0, isReport ? 300 : 60)
  .map(typed);
let run: ReturnType<typeof driven> | undefined;
const theRun = () => {
  run ??= driven(few);
  return run;
};

function collected(): { output: Writable; text: () => string } {
  let text = '';
  const output = new Writable({
    write: (chunk, _, done) => {
      text += String(chunk);
      done();
    },
  });
  return { output, text: () => text };
}

/** The events of a run once more, for a client that shows them. */
function replayed(events: readonly Event[]) {
  let view: View = emptyView;
  return {
    view: () => view,
    events: (listener: (event: Event) => void) => {
      for (const event of events) {
        view = foldEvent(view, event);
        listener(event);
      }
    },
    subscribe: () => () => {},
    send: () => {},
    close: () => {},
    lost: () => false,
    over: Promise.resolve(),
  };
}

const known = /^(?:#{1,3} |(?:verify|todo|resume|rollback): |- | {2}- | {4,6}\S|$|[A-Z].*\S$)/;

test('report.md and the journal of a run with hostile failures, reasons and notes', async () => {
  const { report, journal } = await theRun();
  const lines = report.split('\n');
  expect(report.replaceAll('\n', '')).not.toMatch(obeyed);
  expect(journal.replaceAll('\n', '')).not.toMatch(obeyed);
  expect(lines.filter((line) => !known.test(line))).toEqual([]);
  // What stands in the run's own place is there once for the reason and once for the note.
  const back = few.filter((value) => {
    const said = prose(value);
    return (
      said === '' ||
      lines.filter((line) => line === `  - Reason: ${said}` || line === `  - Note: ${said}`).length >= 2
    );
  });
  proven('hostile', 'report.md', {
    values: few.length,
    'read back': back.length,
    refused: 0,
    executed: lines.filter((line) => !known.test(line) || obeyed.test(line)).length,
  });
  expect(few.filter((value) => !back.includes(value))).toEqual([]);
});

function provenShown(where: string, count: number, broken: number): void {
  proven('hostile', where, { values: count, 'read back': count - broken, refused: 0, executed: broken });
}

test('JSON lines: one line a value to any reader, the same value to a reader of JSON', async () => {
  const { seat } = await theRun();
  const { output, text } = collected();
  await followJson(replayed(seat.events), output);
  expect(text().replaceAll('\n', '')).not.toMatch(obeyed);
  const lines = text()
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines.map(({ type }) => type)).toEqual(
    seat.events.map((event) => (event.type === 'record' ? event.record.type : event.type)),
  );
  const reasons = lines.flatMap((one) =>
    one.type === 'step-end' && one.outcome === 'skipped' ? [one.reason] : [],
  );
  expect(reasons.slice(0, few.length)).toEqual(few);
  const wrong = values.filter((value) => {
    const line = jsonText({ value });
    return obeyed.test(line) || line.includes('\n') || JSON.parse(line).value !== value;
  });
  provenShown('JSON lines', values.length, wrong.length);
  expect(wrong).toEqual([]);
});

/** A checklist item that is made of one text only. */
const itemOf = (value: string): TodoItem => ({
  ...(stories['checklist']?.todo[0] as TodoItem),
  item: 'x',
  text: { fr: value, en: value },
  at: value,
  note: value,
  by: value,
  done: true,
  fields: [{ label: value, value, secret: false, note: { fr: value, en: value } }],
});

test('plain lines: of a run, of a checklist, of a plan', async () => {
  const { seat } = await theRun();
  const { output, text } = collected();
  const said = { lang: 'en', words: words('en'), ascii: false, output, onLeave: () => {} } as const;
  const live: Event[] = [{ type: 'live', decides: true } as Event, ...seat.events];
  await followPlain(replayed(live), { ...said, desk: emptyDesk, unattended: true });
  expect(text().replaceAll('\n', '')).not.toMatch(obeyed);
  expect(
    text()
      .split('\n')
      .filter((line) => /^\[x\]|^# |^gone|^bad/.test(line)),
  ).toEqual([]);

  const shape = todoLines(itemOf('plain'), 'en').map((line) => line.slice(0, 6));
  const marked = (value: string) => todoMarkdown([itemOf(value)], { title: 'x', lang: 'en', now: 0 });
  const heads = (markdown: string) => markdown.split('\n').filter((line) => /^\S/.test(line)).length;
  let back = 0;
  const broken = values.filter((value) => {
    const lines = todoLines(itemOf(value), 'en');
    if (lines.some((line) => line.includes(oneLine(value)))) back += 1;
    const plan = planText(title, planOf(value), 'en');
    const isPlan =
      !obeyed.test(plan.replaceAll('\n', '')) &&
      heads(plan) === heads(planText(title, planOf('plain'), 'en'));
    const isShape = value === '' || lines.every((line, index) => line.startsWith(shape[index] ?? '?'));
    const markdown = marked(value);
    const isMarkdown =
      !obeyed.test(markdown.replaceAll('\n', '')) && heads(markdown) === heads(marked('plain'));
    const told = undoLines(value, new Talk(said));
    const isTold = told.every((line) => line.startsWith('  ') && !obeyed.test(line) && !line.includes('\n'));
    return !isTold || !isShape || !isMarkdown || !isPlan || obeyed.test(lines.join(''));
  });
  proven('hostile', 'plain lines', {
    values: values.length,
    'read back': back,
    refused: 0,
    executed: broken.length,
  });
  expect(broken.map((one) => JSON.stringify(one).slice(0, 200))).toEqual([]);
});

const title = { fr: 'x', en: 'x' };

/** A rollback on a resource of that name, which keeps a file of that name. */
function undoLines(name: string, talk: Talk): string[] {
  const about = { seq: 1, time: '', run: 'x', step: 'x', key: name, path: name, restore: name, effect: 1 };
  const reason = { fr: name, en: name };
  const records: JournalRecord[] = [
    { ...about, type: 'undo-end', outcome: 'kept', reason },
    { ...about, type: 'saved' },
  ];
  const view = { ...emptyView, live: true };
  return records.flatMap((record) => storyLines({ type: 'record', record }, view, talk));
}

/** A plan of one operation that is made of one text. */
function planOf(value: string) {
  const [step] = stories['plan']?.plan?.steps ?? [];
  const [operation] = step?.operations ?? [];
  if (!step || !operation) throw new Error('the story has no plan');
  const say = { fr: value, en: value };
  const poisoned = { ...operation, title: say, commands: [['cat', value]], diff: `+${value}\n`, reason: say };
  return { guide: 'x', hash: 'x', steps: [{ ...step, errata: [], operations: [poisoned] }] };
}

/** Fields of a view that hold what people, programs and files said. */
const texts = [
  'fr',
  'en',
  'note',
  'by',
  'at',
  'reason',
  'diff',
  'restore',
  'path',
  'key',
  'command',
  'label',
  'text',
];
const lists = ['lines', 'lastLines', 'argv', 'commands'];

function poison(one: unknown, by: string, name = ''): unknown {
  if (typeof one === 'string' && one !== '' && (texts.includes(name) || lists.includes(name))) {
    return `${one}${by}`;
  }
  if (Array.isArray(one)) return one.map((inner) => poison(inner, by, name));
  if (typeof one !== 'object' || one === null) return one;
  return Object.fromEntries(Object.entries(one).map(([key, inner]) => [key, poison(inner, by, key)]));
}

test('screens: no frame holds what a terminal obeys but colours, and none grows over the terminal', {
  timeout: 120_000,
}, async () => {
  const worst = `${tricks.filter((one) => one.length < 100).join(' ')}\n${'\u001b[2J\u202e\u0085\r\b'}FORGED`;
  const size = [80, 24] as const;
  const bad: string[] = [];
  const named = Object.entries(stories);
  await Promise.all(
    named.map(async ([name, view]) => {
      const { frames, text } = await stage({ view: poison(view, worst) as View, size });
      const drawn = frames.map((frame) => frame.replace(colours, '').replaceAll('\n', ''));
      const isObeyed = drawn.some((frame) => obeyed.test(frame));
      if (isObeyed || tooLarge(frames, size).length > 0 || /^ ?FORGED/m.test(text())) bad.push(name);
    }),
  );
  provenShown('screens', named.length, bad.length);
  expect(bad).toEqual([]);
});
