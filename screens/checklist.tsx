/** What only a person can do: exact values to take elsewhere, ticks, and what proves them. */
import { Box } from 'ink';
import { useEffect, useState } from 'react';
import type { TodoItem, View } from '../src/run/protocol.ts';
import { itemLines, revealId, type Stop, stopsOf } from './checklist-lines.ts';
import { useCommands } from './parts/commands.ts';
import { bodyHeight, Frame, watching } from './parts/frame.tsx';
import { hintsOf } from './parts/keys.ts';
import { blank, type Line, line, span } from './parts/line.ts';
import type { ScreenProps } from './parts/props.ts';
import { Rows } from './parts/row.tsx';
import { clamp, useScroll } from './parts/scroll.ts';
import { TextField } from './parts/text-field.tsx';
import { type Ui, useUi } from './parts/ui.ts';

/** What is being typed, if anything: a note, or the value that an item gives. */
interface Typing {
  readonly what: 'note' | 'value';
  readonly item: TodoItem;
  readonly text: string;
}

export function ChecklistScreen({ view, send }: ScreenProps) {
  const ui = useUi();
  const items = view.todo;
  const [cursor, setCursor] = useState<Stop>(() => ({
    item: Math.max(
      0,
      items.findIndex(({ done }) => !done),
    ),
    field: -1,
  }));
  const [shown, setShown] = useState<ReadonlySet<string>>(new Set());
  const [typing, setTyping] = useState<Typing | null>(null);
  const [toCopy, setToCopy] = useState<string | null>(null);
  const [told, setTold] = useState('');
  const index = clamp(cursor.item, items.length);
  const item = items[index];
  const stops = stopsOf(items, index);
  const here = { item: index, field: Math.min(cursor.field, (item?.fields.length ?? 0) - 1) };
  const field = item?.fields[here.field];
  const revealedToCopy = toCopy === null ? undefined : view.revealed[toCopy];
  // A secret can be copied without being shown: it comes from the engine first.
  useEffect(() => {
    if (revealedToCopy === undefined) return;
    ui.desk.copy(revealedToCopy);
    setToCopy(null);
    setTold(ui.words.common.copied);
  }, [revealedToCopy, ui]);

  const move = (by: number) => {
    const at = stops.findIndex((stop) => stop.item === here.item && stop.field === here.field);
    const next = stops[clamp(at + by, stops.length)];
    if (next) setCursor(next);
    setTold('');
  };
  const ask = (what: Typing['what']) => {
    if (item) setTyping({ what, item, text: what === 'note' ? item.note : '' });
  };
  const tick = () => {
    if (!item) return;
    if (item.gives !== undefined && !item.done) return ask('value');
    send({ type: 'tick', item: item.item, done: !item.done, note: item.note });
  };
  const copy = () => {
    if (!item) return;
    const target = field ?? item.fields[0];
    if (target?.secret) {
      setToCopy(revealId(item, target));
      return send({ type: 'reveal', id: revealId(item, target) });
    }
    const value = target?.value ?? item.at;
    if (value) ui.desk.copy(value);
    setTold(value ? ui.words.common.copied : ui.words.checklist.nothingToCopy);
  };
  const reveal = () => {
    const target = field?.secret ? field : item?.fields.find(({ secret }) => secret);
    if (!item || !target) return setTold(ui.words.checklist.nothingHidden);
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
  useCommands(
    'checklist',
    {
      up: () => move(-1),
      down: () => move(1),
      pageUp: () => move(-8),
      pageDown: () => move(8),
      tick,
      copy,
      reveal,
      note: () => ask('note'),
      give: () => (item?.gives !== undefined ? ask('value') : tick()),
      later: () => send({ type: 'later' }),
      language: ui.switchLanguage,
      help: ui.help,
    },
    typing === null && view.decides,
  );
  useCommands('input', { back: () => setTyping(null) }, typing !== null);

  const lines = items.flatMap((one, at) => itemLines(one, at, here, { shown, revealed: view.revealed }, ui));
  const height = bodyHeight(ui) - (typing ? 3 : 0);
  const isHere = (stop: Stop) => stop.item === here.item && stop.field === here.field;
  const from = lines.findIndex(({ stop }) => isHere(stop));
  const to = lines.findLastIndex(({ stop }) => isHere(stop));
  const start = useScroll(Math.max(0, from), Math.max(0, to), lines.length, height);
  const rows = lines.slice(start, start + height).map((one) => one.line);
  const filler = Array.from({ length: height - rows.length }, () => blank);
  const below = lines.length - start - height;
  return (
    <Frame
      path={[ui.say(view.title), ui.words.checklist.title]}
      right={rightOf(view, ui)}
      notice={told ? line(told, 'waits') : below > 0 ? line(ui.words.common.more(below), 'past') : blank}
      hints={hintsOf(
        typing ? 'input' : 'checklist',
        ui.words,
        ui.signs,
        item?.gives === undefined ? ['give'] : [],
      )}
      status={ui.words.common.pair(ui.words.checklist.title, item ? ui.say(item.text) : '')}
    >
      <Rows rows={[...rows, ...filler]} />
      {typing ? (
        <TypingRows typing={typing} onChange={(text) => setTyping({ ...typing, text })} onSubmit={submit} />
      ) : null}
    </Frame>
  );
}

interface TypingRowsProps {
  readonly typing: Typing;
  readonly onChange: (text: string) => void;
  readonly onSubmit: () => void;
}

function TypingRows({ typing, onChange, onSubmit }: TypingRowsProps) {
  const ui = useUi();
  const { checklist } = ui.words;
  const asked = typing.what === 'note' ? checklist.noteAsk : checklist.giveAsk(typing.item.gives ?? '');
  return (
    <>
      <Rows
        rows={[line(` ${ui.signs.rule.repeat(ui.columns - 2)}`, 'past'), line(` ${asked}`, 'plain', true)]}
      />
      <Box paddingLeft={3} height={1}>
        <TextField
          value={typing.text}
          onChange={onChange}
          onSubmit={onSubmit}
          width={ui.columns - 6}
          mask={typing.what === 'value'}
        />
      </Box>
    </>
  );
}

function rightOf(view: View, ui: Ui): Line {
  const required = view.todo.filter(({ optional }) => !optional);
  const done = required.filter((one) => one.done).length;
  const count = `${ui.words.checklist.count(done, required.length)} ${ui.signs.between} ${ui.words.checklist.mandatory}`;
  return [...watching(view, ui), span(count)];
}
