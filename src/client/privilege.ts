/** A run that changes the system is root's: the same command starts again through sudo. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { isSiteSetting } from '../host/environment.ts';

/** Absolute paths: what root runs does not depend on the person's PATH. Gives the exit code of the command. */
export function startAgainAsRoot(argv: readonly string[]): number {
  const launcher = fileURLToPath(new URL('./launcher.cjs', import.meta.url));
  // Ctrl-C is for the command, which says what becomes of the run; this process only waits for it.
  process.on('SIGINT', () => {});
  const { status } = spawnSync(
    '/usr/bin/sudo',
    [...preserved(process.env), '--', process.execPath, launcher, ...argv],
    { stdio: 'inherit' },
  );
  return status ?? 1;
}

/** sudo keeps none of them by itself. Without any, it is not asked to: not everybody may. */
function preserved(env: NodeJS.ProcessEnv): string[] {
  const isKept = (name: string) =>
    isSiteSetting(name) || ['NO_COLOR', 'SCREEN_READER', 'ACCESSIBLE'].includes(name);
  const names = Object.keys(env).filter((name) => /^\w+$/.test(name) && isKept(name));
  return names.length > 0 ? [`--preserve-env=${names.join(',')}`] : [];
}

/** Whether a person is there who can type a password, and sudo to ask for it. */
export function canBecomeRoot(hasSudo: boolean): boolean {
  return hasSudo && process.getuid?.() !== 0 && Boolean(process.stdin.isTTY);
}
