/** Words of a JavaScript text, and the brackets that belong together. Pure. */
import { beginning, type Span, Unclear } from './place.ts';
import { match, plainWord } from './words.ts';

export interface Token extends Span {
  readonly type: 'name' | 'string' | 'template' | 'number' | 'pattern' | 'sign' | 'comment' | 'end';
  readonly text: string;
}

const blank = /[\s\xa0]*/y;
/** Bytes above ASCII are letters, as far as anybody has to know. */
const name = /[A-Za-z_$\x80-\xff\\#][\w$\x80-\xff\\]*/y;
const number = /0[xXoObB][\da-fA-F_]+n?|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d+)?n?/y;
const sign =
  /=>|[=!]={0,2}|\.{3}|\?\.(?!\d)|>>>?=?|<<=?|\*\*=?|(?:&&|\|\||\?\?)=?|\+\+|--|[-+*/%&|^<>]=?|[(){}[\];:,.?~@]/y;
const lineComment = /(?:\/\/|<!--|-->)[^\r\n]*/y;
const deepest = 50;

/** All words, comments too; the last one is the end of the text. */
export function javascriptTokens(text: string): Token[] {
  const tokens: Token[] = [];
  const end = readWords(text, beginning(text), tokens, 0);
  if (end < text.length) throw new Unclear('unreadable', text, end);
  return [...tokens, { type: 'end', text: '', from: end, to: end }];
}

/** Until the text ends or, inside `${…}`, its bracket closes. */
function readWords(text: string, from: number, tokens: Token[], depth: number): number {
  if (depth > deepest) throw new Unclear('unreadable', text, from);
  let at = match(blank, text, from) ?? from;
  let open = 0;
  let before: Token | undefined;
  while (at < text.length) {
    const [type, to] = wordAt(text, at, before, depth);
    const word: Token = { type, text: text.slice(at, to), from: at, to };
    if (type === 'sign' && word.text === '{') open += 1;
    if (type === 'sign' && word.text === '}') open -= 1;
    if (open < 0) return at;
    tokens.push(word);
    if (type !== 'comment') before = word;
    at = match(blank, text, to) ?? to;
  }
  return at;
}

function wordAt(text: string, at: number, before: Token | undefined, depth: number): [Token['type'], number] {
  const comment = commentEnd(text, at);
  if (comment !== undefined) return ['comment', comment];
  const first = text.charAt(at);
  if (first === '"' || first === "'") return ['string', quotedEnd(text, at)];
  if (first === '`') return ['template', templateEnd(text, at, depth)];
  if (first === '/' && !endsOperand(before)) return ['pattern', patternEnd(text, at)];
  return plainWord(text, at, { name, number, sign });
}

/** Scripts of browsers know those of HTML too; `-->` is one only where a line begins. */
function commentEnd(text: string, at: number): number | undefined {
  if (text.startsWith('/*', at)) {
    const end = text.indexOf('*/', at + 2);
    if (end < 0) throw new Unclear('unreadable', text, at);
    return end + 2;
  }
  const isArrow = text.startsWith('-->', at);
  if (isArrow && !/(^|[\r\n])[ \t]*$/.test(text.slice(Math.max(0, at - 200), at))) return undefined;
  return match(lineComment, text, at);
}

function quotedEnd(text: string, from: number): number {
  const quote = text.charAt(from);
  for (let at = from + 1; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === quote) return at + 1;
    if (character === '\n' || character === '\r') break;
    if (character === '\\') at += text.startsWith('\r\n', at + 1) ? 2 : 1;
  }
  throw new Unclear('unreadable', text, from);
}

function templateEnd(text: string, from: number, depth: number): number {
  for (let at = from + 1; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '`') return at + 1;
    if (character === '\\') at += 1;
    if (character === '$' && text.charAt(at + 1) === '{') at = readWords(text, at + 2, [], depth + 1);
  }
  throw new Unclear('unreadable', text, from);
}

/** Words after which an operand comes, though they look like one. */
const beforeOperand = /^(return|typeof|instanceof|in|of|new|delete|void|throw|case|do|else|await|yield)$/;

/** After these a slash divides; elsewhere it begins a regular expression. */
function endsOperand(before: Token | undefined): boolean {
  if (!before) return false;
  if (before.type === 'sign') return [')', ']', '}', '++', '--'].includes(before.text);
  return before.type !== 'name' || !beforeOperand.test(before.text);
}

function patternEnd(text: string, from: number): number {
  let isClass = false;
  for (let at = from + 1; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '\n' || character === '\r') break;
    if (character === '\\') at += 1;
    else if (character === '[') isClass = true;
    else if (character === ']') isClass = false;
    else if (character === '/' && !isClass) return match(/[a-z]*/y, text, at + 1) ?? at + 1;
  }
  throw new Unclear('unreadable', text, from);
}

const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** Of each opening bracket the index of its closing one, and the other way round. */
export function pairsOf(text: string, words: readonly Token[]): ReadonlyMap<number, number> {
  const pairs = new Map<number, number>();
  const open: number[] = [];
  for (const [index, word] of words.entries()) {
    if (word.type !== 'sign' || !'()[]{}'.includes(word.text)) continue;
    if (closing[word.text]) {
      open.push(index);
      continue;
    }
    const from = open.pop();
    const opening = from === undefined ? undefined : words[from];
    if (from === undefined || closing[opening?.text ?? ''] !== word.text)
      throw new Unclear('unreadable', text, word.from);
    pairs.set(from, index).set(index, from);
  }
  const left = open[0] === undefined ? undefined : words[open[0]];
  if (left) throw new Unclear('unreadable', text, left.from);
  return pairs;
}

const named: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '0': '\0',
};

/** The string that one quoted word stands for. `raw` is text, not bytes. */
export function javascriptString(raw: string): string {
  return raw
    .slice(1, -1)
    .replace(
      /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|u\{([\da-fA-F]{1,6})\}|(\r\n|.))/gs,
      (_, hex?: string, unit?: string, point?: string, other = '') => {
        const code = hex ?? unit;
        if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
        if (point !== undefined) return pointOf(Number.parseInt(point, 16));
        return named[other] ?? (/[\r\n\u2028\u2029]/.test(other) ? '' : other);
      },
    );
}

const pointOf = (point: number): string => (point > 0x10ffff ? '\ufffd' : String.fromCodePoint(point));
