/** One thing to do by hand, as lines. */
import { words } from '../../i18n/index.ts';
import { type Lang, oneLine, type TodoItem } from '../../run/protocol.ts';

export function todoLines(item: TodoItem, lang: Lang): string[] {
  const { checklist, common } = words(lang);
  const lines = [
    `${item.done ? '[x]' : '[ ]'} ${item.item}: ${item.text[lang]}${item.optional ? ` (${checklist.optional})` : ''}`,
    ...(item.at ? [`      ${item.at}`] : []),
    ...item.fields.map(
      ({ label, value, note }) =>
        `      ${label ? `${label}: ` : ''}${value}${note ? `  (${note[lang]})` : ''}`,
    ),
    ...(item.note ? [`      ${common.pair(checklist.note, item.note)}`] : []),
    ...(item.problem ? [`      !! ${item.problem[lang]}`] : []),
  ];
  return lines.map(oneLine);
}
