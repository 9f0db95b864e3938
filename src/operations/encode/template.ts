import { CannotCarry, type Encoder, refuseLonger, refuseMatch, type Syntax } from './cannot-carry.ts';
import { optionFileLine } from './mysql.ts';
import { cronLine } from './shell.ts';
import { supervisorQuoted } from './supervisor.ts';
import { apacheQuoted, nginxQuoted } from './web.ts';

/** `%NAME%`, and one cell of a list: `%USERS.alice.password%`. */
const placeholder = /%([A-Z][A-Z0-9_]*(?:\.[A-Za-z0-9_][A-Za-z0-9_.@+-]*)?)%/g;

/** The names a template asks for, in order, each once. */
export function namesIn(template: string): string[] {
  return [...new Set(Array.from(template.matchAll(placeholder), (match) => match[1] ?? ''))];
}

/** What a syntax asks of the text around a placeholder. Those not listed are right anywhere in a value. */
interface Surroundings {
  /** The encoder writes its own quotes: quotes of the template around them would close early. */
  quotes?: true;
  /** How to encode inside "…" written by the template, when that can be done. */
  inside?: Encoder;
  /** What may touch a value that had to be quoted. */
  before?: RegExp;
  after?: RegExp;
  /** Lines with a syntax of their own, by how they begin. */
  lines?: readonly (readonly [RegExp, Syntax])[];
  /** How a line begins that may hold values. */
  holds?: RegExp;
  /** Before a value that is a part of an address which the template writes: it is encoded as such. */
  address?: RegExp;
  /** How a line that is only a comment begins. */
  comment?: RegExp;
  /** The longest line its reader takes, in bytes. */
  line?: number;
}

const hash = /^\s*#/;
const slashes = /^\s*(#|\/\/)/;
const sql = /^\s*(#|--)/;
const semicolon = /^\s*[;#]/;

const surroundings: Partial<Record<Syntax, Surroundings>> = {
  apache: { quotes: true, inside: apacheQuoted, before: /(^|\s)$/, after: /^($|[\s>])/, comment: hash },
  nginx: { quotes: true, inside: nginxQuoted, before: /(^|\s)$/, after: /^($|[\s;{)])/, comment: hash },
  cron: { quotes: true, comment: hash, line: cronLine },
  shell: { quotes: true, comment: hash },
  supervisor: {
    lines: [
      [/^command\s*[=:]/i, 'supervisor-word'],
      [/^environment\s*[=:]/i, 'supervisor-variable'],
      [/^std(out|err)_logfile\s*[=:]/i, 'supervisor-log'],
    ],
    // Neither the name of a section nor a line that goes on.
    holds: /^\w+\s*[=:]/,
    comment: semicolon,
  },
  'supervisor-word': { quotes: true },
  'supervisor-variable': { quotes: true, inside: supervisorQuoted, before: /=\s*$/, after: /^\s*($|,)/ },
  'mysql-literal': { quotes: true, comment: sql },
  'mysql-identifier': { quotes: true, comment: sql },
  'mysql-option-file': { quotes: true, before: /=\s*$/, after: /^\s*$/, comment: hash, line: optionFileLine },
  'pg-literal': { quotes: true, comment: sql },
  'pg-identifier': { quotes: true, comment: sql },
  'pg-hba': { quotes: true, before: /(^|[\s,])$/, after: /^($|[\s,])/, comment: hash },
  python: { quotes: true, comment: hash },
  javascript: { quotes: true, comment: slashes },
  json: { quotes: true },
  lua: { quotes: true, comment: sql },
  hocon: { quotes: true, comment: slashes },
  env: {
    quotes: true,
    before: /=$/,
    after: /^\s*$/,
    address: /^[A-Za-z_]\w*=[a-z][a-z0-9+.-]*:\/\/\S*$/,
    comment: hash,
  },
  yaml: { quotes: true, before: /(^|[\s[{,])$/, after: /^($|[\s\]},:])/, comment: hash },
};

/** The quote that is still open at the end of `text`, the beginning of a line. */
function openQuote(text: string): string {
  let open = '';
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (character === '\\') index += 1;
    else if (open === '' && '"\'`'.includes(character)) open = character;
    else if (character === open) open = '';
  }
  return open;
}

function place(
  syntax: Syntax,
  name: string,
  value: string,
  before: string,
  after: string,
  encode: (syntax: Syntax, value: string) => string,
): string {
  const rules = surroundings[syntax];
  if (rules?.address?.test(before)) return encode('url-component', value);
  const own = rules?.lines?.find(([begin]) => begin.test(before))?.[1];
  if (own) return place(own, name, value, before, after, encode);
  const text = encode(syntax, value);
  if (!rules) return text;
  if (rules.comment?.test(before)) {
    if (text.includes('\n')) throw new CannotCarry(syntax, 'newline', '\n');
    return text;
  }
  if (rules.holds && !rules.holds.test(before))
    throw new Error(`%${name}% stands where ${syntax} reads no value`);
  const open = rules.quotes ? openQuote(before) : '';
  if (rules.quotes && /[$%\\]$/.test(before)) {
    throw new Error(
      `%${name}% stands right after a ${before.slice(-1)} of the template, which would change it`,
    );
  }
  if (open === '"' && rules.inside && after.includes('"')) {
    if (after.startsWith('{')) refuseMatch(syntax, value, /[$%]$/);
    return rules.inside(value);
  }
  if (open !== '') {
    throw new Error(`%${name}% stands inside quotes (${open}) of the template, but ${syntax} writes its own`);
  }
  if (
    text !== value &&
    rules.before &&
    rules.after &&
    !(rules.before.test(before) && rules.after.test(after))
  ) {
    if (value === '') throw new CannotCarry(syntax, 'empty');
    throw new CannotCarry(syntax, 'character', /[^A-Za-z0-9_./:@,+-]/u.exec(value)?.[0]);
  }
  return text;
}

/** A refusal tells whose value it is about. */
function named(name: string, encoded: () => string): string {
  try {
    return encoded();
  } catch (error) {
    if (error instanceof CannotCarry) error.answer = name;
    throw error;
  }
}

export function fill(
  template: string,
  syntax: Syntax,
  lookup: (name: string) => string | undefined,
  encode: (syntax: Syntax, value: string) => string,
): string {
  const filled = template.split('\n').map((line) => {
    let count = 0;
    const text = line.replace(placeholder, (whole, name: string, offset: number) => {
      const value = lookup(name);
      if (value === undefined) throw new Error(`The template asks for %${name}%, which nothing answers`);
      count += 1;
      const [before, after] = [line.slice(0, offset), line.slice(offset + whole.length)];
      return named(name, () => place(syntax, name, value, before, after, encode));
    });
    const limit = surroundings[syntax]?.line;
    if (count > 0 && limit !== undefined) refuseLonger(syntax, text, limit);
    return text;
  });
  return filled.join('\n');
}
