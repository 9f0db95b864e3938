import { CannotCarry, refuseControls } from './cannot-carry.ts';

/**
 * What follows `SET question` in debconf's protocol, with its escapes. debconf keeps a line break as `\n` and does not
 * mark a backslash: what it would read back as one is refused.
 */
export function debconf(value: string): string {
  refuseControls('debconf', value);
  if (value.includes('\\n')) throw new CannotCarry('debconf', 'character', '\\n');
  return value.replaceAll(/[\\ ]/g, '\\$&');
}
