/**
 * One line of an answers file, read by npm's `ini` and refused where that reading would surprise: an unquoted
 * `;` or `#` cuts the value, `\\` loses a backslash, quotes that are not JSON stay in the value, `'12'` is a number.
 */
import { unsafe } from 'ini';

export type Line =
  | { readonly type: 'nothing' }
  | { readonly type: 'section'; readonly name: string }
  | { readonly type: 'value'; readonly key: string; readonly value: string }
  | { readonly type: 'wrong'; readonly why: 'notALine' }
  | {
      readonly type: 'wrong';
      readonly why: 'array' | 'noValue' | 'quoteIt' | 'badQuotes';
      readonly key: string;
    };

export function readLine(text: string): Line {
  const line = text.trim();
  if (line === '' || /^[;#]/.test(line)) return { type: 'nothing' };
  const section = /^\[([^\]\p{Cc}]{0,100})\]$/u.exec(line)?.[1];
  if (section !== undefined) return { type: 'section', name: section.trim() };
  const equals = line.indexOf('=');
  const key = (equals < 0 ? line : line.slice(0, equals)).trim();
  const bare = key.replace(/\[\]$/, '');
  if (!/^[A-Za-z_][A-Za-z0-9_.@+-]{0,200}$/.test(bare)) return { type: 'wrong', why: 'notALine' };
  if (bare !== key) return { type: 'wrong', why: 'array', key: bare };
  if (equals < 0) return { type: 'wrong', why: 'noValue', key };
  return readValue(key, line.slice(equals + 1).trim());
}

function readValue(key: string, raw: string): Line {
  const read: unknown = unsafe(raw);
  const quote = /^["']/.exec(raw)?.[0];
  if (!quote)
    return read === raw ? { type: 'value', key, value: raw } : { type: 'wrong', why: 'quoteIt', key };
  const closed = raw.length > 1 && raw.endsWith(quote);
  // In single quotes `ini` still reads JSON: only what it leaves alone means what it says.
  const plain = closed && (quote === '"' ? isJson(raw) : read === raw.slice(1, -1));
  return plain && typeof read === 'string'
    ? { type: 'value', key, value: read }
    : { type: 'wrong', why: 'badQuotes', key };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The value as it has to be written to be read back the same. */
export function writeValue(value: string): string {
  const line = readValue('', value);
  return value !== '' && line.type === 'value' && line.value === value && !/[\p{Cc}]/u.test(value)
    ? value
    : JSON.stringify(value);
}
