/** Every way in which a secret may stand in an output: as it is, and as encoders, shells and tools write it. */
import { encode, syntaxes } from '../operations/encode/index.ts';

type Spelling = (value: string) => string;

const hex = (unit: string, width: number): string => unit.charCodeAt(0).toString(16).padStart(width, '0');
const backslashed = (value: string): string => value.replaceAll('\\', '\\\\');
const lowerPercent = (text: string): string => text.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());
const upperEscapes = (text: string): string =>
  text.replace(/\\u[0-9a-f]{4}/g, (code) => `\\u${code.slice(2).toUpperCase()}`);

const jsonInside: Spelling = (value) => JSON.stringify(value).slice(1, -1);
const jsonAscii: Spelling = (value) => jsonInside(value).replace(/[^ -~]/g, (unit) => `\\u${hex(unit, 4)}`);
const percent: Spelling = (value) => encodeURIComponent(value);
const percentAll: Spelling = (value) => encode('url-component', value);
const form: Spelling = (value) => new URLSearchParams({ v: value }).toString().slice(2);
const java: Spelling = (value) =>
  value
    .split('')
    .map((unit) => (/[ \\:=#!]/.test(unit) ? `\\${unit}` : /[ -~]/.test(unit) ? unit : `\\u${hex(unit, 4)}`))
    .join('');

const spelling: readonly Spelling[] = [
  (value) => value,
  jsonInside,
  (value) => jsonInside(value).replaceAll('/', '\\/'),
  jsonAscii,
  (value) => upperEscapes(jsonAscii(value)),
  percent,
  (value) => lowerPercent(percent(value)),
  (value) => lowerPercent(percentAll(value)),
  form,
  (value) => lowerPercent(form(value)),
  (value) => percent(value).replaceAll('%20', '+'),
  (value) => percent(percent(value)),
  // Shells: the two ways out of single quotes, double quotes, and one backslash per character (printf %q).
  (value) => value.replaceAll("'", "'\\''"),
  (value) => value.replaceAll("'", `'"'"'`),
  (value) => value.replace(/[\\"$`]/g, '\\$&'),
  (value) => value.replace(/[\\"$`!]/g, '\\$&'),
  (value) => value.replace(/^[#~]|[^A-Za-z0-9_./:@%+=#~\u0080-\uffff-]/g, '\\$&'),
  (value) => backslashed(value).replaceAll("'", "\\'"),
  // SQL, INI, Java.
  (value) => value.replaceAll("'", "''"),
  (value) => value.replaceAll('"', '""'),
  backslashed,
  (value) => backslashed(value).replaceAll("'", "''"),
  (value) => value.replaceAll('%', '%%'),
  (value) => value.replaceAll('$', '$$$$'),
  java,
  (value) => upperEscapes(java(value)),
  pythonRepr,
  (value) => pythonAscii(value),
  ...['&#39;', '&#x27;', '&#039;', '&apos;', "'"].map(
    (quote): Spelling =>
      (value) =>
        html(value, quote),
  ),
  (value) => value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
];

/** Every spelling once. Those of our own encoders come from the encoders themselves. */
export function spellings(value: string): Set<string> {
  const found = new Set<string>();
  const tries = [
    ...spelling,
    ...syntaxes.map(
      (syntax): Spelling =>
        (text) =>
          unquoted(encode(syntax, text)),
    ),
  ];
  for (const spell of tries) {
    const text = attempt(spell, value);
    if (text !== undefined) found.add(text);
  }
  for (const text of base64(value)) found.add(text);
  return found;
}

/** A syntax that cannot carry the value never shows it; half a surrogate pair has no percent form. */
function attempt(spell: Spelling, value: string): string | undefined {
  try {
    return spell(value);
  } catch {
    return undefined;
  }
}

function unquoted(text: string): string {
  return /^ ?E?(['"`])(.*)\1$/su.exec(text)?.[2] ?? text;
}

/** What `repr` writes between its quotes. */
function pythonRepr(value: string): string {
  const quoted =
    value.includes("'") && value.includes('"')
      ? backslashed(value).replaceAll("'", "\\'")
      : backslashed(value);
  return quoted.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u00a0\u2000-\u200a\u202f\u205f\u3000]/gu, pythonEscape);
}

/** What `ascii`, and so many a traceback, writes. */
function pythonAscii(value: string): string {
  return pythonRepr(value).replace(/[^ -~]/gu, pythonEscape);
}

function pythonEscape(character: string): string {
  const short = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }[character];
  if (short) return short;
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`;
  return code < 0x10000
    ? `\\u${code.toString(16).padStart(4, '0')}`
    : `\\U${code.toString(16).padStart(8, '0')}`;
}

function html(value: string, quote: string): string {
  const marked = value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return marked.replaceAll('"', '&quot;').replaceAll("'", quote);
}

/** A part of a longer base64 text shows too little of the secret, or matches by chance, under this length. */
const shortestPart = 8;

/** The value alone, and inside something longer (`user:password`): the part which its neighbours do not change. */
function base64(value: string): string[] {
  const bytes = Buffer.from(value);
  const alone = bytes.toString('base64').replace(/=+$/, '');
  const parts = [1, 2].map((before) => insidePart(bytes, before));
  const start = alone.slice(0, Math.floor((bytes.length * 4) / 3));
  const all = [alone, ...[start, ...parts].filter((part) => part.length >= shortestPart)];
  return all.flatMap((text) => [text, text.replaceAll('+', '-').replaceAll('/', '_')]);
}

function insidePart(bytes: Buffer, before: number): string {
  const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
  return text.slice(before + 1, Math.floor(((before + bytes.length) * 8) / 6));
}
