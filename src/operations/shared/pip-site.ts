/** What is in a virtual environment, by the folders of its packages and by its own pip. */
import { basename } from 'node:path';
import type { Ran } from '../../host/types.ts';
import type { Context } from '../verbs.ts';
import { nameOf, normalName, type Origins, originsIn } from './git-requirement.ts';
import { mustHaveRun } from './peek.ts';
import { parseRequirement } from './requirement.ts';

/** Version by normalized name. */
export type Installed = Readonly<Record<string, string>>;

export interface Venv {
  readonly path: string;
  /** Whose it is: an interpreter that someone else may change is not run as root. */
  readonly as: string;
}

export const pythonOf = ({ path }: Venv): string => `${path}/bin/python`;

export const pipOf = (venv: Venv): string[] => [pythonOf(venv), '-m', 'pip', '--disable-pip-version-check'];

export async function installedIn(venv: Venv, context: Context): Promise<Installed> {
  const ran = await lookPip(venv, ['list', '--format=json'], context);
  if (ran.code !== 0) return {};
  // The shape of pip's own list.
  const list = JSON.parse(ran.stdout) as readonly { readonly name: string; readonly version: string }[];
  const halves = (await halvesIn(venv, context)).map(nameOf);
  const all = list.map(({ name, version }) => [normalName(name), version] as const);
  return Object.fromEntries(all.filter(([name]) => !halves.includes(name)));
}

/** Of those that came from git. */
export async function originsOf(venv: Venv, context: Context): Promise<Origins> {
  return originsIn(await inSites(venv, context), context.host);
}

/**
 * Folders that say of a package that it is there, and it is not whole: pip writes the list of its files last. Under `~`
 * it puts aside what it is about to replace.
 */
async function halvesIn(venv: Venv, context: Context): Promise<string[]> {
  const halves: string[] = [];
  for (const path of await inSites(venv, context)) {
    const isWhole = !path.endsWith('.dist-info') || (await context.host.stat(`${path}/RECORD`)) !== undefined;
    if (!isWhole || basename(path).startsWith('~')) halves.push(path);
  }
  return halves;
}

/** Packages whose files are there, and pip was stopped before it had noted that it put them there. */
export async function unfinishedIn(venv: Venv, context: Context): Promise<string[]> {
  const unfinished: string[] = [];
  for (const path of await inSites(venv, context)) {
    const isOne = path.endsWith('.dist-info') && !(await context.host.stat(`${path}/INSTALLER`));
    if (isOne) unfinished.push(nameOf(path));
  }
  return unfinished;
}

/** What is in the folders that hold packages. */
async function inSites({ path }: Venv, { host }: Context): Promise<string[]> {
  const sites = (await host.list(`${path}/lib`)).map((python) => `${path}/lib/${python}/site-packages`);
  const found = await Promise.all(
    sites.map(async (site) => (await host.list(site)).map((name) => `${site}/${name}`)),
  );
  return found.flat();
}

/**
 * Where pip was stopped while it replaced itself, Python brings its own: over files that nothing lists it would be a
 * mixture that does not run.
 */
export async function clearHalves(venv: Venv, context: Context): Promise<void> {
  const { as } = venv;
  const halves = await halvesIn(venv, context);
  if (halves.length === 0) return;
  await context.must(['rm', '-r', '-f', '--', ...halves], { as });
  // It runs, and knows itself.
  if ((await lookPip(venv, ['show', '--quiet', 'pip'], context)).code === 0) return;
  const own = (await inSites(venv, context)).filter((path) => /^pip(-.*\.dist-info)?$/.test(basename(path)));
  if (own.length > 0) await context.must(['rm', '-r', '-f', '--', ...own], { as });
  await context.must([pythonOf(venv), '-m', 'ensurepip'], { as });
}

/** `name==1.0`, or `name @ address`, by name. */
export async function frozenIn(venv: Venv, context: Context): Promise<Record<string, string>> {
  const ran = await lookPip(venv, ['freeze', '--all'], context);
  const lines = ran.code === 0 ? ran.stdout.split('\n').filter((line) => /^[A-Za-z0-9]/.test(line)) : [];
  return Object.fromEntries(lines.map((line) => [parseRequirement(line).name, line]));
}

async function lookPip(venv: Venv, args: readonly string[], context: Context): Promise<Ran> {
  const { as } = venv;
  const ran = await context.host.look([...pipOf(venv), ...args], { as });
  mustHaveRun(ran, as);
  return ran;
}
