/** Words of a Lua text, and how far an expression and a block of it reach. Every Lua from 5.1 on. Pure. */
import { beginning, type Span, Unclear } from './place.ts';
import { match, plainWord } from './words.ts';

export interface Token extends Span {
  readonly type: 'name' | 'keyword' | 'string' | 'number' | 'sign' | 'comment' | 'end';
  readonly text: string;
}

const keyword =
  /^(?:and|break|do|else|elseif|end|false|for|function|goto|if|in|local|nil|not|or|repeat|return|then|true|until|while)$/;

const blank = /[ \t\r\n\v\f]*/y;
const name = /[A-Za-z_]\w*/y;
const number = /0[xX][\da-fA-F.]+(?:[pP][+-]?\d+)?|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const sign = /\.{3}|\.\.|==|~=|<=|>=|\/\/|::|<<|>>|[-+*/%^#&~|<>=(){}[\];:,.]/y;
const longOpening = /\[(=*)\[/y;
const lineComment = /--[^\r\n]*/y;

/** All words, comments too; the last one is the end of the text. */
export function luaTokens(text: string): Token[] {
  const tokens: Token[] = [];
  let at = afterFirstLine(text);
  for (;;) {
    at = match(blank, text, at) ?? at;
    if (at >= text.length) return [...tokens, { type: 'end', text: '', from: at, to: at }];
    const [type, to] = wordAt(text, at);
    const word = text.slice(at, to);
    tokens.push({ type: type === 'name' && keyword.test(word) ? 'keyword' : type, text: word, from: at, to });
    at = to;
  }
}

/** A first line that begins with `#` is for the shell. */
function afterFirstLine(text: string): number {
  const from = beginning(text);
  if (text.charAt(from) !== '#') return from;
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

function wordAt(text: string, at: number): [Token['type'], number] {
  if (text.startsWith('--', at)) {
    const long = longEnd(text, at + 2);
    return ['comment', long ?? match(lineComment, text, at) ?? at];
  }
  const long = longEnd(text, at);
  if (long !== undefined) return ['string', long];
  if (text.charAt(at) === '"' || text.charAt(at) === "'") return ['string', stringEnd(text, at)];
  return plainWord(text, at, { name, number, sign });
}

function longEnd(text: string, at: number): number | undefined {
  longOpening.lastIndex = at;
  const level = longOpening.exec(text)?.[1];
  if (level === undefined) return undefined;
  const end = text.indexOf(`]${level}]`, longOpening.lastIndex);
  if (end < 0) throw new Unclear('unreadable', text, at);
  return end + level.length + 2;
}

function stringEnd(text: string, from: number): number {
  const quote = text.charAt(from);
  for (let at = from + 1; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === quote) return at + 1;
    if (character === '\n' || character === '\r') break;
    if (character === '\\') at = escapeEnd(text, at + 1);
  }
  throw new Unclear('unreadable', text, from);
}

/** The last character of an escape: a line break of two signs is one, and `\z` goes over all blanks. */
function escapeEnd(text: string, at: number): number {
  if (text.charAt(at) === 'z') return (match(blank, text, at + 1) ?? at + 1) - 1;
  return /^(\r\n|\n\r)/.test(text.slice(at, at + 2)) ? at + 1 : at;
}

const named: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** The bytes of a string that is written so, as characters; nothing for what is none. */
export function luaString(raw: string): string | undefined {
  const long = /^\[(=*)\[(?:\r\n|\n\r|\n|\r)?(.*)\]\1\]$/s.exec(raw);
  if (long) return long[2];
  const quoted = /^(["'])(.*)\1$/s.exec(raw);
  return quoted?.[2]?.replace(
    /\\(?:z\s*|(\d{1,3})|x([\da-fA-F]{2})|u\{([\da-fA-F]{1,8})\}|(\r\n|\n\r|.))/gs,
    (_, decimal?: string, hex?: string, point?: string, other?: string) => {
      if (decimal !== undefined) return String.fromCharCode(Number(decimal) & 0xff);
      if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
      if (point !== undefined) return bytesOf(Number.parseInt(point, 16));
      if (other === undefined) return '';
      return named[other] ?? (/[\r\n]/.test(other) ? '\n' : other);
    },
  );
}

const bytesOf = (point: number): string =>
  point > 0x10ffff ? '\ufffd' : Buffer.from(String.fromCodePoint(point)).toString('latin1');

/** Walks over the words that are no comments. */
export class LuaReader {
  readonly text: string;
  readonly words: readonly Token[];
  constructor(text: string, tokens: readonly Token[]) {
    this.text = text;
    this.words = tokens.filter(({ type }) => type !== 'comment');
  }

  at(index: number): Token {
    const last = this.words.at(-1);
    const word = this.words[index] ?? last;
    if (!word) throw new Unclear('unreadable', this.text, 0);
    return word;
  }

  unreadable(index: number): Unclear {
    return new Unclear('unreadable', this.text, this.at(index).from);
  }

  /** The word after an expression that begins here. */
  expression(from: number): number {
    let index = from;
    for (;;) {
      while (this.#isUnary(index)) index += 1;
      index = this.#operand(index);
      if (!this.#isBinary(index)) return index;
      index += 1;
    }
  }

  expressions(from: number): number {
    let index = this.expression(from);
    while (this.at(index).text === ',') index = this.expression(index + 1);
    return index;
  }

  /** After `a.b["c"](…)` and the like. */
  suffixed(from: number): number {
    const first = this.at(from);
    let index = first.text === '(' ? this.brackets(from) : from + 1;
    if (first.text !== '(' && first.type !== 'name') throw this.unreadable(from);
    for (;;) {
      const word = this.at(index);
      if (word.text === '.' || word.text === ':') index += 2;
      else if (word.type === 'string') index += 1;
      else if (['(', '[', '{'].includes(word.text)) index = this.brackets(index);
      else return index;
    }
  }

  /** After the bracket that closes the one that opens here. */
  brackets(from: number): number {
    const open: string[] = [];
    for (let index = from; ; index += 1) {
      const { type, text } = this.at(index);
      if (type === 'end') throw this.unreadable(from);
      if (type !== 'sign') continue;
      const closing = { '(': ')', '[': ']', '{': '}' }[text];
      if (closing) open.push(closing);
      else if ([')', ']', '}'].includes(text) && open.pop() !== text) throw this.unreadable(index);
      if (open.length === 0) return index + 1;
    }
  }

  /** After the `end` (or `until …`) of what begins with this keyword. */
  block(from: number): number {
    let depth = 0;
    for (let index = from; ; index += 1) {
      const { type, text } = this.at(index);
      if (type === 'end') throw this.unreadable(from);
      if (type !== 'keyword') continue;
      if (['function', 'if', 'do', 'repeat'].includes(text)) depth += 1;
      if (text !== 'end' && text !== 'until') continue;
      depth -= 1;
      if (depth === 0) return text === 'end' ? index + 1 : this.expression(index + 1);
    }
  }

  #operand(index: number): number {
    const { type, text } = this.at(index);
    if (type === 'string' || type === 'number' || text === '...') return index + 1;
    if (type === 'keyword' && ['nil', 'true', 'false'].includes(text)) return index + 1;
    if (text === 'function') return this.block(index);
    return text === '{' ? this.brackets(index) : this.suffixed(index);
  }

  #isUnary(index: number): boolean {
    const { type, text } = this.at(index);
    return text === 'not' || (type === 'sign' && ['-', '#', '~'].includes(text));
  }

  #isBinary(index: number): boolean {
    const { type, text } = this.at(index);
    if (type === 'keyword') return text === 'and' || text === 'or';
    return type === 'sign' && /^([-+*/%^&|~<>]|\.\.|[=~<>]=|\/\/|<<|>>)$/.test(text);
  }
}
