/** What dpkg and apt know and would do; locks of other package managers are waited for. */
import type { Host, Ran } from '../../host/types.ts';
import * as texts from '../../i18n/texts/operations.ts';
import { type Context, Failure } from '../verbs.ts';
import { commandFailed } from './failed.ts';

/** `installed`, `config-files`, or a state in between that a crash left. */
type PackageStates = ReadonlyMap<string, { readonly state: string; readonly version: string }>;

// biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg fills these in.
const format = '${Package}\t${Architecture}\t${db:Status-Status}\t${Version}\n';

/** States of these packages, or of all that dpkg knows. A name it does not know is left out. */
export async function packageStates(host: Host, names: readonly string[] = []): Promise<PackageStates> {
  // dpkg's own architecture is the machine's.
  const asked = names.length > 0 ? ['dpkg', ...names] : [];
  const ran = await host.look(['dpkg-query', '--show', `--showformat=${format}`, ...asked]);
  if (ran.code === 127) throw new Failure('no-program', { program: 'dpkg-query' });
  const states = parseStates(ran.stdout);
  return asked.length === 0 ? states : new Map([...states].filter(([name]) => names.includes(name)));
}

/** A package of another architecture has it in its name, as apt writes it: `libc6:i386`. */
function parseStates(text: string): PackageStates {
  const own = /^dpkg\t([^\t]+)/m.exec(text)?.[1];
  const states = new Map<string, { state: string; version: string }>();
  for (const line of text.split('\n')) {
    const [name = '', architecture, state = '', version = ''] = line.split('\t');
    if (name === '' || state === 'not-installed') continue;
    const isForeign = architecture !== own && architecture !== 'all';
    states.set(isForeign ? `${name}:${architecture}` : name, { state, version });
  }
  return states;
}

/** Which of these were installed only because another package needs them. */
export async function autoMarked(host: Host, names: readonly string[]): Promise<string[]> {
  if (names.length === 0) return [];
  const ran = await host.look(['apt-mark', 'showauto', ...names]);
  return ran.stdout.split('\n').filter((name) => names.includes(name));
}

/** What apt would do, if it can be done. */
export interface Simulated {
  readonly possible: boolean;
  readonly fresh: readonly string[];
  /** `name 1.0 → 1.1` */
  readonly upgraded: readonly string[];
  readonly removed: readonly string[];
}

/** Needs no right, changes nothing. */
export async function simulate(host: Host, args: readonly string[]): Promise<Simulated> {
  const ran = await host.look(['apt-get', '--simulate', ...args], { timeout: 120_000 });
  return parseSimulation(ran);
}

export function parseSimulation(ran: Pick<Ran, 'code' | 'stdout'>): Simulated {
  const found = { fresh: new Set<string>(), upgraded: new Set<string>(), removed: new Set<string>() };
  for (const line of ran.stdout.split('\n')) {
    const [, verb, name = '', old, now] =
      /^(Inst|Remv|Purg) (\S+)(?: \[([^\]]+)\])?(?: \((\S+))?/.exec(line) ?? [];
    if (verb === undefined) continue;
    if (verb !== 'Inst') found.removed.add(name);
    else if (old === undefined) found.fresh.add(name);
    else found.upgraded.add(`${name} ${old} → ${now}`);
  }
  return {
    possible: ran.code === 0,
    fresh: [...found.fresh],
    upgraded: [...found.upgraded],
    removed: [...found.removed],
  };
}

/**
 * Seconds apt itself waits for dpkg's lock, as it says nothing meanwhile where there is no terminal. And none is made for
 * maintainer scripts: one that asks something ends, on apt's own terminal it would wait for a key for ever.
 */
const unattended = ['-o', 'DPkg::Lock::Timeout=10', '-o', 'Dpkg::Use-Pty=0'];
const keepFiles = ['-o', 'Dpkg::Options::=--force-confold'];

/** The exact command that installs these. It never removes another package to make place. */
export function installCommand(names: readonly string[]): string[] {
  return [
    'apt-get',
    'install',
    '-y',
    '--no-install-recommends',
    '--no-remove',
    ...unattended,
    ...keepFiles,
    ...names,
  ];
}

/** The exact command that takes these away; packages that nothing needs any more are not its business. */
export function removeCommand(verb: 'purge' | 'remove', names: readonly string[]): string[] {
  return ['apt-get', verb, '-y', ...unattended, '-o', 'APT::Get::AutomaticRemove=false', ...names];
}

const busy = /Could not get lock|Unable to (acquire|lock)|lock(ed)? by another process/;
/** `process 1234 (unattended-upgr)`, in apt's own words. */
const holder = /held by (process \d+(?: \([^)\n]{1,80}\))?)/;
const patience = 15 * 60_000;
const pause = 5_000;

/** Runs a package command; while another program holds the package database, says so and waits. */
export async function runApt(argv: readonly string[], context: Context): Promise<Ran> {
  const began = context.host.now().getTime();
  let told: string | undefined;
  for (;;) {
    const ran = await context.run(argv);
    const waited = context.host.now().getTime() - began;
    if (ran.code === 0 || !busy.test(ran.stderr) || waited >= patience) return ran;
    // While it waits itself apt names it on standard output.
    const who = holder.exec(`${ran.stderr}\n${ran.stdout}`)?.[1] ?? '';
    if (who !== told) context.say(texts.packageManagerBusy(who)[context.lang]);
    told = who;
    await context.host.sleep(pause);
  }
}

/** As `runApt`, and throws unless the code is 0. */
export async function mustApt(argv: readonly string[], context: Context): Promise<Ran> {
  const ran = await runApt(argv, context);
  if (ran.code !== 0) throw commandFailed(argv, ran, context);
  return ran;
}

/** A crash or a power cut in the middle of dpkg: it is made to finish before anything else. */
export async function repairDpkg(context: Context): Promise<void> {
  if (await isDpkgWhole(context.host)) return;
  await runApt(['dpkg', '--configure', '-a', '--force-confold'], context);
  await mustApt(['apt-get', 'install', '--fix-broken', '-y', ...unattended, ...keepFiles], context);
}

/** Nothing was stopped in the middle. */
export async function isDpkgWhole(host: Host): Promise<boolean> {
  const updates = await host.list('/var/lib/dpkg/updates');
  const audit = await host.look(['dpkg', '--audit']);
  return updates.length === 0 && audit.stdout.trim() === '';
}

/** The lists of packages are there and younger than a day. `apt-get update` always touches `partial`. */
async function areListsFresh(host: Host): Promise<boolean> {
  const lists = '/var/lib/apt/lists';
  const some = await host.look(['find', lists, '-maxdepth', '1', '-name', '*_Packages*']);
  const young = await host.look(['find', lists, `${lists}/partial`, '-maxdepth', '0', '-mmin', '-1440']);
  return some.stdout.trim() !== '' && young.stdout.trim() !== '';
}

/** One unreachable source does not stop the others: what is really missing shows when installing. */
export async function refreshLists(context: Context): Promise<void> {
  await runApt(['apt-get', 'update'], context);
}

/** What installing these will do, by lists that are not older than a day. */
export async function foresee(names: readonly string[], context: Context): Promise<Simulated> {
  const isFresh = await areListsFresh(context.host);
  const first = await simulate(context.host, installCommand(names).slice(1));
  if (first.possible && isFresh) return first;
  await refreshLists(context);
  return simulate(context.host, installCommand(names).slice(1));
}
