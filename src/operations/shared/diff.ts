/** What changes in a text, for a person's eyes. */
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';

const tooLong = 200_000;

/** Unified diff; nothing if both are the same. `undefined`: there is no file. */
export function unifiedDiff(path: string, before: string | undefined, after: string): string {
  if (before === after) return '';
  if (isUnreadable(before ?? '') || isUnreadable(after)) return `± ${path}\n`;
  const from = before === undefined ? '/dev/null' : path;
  return createTwoFilesPatch(from, path, before ?? '', after, undefined, undefined, {
    context: 3,
    headerOptions: FILE_HEADERS_ONLY,
  });
}

const isUnreadable = (text: string): boolean => text.length > tooLong || text.includes('\0');

export const bullets = '••••••••';

/**
 * A former text that may hold secrets nobody told us of: of the lines that are not in the new text, only what
 * stands before the first `=` or `:` is shown.
 */
export function hideFormerValues(former: string, wanted: string): string {
  const kept = new Set(wanted.split('\n'));
  return former
    .split('\n')
    .map((line) => (kept.has(line) || /^\s*(\[[\w .-]*\]\s*)?$/.test(line) ? line : hideValue(line)))
    .join('\n');
}

const secretName = /pass|pwd|secret|token|key|cred/i;

/**
 * A text that somebody has changed since: of its new lines, those that may hold a secret nobody told us of show only
 * their name.
 */
export function hideNewSecrets(now: string, masked: string): string {
  const left = masked.split('\n');
  const secrets = new Set(left.filter((line) => line.includes(bullets)).map(nameOf));
  return now
    .split('\n')
    .map((line) => {
      const isSecret = secretName.test(line) || (nameOf(line) !== '' && secrets.has(nameOf(line)));
      return left.includes(line) ? line : isSecret ? hideValue(line) : hideLogin(line);
    })
    .join('\n');
}

/** Lines of others around ours, of which nobody knows what is secret. */
export const hideSecrets = (text: string): string =>
  text
    .split('\n')
    .map((line) => (isSecretName(line) ? hideValue(line) : hideLogin(line)))
    .join('\n');

export const isSecretName = (text: string): boolean => secretName.test(text);

const nameOf = (line: string): string => /^\s*["']?([\w.-]+)["']?\s*[=:]/.exec(line)?.[1] ?? '';
const hideLogin = (line: string): string => line.replace(/:\/\/[^/@\s]*@/g, `://${bullets}@`);

function hideValue(line: string): string {
  const name = /^\s*["']?[\w.-]+["']?\s*[=:]\s*/.exec(line)?.[0] ?? '';
  return name + bullets;
}
