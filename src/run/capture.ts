/** What undo needs, taken before an effect. */
import type { Record_ } from '../journal/records.ts';
import type { Context } from '../operations/verbs.ts';
import { type AnyOp, verbsOf } from './plan.ts';

type Needs = NonNullable<Record_<'begin'>['needs']>;

/** With the files that undo will look for: a rollback says before it begins if one is missing. */
export async function capture(
  op: AnyOp,
  seen: unknown,
  context: Context,
): Promise<Pick<Record_<'begin'>, 'before' | 'needs'>> {
  const images: Needs = [];
  const paths: string[] = [];
  const before = await verbsOf(op).capture(op, seen, {
    ...context,
    async keep(bytes) {
      const name = await context.keep(bytes);
      images.push({ name, size: bytes.length });
      return name;
    },
    async keptPath(name) {
      const path = await context.keptPath(name);
      paths.push(path);
      return path;
    },
  });
  const files = paths.map(async (name) => ({ name, size: (await context.host.stat(name))?.size ?? 0 }));
  const needs = [...images, ...(await Promise.all(files))];
  return { before, ...(needs.length > 0 ? { needs } : {}) };
}
