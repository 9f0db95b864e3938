/**
 * Settings in a Lua text that is a list of assignments, as Prosody's: `VirtualHost "x"` and `Component "x" "muc"` begin
 * a section that goes on until the next one. Pure.
 */
import { LuaReader, luaString, luaTokens, type Token } from './lua-tokens.ts';
import {
  endOfLine,
  type Format,
  indentOf,
  inPlaceOf,
  isFirstInLine,
  ownLine,
  type Place,
  type Span,
  setAt,
  startOfLine,
  startOfNext,
  textOf,
  Unclear,
  type Wanted,
} from './place.ts';

interface Statement extends Span {
  readonly words: readonly Token[];
  /** The name that it gives a value, and where that stands. */
  readonly sets?: { readonly name: string; readonly value: Span };
  /** Without a name, if that is worked out. */
  readonly opens?: { readonly section: string | undefined; readonly isTable: boolean };
  /** A condition, a loop, a function, several names at once: what it sets is not one plain line. */
  readonly isPlain: boolean;
}

export const lua: Format = {
  has: ({ name }) => /^[A-Za-z_]\w*$/.test(name),

  locate(text, wanted) {
    const tokens = luaTokens(text);
    const section = sectionNamed(wanted.section);
    const part = partOf(text, statementsIn(new LuaReader(text, tokens)), section);
    const found = part.statements.filter(({ sets }) => sets?.name === wanted.name);
    const [first, second] = found;
    if (first && second) throw new Unclear('twice', text, ...found.map(({ from }) => from));
    const all = part.opening ? [part.opening, ...part.statements] : part.statements;
    for (const statement of all) refuseHidden(text, statement, wanted.name);
    if (first?.sets) return setAt(first.sets.value, first);
    return examplesOf(text, tokens, part, wanted) ?? newLine(text, part, wanted);
  },

  read(raw) {
    const [word, ...more] = luaTokens(raw);
    const bytes = word?.type === 'string' && more.length === 1 ? luaString(raw) : undefined;
    return bytes === undefined ? undefined : textOf(bytes);
  },

  isValue(raw) {
    const tokens = luaTokens(raw);
    const reader = new LuaReader(raw, tokens);
    return tokens.every(({ type }) => type !== 'comment') && reader.at(reader.expression(0)).type === 'end';
  },
};

/** `VirtualHost "x"` as it is compared; empty for what stands before all sections. */
function sectionNamed(section: string): string {
  if (section === '') return '';
  const [opening, ...more] = statementsIn(new LuaReader(section, luaTokens(section)));
  const named = opening?.opens?.section;
  if (named === undefined || more.length > 0) throw new Unclear('no-section', '');
  return named;
}

function statementsIn(reader: LuaReader): Statement[] {
  const all: Statement[] = [];
  for (let index = 0; reader.at(index).type !== 'end'; ) {
    if (reader.at(index).text === ';') {
      index += 1;
      continue;
    }
    const end = statementEnd(reader, index);
    const last = reader.at(end.index - 1);
    const next = reader.at(end.index);
    const to = next.text === ';' ? next.to : last.to;
    const words = reader.words.slice(index, end.index);
    const { index: _, ...about } = end;
    all.push({ from: reader.at(index).from, to, words, ...about, ...opening(words) });
    index = end.index;
  }
  return all;
}

type Ended = Pick<Statement, 'sets' | 'isPlain'> & { readonly index: number };

function statementEnd(reader: LuaReader, from: number): Ended {
  const { type, text } = reader.at(from);
  if (text === 'local') return { index: localEnd(reader, from), isPlain: false };
  if (text === 'return') {
    const isBare = ['end', 'keyword'].includes(reader.at(from + 1).type) || reader.at(from + 1).text === ';';
    return { index: isBare ? from + 1 : reader.expressions(from + 1), isPlain: true };
  }
  if (text === 'break') return { index: from + 1, isPlain: true };
  if (text === 'goto') return { index: from + 2, isPlain: true };
  if (text === '::') return { index: from + 3, isPlain: true };
  if (type === 'keyword') return { index: reader.block(from), isPlain: false };
  return callOrAssignment(reader, from);
}

function localEnd(reader: LuaReader, from: number): number {
  if (reader.at(from + 1).text === 'function') return reader.block(from + 1);
  let index = from + 1;
  // Names, with attributes such as <const>.
  while (reader.at(index).type === 'name' || [',', '<', '>'].includes(reader.at(index).text)) {
    if (reader.at(index - 1).type === 'name' && reader.at(index).type === 'name') return index;
    index += 1;
  }
  return reader.at(index).text === '=' ? reader.expressions(index + 1) : index;
}

function callOrAssignment(reader: LuaReader, from: number): Ended {
  let index = reader.suffixed(from);
  const isSingle = index === from + 1 && reader.at(index).text === '=';
  while (reader.at(index).text === ',') index = reader.suffixed(index + 1);
  if (reader.at(index).text !== '=') {
    if (index === from + 1) throw reader.unreadable(from);
    return { index, isPlain: true };
  }
  const end = reader.expressions(index + 1);
  if (!isSingle) return { index: end, isPlain: false };
  const value = { from: reader.at(index + 1).from, to: reader.at(end - 1).to };
  return { index: end, isPlain: true, sets: { name: reader.at(from).text, value } };
}

const kinds: Readonly<Record<string, string>> = {
  VirtualHost: 'VirtualHost',
  Host: 'VirtualHost',
  host: 'VirtualHost',
  Component: 'Component',
  component: 'Component',
};

function opening(words: readonly Token[]): Pick<Statement, 'opens'> {
  const [head, ...rest] = words.filter(({ text }) => text !== '(' && text !== ')');
  const kind = head && Object.hasOwn(kinds, head.text) ? kinds[head.text] : undefined;
  const [name, next] = rest;
  if (kind === undefined || !name || ['=', ',', '.', ':', '['].includes(name.text)) return {};
  const isTable = rest.some(({ text }) => text === '{');
  const isPlain = !next || next.type === 'string' || next.text === '{' || next.text === ',';
  const host = isPlain && name.type === 'string' ? luaString(name.text) : undefined;
  return { opens: { section: host === undefined ? undefined : `${kind} ${host.toLowerCase()}`, isTable } };
}

interface Part extends Span {
  readonly opening: Statement | undefined;
  readonly statements: readonly Statement[];
}

function partOf(text: string, all: readonly Statement[], section: string): Part {
  const heads = all.filter(({ opens }) => opens);
  const mine = heads.filter(({ opens }) => opens?.section === section);
  if (mine.length > 1) throw new Unclear('section-twice', text, ...mine.map(({ from }) => from));
  const opening = section === '' ? undefined : mine[0];
  const workedOut = heads.find(({ opens }) => opens?.section === undefined);
  if (section !== '' && workedOut) throw new Unclear('hidden', text, workedOut.from);
  if (section !== '' && !opening) throw new Unclear('no-section', text);
  const index = opening ? heads.indexOf(opening) : -1;
  const from = opening?.to ?? 0;
  const to = heads[index + 1]?.from ?? text.length;
  // A file of one section may begin in the middle of the line of another one.
  return { opening, from, to, statements: all.filter((one) => one.from >= from && one.from < to) };
}

/** Set where it may be set, or not: nobody can tell what a condition comes to. */
function refuseHidden(text: string, { words, isPlain, from, opens }: Statement, name: string): void {
  if (isPlain && !opens?.isTable) return;
  let depth = 0;
  for (const [index, word] of words.entries()) {
    if (word.text === '{') depth += 1;
    if (word.text === '}') depth -= 1;
    const follows = words[index + 1]?.text ?? '';
    const isName = word.type === 'name' && word.text === name && words[index - 1]?.text !== '.';
    const inTable = opens?.isTable ? depth === 1 : depth === 0;
    if (isName && inTable && /^[=,]$/.test(follows)) throw new Unclear('hidden', text, from);
  }
}

/** The one line of the section that is an example of it; several of them stay, and the line goes below the last. */
function examplesOf(text: string, tokens: readonly Token[], part: Part, { name }: Wanted): Place | undefined {
  const isOutside = ({ from }: Span) => !part.statements.some((one) => one.from < from && from < one.to);
  const own = tokens.filter(
    (one) =>
      one.type === 'comment' &&
      one.from >= part.from &&
      one.to <= part.to &&
      (isHeader(one.text) || isExample(one.text, name)) &&
      isFirstInLine(text, one.from) &&
      isOutside(one),
  );
  const next = own.findIndex((one) => isHeader(one.text));
  const examples = next < 0 ? own : own.slice(0, next);
  const last = examples.at(-1);
  if (!last) return undefined;
  const line = { from: last.from, to: endOfLine(text, last.from) };
  if (examples.length === 1) return inPlaceOf(line, `${name} = `);
  return ownLine(text, startOfNext(text, last.from), `${indentOf(text, last.from)}${name} = `);
}

/** Of a section that is commented out: what follows in comments is its own. */
const isHeader = (comment: string): boolean => /^-+[ \t]*(VirtualHost|Component)\b/.test(comment);

/** A whole setting that is commented out, not a sentence that begins with its name. */
function isExample(comment: string, name: string): boolean {
  const raw = new RegExp(`^-+[ \\t]*${name}[ \\t]*=(?!=)(.+)$`).exec(comment)?.[1];
  if (raw === undefined) return false;
  try {
    const reader = new LuaReader(raw, luaTokens(raw));
    const end = reader.expression(0);
    return reader.at(reader.at(end).text === ';' ? end + 1 : end).type === 'end';
  } catch (error) {
    if (error instanceof Unclear) return false;
    throw error;
  }
}

/** Below the line that opens the section; of the part before all sections, below its last line. */
function newLine(text: string, part: Part, { name }: Wanted): Place {
  const { opening, statements } = part;
  if (opening?.opens?.isTable) throw new Unclear('hidden', text, opening.from);
  const above = opening ?? statements.at(-1);
  if (!above) return ownLine(text, startOfLine(text, part.to), `${name} = `);
  let end = endOfStatementLine(text, above);
  // Another statement begins in that line and ends in a later one.
  for (const one of statements)
    if (one.from > above.from && one.from < end) end = endOfStatementLine(text, one);
  if (end > part.to && part.to < text.length) throw new Unclear('hidden', text, part.to);
  const sibling = statements.find((one) => one !== opening && isFirstInLine(text, one.from));
  const indent = sibling
    ? indentOf(text, sibling.from)
    : opening
      ? `${indentOf(text, opening.from)}    `
      : '';
  return ownLine(text, end, `${indent}${name} = `);
}

const endOfStatementLine = (text: string, { to }: Span): number => startOfNext(text, to);
