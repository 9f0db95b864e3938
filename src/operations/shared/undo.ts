/** How a command or a script is taken back. */
import type { Undo } from '../../guide/kinds.ts';
import type { Context, Json, Resolved, Undone } from '../verbs.ts';
import { argvOf, optionsOf } from './called.ts';
import { type Dumped, dumpDatabase, restoreDatabase } from './sql.ts';

type Way = Resolved<Undo>;

/** What the way back needs, taken before the effect. */
export async function captureFor(undo: Way, context: Context): Promise<Json> {
  if (!('dump' in undo)) return null;
  return { ...(await dumpDatabase(undo.server, context.values.public(undo.dump), context)) };
}

/** Its own undo changes its state; else that goes with another operation's, or there is none. */
export function isTakenBackAlone(undo: Way): boolean {
  return 'run' in undo || 'dump' in undo;
}

export async function takeBack(undo: Way, before: Json, context: Context): Promise<Undone> {
  const { values } = context;
  if ('never' in undo) return { left: undo.never };
  if ('run' in undo) await context.must(argvOf(undo, values), optionsOf(undo, values));
  if ('dump' in undo) {
    const database = values.public(undo.dump);
    // What was entered since goes to `kept/` first: it is in no before-image.
    if (context.purpose === 'undo') await dumpDatabase(undo.server, database, context);
    // Written by `captureFor`.
    await restoreDatabase(undo.server, database, before as unknown as Dumped, context);
  }
  return {};
}
