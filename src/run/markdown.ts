/** Hostile values as Markdown: nothing in them makes a link, a tag, a heading, a list or the end of a block. */
import * as shown from './shown.ts';

const oneLine = (text: string): string => shown.oneLine(text).trim();

/** Words among words. */
export function prose(text: string): string {
  return oneLine(text)
    .replace(/[\\`*[\]<>|~#&]|(?<![^\W_])_|_(?![^\W_])/g, '\\$&')
    .replace(/^(\d*)([-+=.)])/, '$1\\$2');
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

/** Lines to copy, whole; `inside` of an item of a list, or on their own. */
export function block(lines: readonly string[], inside: '' | '  ' = ''): string[] {
  return lines.map((line) => `${inside}    ${oneLine(line)}`);
}
