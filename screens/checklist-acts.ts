/** What is done on a checklist: ticks, notes, copies; and what is said of it. */
import { useEffect, useState } from 'react';
import { todoMarkdown } from '../src/i18n/todo-markdown.ts';
import { revealId, type TodoField, type TodoItem, type View } from '../src/run/protocol.ts';
import type { Stop } from './checklist-lines.ts';
import type { Typing } from './checklist-typing.tsx';
import type { ScreenProps } from './parts/props.ts';
import { useUi } from './parts/ui.ts';

type Send = ScreenProps['send'];

/** What was just done; what is being looked at is said only until there is an answer. */
interface Told {
  readonly text: string;
  readonly until?: readonly TodoItem[];
}

/** The acts on the item and the field that one stands on, by their commands. */
export function useChecklistActs(view: View, send: Send, here: Stop) {
  const { checklist } = useUi().words;
  const items = view.todo;
  const item = items[here.item];
  const field = item?.fields[here.field];
  const [told, setTold] = useState<Told>({ text: '' });
  const tell = (text: string, until?: readonly TodoItem[]) => setTold({ text, ...(until ? { until } : {}) });
  const { shown, reveal } = useRevealed(send);
  const { typing, setTyping, submit } = useTyping(send);
  const copy = useCopy(view, send, tell);
  const save = useSave(view, tell);

  const ask = (what: Typing['what']) => {
    if (item) setTyping({ what, item, text: what === 'note' ? item.note : '' });
  };
  const claim = (done: boolean) => {
    if (!item) return;
    if (item.gives !== undefined && !item.done) return ask('value');
    if (done && item.provable) tell(checklist.looking, items);
    send({ type: 'tick', item: item.item, done, note: item.note });
  };
  const commands = {
    // On a value, Space is pressed to tick: it never takes a tick away from there.
    tick: () => (field && item?.done ? tell(checklist.untickAbove) : claim(!item?.done)),
    copy: () => copy(item, field ?? item?.fields[0]),
    copyNth: (_: string, key: string) => {
      const target = item?.fields[Number(key) - 1];
      if (target) copy(item, target);
      else tell(checklist.nothingToCopy);
    },
    reveal: () => {
      const target = field?.secret ? field : item?.fields.find(({ secret }) => secret);
      if (item && target) reveal(revealId(item, target));
      else tell(checklist.nothingHidden);
    },
    note: () => ask('note'),
    look: () => (item?.provable ? claim(true) : tell(checklist.notProvable)),
    markdown: save,
    give: () => (item?.gives !== undefined ? ask('value') : claim(!item?.done)),
    later: () => send({ type: 'later' }),
  };
  const isSaid = told.until === undefined || told.until === items;
  return { commands, shown, typing, setTyping, submit, said: isSaid ? told.text : '', tell };
}

/** Which secrets are shown; one is asked for when it is. */
function useRevealed(send: Send) {
  const [shown, setShown] = useState<ReadonlySet<string>>(new Set());
  const reveal = (id: string) => {
    if (!shown.has(id)) send({ type: 'reveal', id });
    setShown(shown.has(id) ? new Set([...shown].filter((one) => one !== id)) : new Set([...shown, id]));
  };
  return { shown, reveal };
}

/** What is being typed: a note, or the value that an item gives. */
function useTyping(send: Send) {
  const [typing, setTyping] = useState<Typing | null>(null);
  const submit = () => {
    if (!typing) return;
    const { what, item, text } = typing;
    if (what === 'note') send({ type: 'tick', item: item.item, done: item.done, note: text.trim() });
    else if (text !== '' && item.gives !== undefined) send({ type: 'answer', id: item.gives, value: text });
    // With its value given, the item is claimed to be done; the engine says if that is not so.
    if (what === 'value') send({ type: 'tick', item: item.item, done: true, note: item.note });
    setTyping(null);
  };
  return { typing, setTyping, submit };
}

/** Copies a field, or where its item is done. A secret is not shown for it: it comes from the engine first. */
function useCopy(view: View, send: Send, tell: (text: string) => void) {
  const { desk, words } = useUi();
  const [wanted, setWanted] = useState<{ readonly id: string; readonly label: string } | null>(null);
  const value = wanted ? view.revealed[wanted.id] : undefined;
  const toClipboard = (text: string, label: string) => {
    desk.copy(text);
    tell(label ? words.common.copiedOf(label) : words.common.copied);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each value that comes.
  useEffect(() => {
    if (!wanted || value === undefined) return;
    toClipboard(value, wanted.label);
    setWanted(null);
  }, [wanted, value]);
  return (item: TodoItem | undefined, field: TodoField | undefined) => {
    if (!item) return;
    if (field?.secret) {
      const id = revealId(item, field);
      setWanted({ id, label: field.label });
      return send({ type: 'reveal', id });
    }
    const text = field?.value ?? item.at;
    if (text) toClipboard(text, field?.label ?? '');
    else tell(words.checklist.nothingToCopy);
  };
}

/** The list as a Markdown file, to print. */
function useSave(view: View, tell: (text: string) => void) {
  const ui = useUi();
  const { common } = ui.words;
  return () => {
    const text = todoMarkdown(view.todo, { title: ui.say(view.title), lang: ui.lang, now: ui.now() });
    ui.desk.save(`${view.guide}-todo.md`, text).then(
      (path) => tell(common.saved(path)),
      (error: Error) => tell(common.notSaved(error.message)),
    );
  };
}
