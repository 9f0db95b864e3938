/**
 * What taking back an effect needs and no longer finds: a before-image, a dump, a secret. Known before a rollback
 * begins, so that nobody learns it in the middle.
 */
import type { Text } from '../guide/types.ts';
import * as texts from '../i18n/texts/run.ts';
import type { Held } from '../journal/held.ts';
import { type Context, Failure } from '../operations/verbs.ts';
import { makeContext } from './context.ts';
import { type AnyOp, operationOf, verbsOf } from './plan.ts';
import { plannedOperation, type Scope, valuesWhen } from './rollback-work.ts';
import { missingIn } from './values.ts';

/** Why an effect cannot be taken back; changes nothing. */
export async function lostOf(work: Scope, effects: readonly Held[]): Promise<Map<Held, Text>> {
  const lost = new Map<Held, Text>();
  for (const effect of effects) {
    const context = makeContext({ ...work.around, values: valuesWhen(effect, work) }, 'undo');
    const reason = (await lostFile(effect, context)) ?? (await lostSecret(effect, context));
    if (reason) lost.set(effect, reason);
  }
  return lost;
}

async function lostFile({ needs }: Held, context: Context): Promise<Text | undefined> {
  for (const { name, size } of needs) {
    const isImage = !name.startsWith('/');
    const found = isImage ? await imageSize(name, context) : (await context.host.stat(name))?.size;
    if (found !== size) return isImage ? texts.imageLost(name) : texts.dumpLost(name);
  }
  return undefined;
}

/** Nothing if it is not there, or not what was saved. */
async function imageSize(name: string, context: Context): Promise<number | undefined> {
  try {
    return (await context.kept(name)).length;
  } catch (error) {
    if (error instanceof Failure) return undefined;
    throw error;
  }
}

/** Its values were all known when it began. Not every one is needed on the way back: a file gets its bytes. */
async function lostSecret(effect: Held, context: Context): Promise<Text | undefined> {
  const op = operationOf(plannedOperation(effect));
  const [missing] = missingIn(op, context.values);
  if (missing === undefined) return undefined;
  const [inUndo] = missingIn('undo' in op ? op.undo : null, context.values);
  const name = inUndo ?? ((await cannotLook(op, context)) ? missing : undefined);
  return name === undefined ? undefined : texts.secretLost(name);
}

/** Undo looks before and after; what else keeps it from looking now may be over by then. */
async function cannotLook(op: AnyOp, context: Context): Promise<boolean> {
  const verbs = verbsOf(op);
  try {
    verbs.mark(op, await verbs.inspect(op, context), context);
    return false;
  } catch (error) {
    return error instanceof Failure && error.code === 'missing-value';
  }
}
