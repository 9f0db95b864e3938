/**
 * Programs: each in its own session without a terminal, with an environment built for it, nothing to read
 * unless it is given, and an end that does not depend on what it leaves running.
 */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { type Account, findAccount } from './accounts.ts';
import { buildEnvironment } from './environment.ts';
import { DecodedStream } from './output.ts';
import type { Ran, RunOptions } from './types.ts';

const setpriv = '/usr/bin/setpriv';
/** Between asking a program to end and ending it. */
const grace = 5000;
/** A daemon may keep its parent's pipes open for ever. */
const lastOutput = 1000;

/** Runs a program to its end. Never throws for what the program or its user is. */
export async function runChild(
  argv: readonly string[],
  options: RunOptions,
  from: NodeJS.ProcessEnv,
): Promise<Ran> {
  const uid = process.geteuid?.() ?? 0;
  const account = await findAccount(options.as ?? String(uid));
  if (!account && options.as !== undefined) return unable(127, `no such user: ${options.as}`);
  const user = account ?? { name: String(uid), uid, gid: process.getegid?.() ?? 0, home: '/' };
  if (user.uid !== uid && uid !== 0) return notRoot(user.name);
  const cwd = options.cwd ?? '/';
  if (!(await isFolder(cwd))) return unable(126, `no such folder: ${cwd}`);
  const env = buildEnvironment(from, user, options.env);
  return start(user.uid === uid ? argv : asUser(user, argv), { ...options, cwd, env });
}

const unable = (code: number, stderr: string): Ran => ({ code, timedOut: false, stdout: '', stderr });

const notRoot = (user: string): Ran => ({
  ...unable(126, `permission denied: only root can run as ${user}`),
  needsRoot: true,
});

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

const asUser = ({ uid, gid }: Account, argv: readonly string[]): string[] => [
  setpriv,
  `--reuid=${uid}`,
  `--regid=${gid}`,
  '--init-groups',
  '--',
  ...argv,
];

type Started = RunOptions & { readonly cwd: string; readonly env: Readonly<Record<string, string>> };

async function start([file = '', ...args]: readonly string[], options: Started): Promise<Ran> {
  const child = execa(file, args, {
    cwd: options.cwd,
    env: options.env,
    extendEnv: false,
    detached: true,
    buffer: false,
    reject: false,
    encoding: 'buffer',
    ...(options.stdin === undefined ? { stdin: 'ignore' as const } : { input: options.stdin }),
  });
  // Its result comes when every holder of the pipes is gone: the exit of the program itself is what counts.
  child.catch(() => {});
  const process = child.nodeChildProcess;
  if (child.pid === undefined) return notStarted(process);
  try {
    options.onStart?.(child.pid);
  } catch (error) {
    // It could not be noted: whoever comes after a kill would not know of it.
    await endGroup(child.pid);
    throw error;
  }
  return follow(process, child.pid, options);
}

async function notStarted(child: ChildProcess): Promise<Ran> {
  const error = await new Promise<NodeJS.ErrnoException>((resolve) => child.once('error', resolve));
  return unable(error.code === 'ENOENT' ? 127 : 126, error.message);
}

async function follow(child: ChildProcess, pid: number, options: Started): Promise<Ran> {
  const watch = watchOver(pid, options);
  const read = (name: 'stdout' | 'stderr') => {
    const stream = new DecodedStream((text) => {
      watch.heard();
      options.onOutput?.(text, name);
    });
    const source = child[name];
    source?.on('data', (chunk: Buffer) => stream.write(chunk));
    const closed = source ? once(source, 'close').catch(() => {}) : undefined;
    return { stream, closed, stop: () => source?.destroy() };
  };
  const streams = [read('stdout'), read('stderr')] as const;
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
  const { timedOut } = await watch.end();
  await Promise.race([
    Promise.all(streams.map(({ closed }) => closed)),
    sleep(lastOutput, undefined, { ref: false }),
  ]);
  for (const { stream, stop } of streams) {
    stop();
    stream.end();
  }
  const [stdout, stderr] = streams.map(({ stream }) => stream.kept.toString());
  return {
    code: code ?? -1,
    ...(signal === null ? {} : { signal }),
    timedOut,
    stdout: stdout ?? '',
    stderr: stderr ?? '',
  };
}

/** Ends the program's whole process group when it takes too long or is silent too long. */
function watchOver(pid: number, { timeout, quiet, onQuiet }: RunOptions) {
  let timedOut = false;
  let ending: Promise<void> | undefined;
  const whole =
    timeout === undefined
      ? undefined
      : setTimeout(() => {
          timedOut = true;
          ending ??= endGroup(pid);
        }, timeout);
  const silence =
    quiet === undefined
      ? undefined
      : setTimeout(() => {
          onQuiet?.();
          ending ??= endGroup(pid);
        }, quiet);
  return {
    heard: () => void (ending ? undefined : silence?.refresh()),
    async end() {
      clearTimeout(whole);
      clearTimeout(silence);
      await ending;
      return { timedOut };
    },
  };
}

async function endGroup(pid: number): Promise<void> {
  signalGroup(pid, 'SIGTERM');
  for (let waited = 0; waited < grace; waited += 100) {
    await sleep(100);
    if (!signalGroup(pid, 0)) return;
  }
  signalGroup(pid, 'SIGKILL');
}

/** `false` when nothing of the group is left, or nothing that we may end. */
function signalGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-pid, signal);
  } catch {
    return false;
  }
}
