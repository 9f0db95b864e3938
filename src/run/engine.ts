/** One run in the hands of one process: takes the lock, opens the journal, runs to an end, records it. */

import { Redactor } from '../answers/redactor.ts';
import { chooseStore, type SecretStore } from '../answers/store.ts';
import type { Guide, Lang, Text } from '../guide/types.ts';
import { observeFacts } from '../host/facts.ts';
import type { Host } from '../host/types.ts';
import { failureText } from '../i18n/index.ts';
import * as texts from '../i18n/texts/run.ts';
import type { AccountChange } from '../journal/accounts.ts';
import { lastOf, newestMark, opened } from '../journal/fold.ts';
import { nextTurn } from '../journal/held.ts';
import { isUnreadable, Unwritable } from '../journal/journal.ts';
import { bootId, takeLock } from '../journal/lock.ts';
import { type Body, journalVersion } from '../journal/records.ts';
import { StateFolder, type StoredRun, standingInstalls } from '../journal/state.ts';
import { unlessFailure } from '../operations/system-error.ts';
import { Failure, type Json } from '../operations/verbs.ts';
import { changeAccount } from './account-change.ts';
import { asBuilt } from './as-built.ts';
import type { Surroundings } from './context.ts';
import { faultText, unrecordedText } from './fault.ts';
import { type Installed, install } from './install.ts';
import { whoAmI } from './lead.ts';
import { endsAtLogout } from './logout.ts';
import type { Assets } from './plan.ts';
import { copyIn } from './program.ts';
import { protocolVersion, type RunState } from './protocol.ts';
import { reportOf } from './report.ts';
import { type RolledBack, rollback } from './rollback.ts';
import { Abandoned, Session, StopRequested } from './session.ts';
import { settleSite } from './site.ts';
import { type Former, takeOver } from './take-over.ts';

export interface EngineOptions {
  readonly host: Host;
  readonly state: string;
  readonly run: string;
  readonly kind: 'install' | 'rollback' | 'accounts';
  /** What is done with which account. */
  readonly account?: AccountChange;
  readonly guide: string;
  readonly title: Text;
  readonly of?: string;
  readonly to?: string;
  readonly guides: readonly Guide[];
  readonly assets: Assets;
  readonly version: string;
  readonly lang: Lang;
  /** The command that starts this program on this state folder, absolute paths. */
  readonly program: string;
  /** What programs are given beside what is built for them: the run adds proxies and certificates. */
  readonly environment?: NodeJS.ProcessEnv;
  readonly patience?: number;
  /** Tests give their own; the real one is chosen in the state folder. */
  readonly store?: SecretStore;
  /** Given the session as soon as clients can attach to it. */
  readonly serve: (session: Session) => Promise<void>;
}

const fifteenMinutes = 15 * 60_000;

/** Runs to an end; gives the exit code that clients were told. Throws `Busy`, `Damaged`, `TooNew`. */
export async function runEngine(options: EngineOptions): Promise<number> {
  const { host, run } = options;
  const state = new StateFolder(host, options.state);
  await state.prepare(run);
  const release = await takeLock(host, state.lock, run);
  try {
    const journal = await state.open(run);
    const session = new Session(
      journal,
      {
        logs: state.logs(run),
        resume: `${options.program} resume ${options.guide}`,
        endsAtLogout: await endsAtLogout(host),
      },
      options.patience ?? fifteenMinutes,
    );
    try {
      return await inSession(options, state, session);
    } finally {
      await journal.close();
    }
  } finally {
    // A lock that cannot be given back is the next engine's, once this process is gone.
    await release().catch(unlessFailure);
  }
}

/** When the disk takes nothing more, those who watch are told what the journal cannot say. */
async function inSession(options: EngineOptions, state: StateFolder, session: Session): Promise<number> {
  const begun = opened(session.records) ? undefined : session.append(openedRecord(options));
  await Promise.allSettled([begun]);
  await options.serve(session);
  try {
    await begun;
    return await onRecord(options, state, session);
  } catch (error) {
    const say = await unrecordedText(error, options.host);
    if (!say) throw error;
    const exit = isUnreadable(error) ? 6 : 1;
    session.emit({ type: 'end', state: 'interrupted', exit, finished: [], report: '', say });
    return exit;
  }
}

async function onRecord(options: EngineOptions, state: StateFolder, session: Session): Promise<number> {
  const { host, run } = options;
  const former = lastOf(session.records, 'engine');
  const runs = await state.runs();
  await session.append({
    type: 'engine',
    pid: process.pid,
    boot: await bootId(host),
    program: options.version,
    by: whoAmI(),
    torn: session.journal.torn,
    copy: copyIn(options.program),
    turn: nextTurn(runs),
  });
  const key = await state.key();
  const redactor = new Redactor();
  const around = {
    host,
    state,
    run,
    key,
    redactor,
    lang: options.lang,
    recorded: marksOf(run, runs, session),
  };
  const store = options.store ?? (await chooseStore(host, state.secrets, { uid: process.getuid?.() ?? 0 }));
  return finish(options, state, session, await work(options, session, around, store, former), store);
}

function openedRecord({ run, guide, title, kind, account, of, to, version, guides }: EngineOptions): Body {
  const guideVersion = guides.find(({ id }) => id === guide)?.version ?? '';
  return {
    type: 'opened',
    run,
    guide,
    title,
    kind,
    versions: { program: version, guide: guideVersion, protocol: protocolVersion, journal: journalVersion },
    ...(of ? { of } : {}),
    ...(to ? { to } : {}),
    ...(account ? { account } : {}),
  };
}

/** The newest `mark` of a resource: this run's, else that of the newest other run that stands. */
function marksOf(
  run: string,
  runs: readonly StoredRun[],
  session: Session,
): (key: string) => Json | undefined {
  const others = standingInstalls(runs).flatMap(({ id, records }) => (id === run ? [] : records));
  return (key) => {
    const own = newestMark(session.records, key);
    return own === undefined ? newestMark(others, key) : own;
  };
}

type Outcome = Installed | RolledBack | 'stopped' | 'abandoned' | { readonly broken: Text };

async function work(
  options: EngineOptions,
  session: Session,
  around: Omit<Surroundings, 'values'>,
  store: SecretStore,
  former: Former | undefined,
): Promise<Outcome> {
  try {
    const start = await session.started();
    const site = await settleSite(start.site ?? {}, session, store, around.redactor);
    Object.assign(options.environment ?? {}, site);
    await takeOver(session, around, former);
    const facts = await observeFacts(options.host);
    if (options.kind === 'rollback') return await rollback({ session, store, facts, around, start });
    const guide = options.guides.find(({ id }) => id === options.guide);
    if (!guide) return { refused: texts.guideUnknown(options.guide) };
    const order = { session, guide, assets: options.assets, facts, store, around, start };
    return await (options.kind === 'accounts' ? changeAccount(order) : install(order));
  } catch (error) {
    if (error instanceof StopRequested) return 'stopped';
    if (error instanceof Abandoned) return 'abandoned';
    if (error instanceof Unwritable || isUnreadable(error)) throw error;
    return { broken: faultText(error) ?? failureText(new Failure('bug', { what: String(error) })) };
  }
}

async function finish(
  options: EngineOptions,
  folder: StateFolder,
  session: Session,
  outcome: Outcome,
  store: SecretStore,
): Promise<number> {
  const { state, exit } = typeof outcome === 'string' ? endOf(outcome, session) : unable(outcome);
  if (typeof outcome !== 'string') {
    const say = 'refused' in outcome ? outcome.refused : outcome.broken;
    await session.append({ type: 'warning', step: '', say });
  }
  // What an installation has become, the report of its own says.
  const report = options.kind === 'accounts' ? '' : await writeReport(options, folder, state, store);
  await session.append({ type: 'ended', state, exit });
  const finished = exit === 0 || exit === 4 ? session.finished : [];
  session.emit({ type: 'end', state, exit, finished, report });
  return exit;
}

/** Gives its path. A machine that has no room for the document still ends its run. */
async function writeReport(
  options: EngineOptions,
  state: StateFolder,
  end: RunState,
  store: SecretStore,
): Promise<string> {
  const { host, run, guides, lang, program } = options;
  const facts = await observeFacts(host);
  const path = state.report(run);
  try {
    const built = await asBuilt({ state, facts, guides, store, program, lang }, run, end);
    if (!built) return '';
    await host.write(path, reportOf(built), { mode: '0600' });
    return path;
  } catch (error) {
    if (error instanceof Error && 'code' in error) return '';
    throw error;
  }
}

function endOf(
  outcome: Exclude<Outcome, object>,
  session: Session,
): { state: Exclude<RunState, 'running'>; exit: number } {
  switch (outcome) {
    case 'done':
      return { state: opened(session.records)?.kind === 'rollback' ? 'rolled-back' : 'done', exit: 0 };
    case 'needs-person':
      return { state: 'needs-person', exit: 4 };
    case 'failed':
    case 'rollback':
      return { state: 'failed', exit: 1 };
    case 'interrupted':
      return { state: 'interrupted', exit: session.stopRequested ? 130 : 0 };
    case 'stopped':
      return { state: 'interrupted', exit: 130 };
    case 'abandoned':
      return { state: 'needs-person', exit: 4 };
    case 'bad-answers':
      return { state: 'interrupted', exit: 2 };
    default:
      return outcome satisfies never;
  }
}

/** Refused: this machine or these answers do not do. Broken: something nobody foresaw, at no step. */
function unable(outcome: Extract<Outcome, object>): { state: 'failed'; exit: number } {
  return { state: 'failed', exit: 'refused' in outcome ? 3 : 1 };
}
