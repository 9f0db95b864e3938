/** The questions, one a line; any of them can be gone back to, and nothing is sent on before it is looked over. */
import type { FormField } from '../../run/protocol.ts';
import { type Asking, untilChanged } from './index.ts';
import { askList } from './list.ts';
import type { Talk } from './talk.ts';

/** Typed alone instead of an answer. */
const keys = { back: '<', explain: '?', empty: '-' } as const;

export async function askAnswers(asking: Asking): Promise<void> {
  const { connection } = asking;
  const wasHere = connection.view().form.fields.some(({ from }) => from === 'person' || from === 'earlier');
  if (!wasHere) await askInTurn(asking);
  for (;;) {
    const { fields, open } = connection.view().form;
    const wrong = fields.find(({ id }) => open.includes(id));
    if (wrong) {
      await askUntilRight(wrong.id, asking);
      continue;
    }
    const chosen = await review(fields, asking);
    if (!chosen) return connection.send({ type: 'submit' });
    await askUntilRight(chosen.id, asking);
  }
}

/** Every question once, in order; `<` goes back one. */
async function askInTurn(asking: Asking): Promise<void> {
  const { connection, talk } = asking;
  const { plain } = talk.words;
  const asked: string[] = [];
  const saidChecks = new Set<string>();
  let topic = '';
  talk.print(plain.formKeys);
  for (;;) {
    const { form } = connection.view();
    const field = form.fields.find(({ id }) => !asked.includes(id));
    if (!field) return;
    if (field.topic !== topic) {
      topic = field.topic;
      const index = form.topics.findIndex(({ id }) => id === topic);
      talk.print(
        '',
        plain.topic(index + 1, form.topics.length, talk.say(form.topics[index]?.title ?? field.ask)),
      );
    }
    for (const { id, state, say } of connection.view().liveChecks) {
      if (state === 'looking' || saidChecks.has(`${id} ${say.en}`)) continue;
      saidChecks.add(`${id} ${say.en}`);
      talk.print(`  * ${talk.say(say)}`);
    }
    if ((await askField(field, asking)) === 'back') asked.pop();
    else if (!problemOf(field.id, asking)) asked.push(field.id);
  }
}

async function askUntilRight(id: string, asking: Asking): Promise<void> {
  for (;;) {
    const field = asking.connection.view().form.fields.find((one) => one.id === id);
    if (!field || (await askField(field, asking)) === 'back' || !problemOf(id, asking)) return;
  }
}

/** What is wrong with the answer as it stands, said. */
function problemOf(id: string, { connection, talk }: Asking): boolean {
  const problem = connection.view().form.fields.find((one) => one.id === id)?.problem;
  if (problem) talk.print(talk.words.plain.problem(talk.say(problem)));
  return problem !== undefined;
}

/** Puts one question; sends an answer if one was given. */
async function askField(field: FormField, asking: Asking): Promise<'answered' | 'back'> {
  const { talk, connection } = asking;
  if (field.help) talk.print(`  ${talk.say(field.help)}`);
  if (field.kind === 'list') return askList(field, asking);
  if (field.kind === 'choice') {
    await askChoice(field, asking);
    return 'answered';
  }
  for (;;) {
    const typed = await talk.line(questionOf(field, asking), field.kind === 'secret');
    if (typed === keys.back) return 'back';
    if (typed === keys.explain) {
      explain(field, asking);
      continue;
    }
    if (typed !== '') await answer(field.id, typed === keys.empty && field.optional ? '' : typed, asking);
    else if (field.kind === 'secret' && !field.given && field.canGenerate) {
      connection.send({ type: 'generate', id: field.id });
      await untilChanged(connection, (view) => view.form);
    }
    return 'answered';
  }
}

function questionOf(field: FormField, { talk }: Asking): string {
  const { plain } = talk.words;
  const ask = talk.say(field.ask);
  if (field.kind !== 'secret') return plain.answer(ask, talk.plain(field.value));
  if (field.given) return plain.secretGiven(ask);
  return field.canGenerate ? plain.secret(ask) : plain.secretWanted(ask);
}

async function askChoice(field: FormField, asking: Asking): Promise<void> {
  const { talk } = asking;
  talk.print(talk.say(field.ask));
  const fit = field.choices.filter(({ unfit }) => !unfit);
  for (const { label, unfit } of field.choices)
    if (unfit) talk.print(`  -  ${talk.say(label)} (${talk.say(unfit)})`);
  const chosen = await talk.choose(
    fit.map(({ value, label, danger }) => ({
      value,
      label: danger ? talk.words.plain.warning(talk.say(label)) : talk.say(label),
    })),
    field.value,
  );
  if (chosen !== field.value) await answer(field.id, chosen, asking);
}

/** The engine answers each value with a new form. */
async function answer(id: string, value: string, { connection }: Asking): Promise<void> {
  connection.send({ type: 'answer', id, value });
  await untilChanged(connection, (view) => view.form);
}

function explain(field: FormField, { talk }: Asking): void {
  const { form, plain } = talk.words;
  talk.print(
    ...(field.example ? [`  ${form.example(field.example)}`] : []),
    ...(field.uses.length > 0
      ? [`  ${plain.usedBy(field.uses.map((one) => talk.say(one)).join(', '))}`]
      : []),
    `  ${plain.formKeys}`,
  );
}

/** All answers by number; the one to change, or nothing to go on. */
async function review(fields: readonly FormField[], { talk }: Asking): Promise<FormField | undefined> {
  const { plain, form } = talk.words;
  talk.print('', plain.review);
  for (const [index, field] of fields.entries()) {
    const from = field.from ? form.from[field.from] : '';
    talk.print(plain.reviewed(index + 1, talk.say(field.ask), shown(field, talk), from));
  }
  for (;;) {
    const typed = await talk.line(plain.reviewQuestion);
    if (typed === '') return undefined;
    const field = fields[Number(typed) - 1];
    if (field) return field;
    talk.print(plain.choiceUnknown(fields.length));
  }
}

/** The answer as a person reads it. */
function shown(field: FormField, talk: Talk): string {
  const { form } = talk.words;
  const { kind, value, given, choices, rows = [] } = field;
  if (kind === 'secret') return given ? form.given : form.toGenerate;
  const chosen = choices.find((choice) => choice.value === value);
  const names = rows.map(({ cells }) => talk.plain(Object.values(cells)[0] ?? ''));
  const text = kind === 'list' ? names.join(', ') : chosen ? talk.say(chosen.label) : talk.plain(value);
  return text || form.empty;
}
