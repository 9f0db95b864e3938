/** The part of a host that stores use, over a real folder: with a count of what passed, and no shell. */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import type { Host, Ran, RunOptions } from '../../src/host/types.ts';

export interface Disk {
  readonly host: Host;
  /** argv of every program. */
  readonly ran: string[][];
  /** Answers instead of the real program. */
  program?: (argv: readonly string[], options?: RunOptions) => Partial<Ran>;
}

export function disk(): Disk {
  const self: { -readonly [K in keyof Disk]: Disk[K] } = { ran: [], host: undefined as unknown as Host };
  const run = async (argv: readonly string[], options?: RunOptions): Promise<Ran> => {
    self.ran.push([...argv]);
    const blank: Ran = { code: 0, timedOut: false, stdout: '', stderr: '' };
    if (self.program) return { ...blank, ...self.program(argv, options) };
    const done = spawnSync(argv[0] ?? '', argv.slice(1), { input: options?.stdin ?? '', encoding: 'utf8' });
    return { ...blank, code: done.status ?? 127, stdout: done.stdout ?? '', stderr: done.stderr ?? '' };
  };
  const parts: Partial<Host> = {
    run,
    look: run,
    read: async (path) => (existsSync(path) ? readFileSync(path) : undefined),
    stat: async (path) => {
      if (!existsSync(path)) return undefined;
      const stat = lstatSync(path);
      const type = stat.isDirectory() ? 'directory' : 'file';
      return {
        type,
        mode: (stat.mode & 0o7777).toString(8).padStart(4, '0'),
        owner: 'root:root',
        size: stat.size,
      };
    },
    list: async (path) => readdirSync(path),
    write: async (path, bytes, { mode }) => {
      writeFileSync(path, bytes);
      chmodSync(path, Number.parseInt(mode, 8));
    },
    mkdir: async (path, { mode }) => {
      mkdirSync(path);
      chmodSync(path, Number.parseInt(mode, 8));
    },
    chmod: async (path, mode) => chmodSync(path, Number.parseInt(mode, 8)),
    remove: async (path) => rmSync(path, { force: true }),
  };
  // A store that reached for anything else would fail loudly.
  self.host = parts as Host;
  return self;
}
