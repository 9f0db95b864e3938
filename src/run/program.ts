/**
 * The program keeps a copy of itself and of its Node in the state folder and runs engines from there: a pruned
 * npx cache, a closed network or a newer release cannot break a resume.
 */
import { createHash } from 'node:crypto';
import { dirname } from 'node:path';
import type { Host } from '../host/types.ts';
import { quoted } from '../i18n/index.ts';
import { Busy, takeLock } from '../journal/lock.ts';
import { Failure } from '../operations/verbs.ts';

export interface Program {
  /** Absolute path of Node. */
  readonly node: string;
  /** Absolute path of the engine's bundle. */
  readonly main: string;
  /** A command without arguments that starts this very version. */
  readonly command: string;
}

const files = ['main.js', 'launcher.cjs'];

/** Starts the program with the Node beside it, also through a symbolic link. */
export const command = `#!/bin/sh
here=$(dirname -- "$(readlink -f -- "$0")")
exec "$here/node" "$here/launcher.cjs" "$@"
`;

/** Where root's runs are, unless another place is named. */
export const rootState = '/var/lib/setup-wizard';

/** A command line that starts the program on a state folder, ready to be pasted; by root without the usual place. */
export function commandLine(path: string, stateDir: string): string {
  const named = stateDir === rootState ? [path] : [path, '--state-dir', stateDir];
  return named.map(quoted).join(' ');
}

/** The kept copy of the running program, whether it is there yet or not. */
async function programIn(host: Host, folder: string, dist: string, version: string): Promise<Program> {
  const bundle = await host.read(`${dist}/main.js`);
  if (!bundle) throw new Failure('bug', { what: `${dist}/main.js is missing` });
  const name = `${version}-${createHash('sha256').update(bundle).digest('hex').slice(0, 8)}`;
  const home = `${folder}/${name}`;
  return { node: `${home}/node`, main: `${home}/main.js`, command: `${home}/setup-wizard` };
}

/** The name of the kept copy that a command line starts, if it starts one. */
export function copyIn(line: string): string | undefined {
  return /\/program\/([^/]+)\/setup-wizard\b/.exec(line)?.[1];
}

/** The command of a copy that is there: of this very version, else of the one that sorts last. */
export async function keptCommand(
  host: Host,
  folder: string,
  dist: string,
  version: string,
): Promise<string | undefined> {
  const names = (await host.list(folder)).sort();
  const own = (await programIn(host, folder, dist, version)).command;
  const all = [...names.map((name) => `${folder}/${name}/setup-wizard`), own];
  const there = await Promise.all(all.map((path) => host.stat(path)));
  return all.findLast((_, index) => there[index]);
}

/** Copies the running program (in `dist`) to `folder/VERSION-HASH`, once. */
export async function keepProgram(
  host: Host,
  folder: string,
  dist: string,
  version: string,
): Promise<Program> {
  const program = await programIn(host, folder, dist, version);
  if (await host.stat(program.command)) return program;
  const release = await copierOf(host, `${folder}/copying`);
  try {
    if (!(await host.stat(program.command))) await copyAll(host, dirname(program.command), dist, program);
  } finally {
    await release();
  }
  return program;
}

/** Two first runs may begin in the same moment: one copies, the other waits for it. */
async function copierOf(host: Host, lock: string): Promise<() => Promise<void>> {
  for (;;) {
    try {
      return await takeLock(host, lock, 'program');
    } catch (error) {
      if (!(error instanceof Busy)) throw error;
      await host.sleep(50);
    }
  }
}

/** The command comes last: where it is, everything is. */
async function copyAll(host: Host, home: string, dist: string, program: Program): Promise<void> {
  if (!(await host.stat(home))) await host.mkdir(home, { mode: '0700' });
  for (const file of files) {
    const bytes = await host.read(`${dist}/${file}`);
    if (bytes) await host.write(`${home}/${file}`, bytes, { mode: '0600' });
  }
  const copied = await host.run(['cp', '--reflink=auto', '--', process.execPath, `${program.node}.new`]);
  if (copied.code !== 0) {
    // A full disk must not keep the half that filled it.
    await host.remove(`${program.node}.new`);
    throw new Failure('command-failed', {
      command: `cp ${process.execPath} ${program.node}`,
      code: String(copied.code),
      lastLine: copied.stderr,
    });
  }
  await host.chmod(`${program.node}.new`, '0700');
  await host.rename(`${program.node}.new`, program.node);
  await host.write(program.command, command, { mode: '0700' });
}
