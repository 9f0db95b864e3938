/** dnf 4, as RHEL 8 to 10 have it: what it knows and would do. Its locks, and those of rpm, are waited for. */
import type { Host } from '../../host/types.ts';
import * as texts from '../../i18n/texts/operations.ts';
import { type Context, Failure } from '../verbs.ts';
import { markArguments, mustDnf, noWait, offline, runDnf, unattended } from './dnf-run.ts';
import { parseDnf, simulateDnf, simulated } from './dnf-simulation.ts';
import { broughtAlong, surroundings, takeBackSurroundings } from './dnf-surroundings.ts';
import { commandFailed } from './failed.ts';
import type { PackageManager, Simulated } from './package-manager.ts';
import { isOwnedByRpm, packageName, rpmConfigFiles, rpmFiles, rpmScripts, rpmStates } from './rpm.ts';
import { repairRpm } from './rpm-repair.ts';

const install = (names: readonly string[]) => ['install', '--setopt=install_weak_deps=False', ...names];
const remove = ['remove', '--setopt=clean_requirements_on_remove=False'];

/** A package that was installed with rpm, or before dnf kept a record, counts as wanted. */
async function autoInstalled(host: Host, names: readonly string[]): Promise<string[]> {
  if (names.length === 0) return [];
  const format = '%{name}\t%{arch}\t%{reason}';
  const ran = await host.look(['dnf', '-q', ...offline, 'repoquery', '--installed', '--queryformat', format]);
  const auto = ran.stdout.split('\n').flatMap((line) => {
    const [name = '', architecture = '', reason = ''] = line.split('\t');
    return /dependency$/.test(reason) ? [packageName(name, architecture)] : [];
  });
  return names.filter((name) => auto.includes(name));
}

async function simulateRemoval(names: readonly string[], host: Host): Promise<Simulated> {
  if (names.length === 0) return { possible: true, fresh: [], upgraded: [], removed: [] };
  return simulateDnf(host, [...offline, ...remove, ...names]);
}

/** Throws what dnf says where it cannot be done, and where it would replace what is there. */
async function foresee(names: readonly string[], context: Context): Promise<Simulated> {
  const args = [...simulated(install(names)), noWait];
  let ran = await runDnf(args, context);
  if (!parseDnf(ran).possible) {
    // Metadata may be signed with a key that nobody has agreed to yet: asked without `-y`, dnf does not take it.
    await runDnf(['makecache', ...unattended], context);
    ran = await runDnf(args, context);
  }
  const foreseen = parseDnf(ran);
  if (!foreseen.possible) throw commandFailed(['dnf', ...args], ran, context);
  refuseSurprise(names, foreseen);
  return foreseen;
}

/** dnf takes what provides or replaces a name for that name, and removes what a new package says it replaces. */
function refuseSurprise(names: readonly string[], { fresh, removed }: Simulated): void {
  const others = names.filter((name) => !fresh.includes(name));
  const say =
    removed.length > 0
      ? texts.wouldReplace(names, removed)
      : others.length > 0
        ? texts.notUnderThatName(others, fresh)
        : undefined;
  if (say) throw new Failure('check-failed', { what: names.join(' ') }, { say });
}

async function installPackages(names: readonly string[], context: Context): Promise<void> {
  await foresee(names, context);
  const ran = await runDnf([...install(names), ...unattended], context);
  if (ran.code === 0) return;
  // What was fetched this morning may name a file that the mirror has replaced since.
  const again = /Status code: 404|No more mirrors to try/.test(ran.stdout + ran.stderr) ? ['--refresh'] : [];
  await mustDnf([...install(names), ...again, ...unattended], context);
}

export const dnf: PackageManager = {
  prefix: 'rpm:',
  states: rpmStates,
  auto: autoInstalled,
  installCommand: (names) => ['dnf', ...install(names), ...unattended],
  removeCommand: (_, names) => ['dnf', ...offline, ...remove, ...unattended, ...names],
  markCommand: (mark, names) => ['dnf', ...markArguments(mark, names)],
  simulateInstall: (names, host) => simulateDnf(host, ['-C', ...install(names)]),
  simulateRemoval,
  async orphans(names, host) {
    const now = await simulateDnf(host, [...offline, 'autoremove']);
    if (names.length === 0) return { now: now.removed, later: now.removed };
    const clean = '--setopt=clean_requirements_on_remove=True';
    const later = await simulateDnf(host, [...offline, 'remove', clean, ...names]);
    return { now: now.removed, later: later.removed };
  },
  foresee,
  install: installPackages,
  must: ([, ...args], context) => mustDnf(args, context),
  repair: repairRpm,
  files: rpmFiles,
  scripts: rpmScripts,
  configFiles: rpmConfigFiles,
  isOwned: isOwnedByRpm,
  asideOf: (path) => `${path}.rpmsave`,
  surroundings,
  broughtAlong,
  takeBackSurroundings,
};
