/**
 * All that passes between the engine and its clients, and the one fold that makes a picture of it.
 * A second terminal, a resume and a test that replays a journal all see the same.
 */
import type { Text } from '../guide/types.ts';
import type { JournalRecord } from '../journal/records.ts';
import { addOutput } from './shown.ts';

export type { Lang, Text } from '../guide/types.ts';
export type { JournalRecord } from '../journal/records.ts';
export { code, prose } from './markdown.ts';
export { addOutput, harmless, keptLines, oneLine, printed } from './shown.ts';

export const protocolVersion = 1;

export type RunState = 'running' | 'needs-person' | 'interrupted' | 'failed' | 'done' | 'rolled-back';

/** Where an answer came from. */
export type From = 'person' | 'file' | 'set' | 'default' | 'fact' | 'generated' | 'earlier' | 'step';

export interface FormChoice {
  readonly value: string;
  readonly label: Text;
  /** Why it cannot be chosen on this machine. */
  readonly unfit?: Text;
  /** What follows from it is for good. */
  readonly danger?: true;
}

/** One column of a list of answers (users, pairs of keys). The first one names the row. */
export interface ListColumn {
  readonly name: string;
  readonly label: Text;
  readonly secret: boolean;
  readonly example?: string;
  /** A secret that the wizard may make: at once by `generate`, or when it is left empty at the end. */
  readonly canGenerate?: boolean;
}

/** One row of a list. Secret cells are empty here; `given` names those that have a value. */
export interface ListRow {
  readonly cells: Readonly<Record<string, string>>;
  readonly given: readonly string[];
  readonly problem?: Text;
}

export interface FormField {
  readonly id: string;
  readonly topic: string;
  /** `list`: `value` is empty, see `columns` and `rows`; answered as JSON, an array of objects by column. */
  readonly kind: 'text' | 'secret' | 'choice' | 'list';
  readonly ask: Text;
  readonly help?: Text;
  readonly example?: string;
  readonly source: readonly (readonly [number, number])[];
  /** Secrets: empty here; `given` says whether there is one. */
  readonly value: string;
  readonly given: boolean;
  readonly from?: From;
  readonly optional: boolean;
  readonly canGenerate: boolean;
  readonly choices: readonly FormChoice[];
  readonly columns?: readonly ListColumn[];
  readonly rows?: readonly ListRow[];
  /** What a right value looks like, where the kind of the question says. */
  readonly accepts?: Text;
  /** Titles of the steps that use the answer. */
  readonly uses: readonly Text[];
  /** What is wrong with the value, and what to do. */
  readonly problem?: Text;
}

/** The questions that apply now (an answer may add or remove others), with their answers. */
export interface Form {
  readonly topics: readonly { readonly id: string; readonly title: Text }[];
  readonly fields: readonly FormField[];
  /** Questions that still have a problem. */
  readonly open: readonly string[];
}

/** Something looked at beside a form while it is filled in. It never stops anybody. */
export interface LiveCheck {
  readonly id: string;
  readonly topic: string;
  readonly state: 'looking' | 'good' | 'bad' | 'unknown';
  /** What is looked at, then what was found. */
  readonly say: Text;
}

export type ChangeWord = 'none' | 'change' | 'undo' | 'person' | 'unknown';

export interface PlanOperation {
  readonly key: string;
  readonly kind: string;
  readonly title: Text;
  readonly change: ChangeWord;
  readonly commands: readonly (readonly string[])[];
  /** As whom and where the commands are run, where it is not as usual. */
  readonly circumstances?: readonly Text[];
  readonly diff: string;
  readonly reason?: Text;
  readonly irreversible?: Text;
}

export interface PlanStep {
  readonly id: string;
  readonly title: Text;
  readonly chapter: Text;
  readonly why?: Text;
  readonly source: readonly (readonly [number, number])[];
  /** The words of the published guide that this step carries out, in its own language. */
  readonly says?: string;
  /** It was finished under the answers before; what changed makes it run again. */
  readonly reopened?: boolean;
  readonly errata: readonly {
    readonly id: string;
    readonly says: Text;
    readonly does: Text;
    readonly security: boolean;
  }[];
  readonly manual: boolean;
  readonly operations: readonly PlanOperation[];
}

export interface Plan {
  readonly guide: string;
  readonly hash: string;
  readonly steps: readonly PlanStep[];
  /** What to know before agreeing, beside the steps. */
  readonly notes?: readonly Text[];
}

export interface TodoField {
  readonly label: string;
  /** Exact value to type elsewhere; secrets masked unless revealed. */
  readonly value: string;
  readonly secret: boolean;
  readonly note?: Text;
}

export interface TodoItem {
  readonly item: string;
  readonly step: string;
  readonly text: Text;
  readonly at: string;
  readonly fields: readonly TodoField[];
  readonly done: boolean;
  /** Something showed that it is done. */
  readonly proven: boolean;
  /** The wizard can look for itself; `tick` with `done` makes it look. */
  readonly provable?: boolean;
  readonly optional: boolean;
  readonly note: string;
  /** Who ticked it, and when (ISO 8601); empty while it is open. */
  readonly by: string;
  readonly when: string;
  /** The name of the value that the person types in here, if any; always a secret. */
  readonly gives?: string;
  /** What the last proof found wrong. */
  readonly problem?: Text;
}

export interface StepError {
  readonly code: string;
  readonly values: Readonly<Record<string, string>>;
  readonly say?: Text | undefined;
  /** The likely cause, found in a catalogue by what was said; and what to do about it. */
  readonly cause?: Cause | undefined;
  /** Repairs that the guide offers. */
  readonly remedies?: readonly { readonly id: string; readonly title: Text }[] | undefined;
  readonly lastLines: readonly string[];
}

/** A known way to fail. `id` is kebab-case and stable. */
export interface Cause {
  readonly id: string;
  readonly say: Text;
  readonly do: Text;
}

/** A program that asks its own questions: the client lends it the person's terminal. */
export interface TerminalTask {
  readonly step: string;
  readonly title: Text;
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Unix user it runs as; the client's own when absent. */
  readonly as?: string;
  /** A client that had begun it went away: it is looked at before it is run again. */
  readonly interrupted: boolean;
}

/** A change on trial: it is taken back unless the person says in time that it works. */
export interface Trial {
  readonly step: string;
  readonly title: Text;
  /** What has changed, and how to see whether it works. */
  readonly say: Text;
  /** When the time is over, ISO 8601. */
  readonly until: string;
  /** How much it is in all, in milliseconds. */
  readonly limit: number;
}

/** Something is not as this run left it: keep it, or put the former state back all the same? */
export interface Conflict {
  readonly key: string;
  readonly title: Text;
  /** What was left (`-`) and what is there now (`+`), secrets masked. */
  readonly diff: string;
  /** How many more are known that will be asked about. */
  readonly others: number;
}

export type Need = 'answers' | 'consent' | 'failure' | 'checklist' | 'conflict' | 'terminal' | 'confirmation';

/** How long steps took before: milliseconds by step id, from earlier runs on this machine. */
export interface Expected {
  readonly steps: Readonly<Record<string, number>>;
  /** The guide's own measure of the whole, where no earlier run says. */
  readonly minutes: number;
}

/** Engine to client. `seq` is that of the newest record at that time. */
export type Event =
  | { readonly type: 'record'; readonly record: JournalRecord }
  /** All records so far have been sent; what follows is live. `decides`: this client's decisions count. */
  | {
      readonly type: 'live';
      readonly decides: boolean;
      readonly logs: string;
      readonly resume: string;
      /** The login manager will end this engine when its person logs out. */
      readonly endsAtLogout?: boolean;
    }
  | { readonly type: 'form'; readonly form: Form }
  | { readonly type: 'live-checks'; readonly checks: readonly LiveCheck[] }
  | { readonly type: 'expected'; readonly expected: Expected }
  | { readonly type: 'terminal'; readonly task: TerminalTask | null }
  | { readonly type: 'trial'; readonly trial: Trial | null }
  | { readonly type: 'plan'; readonly plan: Plan }
  | { readonly type: 'output'; readonly step: string; readonly text: string }
  | { readonly type: 'operation'; readonly step: string; readonly key: string; readonly title: Text }
  | { readonly type: 'busy'; readonly busy: Text | null }
  | { readonly type: 'todo'; readonly step: string; readonly items: readonly TodoItem[] }
  | { readonly type: 'conflict'; readonly conflict: Conflict }
  | { readonly type: 'waiting'; readonly need: Need | null }
  | { readonly type: 'revealed'; readonly id: string; readonly value: string }
  | {
      readonly type: 'end';
      readonly state: RunState;
      readonly exit: number;
      readonly finished: readonly Text[];
      /** Path of the as-built document; empty when there is none. */
      readonly report: string;
      /** Why it ended, where the journal could not be told. */
      readonly say?: Text;
    };

/** First message of a client: from which record on it wants the past. */
export interface Hello {
  readonly type: 'hello';
  readonly from: number;
}

/** Client to engine. */
export type Decision =
  /** From the client that began or continues the run, once, before anything else is done. */
  | {
      readonly type: 'start';
      /** Nobody answers questions: do what is automatic, leave the rest. */
      readonly unattended: boolean;
      /** Stop cleanly after this step. */
      readonly until?: string;
      readonly given: readonly { readonly id: string; readonly value: string; readonly from: From }[];
      /** Proxies and certificates that the session has for its programs. */
      readonly site?: Readonly<Record<string, string>>;
    }
  /** A list's value is the whole list: JSON, `[{"name":"alice","password":"…"}]`. */
  | { readonly type: 'answer'; readonly id: string; readonly value: string; readonly from?: From }
  /** A secret by its id; one cell of a list is `LIST.KEY.COLUMN`: `USERS.alice.password`. */
  | { readonly type: 'generate'; readonly id: string }
  /** The same ids; and those of `revealId` for a field of a checklist. */
  | { readonly type: 'reveal'; readonly id: string }
  | { readonly type: 'submit' }
  | { readonly type: 'consent'; readonly hash: string }
  /** From the plan or a failure back to the questions: a corrected answer makes a new plan. */
  | { readonly type: 'correct' }
  | { readonly type: 'retry' }
  /** One of the repairs that were offered; then the step is tried again. */
  | { readonly type: 'remedy'; readonly id: string }
  | { readonly type: 'skip'; readonly reason: string }
  | { readonly type: 'rollback' }
  /** Stop cleanly after what is running now; resumable. */
  | { readonly type: 'stop' }
  | { readonly type: 'tick'; readonly item: string; readonly done: boolean; readonly note: string }
  | { readonly type: 'later' }
  /** The program that had the terminal has ended. */
  | { readonly type: 'terminal-done'; readonly code: number | null; readonly signal: string | null }
  /** What is on trial works: it stays. */
  | { readonly type: 'confirm' }
  /** It does not, or is not wanted: it is taken back now. */
  | { readonly type: 'refuse' }
  /** The person opened a shell beside a failure: kept in the journal and the report. */
  | { readonly type: 'shell' }
  | { readonly type: 'keep'; readonly all?: boolean }
  | { readonly type: 'overwrite'; readonly all?: boolean }
  /** From a client that watches: it decides from now on. */
  | { readonly type: 'take-over' };

export interface StepView {
  readonly id: string;
  readonly title: Text;
  readonly chapter: Text;
  readonly state: 'to-come' | 'running' | 'done' | 'failed' | 'skipped' | 'left' | 'waits';
  /** Operations that changed something. */
  readonly changed: number;
  /** Why it was skipped; empty otherwise. */
  readonly reason: string;
  readonly began: string;
  readonly ended: string;
  readonly manual: boolean;
}

/** What a client shows: a fold of events, nothing else. */
export interface View {
  readonly run: string;
  readonly guide: string;
  readonly title: Text;
  readonly kind: 'install' | 'rollback' | 'uninstall';
  readonly live: boolean;
  readonly decides: boolean;
  readonly logs: string;
  /** The command that continues this run later, absolute paths. */
  readonly resume: string;
  readonly endsAtLogout: boolean;
  readonly opened: string;
  readonly torn: boolean;
  readonly form: Form;
  readonly liveChecks: readonly LiveCheck[];
  readonly expected: Expected;
  readonly terminal: TerminalTask | null;
  readonly trial: Trial | null;
  readonly plan: Plan | null;
  readonly steps: readonly StepView[];
  readonly operation: { readonly step: string; readonly key: string; readonly title: Text } | null;
  /** Last lines of the current step. */
  readonly lines: readonly string[];
  /** How many lines of the current step came before these. */
  readonly dropped: number;
  readonly busy: Text | null;
  readonly need: Need | null;
  readonly error: { readonly step: string; readonly error: StepError } | null;
  readonly warnings: readonly { readonly step: string; readonly say: Text }[];
  readonly todo: readonly TodoItem[];
  readonly conflict: Conflict | null;
  readonly revealed: Readonly<Record<string, string>>;
  /** Rollback: effects taken back and to take back. */
  readonly undone: readonly {
    readonly key: string;
    readonly outcome: 'undone' | 'kept' | 'failed';
    readonly reason?: Text;
  }[];
  /** Files in `kept/`, and the command line that brings back what is in each. */
  readonly saved: readonly { readonly path: string; readonly restore: string }[];
  readonly end: {
    readonly state: RunState;
    readonly exit: number;
    readonly finished: readonly Text[];
    readonly report: string;
    readonly say?: Text;
  } | null;
  readonly seq: number;
}

const nothing: Text = { fr: '', en: '' };

/** The name by which a hidden field of a checklist is asked for: `item:ITEM/LABEL`. */
export function revealId({ item }: TodoItem, { label }: TodoField): string {
  return `item:${item}/${label}`;
}

export const emptyView: View = {
  run: '',
  guide: '',
  title: nothing,
  kind: 'install',
  live: false,
  decides: false,
  logs: '',
  resume: '',
  endsAtLogout: false,
  opened: '',
  torn: false,
  form: { topics: [], fields: [], open: [] },
  liveChecks: [],
  expected: { steps: {}, minutes: 0 },
  terminal: null,
  trial: null,
  plan: null,
  steps: [],
  operation: null,
  lines: [],
  dropped: 0,
  busy: null,
  need: null,
  error: null,
  warnings: [],
  todo: [],
  conflict: null,
  revealed: {},
  undone: [],
  saved: [],
  end: null,
  seq: 0,
};

/** The next picture. Pure. */
export function foldEvent(view: View, event: Event): View {
  switch (event.type) {
    case 'record':
      return foldRecord({ ...view, seq: event.record.seq }, event.record);
    case 'live':
      return {
        ...view,
        live: true,
        decides: event.decides,
        logs: event.logs,
        resume: event.resume,
        endsAtLogout: event.endsAtLogout ?? false,
      };
    case 'form':
      return { ...view, form: event.form };
    case 'live-checks':
      return { ...view, liveChecks: event.checks };
    case 'expected':
      return { ...view, expected: event.expected };
    case 'terminal':
      return { ...view, terminal: event.task };
    case 'trial':
      return { ...view, trial: event.trial };
    case 'plan':
      return { ...view, plan: event.plan };
    case 'output':
      return addedOutput(view, event.text);
    case 'operation':
      return { ...view, operation: { step: event.step, key: event.key, title: event.title } };
    case 'busy':
      return { ...view, busy: event.busy };
    case 'todo':
      return { ...view, todo: event.items };
    case 'conflict':
      return { ...view, conflict: event.conflict };
    case 'waiting':
      return { ...view, need: event.need, busy: event.need ? null : view.busy };
    case 'revealed':
      return { ...view, revealed: { ...view.revealed, [event.id]: event.value } };
    case 'end': {
      const { type: _, ...end } = event;
      return { ...view, need: null, busy: null, operation: null, end };
    }
    default:
      return event satisfies never;
  }
}

/** The picture after the records of a journal that was read whole. */
export function foldRecords(records: readonly JournalRecord[]): View {
  return { ...records.reduce(foldRecord, emptyView), seq: records.at(-1)?.seq ?? 0 };
}

function foldRecord(view: View, record: JournalRecord): View {
  switch (record.type) {
    case 'opened':
      return {
        ...view,
        run: record.run,
        guide: record.guide,
        title: record.title,
        // An account is changed as everything is: by a plan of steps.
        kind: record.kind === 'accounts' ? 'install' : record.kind,
        opened: record.time,
      };
    case 'engine':
      return { ...view, torn: view.torn || record.torn, end: null, warnings: ofSteps(view) };
    case 'planned':
      return { ...view, steps: record.steps.map((step) => plannedStep(view, step)) };
    case 'step-begin':
      return {
        ...setStep(view, record.step, { state: 'running', began: record.time, ended: '' }),
        lines: [],
        dropped: 0,
        error: null,
      };
    case 'step-end':
      return {
        ...setStep(view, record.step, {
          state: record.outcome,
          ended: record.time,
          changed: record.changed,
          reason: record.outcome === 'skipped' ? (record.reason ?? '') : '',
        }),
        operation: null,
        error: record.error ? { step: record.step, error: record.error } : view.error,
      };
    case 'warning':
      return withWarning(view, { step: record.step, say: record.say });
    case 'saved':
      return { ...view, saved: [...view.saved, { path: record.path, restore: record.restore }] };
    case 'undo-end':
      return {
        ...view,
        undone: [
          ...view.undone,
          { key: record.key, outcome: record.outcome, ...(record.reason ? { reason: record.reason } : {}) },
        ],
      };
    default:
      return view;
  }
}

/** What an attempt that was refused said of no step (a port, an answer) does not hold for the next one. */
function ofSteps({ warnings }: View): View['warnings'] {
  return warnings.filter(({ step }) => step !== '');
}

/** What is said again at each retry is shown once. */
function withWarning(view: View, warning: View['warnings'][number]): View {
  const isSaid = view.warnings.some(({ step, say }) => step === warning.step && say.en === warning.say.en);
  return isSaid ? view : { ...view, warnings: [...view.warnings, warning] };
}

function plannedStep(
  view: View,
  step: { id: string; title: Text; chapter: Text; manual: boolean },
): StepView {
  const former = view.steps.find((one) => one.id === step.id);
  return {
    state: 'to-come',
    changed: 0,
    reason: '',
    began: '',
    ended: '',
    ...former,
    id: step.id,
    title: step.title,
    chapter: step.chapter,
    manual: step.manual,
  };
}

function setStep(view: View, id: string, change: Partial<StepView>): View {
  return { ...view, steps: view.steps.map((step) => (step.id === id ? { ...step, ...change } : step)) };
}

/** The lines that leave the ring are counted: a place in the output keeps its number. */
function addedOutput(view: View, text: string): View {
  const lines = addOutput(view.lines, text);
  const total = Math.max(1, view.lines.length) + (text.match(/\n/g)?.length ?? 0);
  return { ...view, lines, dropped: view.dropped + total - lines.length };
}

/** Something that is no longer as it was installed. */
export interface Drift {
  readonly step: string;
  readonly key: string;
  readonly title: Text;
  readonly diff: string;
}

/** One account of an installed product. */
export interface Account {
  /** As the answers have it. */
  readonly name: string;
  /** `alice@meet.example.org` */
  readonly account: string;
  /** The answers name it: the next install makes sure of it. Else somebody made it by other means. */
  readonly known: boolean;
  /** `missing`: the answers name it, and it is gone. */
  readonly state: 'enabled' | 'disabled' | 'unreadable' | 'missing';
}

export interface AccountChange {
  readonly change: 'add' | 'passwd' | 'remove';
  readonly name: string;
}

/** The accounts of one guide; or why they cannot be looked after now. */
export type AccountsSeen =
  | { readonly host: string; readonly accounts: readonly Account[] }
  | { readonly refused: Text };

/** What is done for the screen of accounts on this side of the engine. */
export interface AccountsDesk {
  list(): Promise<AccountsSeen>;
  /** Why this change, or this password, will not do; nothing if it will. */
  refusal(change: AccountChange, password?: string): Promise<Text | undefined>;
  /** Makes it; one sentence about how it ended. */
  change(change: AccountChange, password?: string): Promise<{ readonly ok: boolean; readonly say: Text }>;
}

/** What a person may begin from the home screen. */
export type HomeAction = 'install' | 'rollback';

/** One line of the home screen. */
export interface HomeEntry {
  readonly action: 'resume' | 'install' | 'verify' | 'practice';
  readonly guide: string;
  readonly title: Text;
  readonly summary: Text;
  readonly state: RunState | 'new';
  readonly minutes: number;
  /** Why it cannot run on this machine. */
  readonly unfit?: Text;
  /** When the newest run began, ISO 8601. */
  readonly since?: string;
  readonly step?: string;
  readonly done: number;
  readonly total: number;
  /** It has accounts, and is far enough to have them changed. */
  readonly accounts?: boolean;
}

/** The whole output of a step, read where it is wanted: it may have tens of megabytes. */
export interface LogSource {
  /** Bytes so far. */
  size(): number;
  /** Text of so many bytes from a place on; whole lines are the caller's matter. */
  read(from: number, length: number): string;
}

/** What had the terminal, and how it ended. */
export interface HandedOver {
  readonly code: number | null;
  readonly signal: string | null;
  /** Why it could not begin; the code is 127 then, as in a shell. */
  readonly problem?: string;
}

/** What a client does for its person on this side of the engine. */
export interface Desk {
  /** To the clipboard of the person's own terminal (OSC 52). */
  copy(text: string): void;
  /** Writes a new file for the person (0600, never over an existing one); gives its path. */
  save(name: string, text: string): Promise<string>;
  /** The log of a step, or nothing when there is none. */
  log(path: string): LogSource | undefined;
  /** Gives the terminal to the person's shell. `told` is printed first. */
  shell(told: readonly string[]): Promise<HandedOver>;
  /** Gives the terminal to the person's editor; the edited text, or nothing if it was left alone. */
  edit(text: string): Promise<string | undefined>;
  /** Gives the terminal to a program of the guide. */
  run(task: TerminalTask): Promise<HandedOver>;
}

/** A client's end of a run: the newest picture, and the way back for decisions. */
export interface Connection {
  /** The same object until something changes. */
  view(): View;
  /** Calls `listener` after each change; returns what ends that. */
  subscribe(listener: () => void): () => void;
  send(decision: Decision): void;
  close(): void;
  /** The engine is gone without having said `end` (killed, machine going down); listeners are called. */
  lost?(): boolean;
}
