/**
 * The as-built document of a run, in Markdown: a fold over the journal, in a language.
 *
 * 1. No secret: values are masked where they are put into texts, and what people typed passes the redactor.
 * 2. Whatever a value holds, it stays a value: `prose` and `code` see to that.
 */
import type { Lang } from '../guide/types.ts';
import { between, duration } from '../i18n/index.ts';
import { reportWords } from '../i18n/report.ts';
import { agreedPlan, known, lastOf, opened, ticks } from '../journal/fold.ts';
import type { StoredRun } from '../journal/state.ts';
import { type AsBuilt, standingOf } from './as-built.ts';
import { block, code, prose } from './markdown.ts';
import { foldRecords } from './protocol.ts';
import { changeLines, undoneSections } from './report-changes.ts';
import { type Page, section } from './report-page.ts';
import { stepsSection } from './report-steps.ts';

/** The whole document. */
export function reportOf(built: AsBuilt): string {
  const { lang, values } = built;
  const page: Page = {
    ...built,
    words: reportWords[lang],
    say: (text) => prose(text[lang]),
    typed: (text) => prose(values.redactor.redact(text)),
  };
  const isInstall = opened(built.run.records)?.kind === 'install';
  const body = isInstall
    ? installSections(page)
    : [...undoneSections(page), ...section(page.words.sections.warnings, warningLines(page))];
  return `${[...heading(page), ...body, ...nextSection(page), page.words.noSecrets].join('\n')}\n`;
}

function heading(page: Page): string[] {
  const { run, words, machine, state, lang, guide, say } = page;
  const first = opened(run.records);
  const { head } = words;
  const title = guide?.title ?? first?.title ?? { fr: '', en: '' };
  const isInstall = first?.kind === 'install';
  const began = first?.time ?? '';
  const ended = run.records.at(-1)?.time ?? '';
  const source = guide?.source;
  const rows = [
    [head.machine, [machine.name, machine.os, machine.arch].filter(Boolean).map(prose).join(', ')],
    [head.state, words.states[state]],
    [head.begun, moment(began, lang)],
    [head.ended, moment(ended, lang)],
    [head.took, duration(worked(run))],
    [head.by, authors(run).map(prose).join(', ')],
    [head.run, code(run.id)],
    [head.of, code(first?.of ?? '')],
    ...(isInstall ? earlierRuns(page) : []).map(({ id }) => [words.earlier, code(id)]),
    [head.program, prose(first?.versions.program ?? '')],
    [
      head.guide,
      [
        `${code(first?.guide ?? '')} ${prose(first?.versions.guide ?? '')}`,
        source && source.lines > 0 ? prose(source.title) : '',
        source?.updated ?? '',
      ]
        .filter(Boolean)
        .join(', '),
    ],
  ] as const;
  return [
    `# ${isInstall ? words.title(say(title)) : words.titleBack(say(title))}`,
    '',
    ...rows.filter(([, value]) => value).map(([name, value]) => `- ${words.pair(name ?? '', value ?? '')}`),
    '',
  ];
}

function installSections(page: Page): string[] {
  const { words } = page;
  return [
    ...section(
      words.sections.addresses,
      page.finished.map((text) => `- ${page.say(text)}`),
    ),
    ...section(words.sections.left, leftLines(page)),
    ...stepsSection(page),
    ...section(words.sections.changes, changeLines(page)),
    ...section(words.sections.differences, differenceLines(page)),
    ...section(words.sections.warnings, warningLines(page)),
    ...section(words.sections.byHand, byHandLines(page)),
    ...section(words.sections.answers, answerLines(page)),
  ];
}

function leftLines({ items, say, words, typed }: Page): string[] {
  return items
    .filter(({ done }) => !done)
    .flatMap((item) => [
      `- [ ] ${say(item.text)}${item.optional ? ` (${words.optional})` : ''}`,
      ...(item.at ? [`  - ${typed(item.at)}`] : []),
      ...item.fields.map(
        ({ label, value, secret }) =>
          `  - ${[prose(label), secret ? words.secret : code(value)].filter(Boolean).join(' = ')}`,
      ),
    ]);
}

/** Runs of the same guide that stand beside this one: what they changed is still there. */
function earlierRuns({ run, runs }: Page): StoredRun[] {
  return standingOf(runs, run).filter(({ id }) => id !== run.id);
}

function differenceLines({ run, guide, words, say }: Page): string[] {
  const steps = lastOf(run.records, 'planned')?.steps ?? [];
  const used = new Set(steps.flatMap(({ errata }) => errata));
  const literal = (known(run.records).get('LITERAL')?.value ?? '').split(/[\s,]+/);
  return (guide?.errata ?? [])
    .filter(({ id }) => used.has(id))
    .flatMap(({ id, says, does, severity }) => [
      `- ${code(id)}${severity === 'security' ? ` (${words.security})` : ''}`,
      `  - ${words.pair(words.says, say(says))}`,
      `  - ${literal.includes(id) ? words.literal : words.pair(words.does, say(does))}`,
    ]);
}

function warningLines({ run, say }: Page): string[] {
  const said = foldRecords(run.records).warnings.map((warning) => `- ${say(warning.say)}`);
  return [...new Set(said)];
}

function byHandLines(page: Page): string[] {
  const { items, say, words, typed, lang } = page;
  return items
    .filter(({ done }) => done)
    .flatMap((item) => [
      `- [x] ${say(item.text)}`,
      `  - ${words.tick(item.by === 'setup-wizard' ? words.wizard : typed(item.by), moment(item.when, lang))} (${item.proven ? words.proven : words.believed})`,
      ...(item.note ? [`  - ${words.pair(words.note, typed(item.note))}`] : []),
    ])
    .concat(otherTicks(page));
}

/** An operation that a person did elsewhere: its name is all that stands in the journal. */
function otherTicks({ run, items, words, typed, lang }: Page): string[] {
  return [...ticks(run.records).values()]
    .filter(({ item, done }) => done && !items.some((one) => one.item === item))
    .map(
      ({ item, by, time }) =>
        `- [x] ${code(item)}: ${words.tick(typed(by), moment(time, lang))} (${words.proven})`,
    );
}

function answerLines({ run, guide, words, say }: Page): string[] {
  return [...known(run.records)].map(([id, one]) => {
    const ask = guide?.questions.find((question) => question.id === id)?.ask;
    const value = one.secret ? words.secret : code(one.value ?? '') || words.empty;
    return `- ${words.pair([code(id), ask && say(ask)].filter(Boolean).join(' '), value)} (${words.from[one.from]})`;
  });
}

/** The commands that make sense from here, whole. */
function nextSection({ run, guide, state, words, program, logs }: Page): string[] {
  const first = opened(run.records);
  const name = first?.guide ?? '';
  const stands =
    first?.kind === 'install' && state !== 'rolled-back' && agreedPlan(run.records) !== undefined;
  const isOpen = ['needs-person', 'interrupted', 'failed', 'running'].includes(state);
  const verbs = [
    ...(stands ? (['verify', 'todo'] as const) : []),
    ...(isOpen ? (['resume'] as const) : []),
    ...(stands ? (['rollback'] as const) : []),
  ];
  return [
    `## ${words.sections.next}`,
    '',
    ...(guide?.rights === 'root' && verbs.length > 0 ? [words.asRoot, ''] : []),
    ...verbs.flatMap((verb) => [
      words.pair(verb, words.commands[verb]),
      '',
      ...block([`${program} ${verb} ${name}`]),
      '',
    ]),
    words.pair(words.logs, code(logs)),
    '',
  ];
}

/** Milliseconds in which a step was being done. */
function worked({ records }: StoredRun): number {
  let sum = 0;
  for (const record of records) {
    if (record.type !== 'step-end') continue;
    const began = records.findLast(
      (one) => one.type === 'step-begin' && one.step === record.step && one.seq < record.seq,
    );
    sum += (began && between(began.time, record.time)) ?? 0;
  }
  return sum;
}

function authors({ records }: StoredRun): string[] {
  return [
    ...new Set(records.flatMap((record) => (record.type === 'engine' && record.by ? [record.by] : []))),
  ];
}

function moment(iso: string, lang: Lang): string {
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) return '';
  return new Intl.DateTimeFormat(lang === 'fr' ? 'fr-FR' : 'en-GB', {
    dateStyle: 'long',
    timeStyle: 'long',
  }).format(time);
}
