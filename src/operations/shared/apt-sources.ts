/** Where apt's repositories are described, and what apt keeps of them. */
import type { Host } from '../../host/types.ts';

const folder = '/etc/apt/sources.list.d';

export const sourceFile = (name: string): string => `${folder}/${name}.list`;

export interface Source {
  readonly uri: string;
  /** A flat one's ends with a slash. */
  readonly suite: string;
}

const withoutSlash = (uri: string): string => uri.replace(/\/+$/, '');

/** Another file that describes this repository: in a line of its own, or a stanza (`.sources`). */
export async function describedIn(
  { uri, suite }: Source,
  own: string,
  host: Host,
): Promise<string | undefined> {
  const names = (await host.list(folder)).filter((name) => /\.(list|sources)$/.test(name)).sort();
  for (const path of ['/etc/apt/sources.list', ...names.map((name) => `${folder}/${name}`)]) {
    if (path === own) continue;
    const text = ((await host.read(path))?.toString() ?? '').replaceAll(/^[ \t]*#.*$/gm, '');
    const parts = text.split(path.endsWith('.sources') ? /\n[ \t]*\n/ : '\n');
    const words = parts.map((part) => part.split(/\s+/));
    const isOurs = (all: readonly string[]) =>
      all.includes(suite) && all.some((word) => withoutSlash(word) === withoutSlash(uri));
    if (words.some(isOurs)) return path;
  }
  return undefined;
}

/** What only this repository needs to be read again, and nothing of others forgotten. */
export const updateCommand = (path: string): string[] => [
  'apt-get',
  'update',
  '-o',
  `Dir::Etc::sourcelist=${path}`,
  '-o',
  'Dir::Etc::sourceparts=-',
  '-o',
  'APT::Get::List-Cleanup=0',
  '-o',
  'APT::Update::Error-Mode=any',
];

const lists = '/var/lib/apt/lists';

/** What the names of its lists begin with, as apt makes them of an address. */
export function listPrefix({ uri, suite }: Source): string {
  const whole = `${withoutSlash(uri)}/${suite.endsWith('/') ? suite : `dists/${suite}/`}`;
  const code = (sign: string) => `%${sign.charCodeAt(0).toString(16).padStart(2, '0')}`;
  return whole
    .replace(/^[a-z]+:(\/\/)?/, '')
    .replaceAll(/[\\|{}[\]<>"^~_=!@#$%&*]/g, code)
    .replaceAll('/', '_');
}

async function listsOf(source: Source, host: Host): Promise<string[]> {
  const beginning = listPrefix(source);
  const names = await host.list(lists);
  return names.filter((name) => name.startsWith(beginning)).map((name) => `${lists}/${name}`);
}

/** apt keeps a list of packages only of a repository whose signature it has found right. */
export async function isRead(source: Source, host: Host): Promise<boolean> {
  const found = await listsOf(source, host);
  return (
    found.some((path) => /_(In)?Release$/.test(path)) && found.some((path) => path.includes('_Packages'))
  );
}

export async function forgetLists(source: Source, host: Host): Promise<void> {
  for (const path of await listsOf(source, host)) await host.remove(path);
}
