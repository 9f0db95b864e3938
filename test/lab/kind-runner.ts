/**
 * Runs operation kinds on the machine it is started on, as the engine would, without an engine: bundled and copied into
 * a lab. Reads one order per line from standard input, writes one result per line.
 */
import { createInterface } from 'node:readline';
import { Redactor } from '../../src/answers/redactor.ts';
import type { Operation } from '../../src/guide/kinds.ts';
import { realHost } from '../../src/host/real.ts';
import { StateFolder } from '../../src/journal/state.ts';
import { table } from '../../src/operations/index.ts';
import { type Dumped, dumpDatabase, restoreDatabase } from '../../src/operations/shared/sql.ts';
import {
  type Context,
  type Difference,
  Failure,
  type Json,
  type Op,
  type Verbs,
} from '../../src/operations/verbs.ts';
import { makeContext } from '../../src/run/context.ts';
import { RunValues } from '../../src/run/values.ts';

export type AnyOp = Op<Operation['kind']>;

export interface Order {
  /**
   * `undo` takes back the newest apply of the same operation. `dump` and `restore` are for the database of a `sql-dump`
   * operation, as the undo of a command does it.
   */
  readonly verb: 'look' | 'apply' | 'undo' | 'dump' | 'restore';
  readonly op: AnyOp;
  readonly secrets?: Readonly<Record<string, string>>;
}

export interface Result {
  readonly difference?: Difference;
  /** What is still to do after `apply`. */
  readonly remaining?: Difference;
  readonly left?: string | undefined;
  readonly failure?: {
    readonly code: string;
    readonly values: Readonly<Record<string, string>>;
    readonly say?: string | undefined;
  };
  readonly output: string;
}

/** What a journal would hold, between two starts of this program. */
interface Memory {
  befores: { key: string; before: Json }[];
  marks: Record<string, Json>;
  dumped?: Dumped;
}

const folder = '/var/lib/setup-wizard';
const host = realHost();
const state = new StateFolder(host, folder);
await state.prepare('0001-test');

async function readMemory(): Promise<Memory> {
  const text = await host.read(`${folder}/memory.json`);
  return text ? (JSON.parse(text.toString()) as Memory) : { befores: [], marks: {} };
}

const writeMemory = (memory: Memory) =>
  host.write(`${folder}/memory.json`, JSON.stringify(memory), { mode: '0600' });

async function carryOut({ verb, op, secrets = {} }: Order): Promise<Result> {
  const memory = await readMemory();
  let output = '';
  const redactor = new Redactor();
  const known = new Map(Object.entries(secrets).map(([name, value]) => [name, { value, secret: true }]));
  const context = makeContext(
    {
      host,
      state,
      run: '0001-test',
      key: await state.key(),
      values: new RunValues(known, redactor, async () => {}),
      redactor,
      lang: 'en',
      recorded: (key) => memory.marks[key],
    },
    verb === 'undo' ? 'undo' : verb === 'look' ? 'plan' : 'run',
    (text) => {
      output += text;
    },
  );
  // The table pairs each kind with its own verbs; the compiler cannot follow the pair through a lookup.
  const verbs = table[op.kind] as unknown as Verbs<AnyOp>;
  try {
    return { ...(await obey(verb, verbs, op, memory, context)), output };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { failure: { code: error.code, values: error.values, say: error.say?.en }, output };
  }
}

async function obey(
  verb: Order['verb'],
  verbs: Verbs<AnyOp>,
  op: AnyOp,
  memory: Memory,
  context: Context,
): Promise<Omit<Result, 'output'>> {
  if (verb === 'undo') return undo(verbs, op, memory, context);
  if (verb === 'look' || verb === 'apply') return apply(verbs, op, memory, context, verb);
  if (op.kind !== 'sql-dump') throw new Error(`${verb} is for databases`);
  if (verb === 'dump')
    await writeMemory({ ...memory, dumped: await dumpDatabase(op.server, op.database, context) });
  else if (memory.dumped) await restoreDatabase(op.server, op.database, memory.dumped, context);
  return {};
}

async function apply(
  verbs: Verbs<AnyOp>,
  op: AnyOp,
  memory: Memory,
  context: Context,
  verb: 'look' | 'apply',
) {
  const key = verbs.keys(op, context.values)[0] ?? '';
  const seen = await verbs.inspect(op, context);
  const difference = verbs.diff(op, seen, context);
  if (verb === 'look' || difference.change !== 'change') return { difference };
  memory.befores.push({ key, before: await verbs.capture(op, seen, context) });
  await writeMemory(memory);
  await verbs.apply(op, seen, context);
  const after = await verbs.inspect(op, context);
  memory.marks[key] = verbs.mark(op, after, context);
  await writeMemory(memory);
  return { difference, remaining: verbs.diff(op, after, context) };
}

async function undo(verbs: Verbs<AnyOp>, op: AnyOp, memory: Memory, context: Context) {
  const key = verbs.keys(op, context.values)[0] ?? '';
  const index = memory.befores.findLastIndex((one) => one.key === key);
  const found = memory.befores[index];
  if (!found) throw new Error(`nothing to take back for ${key}`);
  const { left } = await verbs.undo(op, found.before, context);
  memory.befores.splice(index, 1);
  delete memory.marks[key];
  await writeMemory(memory);
  return { left: left?.en };
}

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await carryOut(JSON.parse(line) as Order)));
}
