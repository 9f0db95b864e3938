/** Which streams of modules are enabled: dnf keeps that in a file for each module. */
import type { Host } from '../../host/types.ts';
import type { Context } from '../verbs.ts';

const folder = '/etc/dnf/modules.d';
const ending = '.module';

const pathOf = (name: string): string => `${folder}/${name}${ending}`;

export type ModuleFiles = Readonly<Record<string, string>>;

/** The files by the names of their modules. */
export async function readModuleFiles(host: Host): Promise<ModuleFiles> {
  const names = (await host.list(folder)).filter((name) => name.endsWith(ending));
  const files = await Promise.all(
    names.map(async (name) => {
      const text = (await host.read(`${folder}/${name}`))?.toString() ?? '';
      return [name.slice(0, -ending.length), text] as const;
    }),
  );
  return Object.fromEntries(files);
}

/** The stream that a file enables; nothing where it enables none. */
export function enabledStream(text: string | undefined): string | undefined {
  const field = (name: string) =>
    new RegExp(`^${name}[ \\t]*=[ \\t]*(.*?)[ \\t]*$`, 'm').exec(text ?? '')?.[1];
  return field('state') === 'enabled' ? field('stream') || undefined : undefined;
}

/** As it was, without asking any repository. */
export async function restoreModule(
  name: string,
  former: string | undefined,
  { host }: Context,
): Promise<void> {
  if (former === undefined) return host.remove(pathOf(name));
  await host.write(pathOf(name), former, { mode: '0644', owner: 'root:root' });
}
