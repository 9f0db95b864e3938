/**
 * Every kind as a model: a resource is absent, half or done, and what an effect stopped in its middle leaves is half.
 * Names, titles and data are those of the real kinds, so that a real guide is planned, recorded and taken back as ever.
 * A test puts `modelTable` in the place of src/operations/index.ts.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Gate } from '../../src/host/gate.ts';
import type { Host } from '../../src/host/types.ts';
import type { Context, Table, Verbs } from '../../src/operations/verbs.ts';
import type { AnyOp } from '../../src/run/plan.ts';

/** Where the resources of a host are, what stops the world, and what was applied there so far. */
export interface ModelWorld {
  readonly folder: string;
  readonly gate: Gate;
  readonly applied: string[];
}

/** By a verb of the host: it is passed on by itself, whatever is put around the others. */
const worlds = new WeakMap<Host['now'], ModelWorld>();

export function keepWorld(host: Host, world: ModelWorld): void {
  mkdirSync(world.folder, { recursive: true });
  worlds.set(host.now, world);
}

function worldOf({ host }: Context): ModelWorld {
  const world = worlds.get(host.now);
  if (!world) throw new Error('no model world');
  return world;
}

/** `absent` is the empty text. */
type Seen = string;

const half = 'half';
const doneAs = (op: AnyOp): Seen =>
  `done ${createHash('sha256').update(JSON.stringify(op)).digest('hex').slice(0, 8)}`;

/** What an operation tells the run about: without it the operation is not done. */
function gives(op: AnyOp): { readonly id: string; readonly secret: boolean }[] {
  if (op.kind === 'produce') return [{ id: op.name, secret: false }];
  return op.kind === 'script' ? [...(op.gives ?? [])] : [];
}

/** A kind with its own names and the model's effects. */
function modelOf({ keys, describe }: Pick<Verbs<AnyOp>, 'keys' | 'describe'>): Verbs<AnyOp, Seen> {
  const keyOf = (op: AnyOp, context: Context) => keys(op, context.values)[0] ?? op.kind;
  const pathOf = (op: AnyOp, context: Context) =>
    join(worldOf(context).folder, encodeURIComponent(keyOf(op, context)));
  const look = (path: string): Seen => {
    try {
      return readFileSync(path, 'utf8');
    } catch {
      return '';
    }
  };
  const put = (path: string, state: Seen) =>
    state ? writeFileSync(path, state) : rmSync(path, { force: true });
  const change = async (op: AnyOp, to: Seen, context: Context, midway: () => Promise<void>) => {
    const path = pathOf(op, context);
    const { gate } = worldOf(context);
    await gate('effect before');
    put(path, half);
    await gate('effect middle');
    await midway();
    put(path, to);
    await gate('effect after');
  };
  return {
    keys,
    describe,
    inspect: async (op, context) => look(pathOf(op, context)),
    diff: (op, seen, { values }) =>
      seen === doneAs(op) && gives(op).every(({ id }) => values.missing(`%${id}%`).length === 0)
        ? { change: 'none' }
        : { change: 'change' },
    mark: (_, seen) => seen || null,
    capture: async (_, seen, context) => (seen ? context.keep(Buffer.from(seen)) : null),
    async apply(op, _, context) {
      worldOf(context).applied.push(keyOf(op, context));
      await change(op, doneAs(op), context, async () => {
        for (const { id, secret } of gives(op)) await context.values.learn(id, `/of/${id}`, secret);
      });
    },
    async undo(op, before, context) {
      const former = typeof before === 'string' ? (await context.kept(before)).toString() : '';
      await change(op, former, context, async () => {});
      return {};
    },
  };
}

export function modelTable(real: Table): Table {
  const models = Object.entries(real).map(([kind, verbs]) => [
    kind,
    // Each model stands for the kind whose names it was given.
    modelOf(verbs as unknown as Verbs<AnyOp>),
  ]);
  return Object.fromEntries(models) as Table;
}
