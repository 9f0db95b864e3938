/**
 * Runs operation kinds on the machine it is started on, as the engine would, without an engine: bundled and copied into
 * a lab. Reads one order per line from standard input, writes one result per line.
 */
import { createInterface } from 'node:readline';
import { Redactor } from '../../src/answers/redactor.ts';
import type { Operation } from '../../src/guide/kinds.ts';
import { realHost } from '../../src/host/real.ts';
import { StateFolder } from '../../src/journal/state.ts';
import { apacheModule } from '../../src/operations/apache-module.ts';
import { apacheSite } from '../../src/operations/apache-site.ts';
import { packages } from '../../src/operations/packages.ts';
import { pip } from '../../src/operations/pip.ts';
import { sqlDatabase } from '../../src/operations/sql-database.ts';
import { sqlDump } from '../../src/operations/sql-dump.ts';
import { sqlGrant } from '../../src/operations/sql-grant.ts';
import { sqlMode } from '../../src/operations/sql-mode.ts';
import { sqlUser } from '../../src/operations/sql-user.ts';
import { systemdUnit } from '../../src/operations/systemd-unit.ts';
import { unixUser } from '../../src/operations/unix-user.ts';
import {
  type Context,
  type Difference,
  Failure,
  type Json,
  type Op,
  type Verbs,
} from '../../src/operations/verbs.ts';
import { virtualenv } from '../../src/operations/virtualenv.ts';
import { makeContext } from '../../src/run/context.ts';
import { RunValues } from '../../src/run/values.ts';

export type AnyOp = Op<Operation['kind']>;

export interface Order {
  readonly verb: 'look' | 'apply' | 'undo';
  /** Undo: takes back the newest apply of the same operation. */
  readonly op: AnyOp;
  readonly secrets?: Readonly<Record<string, string>>;
}

export interface Result {
  readonly difference?: Difference;
  /** After `apply`. */
  readonly then?: Difference;
  readonly left?: string | undefined;
  readonly failure?: {
    readonly code: string;
    readonly values: Readonly<Record<string, string>>;
    readonly say?: string | undefined;
  };
  readonly output: string;
}

const table: { readonly [kind: string]: unknown } = {
  packages,
  pip,
  virtualenv,
  'apache-module': apacheModule,
  'apache-site': apacheSite,
  'sql-database': sqlDatabase,
  'sql-dump': sqlDump,
  'sql-grant': sqlGrant,
  'sql-mode': sqlMode,
  'sql-user': sqlUser,
  'systemd-unit': systemdUnit,
  'unix-user': unixUser,
};

/** What a journal would hold, between two starts of this program. */
interface Memory {
  befores: { key: string; before: Json }[];
  marks: Record<string, Json>;
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
  const verbs = table[op.kind] as Verbs<AnyOp>;
  try {
    const result =
      verb === 'undo'
        ? await undo(verbs, op, memory, context)
        : await apply(verbs, op, memory, context, verb);
    return { ...result, output };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { failure: { code: error.code, values: error.values, say: error.say?.en }, output };
  }
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
  return { difference, then: verbs.diff(op, after, context) };
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
