/** How a command or a script is taken back. */
import { isDeepStrictEqual } from 'node:util';
import type { Saying, Undo } from '../../guide/kinds.ts';
import type { Context, Json, Resolved, Undone, Values } from '../verbs.ts';
import { argvOf, optionsOf } from './called.ts';
import { isContainer } from './docker.ts';
import { commandFailed } from './failed.ts';
import { ask, countTables, type Dumped, dumpDatabase, identifier, keyOf, restoreDatabase } from './sql.ts';

type Way = Resolved<Undo>;

/** What the way back needs, taken before the effect. */
export async function captureFor(undo: Way, context: Context): Promise<Json> {
  if ('save' in undo) return { saved: await context.keep(Buffer.from(await sayingOf(undo.save, context))) };
  if (!('dump' in undo)) return null;
  return { ...(await dumpDatabase(undo.server, context.values.public(undo.dump), context)) };
}

/** Not by `context.run`: what it says may be secret, and goes to the before-image only. */
async function sayingOf(says: Resolved<Saying>, context: Context): Promise<string> {
  const argv = argvOf(says, context.values);
  const ran = await context.host.look(argv, optionsOf(says, context.values));
  if (ran.code !== 0) throw commandFailed(argv, { ...ran, stdout: '' }, context);
  return ran.stdout;
}

/** Its own undo changes its state; else that goes with another operation's, or there is none. */
export function isTakenBackAlone(undo: Way): boolean {
  return 'run' in undo || 'dump' in undo || 'save' in undo;
}

/** What is in the database that it changes: how many tables, and rows that come from people. */
export async function contentOf(undo: Way, context: Context): Promise<Json> {
  if (!('dump' in undo) || !undo.entered) return null;
  const { server, entered } = undo;
  const database = context.values.public(undo.dump);
  const counts = await Promise.all(
    entered.map(async (table) => [table, await countRows(server, database, table, context)] as const),
  );
  return { tables: (await countTables(server, database, context)) ?? null, ...Object.fromEntries(counts) };
}

/** Nothing while there is no such table. */
async function countRows(
  server: Extract<Way, { dump: string }>['server'],
  database: string,
  table: string,
  context: Context,
): Promise<number | null> {
  const { engine } = server;
  const name = identifier(engine, table);
  const whole = engine === 'mysql' ? `${identifier(engine, database)}.${name}` : name;
  const options = engine === 'mysql' ? {} : { database };
  const answer = await ask(server, `SELECT COUNT(*) FROM ${whole};`, context, options);
  return answer.ok ? Number(answer.rows[0]?.[0]) : null;
}

/** What it changed is in there, and stays or goes with it. */
export function insideOf(undo: Way, values: Values): string[] {
  if ('with' in undo) return [values.public(undo.with)];
  return 'dump' in undo ? [keyOf(undo.server, `db/${values.public(undo.dump)}`)] : [];
}

/** Whether more than its being done has changed; journals of before tell of that alone. */
export function isOtherContent(now: Json, then: Json): boolean {
  const told = (mark: Json): mark is { readonly [name: string]: Json } =>
    typeof mark === 'object' && mark !== null && 'done' in mark;
  if (!told(now) || !told(then)) return !isDeepStrictEqual(now, then);
  if (now['done'] !== then['done']) return true;
  // A probe that fails for another reason must not make what is in there look as before.
  return 'content' in now && 'content' in then && !isDeepStrictEqual(now['content'], then['content']);
}

export async function takeBack(undo: Way, before: Json, context: Context): Promise<Undone> {
  const { values } = context;
  if ('never' in undo) return { left: undo.never, foreseen: true };
  if ('run' in undo && !(await isGone(undo, context)))
    await context.must(argvOf(undo, values), optionsOf(undo, values));
  if ('save' in undo && !(await isGone(undo.restore, context)))
    await restoreSaid(undo.restore, before, context);
  if ('dump' in undo) {
    const database = values.public(undo.dump);
    // What was entered since goes to `kept/` first: it is in no before-image.
    if (context.purpose === 'undo') await dumpDatabase(undo.server, database, context);
    // Written by `captureFor`.
    await restoreDatabase(undo.server, database, before as unknown as Dumped, context);
  }
  return {};
}

/** What was done in a container went with it. */
async function isGone(
  { container }: { readonly container?: string },
  { host, values }: Context,
): Promise<boolean> {
  return container !== undefined && !(await isContainer(values.public(container), host));
}

async function restoreSaid(restore: Resolved<Saying>, before: Json, context: Context): Promise<void> {
  const { values } = context;
  // Written by `captureFor`.
  const said = await context.kept((before as { saved: string }).saved);
  const { stdin = '', ...options } = optionsOf(restore, values);
  await context.must(argvOf(restore, values), { ...options, stdin: stdin + said.toString() });
}
