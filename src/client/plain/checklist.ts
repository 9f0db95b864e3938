/** What only a person can do, one item after the other. */
import { todoMarkdown } from '../../i18n/todo-markdown.ts';
import { revealId, type TodoItem } from '../../run/protocol.ts';
import { type Asking, untilChanged } from './index.ts';
import { todoLines } from './todo-lines.ts';

type Answer = 'done' | 'note' | 'reveal' | 'next' | 'save' | 'later';

/** Until every item that counts is done, or the person puts the rest off. */
export async function askChecklist(asking: Asking): Promise<void> {
  const { connection, talk } = asking;
  talk.print('', talk.words.checklist.title);
  const passed = new Set<string>();
  while (connection.view().need === 'checklist') {
    const open = connection.view().todo.filter(({ done }) => !done);
    const item = open.find((one) => !passed.has(one.item));
    if (!item) {
      if (open.every(({ optional }) => optional)) return;
      passed.clear();
      continue;
    }
    const answer = await askItem(item, asking);
    if (answer === 'later') return connection.send({ type: 'later' });
    if (answer === 'next') passed.add(item.item);
  }
}

async function askItem(item: TodoItem, asking: Asking): Promise<'ticked' | 'next' | 'later'> {
  const { talk, connection, desk } = asking;
  const { checklist, plain } = talk.words;
  talk.print('', ...todoLines(item, talk.lang).map((line) => talk.plain(line)));
  const hasSecret = item.fields.some(({ secret }) => secret);
  const choices: { value: Answer; label: string }[] = [
    { value: 'done', label: plain.itemDone },
    { value: 'note', label: plain.itemDoneNote },
    ...(hasSecret ? [{ value: 'reveal' as const, label: plain.itemReveal }] : []),
    { value: 'next', label: plain.itemNext },
    { value: 'save', label: plain.itemSave },
    { value: 'later', label: plain.itemLater },
  ];
  for (;;) {
    const answer = await talk.choose(choices);
    if (answer === 'next' || answer === 'later') return answer;
    if (answer === 'reveal') await reveal(item, asking);
    else if (answer === 'save') {
      const { guide, title, todo } = connection.view();
      const text = todoMarkdown(todo, { title: title[talk.lang], lang: talk.lang, now: Date.now() });
      talk.print(plain.saved(await desk.save(`${guide}-todo.md`, text)));
    } else {
      if (item.gives) await give(item.gives, asking);
      const note = answer === 'note' ? await talk.line(plain.answer(checklist.noteAsk, '')) : item.note;
      return (await tick(item, note, asking)) ? 'ticked' : 'next';
    }
  }
}

async function give(name: string, { talk, connection }: Asking): Promise<void> {
  const value = await talk.line(talk.words.plain.valueFor(name), true);
  if (value.trim() !== '') connection.send({ type: 'answer', id: name, value });
}

/** Whether the engine takes it as done; it says why not. */
async function tick(item: TodoItem, note: string, { talk, connection }: Asking): Promise<boolean> {
  connection.send({ type: 'tick', item: item.item, done: true, note });
  await untilChanged(connection, (view) => (view.need === 'checklist' ? view.todo : view.need));
  const now = connection.view().todo.find((one) => one.item === item.item);
  if (!now?.problem || now.done) return true;
  talk.print(talk.words.plain.problem(talk.say(now.problem)));
  return false;
}

async function reveal(item: TodoItem, { talk, connection }: Asking): Promise<void> {
  for (const field of item.fields.filter(({ secret }) => secret)) {
    const { label } = field;
    const id = revealId(item, field);
    connection.send({ type: 'reveal', id });
    await untilChanged(connection, (view) => view.revealed);
    talk.print(`      ${label ? `${label}: ` : ''}${talk.plain(connection.view().revealed[id] ?? '')}`);
  }
}
