/**
 * The program that an operation runs is a process of its own: it may outlive an engine that was killed. Its
 * number is noted while it runs, and the next engine waits for it before it touches anything.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Host } from '../host/types.ts';
import { began, beganIn, bootId } from '../journal/lock.ts';

/** Not synced: after a power cut no child is left. */
export function noteChild(path: string, pid: number): void {
  const start = beganIn(statOf(pid));
  if (start) writeFileSync(path, `${pid} ${start}`, { mode: 0o600 });
}

/** Nothing when it has ended already. */
function statOf(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined;
  }
}

export function forgetChild(path: string): void {
  rmSync(path, { force: true });
}

const patience = 60_000;
const step = 250;

/** Waits until the child of an earlier engine has ended; ends its whole group if it takes more than a minute. */
export async function awaitOrphan(
  host: Host,
  path: string,
  former: { readonly boot: string } | undefined,
  onWait: () => void,
): Promise<void> {
  const [pid = 0, start] = ((await host.read(path)) ?? '').toString().split(' ');
  const isThisBoot = former?.boot === (await bootId(host));
  for (let waited = 0; isThisBoot && start && (await began(host, Number(pid))) === start; waited += step) {
    if (waited === 0) onWait();
    if (waited === patience) process.kill(-Number(pid), 'SIGTERM');
    if (waited === 2 * patience) process.kill(-Number(pid), 'SIGKILL');
    await host.sleep(step);
  }
  forgetChild(path);
}
