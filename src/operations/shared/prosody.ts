/** Accounts of Prosody's own storage: names of their files, what these say, and whether a password fits. */
import { timingSafeEqual } from 'node:crypto';
import { namesIn } from '../encode/index.ts';
import { Failure, type Op, type Values } from '../verbs.ts';
import { saslprep } from './saslprep.ts';
import { scramKeys } from './scram.ts';
import { LuaReader, luaString, luaTokens, type Token } from './setting/lua-tokens.ts';
import { textOf, Unclear } from './setting/place.ts';

/** A name as Prosody writes it in a path. */
export const fileName = (name: string): string =>
  Buffer.from(name)
    .toString('latin1')
    .replaceAll(/[^A-Za-z0-9]/g, (byte) => `%${byte.charCodeAt(0).toString(16).padStart(2, '0')}`);

/** Prosody knows names in this form only. */
export const plainName = (name: string): string => name.normalize('NFKC').toLowerCase();

export interface Credentials {
  /** In plain text. */
  readonly password?: string;
  readonly salt?: string;
  readonly iterations?: number;
  readonly storedKey?: string;
  readonly serverKey?: string;
  readonly isDisabled: boolean;
}

/** Who shuts an account takes its owner's password from it; one that is kept in plain text stays open all the same. */
export const isShut = ({ isDisabled, storedKey }: Credentials): boolean =>
  isDisabled && storedKey !== undefined;

/** More would keep the machine busy for minutes. */
const mostIterations = 5_000_000;

/** What an account's file says; nothing for what is no such file. `text`: bytes as characters. */
export function readCredentials(text: string): Credentials | undefined {
  const fields = fieldsIn(text);
  if (!fields) return undefined;
  const string = (name: string) => {
    const word = fields.get(name);
    return word?.type === 'string' ? textOf(luaString(word.text) ?? '') : undefined;
  };
  const [password, salt] = [string('password'), string('salt')];
  const [storedKey, serverKey] = [string('stored_key'), string('server_key')];
  const iterations = Number(fields.get('iteration_count')?.text);
  return {
    ...(password ? { password } : {}),
    ...(salt ? { salt } : {}),
    ...(storedKey ? { storedKey } : {}),
    ...(serverKey ? { serverKey } : {}),
    ...(Number.isInteger(iterations) && iterations > 0 ? { iterations } : {}),
    isDisabled: fields.get('disabled')?.text === 'true',
  };
}

/** `return { ["name"] = value; … };`: the words that are whole values, by name. */
function fieldsIn(text: string): Map<string, Token> | undefined {
  try {
    const reader = new LuaReader(text, luaTokens(text));
    if (reader.at(0).text !== 'return' || reader.at(1).text !== '{') return undefined;
    const fields = new Map<string, Token>();
    let index = 2;
    while (reader.at(index).text !== '}') {
      const [open, key, close, sign] = [0, 1, 2, 3].map((more) => reader.at(index + more));
      if (open?.text !== '[' || key?.type !== 'string' || close?.text !== ']' || sign?.text !== '=')
        return undefined;
      const end = reader.expression(index + 4);
      if (end === index + 5) fields.set(luaString(key.text) ?? '', reader.at(index + 4));
      index = [';', ','].includes(reader.at(end).text) ? end + 1 : end;
    }
    const end = reader.at(index + 1).text === ';' ? index + 2 : index + 1;
    return reader.at(end).type === 'end' ? fields : undefined;
  } catch (error) {
    if (error instanceof Unclear) return undefined;
    throw error;
  }
}

/** As Prosody tests it. */
export function fits(credentials: Credentials, password: string): boolean {
  const { salt, iterations, storedKey = '', serverKey = '' } = credentials;
  if (credentials.password !== undefined) return isSame(saslprep(credentials.password), saslprep(password));
  const hash = storedKey.length === 40 ? 'sha1' : storedKey.length === 64 ? 'sha256' : undefined;
  if (!hash || salt === undefined || iterations === undefined || iterations > mostIterations) return false;
  const keys = scramKeys(hash, saslprep(password), Buffer.from(salt), iterations);
  return (
    isSame(keys.stored.toString('hex'), storedKey.toLowerCase()) &&
    isSame(keys.server.toString('hex'), serverKey.toLowerCase())
  );
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** One line for prosodyctl; what it would not take is refused before it runs. */
export function passwordText(op: Op<'prosody-account'>, values: Values): string {
  const text = values.full(op.password);
  const control = /\p{Cc}/u.exec(text)?.[0];
  const why = text === '' ? 'empty' : control && (/[\r\n]/.test(control) ? 'newline' : 'control');
  if (!why) return text;
  throw new Failure('cannot-carry', { name: namesIn(op.password)[0] ?? '', syntax: 'prosodyctl', why });
}
