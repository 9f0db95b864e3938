/** Records one item of a checklist as done. */
import type { Guide } from '../guide/types.ts';
import { takeLock } from '../journal/lock.ts';
import { whyNotDone } from '../run/lead.ts';
import * as machines from '../run/machine.ts';
import { operationOf } from '../run/plan.ts';
import { type Here, Leave, print } from './here.ts';

/** Records one item as done, if its proof (where it has one) says so. */
export async function tick(at: Here, guide: Guide, item: string): Promise<number> {
  const found = await machines.todoOf(at, guide.id);
  const entry = found?.items.find((one) => one.item === item);
  if (!found || !entry)
    throw new Leave(
      2,
      [at.words.cli.unknownItem(item), ...(found?.items.map((one) => `  ${one.item}`) ?? [])].join('\n'),
    );
  const { run, values } = found;
  const step = run.records
    .flatMap((record) => (record.type === 'planned' ? record.steps : []))
    .findLast(({ id }) => id === entry.step);
  const op = step?.operations
    .map(operationOf)
    .find((one) => one.kind === 'checklist' && one.items.some(({ id }) => id === item));
  const data = op?.kind === 'checklist' ? op.items.find(({ id }) => id === item) : undefined;
  const problem = data && (await whyNotDone(data, values, await machines.contextOf(at, run, values)));
  if (problem) throw new Leave(1, problem[at.lang]);
  const release = await takeLock(at.host, at.state.lock, run.id);
  try {
    const journal = await at.state.open(run.id);
    const by = process.env['SUDO_USER'] ?? at.facts['user'] ?? '';
    await journal.append({
      type: 'tick',
      item,
      done: true,
      by,
      note: values.redactor.redact(at.flags.note ?? ''),
      proven: Boolean(data?.proof),
    });
    await journal.close();
  } finally {
    await release();
  }
  print(at.words.cli.ticked(entry.text[at.lang]));
  return 0;
}
