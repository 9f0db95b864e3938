/** What dpkg and apt know and would do; locks of other package managers are waited for. */
import type { Host, Ran } from '../../host/types.ts';
import { type Context, Failure } from '../verbs.ts';
import { commandFailed } from './failed.ts';
import type { PackageManager, PackageStates, Simulated } from './package-manager.ts';
import { type Busy, runPatiently } from './patient.ts';

// biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg fills these in.
const format = '${Package}\t${Architecture}\t${db:Status-Status}\t${Version}\n';

async function packageStates(host: Host, names: readonly string[] = []): Promise<PackageStates> {
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

async function autoMarked(host: Host, names: readonly string[]): Promise<string[]> {
  if (names.length === 0) return [];
  const ran = await host.look(['apt-mark', 'showauto', ...names]);
  return ran.stdout.split('\n').filter((name) => names.includes(name));
}

/** Needs no right, changes nothing. */
async function simulate(host: Host, args: readonly string[]): Promise<Simulated> {
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

function removeCommand(verb: 'purge' | 'remove', names: readonly string[]): string[] {
  return ['apt-get', verb, '-y', ...unattended, '-o', 'APT::Get::AutomaticRemove=false', ...names];
}

const busy: Busy = {
  isBusy: ({ stderr }) =>
    /Could not get lock|Unable to (acquire|lock)|lock(ed)? by another process/.test(stderr),
  // While it waits itself apt names it on standard output.
  holderIn: ({ stdout, stderr }) =>
    /held by (process \d+(?: \([^)\n]{1,80}\))?)/.exec(`${stderr}\n${stdout}`)?.[1],
};

export const runApt = (argv: readonly string[], context: Context): Promise<Ran> =>
  runPatiently(argv, busy, context);

/** As `runApt`, and throws unless the code is 0. */
async function mustApt(argv: readonly string[], context: Context): Promise<Ran> {
  const ran = await runApt(argv, context);
  if (ran.code !== 0) throw commandFailed(argv, ran, context);
  return ran;
}

/** A crash or a power cut in the middle of dpkg: it is made to finish before anything else. */
async function repairDpkg(context: Context): Promise<undefined> {
  if (await isDpkgWhole(context.host)) return;
  await runApt(['dpkg', '--configure', '-a', '--force-confold'], context);
  await mustApt(['apt-get', 'install', '--fix-broken', '-y', ...unattended, ...keepFiles], context);
}

/** Nothing was stopped in the middle. */
async function isDpkgWhole(host: Host): Promise<boolean> {
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
async function refreshLists(context: Context): Promise<void> {
  await runApt(['apt-get', 'update'], context);
}

/** What installing these will do, by lists that are not older than a day. */
async function foresee(names: readonly string[], context: Context): Promise<Simulated> {
  const isFresh = await areListsFresh(context.host);
  const first = await simulate(context.host, installCommand(names).slice(1));
  if (first.possible && isFresh) return first;
  await refreshLists(context);
  return simulate(context.host, installCommand(names).slice(1));
}

/** Without it undo would not know what came along and what stays upgraded: apt says why, and nothing began. */
async function mustForesee(names: readonly string[], context: Context): Promise<Simulated> {
  const foreseen = await foresee(names, context);
  // What dpkg was stopped in is repaired first: until then nothing can be foreseen.
  if (!foreseen.possible && (await isDpkgWhole(context.host)))
    await mustApt(['apt-get', '--simulate', ...installCommand(names).slice(1)], context);
  return foreseen;
}

async function install(names: readonly string[], context: Context): Promise<void> {
  await foresee(names, context);
  const ran = await runApt(installCommand(names), context);
  if (ran.code === 0) return;
  // A list of this morning may name a file that the mirror has replaced since.
  if (/Failed to fetch|404 /.test(ran.stderr)) await refreshLists(context);
  await mustApt(installCommand(names), context);
}

const autoremove = [
  '-o',
  'APT::AutoRemove::RecommendsImportant=false',
  '-o',
  'APT::AutoRemove::SuggestsImportant=false',
];

/** What dpkg gave them, as MD5. */
async function configFiles(names: readonly string[], host: Host): Promise<Map<string, string>> {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg fills it in.
  const { stdout } = await host.look(['dpkg-query', '--show', '--showformat=${Conffiles}\n', ...names]);
  const lines = stdout.split('\n').flatMap((line) => {
    const [, path, sum] = /^ (\/.*) ([0-9a-f]{32})( obsolete)?$/.exec(line) ?? [];
    return path !== undefined && sum !== undefined ? [[path, sum] as const] : [];
  });
  return new Map(lines);
}

async function scripts(names: readonly string[], host: Host): Promise<string> {
  const paths = names.flatMap((name) =>
    ['preinst', 'postinst'].map((script) => `/var/lib/dpkg/info/${name}.${script}`),
  );
  const texts = await Promise.all(paths.map((path) => host.read(path)));
  return texts.map((text) => text?.toString() ?? '').join('\n');
}

export const apt: PackageManager = {
  prefix: 'pkg:',
  states: packageStates,
  auto: autoMarked,
  installCommand,
  removeCommand,
  markCommand: (mark, names) => ['apt-mark', mark, ...names],
  simulateInstall: (names, host) => simulate(host, installCommand(names).slice(1)),
  simulateRemoval: (names, host) => simulate(host, removeCommand('purge', names).slice(1)),
  async orphans(names, host) {
    const now = await simulate(host, ['autoremove', ...autoremove]);
    const later = await simulate(host, ['purge', '--auto-remove', ...autoremove, ...names]);
    return { now: now.removed, later: later.removed };
  },
  foresee: mustForesee,
  install,
  must: mustApt,
  repair: repairDpkg,
  files: async (names, host) => (await host.look(['dpkg-query', '--listfiles', ...names])).stdout.split('\n'),
  scripts,
  configFiles,
  isOwned: async (path, host) => (await host.look(['dpkg-query', '--search', path])).code === 0,
};
