/** Begins, continues or joins a run: gives the connection to its engine. */
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Answer, resolveAnswers } from '../answers/resolve.ts';
import { open, Secret } from '../answers/secret.ts';
import type { LiveConnection } from '../client/connect.ts';
import { canBecomeRoot, startAgainAsRoot } from '../client/privilege.ts';
import { cellName } from '../guide/names.ts';
import type { Guide } from '../guide/types.ts';
import { siteOf } from '../host/environment.ts';
import { otherChangeOpen } from '../i18n/texts/accounts.ts';
import type { AccountChange as Recorded } from '../journal/accounts.ts';
import { opened } from '../journal/fold.ts';
import { holderOf } from '../journal/lock.ts';
import type { StoredRun } from '../journal/state.ts';
import type { Accounts } from '../run/accounts.ts';
import { type EngineArguments, reachEngine } from '../run/launch.ts';
import * as machines from '../run/machine.ts';
import { keepProgram, type Program } from '../run/program.ts';
import type { AccountChange, From } from '../run/protocol.ts';
import { givenAnswers } from './answers.ts';
import { type Here, Leave } from './here.ts';

async function program({ host, state }: Here): Promise<Program> {
  await state.prepare();
  return keepProgram(host, state.program, dirname(fileURLToPath(import.meta.url)), __VERSION__);
}

export interface Started {
  readonly connection: LiveConnection;
  readonly guide: Guide;
}

/** Begins or continues an install, or joins the one under way. */
export async function startInstall(at: Here, guide: Guide): Promise<Started> {
  refuseUnfit(at, guide);
  const runs = await runsToChange(at);
  const given = await givenAnswers(at, guide);
  if (at.flags.yes || given.size > 0) await refuseWrong(at, guide, given);
  if (at.flags.until && !guide.chapters.some(({ steps }) => steps.some(({ id }) => id === at.flags.until))) {
    throw new Leave(2, at.words.cli.unknownStep(at.flags.until));
  }
  const unfinished = machines.unfinishedRun(runs, guide.id);
  const first = unfinished && opened(unfinished.records);
  if (first?.kind === 'rollback') return startRollback(at, guide);
  const isBegun = unfinished?.records.some(({ type }) => type === 'begin');
  if (first?.account && isBegun) throw new Leave(1, otherChangeOpen(first.account.name, guide.id)[at.lang]);
  const isInstall = first?.kind === 'install';
  const run = (isInstall ? unfinished?.id : undefined) ?? (await at.state.newRun(guide.id));
  return reach(at, guide, { run, kind: 'install', guide: guide.id, lang: at.lang }, given);
}

/** Without a person all answers have to be right, with one those that were given. */
async function refuseWrong(at: Here, guide: Guide, given: ReadonlyMap<string, Answer>): Promise<void> {
  const answers = await machines.answersFor(at, guide, given);
  const { problems } = resolveAnswers(guide, at.facts, answers);
  const wrong = at.flags.yes ? problems : problems.filter(({ id }) => given.has(id));
  if (wrong.length === 0) return;
  throw new Leave(
    2,
    [at.words.cli.badAnswers, ...wrong.map(({ id, say }) => `  ${id}: ${say[at.lang]}`)].join('\n'),
  );
}

export async function startRollback(at: Here, guide: Guide): Promise<Started> {
  const runs = await runsToChange(at);
  const unfinished = machines.unfinishedRun(runs, guide.id);
  const first = unfinished && opened(unfinished.records);
  if (unfinished && first?.kind === 'rollback') {
    return reach(
      at,
      guide,
      { run: unfinished.id, kind: 'rollback', guide: guide.id, lang: at.lang },
      new Map(),
    );
  }
  const target = machines.rollbackTarget(runs, guide.id);
  if (!target) throw new Leave(0, at.words.cli.nothingToRollBack);
  const account = opened(target.records)?.account;
  if (at.flags.to && account) throw new Leave(2, at.words.users.noStepBack(account.name, guide.id));
  const to = at.flags.to ? { to: at.flags.to } : {};
  const run = await at.state.newRun(guide.id);
  return reach(
    at,
    guide,
    { run, kind: 'rollback', guide: guide.id, of: target.id, ...to, lang: at.lang },
    new Map(),
  );
}

/** Begins or continues a change of one account, or goes on with the one that was cut off. */
export async function startAccounts(
  at: Here,
  { guide, place, open: former }: Pick<Accounts, 'guide' | 'place' | 'open'>,
  { change, name }: AccountChange,
  password: string | undefined,
): Promise<Started> {
  await runsToChange(at);
  const first = former && opened(former.records)?.account;
  const isSame = first?.change === change && first.name === name;
  const run = (isSame ? former?.id : undefined) ?? (await at.state.newRun(guide.id));
  const cell = cellName(place.list.id, name, place.password);
  const given = new Map<string, Answer>();
  if (password !== undefined) given.set(cell, { secret: new Secret(password), from: 'person' });
  const started = await reachAccount(at, guide, run, { change, name, list: place.list.id }, given);
  // Whose password it is that the other engine has is not known.
  if (!started.joined) return started;
  started.connection.close();
  throw new Leave(5, at.words.cli.anotherRun(run));
}

/** The change that was cut off, from what its run was given. */
export async function resumeAccounts(at: Here, guide: Guide, run: StoredRun): Promise<Started> {
  const account = opened(run.records)?.account;
  if (!account) throw new Leave(0, at.words.cli.nothingToResume);
  return reachAccount(at, guide, run.id, account, new Map());
}

function reachAccount(
  at: Here,
  guide: Guide,
  run: string,
  { change, name, list }: Recorded,
  given: ReadonlyMap<string, Answer>,
) {
  const args = {
    run,
    kind: 'accounts',
    guide: guide.id,
    change,
    account: name,
    list,
    lang: at.lang,
  } as const;
  return reach(at, guide, args, given);
}

/**
 * With a journal that cannot be read nothing is begun. Whoever has a run in hand can be joined all the same: that
 * begins nothing.
 */
export async function runsToChange({ host, state }: Here): Promise<StoredRun[]> {
  const { runs, unreadable } = await state.look();
  if (unreadable[0] && !(await holderOf(host, state.lock))) throw unreadable[0];
  return runs;
}

export function refuseNotRoot({ words: say }: Here, guide: Guide): void {
  if (guide.rights === 'root' && process.getuid?.() !== 0) throw new Leave(3, say.cli.needsRoot);
}

function refuseUnfit(at: Here, guide: Guide): void {
  const reason = machines.unfitReason(at, guide);
  if (reason) throw new Leave(3, `${at.words.cli.unfit(guide.title[at.lang])}\n  ${reason[at.lang]}`);
  refuseNotRoot(at, guide);
}

async function reach(
  at: Here,
  guide: Guide,
  args: EngineArguments,
  given: ReadonlyMap<string, Answer>,
): Promise<Started & { readonly joined: boolean }> {
  const { connection, joined } = await reachEngine(at.host, at.state, await program(at), args);
  if (joined && at.flags.yes) {
    connection.close();
    throw new Leave(5, at.words.cli.anotherRun(args.run));
  }
  if (!joined) {
    const { yes, until } = at.flags;
    connection.send({
      type: 'start',
      unattended: yes ?? false,
      ...(until ? { until } : {}),
      given: [...given].map(asGiven),
      site: siteOf(process.env),
    });
  }
  return { connection, guide, joined };
}

function asGiven([id, { value, secret, from }]: [string, Answer]): { id: string; value: string; from: From } {
  return { id, value: secret ? open(secret) : (value ?? ''), from };
}

/** A guide that changes the system is root's; whoever may become root is asked to, the rest is told. */
export async function asRoot(at: Here, guide: Guide, run: () => Promise<number>): Promise<number> {
  const hasSudo = (await at.host.stat('/usr/bin/sudo')) !== undefined;
  if (guide.rights !== 'root' || !canBecomeRoot(hasSudo)) return run();
  return startAgainAsRoot([...process.argv.slice(2), '--lang', at.lang]);
}
