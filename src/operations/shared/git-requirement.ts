/** Requirements that name a repository of git, and what pip remembers of where a package came from (PEP 610). */
import { basename } from 'node:path';
import type { Host } from '../../host/types.ts';
import { isSameRepository } from './git.ts';

interface Source {
  readonly url: string;
  /** Nothing: the repository's own branch. */
  readonly revision: string | undefined;
  /** Of the package in the repository. */
  readonly folder: string;
}

export interface GitSource extends Source {
  /** Nothing until it is installed, where the requirement does not say. */
  readonly name: string | undefined;
}

/** Where an installed package came from. */
export interface Origin extends Source {
  readonly commit: string;
}

/** By normalized name: those that came from git. */
export type Origins = Readonly<Record<string, Origin>>;

const form =
  /^\s*(?:([A-Za-z0-9][\w.-]*)\s*(?:\[[^\]]*\])?\s*@\s*)?git\+([a-z][a-z0-9+.-]*:\/\/[^/\s]*\/[^@#\s]*)(?:@([^@#\s]+))?(?:#(\S*))?\s*(?:;.*)?$/i;

/** `git+https://host/x/y@ref#egg=name` or `name @ git+https://host/x/y@ref`; nothing for any other requirement. */
export function parseGit(text: string): GitSource | undefined {
  const [, named, url, revision, fragment = ''] = form.exec(text) ?? [];
  if (url === undefined) return undefined;
  const parts = new Map(
    fragment.split('&').map((part) => part.split('=', 2) as [string, string | undefined]),
  );
  const name = named ?? parts.get('egg')?.replace(/\[.*/, '');
  return { name: name === '' ? undefined : name, url, revision, folder: parts.get('subdirectory') ?? '' };
}

export const isOfSameRepository = (source: Source, origin: Origin | undefined): boolean =>
  origin !== undefined && isSameRepository(source.url, origin.url) && source.folder === origin.folder;

/** The revision as it was asked for then: a branch may have gone on since. A whole commit is itself. */
export const comesFrom = (source: Source, origin: Origin | undefined): boolean =>
  isOfSameRepository(source, origin) &&
  (source.revision === origin?.revision || source.revision === origin?.commit);

/** As pip shows it. */
export const originText = ({ url, commit }: Origin): string => `git+${url}@${commit}`;

/** Bytes: pip writes some hundred. */
const longest = 65_536;

/** Of the packages whose folders these are. */
export async function originsIn(folders: readonly string[], host: Host): Promise<Origins> {
  const all = folders.filter((path) => path.endsWith('.dist-info'));
  const found = await Promise.all(
    all.map(async (path) => {
      const text = (await host.read(`${path}/direct_url.json`, longest))?.toString();
      const origin = text === undefined ? undefined : originOf(text);
      return origin ? [[nameOf(path), origin] as const] : [];
    }),
  );
  return Object.fromEntries(found.flat());
}

export const normalName = (name: string): string => name.toLowerCase().replaceAll(/[-_.]+/g, '-');

/** `tiny_lti-3.1.dist-info` */
export const nameOf = (folder: string): string => normalName(basename(folder).split('-')[0] ?? '');

/** As PEP 610 has it. */
interface DirectUrl {
  readonly url?: string;
  readonly subdirectory?: string;
  readonly vcs_info?: {
    readonly vcs?: string;
    readonly commit_id?: string;
    readonly requested_revision?: string;
  };
}

/** Whoever owns the environment may have written anything there. */
function originOf(text: string): Origin | undefined {
  const { url, subdirectory, vcs_info: git } = readJson(text);
  if (typeof url !== 'string' || git?.vcs !== 'git' || typeof git.commit_id !== 'string') return undefined;
  return { url, commit: git.commit_id, revision: git.requested_revision, folder: subdirectory ?? '' };
}

function readJson(text: string): DirectUrl {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
