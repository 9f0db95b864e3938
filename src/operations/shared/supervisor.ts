/** supervisord, through supervisorctl: what it runs, and what that has said last. */
import { dirname, join } from 'node:path';
import type { Host } from '../../host/types.ts';
import { type Context, Failure } from '../verbs.ts';

/** The configuration that reads the file: of /etc/supervisor/conf.d/x.conf it is /etc/supervisor/supervisord.conf. */
export const mainOf = (path: string): string => join(dirname(dirname(path)), 'supervisord.conf');

export const supervisorctl = (path: string, ...words: readonly string[]): string[] => [
  'supervisorctl',
  '-c',
  mainOf(path),
  ...words,
];

/** All that is called so, whether it is a group or a program. */
export const allOf = (name: string): string => `${name}:*`;

/** One process of a program. */
export interface Process {
  /** `group:process`. */
  readonly name: string;
  readonly state: string;
  /** Nothing while it does not run. */
  readonly pid: string | undefined;
  /** supervisord's own, on why it does not run. */
  readonly words: string;
}

const line = /^(\S+)\s+(STOPPED|STARTING|RUNNING|BACKOFF|STOPPING|EXITED|FATAL|UNKNOWN)\b[ \t]*(.*)$/gm;

/** None where supervisord does not know the name; nothing where no supervisord answers. */
export async function processesOf(path: string, name: string, host: Host): Promise<Process[] | undefined> {
  const ran = await host.look(supervisorctl(path, 'status', allOf(name)));
  if (ran.code === 127) return undefined;
  if (/PermissionError|Permission denied/.test(ran.stdout)) throw new Failure('needs-root', { what: name });
  if (/ no such file$| refused connection$/m.test(ran.stdout)) return undefined;
  const processes = Array.from(ran.stdout.matchAll(line), ([, process = '', state = '', words = '']) => ({
    name: process,
    state,
    pid: state === 'RUNNING' ? /^pid (\d+)/.exec(words)?.[1] : undefined,
    words,
  }));
  if (processes.length > 0 || ran.stdout.includes('ERROR (no such group)')) return processes;
  // Not configured yet, or in a way of its own.
  if (!(await host.stat(mainOf(path)))) return undefined;
  throw new Failure('cannot-look', { what: 'supervisord', reason: `${ran.stdout}${ran.stderr}`.trim() });
}

export const isRunning = (processes: readonly Process[] | undefined): boolean =>
  processes !== undefined && processes.length > 0 && processes.every(({ pid }) => pid !== undefined);

export const isMeantToRun = (processes: readonly Process[] = []): boolean =>
  processes.some(({ state }) => ['STARTING', 'RUNNING', 'BACKOFF'].includes(state));

/** Milliseconds. */
const interval = 1000;
/** After the `startsecs` of each: what loads for long ends later than that. */
const steadyFor = 5000;
/** supervisord starts what it has read a moment later. */
const moment = 5000;
/** It gives up a program that does not start by itself: this is for what never comes to an end. */
const patience = 900_000;

/** All of them run, and still do so a while later without having been started anew; else throws. */
export async function mustRun(path: string, name: string, context: Context): Promise<void> {
  const first = new Map<string, string>();
  let steady = 0;
  let processes: readonly Process[] = [];
  for (let waited = 0; waited < patience; waited += interval) {
    processes = (await processesOf(path, name, context.host)) ?? [];
    if (processes.some((one) => isLost(one, first)) || (waited > moment && isIdle(processes))) break;
    for (const { name: process, pid } of processes) if (pid !== undefined) first.set(process, pid);
    steady = isRunning(processes) ? steady + interval : 0;
    if (steady > steadyFor) return;
    await context.host.sleep(interval);
  }
  const lost = processes.filter((one) => isLost(one, first) || one.pid === undefined);
  await sayLastWords(path, lost, context);
  const [one] = lost;
  throw new Failure('command-failed', {
    command: supervisorctl(path, 'start', one?.name ?? allOf(name)).join(' '),
    code: one?.state ?? '',
    lastLine: context.redact(one?.words ?? ''),
  });
}

/** supervisord has given it up, or it has ended after it had been running. */
function isLost({ name, state, pid }: Process, first: ReadonlyMap<string, string>): boolean {
  const known = first.get(name);
  return ['FATAL', 'EXITED', 'UNKNOWN'].includes(state) || (known !== undefined && known !== pid);
}

const isIdle = (processes: readonly Process[]): boolean =>
  processes.length === 0 || processes.some(({ state }) => state === 'STOPPED');

/** The processes of one program say the same. */
const shown = 2;

async function sayLastWords(path: string, processes: readonly Process[], context: Context): Promise<void> {
  const logs = new Set(['']);
  for (const { name, state, words } of processes.slice(0, shown)) {
    context.say(`${name} ${state} ${words}`);
    for (const stream of ['stderr', 'stdout']) {
      const ran = await context.host.look(supervisorctl(path, 'tail', '-4000', name, stream));
      const log = ran.code === 0 ? ran.stdout.trim() : '';
      // Several may write to one log.
      if (!logs.has(log)) context.say(log);
      logs.add(log);
    }
  }
}
