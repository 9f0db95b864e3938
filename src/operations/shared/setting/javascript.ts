/**
 * Properties of an object that a script of a browser makes, such as `config.hosts` in `var config = { hosts: { … } }`,
 * and assignments to them. Pure.
 */
import { javascript as encode } from '../../encode/code.ts';
import { findIn } from './javascript-path.ts';
import { at, type Code, refuseBroken, scriptOf, unclear } from './javascript-script.ts';
import { javascriptString, javascriptTokens, pairsOf, type Token } from './javascript-tokens.ts';
import {
  bytesOf,
  endOfLine,
  type Format,
  indentOf,
  inPlaceOf,
  isFirstInLine,
  literally,
  ownLine,
  type Place,
  setAt,
  startOfNext,
  textOf,
  Unclear,
  type Wanted,
} from './place.ts';

export const javascript: Format = {
  has: ({ section, name }) => /^[A-Za-z_$][\w$]*(\.[\w$]+)*$/.test(section) && name !== '',

  locate(text, wanted) {
    refuseBroken(text);
    const script = scriptOf(text);
    const found = findIn(script, [...wanted.section.split('.'), wanted.name]);
    const [container, other] = found.containers;
    if (container && other)
      throw unclear(script, 'section-twice', ...found.containers.map(({ open }) => open));
    const [set, again] = found.set;
    if (set && again) throw new Unclear('twice', text, ...found.set.map(({ statement }) => statement.from));
    if (set) return setAt(set.value, set.statement);
    if (!container) throw new Unclear('no-section', text);
    return exampleIn(script, container, wanted) ?? firstIn(script, container, wanted);
  },

  read(raw) {
    const [word, ...more] = javascriptTokens(raw);
    if (word?.type !== 'string' || more.length !== 1) return undefined;
    return javascriptString(textOf(raw));
  },

  isValue(raw) {
    const words = javascriptTokens(raw).slice(0, -1);
    const pairs = pairsOf(raw, words);
    if (words.length === 0 || words.some(({ type }) => type === 'comment')) return false;
    for (let index = 0; index < words.length; index = (pairs.get(index) ?? index) + 1)
      if ([',', ';'].includes(words[index]?.text ?? '')) return false;
    return true;
  },
};

const keyText = (name: string): string =>
  bytesOf(`${/^[A-Za-z_$][\w$]*$/.test(name) ? name : encode(name)}: `);

/** The one comment of the object that is an example of it, where a property may stand. */
function exampleIn(code: Code, { open }: { readonly open: number }, { name }: Wanted): Place | undefined {
  const { text, words, pairs } = code;
  const close = pairs.get(open) ?? open;
  const [from, to] = [at(code, open).to, at(code, close).from];
  const examples = code.comments.filter((one) => {
    if (one.from < from || one.to > to || !isFirstInLine(text, one.from) || !isExample(one.text, name))
      return false;
    const before = words.findLastIndex((word) => word.to <= one.from);
    const stands = before === open || (at(code, before).text === ',' && isDirectlyIn(code, before, open));
    return stands && !isNested(code, one);
  });
  const [first, second] = examples;
  if (!first || second) return undefined;
  return inPlaceOf({ from: first.from, to: endOfLine(text, first.from) }, keyText(name), ',');
}

function isDirectlyIn(code: Code, index: number, open: number): boolean {
  let depth = 0;
  for (let one = index; one > open; one -= 1) {
    const { type, text } = at(code, one);
    if (type === 'sign' && ')]}'.includes(text)) depth += 1;
    if (type === 'sign' && '([{'.includes(text)) depth -= 1;
    if (depth < 0) return false;
  }
  return true;
}

function isExample(comment: string, name: string): boolean {
  const key = literally(bytesOf(name));
  const raw = new RegExp(`^//+[ \\t]*(?:${key}|"${key}"|'${key}')[ \\t]*:(.+)$`).exec(comment)?.[1];
  if (raw === undefined) return false;
  try {
    const words = javascriptTokens(raw).filter(({ type }) => type !== 'comment');
    const last = words.at(-2);
    const end = last?.text === ',' ? last.from : raw.length;
    return javascript.isValue(uncommented(raw.slice(0, end)));
  } catch (error) {
    if (error instanceof Unclear) return false;
    throw error;
  }
}

function uncommented(raw: string): string {
  const comment = javascriptTokens(raw).find(({ type }) => type === 'comment');
  return raw.slice(0, comment?.from ?? raw.length).trim();
}

/** In an object that is commented out as a whole: its first line opens a bracket above. */
function isNested({ comments, text }: Code, comment: Token): boolean {
  let depth = 0;
  const above = comments.slice(0, comments.indexOf(comment)).toReversed();
  let below = comment;
  for (const one of above) {
    const isNextLine = text.slice(one.to, below.from).replace(/\r?\n[ \t]*/, '') === '';
    if (!isNextLine || !isFirstInLine(text, one.from)) return false;
    if (/^\/\/+\s*[\]})]/.test(one.text)) depth += 1;
    if (/[[{(]\s*$/.test(one.text)) depth -= 1;
    if (depth < 0) return true;
    below = one;
  }
  return false;
}

/** Before all others: whether those end with a comma does not matter then. */
function firstIn(code: Code, { open }: { readonly open: number }, { name }: Wanted): Place {
  const { text, pairs } = code;
  const brace = at(code, open);
  const next = at(code, open + 1);
  const isEmpty = pairs.get(open) === open + 1;
  const line = text.slice(brace.to, endOfLine(text, brace.to));
  const isOwnLine =
    next.from >= startOfNext(text, brace.to) && /^\s*(\/\/.*|\/\*((?!\*\/).)*\*\/\s*)?$/.test(line);
  if (isOwnLine) {
    const sibling = isEmpty ? undefined : next;
    const isIndented = sibling && isFirstInLine(text, sibling.from);
    const indent = isIndented ? indentOf(text, sibling.from) : `${indentOf(text, brace.from)}    `;
    return ownLine(text, startOfNext(text, brace.to), `${indent}${keyText(name)}`, ',');
  }
  const inside = { state: 'absent', from: brace.to, to: brace.to } as const;
  if (isEmpty) return { ...inside, before: ` ${keyText(name)}`, after: line.startsWith(' ') ? '' : ' ' };
  return { ...inside, before: ` ${keyText(name)}`, after: `,${/^\s/.test(line) ? '' : ' '}` };
}
