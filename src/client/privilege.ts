/** A run that changes the system is root's: the same command starts again through sudo. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Absolute paths: what root runs does not depend on the person's PATH. Gives the exit code of the command. */
export function startAgainAsRoot(argv: readonly string[]): number {
  const launcher = fileURLToPath(new URL('./launcher.cjs', import.meta.url));
  const { status } = spawnSync('/usr/bin/sudo', ['--', process.execPath, launcher, ...argv], {
    stdio: 'inherit',
  });
  return status ?? 1;
}

/** Whether a person is there who can type a password, and sudo to ask for it. */
export function canBecomeRoot(hasSudo: boolean): boolean {
  return hasSudo && process.getuid?.() !== 0 && Boolean(process.stdin.isTTY);
}
