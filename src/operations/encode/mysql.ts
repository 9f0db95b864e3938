import {
  CannotCarry,
  refuseControls,
  refuseEmpty,
  refuseLonger,
  refuseMatch,
  refuseNul,
} from './cannot-carry.ts';

/**
 * A string literal, quotes included, for a utf8mb4 session whose sql_mode lacks NO_BACKSLASH_ESCAPES: the one who
 * sends it sets both. Quotes are doubled and never written \', so even under NO_BACKSLASH_ESCAPES no value leaves
 * the literal: it would only hold its backslashes twice. (IDENTIFIED BY takes no hexadecimal literal.)
 */
export function mysqlLiteral(value: string): string {
  refuseNul('mysql-literal', value);
  // The client drops the first half of CR LF, and the escape \r would depend on the mode.
  if (value.includes('\r')) throw new CannotCarry('mysql-literal', 'newline', '\r');
  return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}

/** A name between backquotes. In GRANT … ON `name`.*, `_` and `%` are still patterns. */
export function mysqlIdentifier(value: string): string {
  refuseEmpty('mysql-identifier', value);
  refuseControls('mysql-identifier', value);
  if (/ $/.test(value)) throw new CannotCarry('mysql-identifier', 'blank-edges');
  refuseMatch('mysql-identifier', value, /[\u{10000}-\u{10ffff}]/u);
  refuseMatch('mysql-identifier', value, /^#mysql50#/);
  if (value.length > 64) throw new CannotCarry('mysql-identifier', 'length');
  return `\`${value.replaceAll('`', '``')}\``;
}

/** The reader takes a line in pieces of 4096 bytes, and reads the next piece as a line of its own. */
export const optionFileLine = 4000;

const escapes: Record<string, string> = {
  '\\': '\\\\',
  '"': '\\"',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
};

/** A value in my.cnf or ~/.my.cnf, for MySQL's and MariaDB's own reader. */
export function mysqlOptionFile(value: string): string {
  refuseControls('mysql-option-file', value, '\b\t\n\r');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the option file has its own spelling of these.
  const text = `"${value.replace(/[\\"\x08\t\n\r]/g, (character) => escapes[character] ?? character)}"`;
  refuseLonger('mysql-option-file', text, optionFileLine);
  return text;
}
