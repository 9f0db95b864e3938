/** The wizard's screens in a lab. */
import { Terminal } from '../e2e/terminal.ts';
import type { Lab } from './lab.ts';

/** Starts it on a terminal of 80 columns and 24 rows. */
export function onScreen(lab: Lab, args: readonly string[]): Terminal {
  const command = lab.ptyCommand(lab.wizardArgv([...args]), { env: { LANG: 'C.UTF-8' } });
  const env = { PATH: process.env['PATH'] ?? '', TERM: 'xterm-256color', LANG: 'C.UTF-8' };
  return new Terminal([], { size: [80, 24], cwd: '/', env, command });
}
