/** The text that stands for a setting's value where its syntax is read. */
import { CannotCarry, encode, namesIn } from '../../encode/index.ts';
import { Failure, type Op, type Values } from '../../verbs.ts';
import { bullets } from '../diff.ts';
import { formats, Unclear } from './index.ts';
import { bytesOf } from './place.ts';

type Setting = Op<'setting'>;

/** For the file, as bytes. Throws `Failure` where the syntax cannot hold the value. */
export function valueText(op: Setting, values: Values): string {
  if (op.form === 'raw') return rawText(op, values.full(op.value, op.syntax));
  return bytesOf(encoded(op, values.full(op.value), values));
}

/** Plain letters, which no encoder changes. */
const stand = 'SetupWizardSecretGoesHere';

/** The same for a person's eyes. */
export function shownText(op: Setting, values: Values): string {
  if (op.form === 'raw') return values.masked(op.value, op.syntax);
  const hidden = values.masked(op.value).replaceAll(bullets, stand);
  return encoded(op, hidden, values).replaceAll(stand, bullets);
}

function encoded(op: Setting, text: string, values: Values): string {
  try {
    return encode(op.syntax, text);
  } catch (error) {
    if (!(error instanceof CannotCarry)) throw error;
    const why = `${error.code}${error.character ? ` ${JSON.stringify(error.character)}` : ''}`;
    const name = nameOfRefused(op, values) ?? op.name;
    throw new Failure('cannot-carry', { name, syntax: op.syntax, why }, { cause: error });
  }
}

/** Of several values, the one that the syntax does not take. */
function nameOfRefused(op: Setting, values: Values): string | undefined {
  const names = namesIn(op.value);
  return names.find((name) => !carries(op, values.full(`%${name}%`))) ?? names[0];
}

function carries({ syntax }: Setting, text: string): boolean {
  try {
    encode(syntax, text);
    return true;
  } catch {
    return false;
  }
}

/** A guide's own text: one value, which ends where it ends. */
function rawText({ syntax, name }: Setting, text: string): string {
  const bytes = bytesOf(text);
  if (!isValue(syntax, bytes)) throw new Failure('bug', { what: `${name}: not one value of ${syntax}` });
  return bytes;
}

function isValue(syntax: Setting['syntax'], bytes: string): boolean {
  try {
    return formats[syntax].isValue(bytes);
  } catch (error) {
    if (error instanceof Unclear) return false;
    throw error;
  }
}
