/** The files in which dnf's repositories stand: sections of several, whoever wrote them. */
import type { Host } from '../../host/types.ts';

const folder = '/etc/yum.repos.d';

export interface RepoFile {
  readonly path: string;
  readonly text: string;
}

export async function readRepoFiles(host: Host): Promise<RepoFile[]> {
  const names = (await host.list(folder)).filter((name) => name.endsWith('.repo'));
  return Promise.all(
    names.sort().map(async (name) => {
      const path = `${folder}/${name}`;
      return { path, text: (await host.read(path))?.toString('latin1') ?? '' };
    }),
  );
}

/** One repository in its file: the lines after its heading. */
export interface Section extends RepoFile {
  /** Where its lines begin and end in the text. */
  readonly from: number;
  readonly to: number;
}

export function findSection(files: readonly RepoFile[], id: string): Section | undefined {
  for (const { path, text } of files) {
    const heading = [...text.matchAll(/^\[([^\]\n]*)\].*(?:\n|$)/gm)];
    const index = heading.findIndex(([, name]) => name === id);
    const own = heading[index];
    if (own)
      return { path, text, from: own.index + own[0].length, to: heading[index + 1]?.index ?? text.length };
  }
  return undefined;
}

const line = /^(enabled[ \t]*[=:][ \t]*)(.*?)([ \t]*)$/m;
const no = /^(0|no|false|off)$/i;

/** What its file says of it; nothing where it says nothing, which is yes. */
export function enabledIn({ text, from, to }: Section): string | undefined {
  return line.exec(text.slice(from, to))?.[2];
}

export const isEnabled = (section: Section): boolean => !no.test(enabledIn(section) ?? '1');

/** The file with another word there; `undefined` takes the line out. */
export function withEnabled({ text, from, to }: Section, word: string | undefined): string {
  const lines = text.slice(from, to);
  const changed =
    word === undefined
      ? lines.replace(/^enabled[ \t]*[=:].*\n?/m, '')
      : line.test(lines)
        ? lines.replace(line, (_, name: string, __, blanks: string) => name + word + blanks)
        : `enabled=${word}\n${lines}`;
  return text.slice(0, from) + changed + text.slice(to);
}
