import { CannotCarry, type Encoder, type Syntax } from './cannot-carry.ts';
import { hocon, javascript, json, lua, python, yaml } from './code.ts';
import { debconf } from './debconf.ts';
import { env } from './env.ts';
import { ini, properties } from './ini.ts';
import { mysqlIdentifier, mysqlLiteral, mysqlOptionFile } from './mysql.ts';
import { plain, urlComponent } from './plain.ts';
import { pgHba, pgIdentifier, pgLiteral, pgpass } from './postgres.ts';
import { cron, shell } from './shell.ts';
import { sudoers } from './sudoers.ts';
import { supervisor, supervisorLog, supervisorVariable, supervisorWord } from './supervisor.ts';
import { systemd, systemdExec, systemdLine } from './systemd.ts';
import { fill } from './template.ts';
import { apache, nginx } from './web.ts';

export { CannotCarry, type CannotCarryCode, type Syntax } from './cannot-carry.ts';
export { namesIn } from './template.ts';

const encoders: Record<Syntax, Encoder> = {
  plain,
  ini,
  properties,
  systemd,
  'systemd-exec': systemdExec,
  'systemd-line': systemdLine,
  supervisor,
  'supervisor-word': supervisorWord,
  'supervisor-variable': supervisorVariable,
  'supervisor-log': supervisorLog,
  apache,
  nginx,
  cron,
  sudoers,
  'mysql-literal': mysqlLiteral,
  'mysql-identifier': mysqlIdentifier,
  'mysql-option-file': mysqlOptionFile,
  'pg-literal': pgLiteral,
  'pg-identifier': pgIdentifier,
  'pg-hba': pgHba,
  pgpass,
  python,
  javascript,
  json,
  lua,
  hocon,
  env,
  yaml,
  shell,
  'url-component': urlComponent,
  debconf,
};

export const syntaxes = Object.keys(encoders) as Syntax[];

/** The text to write for `value` where `syntax` is read, or CannotCarry: there is no third outcome. */
export function encode(syntax: Syntax, value: string): string {
  // Half of a surrogate pair has no UTF-8: it would be written as another character.
  const half = /\p{Surrogate}/u.exec(value);
  if (half) throw new CannotCarry(syntax, 'character', half[0]);
  return encoders[syntax](value);
}

/** Replaces each %NAME% with its encoded value. Every other `%` of the template stays, and no value is read again. */
export function fillTemplate(
  template: string,
  syntax: Syntax,
  lookup: (name: string) => string | undefined,
): string {
  return fill(template, syntax, lookup, encode);
}
