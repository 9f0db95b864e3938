/** A checklist on paper: what a person takes along to another server or screen. Secrets are never in it. */
import { type Lang, oneLine, prose, type TodoField, type TodoItem } from '../run/protocol.ts';
import { moment, words } from './index.ts';

interface About {
  readonly title: string;
  readonly lang: Lang;
  readonly now: number;
}

/** The checklist in Markdown: boxes, exact values whole, who ticked what and when. */
export function todoMarkdown(items: readonly TodoItem[], { title, lang, now }: About): string {
  const { markdown } = words(lang).checklist;
  const required = items.filter(({ optional }) => !optional);
  const done = required.filter((item) => item.done);
  return [
    `# ${markdown.title(title)}`,
    '',
    markdown.count(done.length, required.length),
    '',
    ...items.flatMap((item) => [...itemLines(item, lang, now), '']),
  ].join('\n');
}

function itemLines(item: TodoItem, lang: Lang, now: number): string[] {
  const { optional, markdown } = words(lang).checklist;
  const who = tickedBy(item, lang);
  const about = [
    item.at && markdown.at(address(item.at)),
    item.done && who && markdown.done(prose(who), moment(item.when, lang, now)),
    item.gives && !item.done && markdown.gives(prose(item.gives)),
    item.note && markdown.note(prose(item.note)),
  ];
  return [
    `- [${item.done ? 'x' : ' '}] **${prose(item.text[lang])}**${item.optional ? ` (${optional})` : ''}`,
    ...about.flatMap((line) => (line ? ['', `  ${line}`] : [])),
    ...item.fields.flatMap((field) => fieldLines(field, lang)),
  ];
}

function fieldLines(field: TodoField, lang: Lang): string[] {
  const { checklist, common } = words(lang);
  const value = field.secret ? [checklist.markdown.secret] : exactly(field.value);
  const label = field.label ? [`  - ${common.pair(prose(field.label), '').trimEnd()}`] : ['  -'];
  return [
    '',
    ...label,
    '',
    ...value.map((line) => `    ${line}`),
    ...(field.note ? ['', `    ${prose(field.note[lang])}`] : []),
  ];
}

/** A link where it is one and nothing else. */
function address(at: string): string {
  return /^https?:\/\/[!-;=?-~]+$/.test(at) ? `<${at}>` : prose(at);
}

/** To the letter, whatever signs it holds. */
function exactly(value: string): string[] {
  const longest = Math.max(0, ...(value.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(Math.max(3, longest + 1));
  return [fence, ...value.split('\n').map(oneLine), fence];
}

/** Who ticked an item, in words; empty while nobody has. */
export function tickedBy({ by }: TodoItem, lang: Lang): string {
  return by === 'setup-wizard' ? words(lang).checklist.wizard : by;
}
