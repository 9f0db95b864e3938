/**
 * The contract of an operation kind.
 *
 * 1. `inspect`, `diff`, `mark`, `keys`, `describe` change nothing on the machine.
 * 2. `diff` is a pure function of what was seen; after a successful `apply` it says `none`.
 * 3. What `capture` returns, with what it gave to `context.keep`, is durable before `apply` begins,
 *    and is enough for `undo`, whatever part of `apply` happened.
 * 4. `apply` and `undo` may be stopped anywhere and started again.
 * 5. `undo` removes only what this run created.
 * 6. Nothing returned by `capture`, `diff`, `mark` or `describe` holds a secret.
 */
import type { Kind, OperationOf } from '../guide/kinds.ts';
import type { Chosen, Lang, Text } from '../guide/types.ts';
import type { Host, Ran, RunOptions } from '../host/types.ts';
import type { Syntax } from './encode/index.ts';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** An operation once the plan is made: choices are settled, conditions gone, templates in `content`. */
export type Resolved<T> = T extends Chosen
  ? string
  : T extends string | number | boolean | undefined
    ? T
    : T extends readonly (infer U)[]
      ? readonly Resolved<U>[]
      : { readonly [K in keyof T]: Resolved<T[K]> };

/** Answers and produced values, put into texts. Each method encodes every value for the given syntax. */
export interface Values {
  /** With no secret: for argv, paths, names. Throws `Failure` `secret-shown` if the text names a secret. */
  public(text: string, syntax?: Syntax): string;
  /** With secrets: for files that are meant to hold them and standard input only. */
  full(text: string, syntax?: Syntax): string;
  /** Secrets as `••••••••`: for a person's eyes. */
  masked(text: string, syntax?: Syntax): string;
  /** Names in the text that have no value yet. */
  missing(text: string): string[];
  /** Adds a value known from now on. */
  learn(id: string, value: string, secret: boolean): Promise<void>;
}

export interface Context {
  readonly host: Host;
  readonly values: Values;
  readonly lang: Lang;
  readonly purpose: 'plan' | 'run' | 'verify' | 'undo';
  /** Stores bytes that undo needs, durable when the promise is kept; gives a reference for the journal. */
  keep(bytes: Buffer): Promise<string>;
  kept(reference: string): Promise<Buffer>;
  /** Keyed hash: says whether two contents are the same and nothing else. */
  fingerprint(bytes: Buffer | string): string;
  /** What the journal last recorded as the state (`mark`) of a resource, by any living run. */
  recorded(key: string): Json | undefined;
  /** Whether another guide needs this resource now: an undo leaves it, and says so in `until`. */
  isNeeded(key: string): boolean;
  /** A path in `kept/` for a dump or an archive that outlives rollback; the folder exists, 0700. */
  keptPath(name: string): Promise<string>;
  /** Tells of a file in `kept/` that is whole, with the command line that brings back what is in it. */
  saved(path: string, restore: string): Promise<void>;
  /** Runs an effect; its output goes to the step's log and to the screens, secrets removed. */
  run(argv: readonly string[], options?: RunOptions): Promise<Ran>;
  /** As `run`, and throws `Failure` `command-failed` unless the code is 0. */
  must(argv: readonly string[], options?: RunOptions): Promise<Ran>;
  /** The text with every secret value, in each encoded form, replaced by bullets. */
  redact(text: string): string;
  /**
   * Lends the person's terminal to a program until it ends; gives how it ended, as a line, empty when well.
   * Only while a step runs. Throws `LeftToPerson` when it is put off.
   */
  lend(program: LentProgram): Promise<string>;
  /**
   * Asks the person whether what has just been changed works; `nobody` when no answer came in time.
   * Only while a step runs with somebody there (`attended`).
   */
  confirm(trial: Trial): Promise<'yes' | 'no' | 'nobody'>;
  /** A line for the step's log and the screens. */
  say(text: string): void;
  /** Gives `use` the path of a 0600 file with this text, owned by `owner`; it is gone afterwards. */
  withSecretFile<T>(text: string, owner: string | undefined, use: (path: string) => Promise<T>): Promise<T>;
}

/** What the client has to start on the person's terminal. */
export interface LentProgram {
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly as?: string;
}

/** A change that is taken back by itself unless a person says in time that it works. */
export interface Trial {
  /** What has changed, and how to see whether it works. */
  readonly say: Text;
  /** Milliseconds that are left. */
  readonly limit: number;
}

/** The person does it later: the step is left to them. */
export class LeftToPerson extends Error {}

/** What would change, as a person can read it. */
export type Difference =
  | { readonly change: 'none' }
  | {
      readonly change: 'change';
      /** Exact commands, where the kind runs any; secrets masked. */
      readonly commands?: readonly (readonly string[])[];
      /** As whom and where they are run, where it is not as usual; what else one has to know of it. */
      readonly circumstances?: readonly Text[];
      /** Unified diff or a few lines, secrets masked. */
      readonly diff?: string;
      /** Said before it runs: this cannot be taken back exactly. */
      readonly irreversible?: Text;
    }
  | { readonly change: 'person'; readonly reason: Text; readonly commands?: readonly (readonly string[])[] }
  | { readonly change: 'unknown'; readonly reason: Text };

/** From the end of the run that made something until the rollback began. */
export interface Meanwhile {
  readonly from: Date;
  readonly to: Date;
}

/** What undo could not or would not take back, with the reason. Nothing: all is as before. */
export interface Undone {
  readonly left?: Text;
  /**
   * Beginnings of the keys of what keeps a part of it here. If a guide has such a thing, `undo` is called again once
   * that one is taken back.
   */
  readonly until?: readonly string[];
  /** It was said before the effect: nobody has to look after it now. */
  readonly foreseen?: boolean;
}

export interface Verbs<Op, Seen = unknown> {
  /** Resource keys; the first names the operation for ever. */
  keys(op: Op, values: Values): readonly string[];
  inspect(op: Op, context: Context): Promise<Seen>;
  diff(op: Op, seen: Seen, context: Context): Difference;
  /** The state worth comparing later (was it changed by someone else?); no secret, small. */
  mark(op: Op, seen: Seen, context: Context): Json;
  /**
   * Whether two marks tell of a change worth asking about, `was` being that of before the effect. Default: they are
   * not equal.
   */
  differs?(op: Op, now: Json, then: Json, values: Values, was?: Json): boolean;
  /** What is there now (`+`) against what was left with the mark `then` (`-`), secrets masked. Default: of the marks. */
  drift?(op: Op, seen: Seen, then: Json, context: Context): string;
  /** What others put into it, which no mark tells of: a line each. It is asked about before it goes with it. */
  guests?(op: Op, before: Json, time: Meanwhile, context: Context): Promise<readonly string[]>;
  /** Beginnings of paths and keys that go when this goes: where something in it stays, it stays too. */
  holds?(op: Op, values: Values): readonly string[];
  /** Keys of what it is a part of, where its own keys do not say. */
  inside?(op: Op, values: Values): readonly string[];
  /** Keys of what it goes on needing: where it stays, they stay too. */
  needs?(op: Op, values: Values): readonly string[];
  /** How it is started again once something that it `restartOn` has changed; nothing for what does not run. */
  restart?(op: Op, values: Values): readonly string[] | undefined;
  capture(op: Op, seen: Seen, context: Context): Promise<Json>;
  apply(op: Op, seen: Seen, context: Context): Promise<void>;
  undo(op: Op, before: Json, context: Context): Promise<Undone>;
  describe(op: Op, values: Values): Text;
  /** Why somebody has to be there while it is applied, if so. With nobody there it is left to them. */
  attended?(op: Op, seen: Seen): Text | undefined;
  /**
   * What an `apply` that was cut off leaves may look whole. It is then taken back first, or applied once more, even
   * where nothing differs.
   */
  readonly cutOff?: 'undo-first' | 'again';
}

/** A kind without one of its verbs is a compile error. */
export type Table = { readonly [K in Kind]: Verbs<Resolved<OperationOf<K>>> };

export type Op<K extends Kind> = Resolved<OperationOf<K>>;

/** Why something did not work: a code and values; the words are put on at the edge (`src/i18n`). */
export type FailureCode =
  | 'command-failed'
  | 'check-failed'
  | 'not-converged'
  | 'refused-existing'
  | 'secret-shown'
  | 'missing-value'
  | 'cannot-carry'
  | 'cannot-look'
  | 'cannot-write'
  | 'unsafe-path'
  | 'shared-folder'
  | 'needs-root'
  | 'quiet'
  | 'no-program'
  | 'undo-differs'
  | 'not-confirmed'
  | 'bug';

export class Failure extends Error {
  readonly code: FailureCode;
  /** Values for the sentence; no secret. */
  readonly values: Readonly<Record<string, string>>;
  /** A sentence of the guide's own, where it has one. */
  readonly say: Text | undefined;
  constructor(
    code: FailureCode,
    values: Readonly<Record<string, string>> = {},
    options: { say?: Text; cause?: unknown } = {},
  ) {
    super(
      `${code} ${JSON.stringify(values)}`,
      options.cause === undefined ? undefined : { cause: options.cause },
    );
    this.name = 'Failure';
    this.code = code;
    this.values = values;
    this.say = options.say;
  }
}
