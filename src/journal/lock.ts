/**
 * One writer at a time per state folder. The lock is a symbolic link whose target names its holder: made in
 * one step, and never half written. A holder that died (other boot, no such process, or a process that
 * began at another time) loses it.
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
  const target = (await host.stat(path))?.target;
  const [pid, boot, start, run] = target?.split(' ') ?? [];
  if (!pid || !boot || !start || !run) return undefined;
  const alive = boot === (await bootId(host)) && (await began(host, Number(pid))) === start;
  return alive ? { pid: Number(pid), boot, began: start, run } : undefined;
}

/** Takes the lock for `run`, or throws `Busy`. The promise of the result gives it back. */
export async function takeLock(
  host: Host,
  path: string,
  run: string,
  pid = process.pid,
): Promise<() => Promise<void>> {
  const mine = `${pid} ${await bootId(host)} ${await began(host, pid)} ${run}`;
  for (let attempt = 0; attempt < 5; attempt++) {
    const holder = await holderOf(host, path);
    if (holder) throw new Busy(holder);
    const stale = (await host.stat(path))?.target;
    if (stale !== undefined && !(await clearStale(host, path, stale))) continue;
    try {
      await host.link(path, mine);
    } catch (error) {
      if (!isExisting(error)) throw error;
      continue;
    }
    return async () => {
      if ((await host.stat(path))?.target === mine) await host.remove(path);
    };
  }
  throw new Busy({ pid: 0, boot: '', began: '', run: '' });
}

/** Moves a dead holder's lock away; puts it back if somebody alive had taken it over in between. */
async function clearStale(host: Host, path: string, stale: string): Promise<boolean> {
  const aside = `${path}.stale-${process.pid}`;
  await host.rename(path, aside).catch(() => {});
  const moved = (await host.stat(aside))?.target;
  if (moved !== undefined && moved !== stale) await host.rename(aside, path);
  else await host.remove(aside);
  return moved === stale || moved === undefined;
}

function isExisting(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST';
}
