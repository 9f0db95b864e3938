/** The processes of a Unix user. */
import type { Context } from '../verbs.ts';

const grace = 10;

/** Asks them to end, waits, then does not ask. A user manager of systemd would come back while a session is open. */
export async function endProcesses(name: string, context: Context): Promise<void> {
  await context.run(['loginctl', 'terminate-user', name]);
  for (let second = 0; second <= grace * 2; second++) {
    const { stdout } = await context.host.look(['ps', '-o', 'pid=', '-u', name]);
    const pids = stdout.split(/\s+/).filter(Boolean);
    if (pids.length === 0) return;
    await context.run(['kill', second < grace ? '-TERM' : '-KILL', ...pids]);
    await context.host.sleep(1000);
  }
}
