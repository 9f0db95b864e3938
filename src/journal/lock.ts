/**
 * One writer at a time per state folder. The lock is a symbolic link whose target names its holder.
 *
 * 1. It is made in one step, and never half written.
 * 2. A holder that died (other boot, no such process, or a process that began at another time) loses it.
 * 3. A dead holder's lock is taken away by one process at a time, which has looked again: never a living one's.
 *
 * Proven by test/journal/lock.test.ts and test/crash/processes.test.ts.
 */
import type { Host } from '../host/types.ts';

export interface Holder {
  readonly pid: number;
  readonly boot: string;
  /** Clock ticks since boot when the process began: tells it from a later one with the same number. */
  readonly began: string;
  readonly run: string;
}

/** Another living process holds the lock. Exit 5. */
export class Busy extends Error {
  readonly holder: Holder;
  constructor(holder: Holder) {
    super(`held by process ${holder.pid} for ${holder.run}`);
    this.name = 'Busy';
    this.holder = holder;
  }
}

export async function bootId(host: Host): Promise<string> {
  return ((await host.read('/proc/sys/kernel/random/boot_id')) ?? '').toString().trim();
}

/** When a living process began, in clock ticks since boot: tells it from a later one with the same number. */
export async function began(host: Host, pid: number): Promise<string | undefined> {
  return beganIn((await host.read(`/proc/${pid}/stat`))?.toString());
}

/** From the text of /proc/PID/stat. A zombie is dead. */
export function beganIn(stat: string | undefined): string | undefined {
  // The name in parentheses may hold spaces: fields are counted after it.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields?.[0] === 'Z' ? undefined : fields?.[19];
}

/** Who holds the lock now; nothing if nobody alive does. */
export async function holderOf(host: Host, path: string): Promise<Holder | undefined> {
  return livingHolder(host, await targetOf(host, path));
}

async function targetOf(host: Host, path: string): Promise<string | undefined> {
  try {
    return (await host.stat(path))?.target;
  } catch (error) {
    // Given back while it was looked at.
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

async function livingHolder(host: Host, target: string | undefined): Promise<Holder | undefined> {
  const [pid, boot, start, run] = target?.split(' ') ?? [];
  if (!pid || !boot || !start || !run) return undefined;
  const alive = boot === (await bootId(host)) && (await began(host, Number(pid))) === start;
  return alive ? { pid: Number(pid), boot, began: start, run } : undefined;
}

const attempts = 50;
/** Milliseconds in which another taker has cleared a dead holder's lock. */
const aMoment = 20;

/** Takes the lock for `run`, or throws `Busy`. The promise of the result gives it back. */
export async function takeLock(
  host: Host,
  path: string,
  run: string,
  pid = process.pid,
): Promise<() => Promise<void>> {
  const mine = `${pid} ${await bootId(host)} ${await began(host, pid)} ${run}`;
  for (let attempt = 0; attempt < attempts; attempt++) {
    const target = await targetOf(host, path);
    const holder = await livingHolder(host, target);
    if (holder) throw new Busy(holder);
    if (target !== undefined) await clearStale(host, path, target, run, pid);
    if (!(await claims(host, path, mine))) continue;
    return async () => {
      if ((await targetOf(host, path)) === mine) await host.remove(path);
    };
  }
  throw new Busy({ pid: 0, boot: '', began: '', run: '' });
}

/** `false`: somebody else was faster. */
async function claims(host: Host, path: string, mine: string): Promise<boolean> {
  try {
    await host.link(path, mine);
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw error;
  }
}

/**
 * Takes away a dead holder's lock, under a lock of its own: whoever saw the dead one long ago looks again and finds
 * what a living one has put there since. That second lock may be left behind as the first was.
 */
async function clearStale(host: Host, path: string, stale: string, run: string, pid: number): Promise<void> {
  try {
    const release = await takeLock(host, `${path}.taking`, run, pid);
    if ((await targetOf(host, path)) === stale) await host.remove(path);
    await release();
  } catch (error) {
    if (!(error instanceof Busy)) throw error;
    await host.sleep(aMoment);
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
