/** A list of answers, row by row. */
import type { FormField, ListColumn, ListRow } from '../../run/protocol.ts';
import { type Asking, untilChanged } from './index.ts';

type Row = Record<string, string>;

/** `+` adds a row, a number changes one, `-` and a number removes one, Enter goes on. */
export async function askList(field: FormField, asking: Asking): Promise<'answered' | 'back'> {
  const { talk, connection } = asking;
  const { plain } = talk.words;
  for (;;) {
    const now = connection.view().form.fields.find(({ id }) => id === field.id) ?? field;
    const rows = now.rows ?? [];
    talk.print(talk.say(now.ask));
    for (const [index, row] of rows.entries()) talk.print(...rowLines(index + 1, row, now, asking));
    const typed = await talk.line(plain.listQuestion);
    if (typed === '') return 'answered';
    if (typed === '<') return 'back';
    const [, sign = '', number = ''] = /^([-+]?)\s*(\d*)$/.exec(typed) ?? [];
    const at = Number(number) - 1;
    const cells: Row[] = rows.map((row) => ({ ...row.cells }));
    if (sign === '+') cells.push(await askRow(now.columns ?? [], undefined, asking));
    else if (sign === '-' && rows[at]) cells.splice(at, 1);
    else if (rows[at]) cells[at] = await askRow(now.columns ?? [], rows[at], asking);
    else {
      talk.print(plain.listUnknown);
      continue;
    }
    connection.send({ type: 'answer', id: field.id, value: JSON.stringify(cells) });
    await untilChanged(connection, (view) => view.form);
  }
}

function rowLines(number: number, row: ListRow, { columns = [] }: FormField, { talk }: Asking): string[] {
  const { common, form } = talk.words;
  const said = columns.map(({ name, label, secret, canGenerate }) => {
    const kept = row.given.includes(name) ? form.given : canGenerate ? form.toGenerate : form.empty;
    return common.pair(talk.say(label), secret ? kept : talk.plain(row.cells[name] ?? ''));
  });
  return [
    `  ${number}  ${said.join(', ')}`,
    ...(row.problem ? [talk.words.plain.problem(talk.say(row.problem))] : []),
  ];
}

/** A secret that is left empty keeps its value, or is made. */
async function askRow(
  columns: readonly ListColumn[],
  former: ListRow | undefined,
  { talk }: Asking,
): Promise<Row> {
  const { plain } = talk.words;
  const row: Row = {};
  for (const { name, label, secret, canGenerate } of columns) {
    const initial = former?.cells[name] ?? '';
    const ask = talk.say(label);
    const hidden = former?.given.includes(name)
      ? plain.secretGiven
      : canGenerate
        ? plain.secret
        : plain.secretWanted;
    const typed = await talk.line(secret ? hidden(ask) : plain.answer(ask, initial), secret);
    row[name] = typed === '' ? initial : typed;
  }
  return row;
}
