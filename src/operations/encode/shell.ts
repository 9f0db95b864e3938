import { refuseControls, refuseLonger, refuseNul, simpleWord } from './cannot-carry.ts';

/** One POSIX shell word. */
export function shell(value: string): string {
  refuseNul('shell', value);
  if (simpleWord.test(value)) return value;
  return `'${value.replaceAll("'", "'\\''")}'`;
}

/** Debian's cron drops an entry whose command is longer (MAX_COMMAND is 1000). */
export const cronLine = 990;

/**
 * One shell word in the command of a crontab, where cron turns `%` into a newline unless a backslash stands before
 * it. The quotes are closed and opened again after a backslash that another backslash or a `%` follows: cron's
 * reading of those pairs is not the same everywhere.
 */
export function cron(value: string): string {
  refuseControls('cron', value, '\t');
  const text = shell(value)
    .replace(/\\(?=[\\%])/g, "\\''")
    .replaceAll('%', '\\%');
  refuseLonger('cron', text, cronLine);
  return text;
}
