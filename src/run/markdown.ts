/** Hostile values as Markdown: nothing in them makes a link, a tag, a heading, a list or the end of a block. */
import { harmless } from './shown.ts';

/** One line, whatever was in it. */
function oneLine(text: string): string {
  return harmless(text)
    .replaceAll('\b', '')
    .replace(/\r?\n|[\r\u2028\u2029]/g, ' ⏎ ')
    .trim();
}

/** Words among words. */
export function prose(text: string): string {
  return oneLine(text)
    .replace(/[\\`*[\]<>|~#&]|(?<!\w)_|_(?!\w)/g, '\\$&')
    .replace(/^([-+]|\d+[.)])(?=\s)/, '\\$1');
}

/** A value as it is, in a code span whose fence it cannot close. */
export function code(text: string): string {
  const value = oneLine(text);
  if (value === '') return '';
  const longest = Math.max(0, ...(value.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = /^`|`$/.test(value) ? ' ' : '';
  return `${fence}${pad}${value}${pad}${fence}`;
}

/** Lines to copy, whole. */
export function block(lines: readonly string[]): string[] {
  return lines.map((line) => `    ${oneLine(line)}`);
}
