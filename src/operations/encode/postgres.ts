import { refuseControls, refuseEmpty, refuseLonger, refuseMatch, refuseNul } from './cannot-carry.ts';

/**
 * A string literal, quotes included, right whatever standard_conforming_strings says. The blank before E keeps it
 * from joining the word before, as in PQescapeLiteral.
 */
export function pgLiteral(value: string): string {
  refuseNul('pg-literal', value);
  const text = value.replaceAll("'", "''");
  return value.includes('\\') ? ` E'${text.replaceAll('\\', '\\\\')}'` : `'${text}'`;
}

/** A quoted name; the server silently cuts names after 63 bytes. */
export function pgIdentifier(value: string): string {
  refuseEmpty('pg-identifier', value);
  refuseNul('pg-identifier', value);
  refuseLonger('pg-identifier', value, 63);
  return `"${value.replaceAll('"', '""')}"`;
}

/**
 * A database or user in pg_hba.conf. Quotes take their meaning from all, +group and @file, but not from the `/` that
 * starts a regular expression since PostgreSQL 16; older servers skip tokens from 256 bytes.
 */
export function pgHba(value: string): string {
  refuseEmpty('pg-hba', value);
  refuseControls('pg-hba', value, '\t');
  refuseMatch('pg-hba', value, /^\//);
  refuseLonger('pg-hba', value, 250);
  return `"${value.replaceAll('"', '""')}"`;
}

/** A field of ~/.pgpass; a lone `*` and a leading `#` would be read as any value and as a comment. */
export function pgpass(value: string): string {
  refuseEmpty('pgpass', value);
  refuseControls('pgpass', value, '\t');
  return value.replace(/[:\\]|^[*#]/g, '\\$&');
}
