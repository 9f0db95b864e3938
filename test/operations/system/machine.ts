/** A machine that exists on paper: what programs answer and what files hold is given, what is done is written down. */
import type { Host, Ran, RunOptions } from '../../../src/host/types.ts';

export interface Paper {
  /** Answer to the command line that begins so; the longest match wins. A string is output with code 0. */
  readonly programs?: Readonly<
    Record<string, string | Partial<Ran> | ((given: RunOptions) => string | Partial<Ran>)>
  >;
  /** Text of files; `null` is a folder. */
  readonly files?: Readonly<Record<string, string | null>>;
}

export interface Done {
  readonly argv: string;
  readonly stdin: string | undefined;
  readonly as: string | undefined;
}

export interface PaperHost extends Host {
  readonly done: Done[];
  readonly files: Map<string, string | null>;
}

const nothing: Ran = { code: 127, timedOut: false, stdout: '', stderr: 'no such program' };

export function paperHost({ programs = {}, files: given = {} }: Paper = {}): PaperHost {
  const files = new Map(Object.entries(given));
  const done: Done[] = [];
  const answer = (argv: readonly string[], options: RunOptions = {}): Ran => {
    const line = argv.join(' ');
    const [best] = Object.keys(programs)
      .filter((begin) => line.startsWith(begin))
      .sort((one, other) => other.length - one.length);
    const found = best === undefined ? undefined : programs[best];
    const said = typeof found === 'function' ? found(options) : found;
    if (said === undefined) return nothing;
    return { ...nothing, code: 0, stderr: '', ...(typeof said === 'string' ? { stdout: said } : said) };
  };
  const has = (path: string) =>
    files.has(path) || [...files.keys()].some((file) => file.startsWith(`${path}/`));
  return {
    done,
    files,
    look: async (argv, options) => answer(argv, options),
    run: async (argv, options) => {
      done.push({ argv: argv.join(' '), stdin: options?.stdin, as: options?.as });
      return answer(argv, options);
    },
    withoutLinks: async (path) => path,
    refuseShared: async () => {},
    read: async (path) => {
      const text = files.get(path);
      return text === undefined || text === null ? undefined : Buffer.from(text);
    },
    stat: async (path) => {
      if (!has(path)) return undefined;
      const text = files.get(path);
      const type = typeof text === 'string' ? 'file' : 'directory';
      return { type, mode: type === 'file' ? '0644' : '0755', owner: 'root:root', size: text?.length ?? 0 };
    },
    list: async (path) => {
      const names = [...files.keys()].filter((file) => file.startsWith(`${path}/`));
      return [...new Set(names.map((file) => file.slice(path.length + 1).split('/')[0] ?? ''))].sort();
    },
    http: () => Promise.reject(new Error('no network on paper')),
    connect: () => Promise.reject(new Error('no network on paper')),
    resolve: () => Promise.reject(new Error('no network on paper')),
    addresses: () => [],
    now: () => new Date('2026-01-31T12:00:00Z'),
    random: (bytes) => Buffer.alloc(bytes, 7),
    sleep: async () => {},
    write: async (path, bytes) => void files.set(path, bytes.toString()),
    mkdir: async (path) => void files.set(path, null),
    chmod: async () => {},
    chown: async () => {},
    link: async (path, target) => void files.set(path, target),
    rename: async (from, to) => {
      files.set(to, files.get(from) ?? '');
      files.delete(from);
    },
    remove: async (path) => void files.delete(path),
    rmdir: async (path) => {
      if ([...files.keys()].some((file) => file.startsWith(`${path}/`))) return false;
      files.delete(path);
      return true;
    },
    removeTree: async (path) => {
      for (const file of [...files.keys()])
        if (file === path || file.startsWith(`${path}/`)) files.delete(file);
    },
    append: () => Promise.reject(new Error('no appending on paper')),
  };
}
