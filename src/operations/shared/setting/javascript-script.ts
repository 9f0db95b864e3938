/** A script's words with their brackets, and the properties of its objects. It is compiled, and never run. Pure. */
import { Script } from 'node:vm';
import { javascriptString, javascriptTokens, pairsOf, type Token } from './javascript-tokens.ts';
import { type Reason, textOf, Unclear } from './place.ts';

export interface Code {
  readonly text: string;
  readonly words: readonly Token[];
  readonly comments: readonly Token[];
  readonly pairs: ReadonlyMap<number, number>;
}

export function refuseBroken(text: string): void {
  try {
    new Script(textOf(text));
  } catch (error) {
    const line = /^evalmachine\.<anonymous>:(\d+)/.exec(
      error instanceof Error ? (error.stack ?? '') : '',
    )?.[1];
    const lines = text.split('\n').slice(0, Number(line ?? 1) - 1);
    throw new Unclear('unreadable', text, lines.join('\n').length + 1);
  }
}

export function scriptOf(text: string): Code {
  const tokens = javascriptTokens(text);
  const words = tokens.filter(({ type }) => type !== 'comment');
  const comments = tokens.filter(({ type }) => type === 'comment');
  return { text, words, comments, pairs: pairsOf(text, words) };
}

export const at = ({ text, words }: Code, index: number): Token => {
  const word = words[index] ?? words.at(-1);
  if (!word) throw new Unclear('unreadable', text, 0);
  return word;
};

export const unclear = (code: Code, reason: Reason, ...indexes: readonly number[]): Unclear =>
  new Unclear(reason, code.text, ...indexes.map((index) => at(code, index).from));

export interface Property {
  /** Nothing for what may be any name: `...others`. */
  readonly key: string | undefined;
  readonly from: number;
  /** Nothing for a method, or a name that is its own value. */
  readonly value: number | undefined;
  /** The word after it: a comma or the bracket that closes. */
  readonly end: number;
}

export function propertiesOf(code: Code, open: number): Property[] {
  const close = code.pairs.get(open) ?? open;
  const all: Property[] = [];
  for (let from = open + 1; from < close; ) {
    let end = from;
    while (end < close && at(code, end).text !== ',') end = (code.pairs.get(end) ?? end) + 1;
    if (end > from) all.push(propertyAt(code, from, end));
    from = end + 1;
  }
  return all;
}

function propertyAt(code: Code, from: number, end: number): Property {
  const first = at(code, from);
  if (first.text === '...') return { key: undefined, from, value: undefined, end };
  if (first.text === '[') {
    const close = code.pairs.get(from) ?? from;
    const isKnown = close === from + 2 && at(code, from + 1).type === 'string';
    const value = at(code, close + 1).text === ':' ? close + 2 : undefined;
    return { key: isKnown ? nameOf(at(code, from + 1)) : undefined, from, value, end };
  }
  if (at(code, from + 1).text === ':') return { key: nameOf(first), from, value: from + 2, end };
  // `get x() {}`, `async x() {}`, `x() {}`, `x`.
  const isPrefixed =
    /^(get|set|async|\*)$/.test(first.text) && end > from + 1 && at(code, from + 1).text !== '(';
  return { key: nameOf(at(code, isPrefixed ? from + 1 : from)), from, value: undefined, end };
}

export const nameOf = ({ type, text }: Token): string =>
  type === 'string' ? javascriptString(textOf(text)) : textOf(text);
