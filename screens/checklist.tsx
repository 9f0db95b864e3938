/** What only a person can do: exact values to take elsewhere, ticks, and what proves them. */
import { useEffect, useState } from 'react';
import { todoMarkdown } from '../src/i18n/todo-markdown.ts';
import type { TodoField, TodoItem, View } from '../src/run/protocol.ts';
import { itemLines, revealId, type Stop, type StopLine, stopsOf } from './checklist-lines.ts';
import { type Typing, TypingRows, typingRows } from './checklist-typing.tsx';
import { useCommands } from './parts/commands.ts';
import { bodyHeight, Frame } from './parts/frame.tsx';
import { hintsOf } from './parts/keys.ts';
import { blank, type Line, line } from './parts/line.ts';
import type { ScreenProps } from './parts/props.ts';
import { Rows } from './parts/row.tsx';
import { clamp, useScroll } from './parts/scroll.ts';
import { isWatcher, spineOf } from './parts/spine.ts';
import { type Ui, useUi } from './parts/ui.ts';

/** The cursor, and how many lines of what it stands on are scrolled away: a value may be longer than a screen. */
interface Cursor extends Stop {
  readonly skipped: number;
}

/** What was just done; what is being looked at is said only until there is an answer. */
interface Told {
  readonly text: string;
  readonly until?: readonly TodoItem[];
}

const nothing: Told = { text: '' };

export function ChecklistScreen({ view, send: sendAny }: ScreenProps) {
  const ui = useUi();
  const send: ScreenProps['send'] = (decision) => (view.decides ? sendAny(decision) : undefined);
  const { common, checklist } = ui.words;
  const items = view.todo;
  const [cursor, setCursor] = useState<Cursor>(() => firstOpen(items));
  const [shown, setShown] = useState<ReadonlySet<string>>(new Set());
  const [typing, setTyping] = useState<Typing | null>(null);
  const [told, setTold] = useState(nothing);
  const index = clamp(cursor.item, items.length);
  const item = items[index];
  const here = { item: index, field: Math.min(cursor.field, (item?.fields.length ?? 0) - 1) };
  const field = item?.fields[here.field];
  const copied = (label: string) => setTold({ text: label ? common.copiedOf(label) : common.copied });
  const fetchAndCopy = useSecretCopy(view, send, (label, value) => {
    ui.desk.copy(value);
    copied(label);
  });
  const height = bodyHeight(ui) - (typing ? typingRows : 0);
  const lines = items.flatMap((one, at) => itemLines(one, at, here, { shown, revealed: view.revealed }, ui));
  const [from, to] = extent(lines, here);
  const seen = Math.min(from + cursor.skipped, Math.max(from, to - height + 1));
  const start = useScroll(seen, Math.min(to, seen + height - 1), lines.length, height);

  const move = (by: number) => {
    setTold(nothing);
    const skipped = seen - from + by;
    if (skipped >= 0 && skipped <= to - from + 1 - height) return setCursor({ ...here, skipped });
    const stops = stopsOf(items, index);
    const at = stops.findIndex((stop) => stop.item === here.item && stop.field === here.field);
    const next = stops[clamp(at + by, stops.length)];
    if (next) setCursor({ ...next, skipped: 0 });
  };
  const ask = (what: Typing['what']) => {
    if (item) setTyping({ what, item, text: what === 'note' ? item.note : '' });
  };
  const claim = (done: boolean) => {
    if (!item) return;
    if (item.gives !== undefined && !item.done) return ask('value');
    if (done && item.provable) setTold({ text: checklist.looking, until: items });
    send({ type: 'tick', item: item.item, done, note: item.note });
  };
  const copy = (target: TodoField | undefined) => {
    if (!item) return;
    if (target?.secret) return fetchAndCopy(revealId(item, target), target.label);
    const value = target?.value ?? item.at;
    if (!value) return setTold({ text: checklist.nothingToCopy });
    ui.desk.copy(value);
    copied(target?.label ?? '');
  };
  const copyNth = (_: string, key: string) => {
    const target = item?.fields[Number(key) - 1];
    if (target) copy(target);
    else setTold({ text: checklist.nothingToCopy });
  };
  const reveal = () => {
    const target = field?.secret ? field : item?.fields.find(({ secret }) => secret);
    if (!item || !target) return setTold({ text: checklist.nothingHidden });
    const id = revealId(item, target);
    if (!shown.has(id)) send({ type: 'reveal', id });
    setShown(shown.has(id) ? new Set([...shown].filter((one) => one !== id)) : new Set([...shown, id]));
  };
  const submit = () => {
    if (!typing) return;
    const { what, item: of, text } = typing;
    if (what === 'note') send({ type: 'tick', item: of.item, done: of.done, note: text.trim() });
    else if (text !== '' && of.gives !== undefined) send({ type: 'answer', id: of.gives, value: text });
    // With its value given, the item is claimed to be done; the engine says if that is not so.
    if (what === 'value') send({ type: 'tick', item: of.item, done: true, note: of.note });
    setTyping(null);
  };
  const save = () => {
    const text = todoMarkdown(items, { title: ui.say(view.title), lang: ui.lang, now: ui.now() });
    ui.desk.save(`${view.guide}-todo.md`, text).then(
      (path) => setTold({ text: common.saved(path) }),
      (error: Error) => setTold({ text: common.notSaved(error.message) }),
    );
  };
  useCommands(
    'checklist',
    {
      up: () => move(-1),
      down: () => move(1),
      pageUp: () => move(-8),
      pageDown: () => move(8),
      tick: () => claim(!item?.done),
      copy: () => copy(field ?? item?.fields[0]),
      copyNth,
      reveal,
      note: () => ask('note'),
      look: () => (item?.provable ? claim(true) : setTold({ text: checklist.notProvable })),
      markdown: save,
      give: () => (item?.gives !== undefined ? ask('value') : claim(!item?.done)),
      later: () => send({ type: 'later' }),
      quit: ui.askLeave,
      language: ui.switchLanguage,
      help: ui.help,
    },
    typing === null,
  );
  useCommands('input', { back: () => setTyping(null) }, typing !== null);

  const rows = lines.slice(start, start + height).map((one) => one.line);
  const filler = Array.from({ length: height - rows.length }, () => blank);
  const spine = spineOf(view, ui, checklist.title);
  const isSaid = told.text !== '' && (told.until === undefined || told.until === items);
  return (
    <Frame
      path={spine.path}
      right={spine.right}
      notice={isSaid ? line(told.text, 'waits') : noticeOf(view, lines.length - start - height, ui)}
      hints={hintsOf(
        typing ? 'input' : 'checklist',
        ui.words,
        ui.signs,
        item?.gives === undefined ? ['give'] : [],
      )}
      status={spine.status}
    >
      <Rows rows={[...rows, ...filler]} />
      {typing ? (
        <TypingRows typing={typing} onChange={(text) => setTyping({ ...typing, text })} onSubmit={submit} />
      ) : null}
    </Frame>
  );
}

function firstOpen(items: readonly TodoItem[]): Cursor {
  return {
    item: Math.max(
      0,
      items.findIndex(({ done }) => !done),
    ),
    field: -1,
    skipped: 0,
  };
}

/** First and last line of what the cursor stands on. */
function extent(lines: readonly StopLine[], here: Stop): [number, number] {
  const isHere = ({ stop }: StopLine) => stop.item === here.item && stop.field === here.field;
  return [Math.max(0, lines.findIndex(isHere)), Math.max(0, lines.findLastIndex(isHere))];
}

/** A secret can be copied without being shown: it comes from the engine first. */
function useSecretCopy(
  view: View,
  send: ScreenProps['send'],
  onValue: (label: string, value: string) => void,
): (id: string, label: string) => void {
  const [wanted, setWanted] = useState<{ readonly id: string; readonly label: string } | null>(null);
  const value = wanted ? view.revealed[wanted.id] : undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each value that comes.
  useEffect(() => {
    if (!wanted || value === undefined) return;
    onValue(wanted.label, value);
    setWanted(null);
  }, [wanted, value]);
  return (id, label) => {
    setWanted({ id, label });
    send({ type: 'reveal', id });
  };
}

function noticeOf(view: View, below: number, ui: Ui): Line {
  const { common, checklist } = ui.words;
  if (isWatcher(view)) return line(common.youWatch, 'waits');
  const required = view.todo.filter(({ optional }) => !optional);
  const done = required.filter((one) => one.done).length;
  const count = checklist.count(done, required.length);
  return line([count, ...(below > 0 ? [common.more(below)] : [])].join(` ${ui.signs.between} `), 'past');
}
