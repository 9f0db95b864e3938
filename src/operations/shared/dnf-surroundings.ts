/**
 * What an installation by dnf changes besides packages: it trusts keys that repositories name, and enables the streams
 * of modules that packages come from.
 */
import type { Context, Json } from '../verbs.ts';
import { enabledStream, type ModuleFiles, readModuleFiles, restoreModule } from './dnf-modules.ts';
import type { Simulated } from './package-manager.ts';
import { mustRpm, rpmInstalled, type TrustedKey, trustedKeys } from './rpm.ts';

/** Before it. */
interface Former {
  /** Seconds since 1970. */
  readonly at: number;
  readonly keys: readonly string[];
  readonly modules: ModuleFiles;
  /** What it is going to enable, `nodejs:18`. */
  readonly enabled: readonly string[];
}

export async function surroundings(
  { enabled = [] }: Pick<Simulated, 'enabled'>,
  { host }: Context,
): Promise<Json> {
  const keys = await trustedKeys(host);
  return {
    at: Math.floor(host.now().getTime() / 1000),
    keys: keys.map(({ name }) => name),
    modules: await readModuleFiles(host),
    enabled: [...enabled],
  } satisfies Former;
}

/** What goes with packages that it brought. */
interface Brought {
  readonly keys: readonly string[];
  /** Former files; `null`: there was none. */
  readonly modules: Readonly<Record<string, string | null>>;
}

/** Asked while the packages that go, and those of the installation that stay, are there. */
export async function broughtAlong(
  former: Json,
  gone: readonly string[],
  brought: readonly string[],
  context: Context,
): Promise<Json> {
  // Written by `surroundings`.
  const then = former as unknown as Former;
  const installed = await rpmInstalled(context.host);
  const own = installed.filter(({ name }) => brought.includes(name));
  // dnf takes a key just before the packages that it signs: one that came after them is somebody else's.
  const last = own.length > 0 ? Math.min(...own.map(({ time }) => time)) : Number.POSITIVE_INFINITY;
  const isWhole = own.every(({ name }) => gone.includes(name));
  const isOurs = ({ name, id, time }: TrustedKey) =>
    isWhole && !then.keys.includes(name) && time <= last && !context.isNeeded(`rpm-key:${id}`);
  const staying = installed.filter(({ name }) => !gone.includes(name));
  const files = await readModuleFiles(context.host);
  const modules = then.enabled.flatMap((one): [string, string | null][] => {
    const [name = '', stream = ''] = one.split(':');
    const isUsed = staying.some(({ module }) => module.startsWith(`${name}:`));
    const isSame = enabledStream(files[name]) === stream;
    if (!isSame || isUsed || context.isNeeded(`rpm-module:${name}`)) return [];
    return [[name, then.modules[name] ?? null]];
  });
  const keys = (await trustedKeys(context.host)).filter(isOurs).map(({ name }) => name);
  return { keys, modules: Object.fromEntries(modules) } satisfies Brought;
}

/** Harmless twice. */
export async function takeBackSurroundings(raw: Json, context: Context): Promise<void> {
  // Written by `broughtAlong`.
  const { keys, modules } = raw as unknown as Brought;
  const trusted = (await trustedKeys(context.host)).map(({ name }) => name);
  const ours = keys.filter((name) => trusted.includes(name));
  if (ours.length > 0) await mustRpm(['rpm', '--erase', ...ours], context);
  for (const [name, former] of Object.entries(modules))
    await restoreModule(name, former ?? undefined, context);
}
