/**
 * The records of a journal. A run is what its records say and nothing else; every client's view is a fold
 * over them. Fields may be added, never renamed: a newer program reads older journals.
 */
import * as z from 'zod/mini';

const json = z.unknown();
const text = z.object({ fr: z.string(), en: z.string() });

/** The resolved plan: what resume executes and rollback reads. Operations as data, secrets as handles. */
const plannedOperation = z.object({
  /** Step and resource key: the operation's name inside this run. */
  id: z.string(),
  key: z.string(),
  op: z.looseObject({ kind: z.string() }),
});
const plannedStep = z.object({
  id: z.string(),
  title: text,
  chapter: text,
  why: z.optional(text),
  source: z.array(z.tuple([z.number(), z.number()])),
  says: z.optional(z.string()),
  errata: z.array(z.string()),
  manual: z.boolean(),
  /** Steps that have to be done before it. */
  needs: z._default(z.array(z.string()), []),
  operations: z.array(plannedOperation),
  /** Offered beside a failure. */
  remedies: z.optional(z.array(z.object({ id: z.string(), title: text, operation: plannedOperation }))),
});

export const body = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('opened'),
    run: z.string(),
    guide: z.string(),
    title: text,
    kind: z.enum(['install', 'rollback', 'uninstall', 'accounts']),
    versions: z.object({ program: z.string(), guide: z.string(), protocol: z.number(), journal: z.number() }),
    /** Rollback: the run taken back, and the step back to which (that step stays). */
    of: z.optional(z.string()),
    to: z.optional(z.string()),
    /** Accounts: what is done with which one, of the accounts that this list asked for. */
    account: z.optional(
      z.object({ change: z.enum(['add', 'passwd', 'remove']), name: z.string(), list: z.string() }),
    ),
  }),
  /** An engine took the run in hand. */
  z.object({
    type: z.literal('engine'),
    pid: z.number(),
    boot: z.string(),
    program: z.string(),
    /** The person who started it. */
    by: z.optional(z.string()),
    torn: z.boolean(),
    /** The kept copy of the program that it ran from: the name of its folder. */
    copy: z.optional(z.string()),
    /** Grows with each engine that starts on this machine: orders the records of all runs. */
    turn: z.optional(z.number()),
  }),
  z.object({
    type: z.literal('answer'),
    id: z.string(),
    value: z.optional(z.string()),
    secret: z.optional(z.string()),
    /** Lists: `value` is the JSON text of the rows without their secrets; this column names them. */
    list: z.optional(z.string()),
    from: z.enum(['person', 'file', 'set', 'default', 'fact', 'generated', 'earlier', 'step']),
  }),
  z.object({
    type: z.literal('planned'),
    steps: z.array(plannedStep),
    hash: z.string(),
    guide: z.object({ finished: z.array(text) }),
  }),
  z.object({ type: z.literal('consent'), hash: z.string(), by: z.enum(['person', 'yes']) }),
  z.object({ type: z.literal('step-begin'), step: z.string() }),
  z.object({
    type: z.literal('step-end'),
    step: z.string(),
    /** `left` = a person has something to do; `waits` = needs a value that is not known yet. */
    outcome: z.enum(['done', 'failed', 'skipped', 'left', 'waits']),
    changed: z.number(),
    reason: z.optional(z.string()),
    error: z.optional(
      z.object({
        code: z.string(),
        values: z.record(z.string(), z.string()),
        say: z.optional(text),
        cause: z.optional(z.object({ id: z.string(), say: text, do: text })),
        remedies: z.optional(z.array(z.object({ id: z.string(), title: text }))),
        lastLines: z.array(z.string()),
      }),
    ),
  }),
  /** Before any effect: what will be done and what takes it back. */
  z.object({
    type: z.literal('begin'),
    step: z.string(),
    id: z.string(),
    key: z.string(),
    was: json,
    before: json,
    /** Files that undo will look for: names in `before/`, and whole paths in `kept/`. */
    needs: z.optional(z.array(z.object({ name: z.string(), size: z.number() }))),
  }),
  /** After it. `same` = there was nothing to do. */
  z.object({
    type: z.literal('end'),
    step: z.string(),
    id: z.string(),
    key: z.string(),
    outcome: z.enum(['done', 'failed', 'same']),
    mark: json,
  }),
  z.object({ type: z.literal('warning'), step: z.string(), say: text }),
  /** A file in `kept/`, and the command line that brings back what is in it. */
  z.object({ type: z.literal('saved'), step: z.string(), path: z.string(), restore: z.string() }),
  z.object({
    type: z.literal('produced'),
    id: z.string(),
    value: z.optional(z.string()),
    secret: z.optional(z.string()),
  }),
  z.object({
    type: z.literal('tick'),
    item: z.string(),
    done: z.boolean(),
    by: z.string(),
    note: z.string(),
    proven: z.boolean(),
  }),
  z.object({
    type: z.literal('decision'),
    decision: z.string(),
    step: z.optional(z.string()),
    reason: z.optional(z.string()),
  }),
  z.object({
    type: z.literal('waiting'),
    need: z.enum(['answers', 'consent', 'failure', 'checklist', 'conflict', 'terminal', 'confirmation']),
  }),
  /** Rollback: one effect of the run `of`, taken back (`effect` is the `seq` of its `begin`). */
  z.object({ type: z.literal('undo-begin'), effect: z.number(), run: z.string(), key: z.string() }),
  z.object({
    type: z.literal('undo-end'),
    effect: z.number(),
    run: z.string(),
    key: z.string(),
    /** `kept` = left because of `reason` (someone changed it since, another run needs it, it holds data). */
    outcome: z.enum(['undone', 'kept', 'failed']),
    reason: z.optional(text),
    /** Kept, as was said before the effect. */
    foreseen: z.optional(z.boolean()),
    /** The run that needs it now and inherits the before-image. */
    heir: z.optional(z.string()),
  }),
  z.object({
    type: z.literal('ended'),
    state: z.enum(['done', 'needs-person', 'interrupted', 'failed', 'rolled-back']),
    exit: z.number(),
  }),
]);

export type Body = z.infer<typeof body>;
export type Record_<T extends Body['type']> = Extract<Body, { type: T }>;
export type JournalRecord = Body & { readonly seq: number; readonly time: string };
export type PlannedStep = z.infer<typeof plannedStep>;
export type PlannedOperation = z.infer<typeof plannedOperation>;

/** Highest journal format this program reads. */
export const journalVersion = 1;

const written = z.looseObject({ seq: z.number(), time: z.string(), type: z.string() });

/**
 * Tells the records of one journal from what is none. One version of the program gives all records of a type one form:
 * its first is held against the schema, the checksums vouch for the rest. Only `planned`, of which there are few, may
 * have fields that older versions did not write and that get a default here.
 */
export function formCheck(): (value: unknown) => JournalRecord | undefined {
  const seen = new Set<unknown>();
  let writer: unknown;
  return (value) => {
    if (typeof value !== 'object' || value === null || !('type' in value)) return undefined;
    if (value.type === 'engine' && 'program' in value && value.program !== writer) {
      writer = value.program;
      seen.clear();
    }
    // Its like was held against the schema.
    if (seen.has(value.type)) return value as JournalRecord;
    const head = written.safeParse(value);
    const parsed = body.safeParse(value);
    if (!head.success || !parsed.success) return undefined;
    if (parsed.data.type !== 'planned') seen.add(parsed.data.type);
    return { ...parsed.data, seq: head.data.seq, time: head.data.time };
  };
}
