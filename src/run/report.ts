/** The as-built document: what was done on this machine, in Markdown, secrets never in it. A fold over the journal. */

import type { Guide, Lang, Text } from '../guide/types.ts';
import { between, duration } from '../i18n/index.ts';
import { effects, known, lastOf, opened, stepOutcomes } from '../journal/fold.ts';
import type { JournalRecord } from '../journal/records.ts';
import type { TodoItem } from './protocol.ts';

const heads = {
  answers: { fr: 'Réponses', en: 'Answers' },
  steps: { fr: 'Étapes', en: 'Steps' },
  changes: { fr: 'Changements', en: 'Changes' },
  warnings: { fr: 'À savoir', en: 'To know' },
  errata: { fr: 'Écarts avec le guide', en: 'Differences from the guide' },
  byHand: { fr: 'À la main', en: 'By hand' },
  secret: { fr: '(secret)', en: '(secret)' },
} satisfies Record<string, Text>;

export function reportOf(
  records: readonly JournalRecord[],
  items: readonly TodoItem[],
  guide: Guide,
  lang: Lang,
): string {
  const first = opened(records);
  const steps = lastOf(records, 'planned')?.steps ?? [];
  const outcomes = stepOutcomes(records);
  const changes = effects(records).filter(({ outcome }) => outcome === 'done');
  const errata = guide.errata.filter(({ id }) => steps.some((step) => step.errata.includes(id)));
  const section = (title: Text, lines: readonly string[]) =>
    lines.length > 0 ? [`## ${title[lang]}`, '', ...lines, ''] : [];
  return [
    `# ${first?.title[lang] ?? guide.title[lang]}`,
    '',
    `${first?.run ?? ''} · ${first?.time ?? ''} · setup-wizard ${first?.versions.program ?? ''}, guide ${first?.versions.guide ?? ''}`,
    '',
    ...section(
      heads.answers,
      [...known(records)].map(
        ([id, one]) => `- \`${id}\` = ${one.secret ? heads.secret[lang] : `\`${one.value ?? ''}\``}`,
      ),
    ),
    ...section(
      heads.steps,
      steps.map(
        (step) => `- ${step.title[lang]} — ${outcomes.get(step.id) ?? '…'}${timeOf(step.id, records)}`,
      ),
    ),
    ...section(
      heads.changes,
      changes.map(({ key, step }) => `- \`${key}\` (${step})`),
    ),
    ...section(
      heads.errata,
      errata.map(({ id, says, does }) => `- ${id}: ${says[lang]} → ${does[lang]}`),
    ),
    ...section(
      heads.warnings,
      records.flatMap((record) => (record.type === 'warning' ? [`- ${record.say[lang]}`] : [])),
    ),
    ...section(
      heads.byHand,
      items.map(
        (item) => `- [${item.done ? 'x' : ' '}] ${item.text[lang]}${item.note ? ` — ${item.note}` : ''}`,
      ),
    ),
  ].join('\n');
}

function timeOf(step: string, records: readonly JournalRecord[]): string {
  const began = records.findLast((record) => record.type === 'step-begin' && record.step === step);
  const ended = records.findLast((record) => record.type === 'step-end' && record.step === step);
  const time = began && ended ? between(began.time, ended.time) : undefined;
  return time === undefined ? '' : ` (${duration(time)})`;
}
