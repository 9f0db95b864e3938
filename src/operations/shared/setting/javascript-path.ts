/** What gives a value to a path such as `config.hosts.x` in a script: objects in objects, and assignments. Pure. */
import { at, type Code, nameOf, propertiesOf, unclear } from './javascript-script.ts';
import type { Token } from './javascript-tokens.ts';
import type { Span } from './place.ts';

export interface Found {
  /** Objects that hold the property, or would. */
  readonly containers: { readonly open: number }[];
  readonly set: { readonly value: Span; readonly statement: Span }[];
}

/** All that gives a value to the path, or to what it is in. */
export function findIn(code: Code, path: readonly string[]): Found {
  const found: Found = { containers: [], set: [] };
  let depth = 0;
  for (const [index, word] of code.words.entries()) {
    if (word.type === 'sign' && '([{'.includes(word.text)) depth += 1;
    if (word.type === 'sign' && ')]}'.includes(word.text)) depth -= 1;
    if (word.type !== 'name' || word.text !== path[0] || !isStartOfPath(code, index)) continue;
    const target = pathAt(code, index);
    if (!isOnTheWay(target.path, path) || !isChange(code, index, target.end)) continue;
    if (depth > 0 || at(code, target.end).text !== '=' || !beginsStatement(code, index))
      throw unclear(code, 'hidden', index);
    follow(code, { index, ...target }, path, found);
  }
  return found;
}

const isStartOfPath = (code: Code, index: number): boolean =>
  !['.', '?.'].includes(index > 0 ? at(code, index - 1).text : '') && at(code, index + 1).text !== ':';

const isOnTheWay = (target: readonly string[], path: readonly string[]): boolean =>
  target.length <= path.length && target.every((name, index) => name === path[index]);

/** `a.b["c"]`, as far as its names are known. */
function pathAt(code: Code, from: number): { readonly path: string[]; readonly end: number } {
  const path = [at(code, from).text];
  let index = from + 1;
  for (;;) {
    const [first, second, third] = [at(code, index), at(code, index + 1), at(code, index + 2)];
    if (first.text === '.' && second.type === 'name') {
      path.push(second.text);
      index += 2;
    } else if (first.text === '[' && second.type === 'string' && third.text === ']') {
      path.push(nameOf(second));
      index += 3;
    } else return { path, end: index };
  }
}

const isAssignment = (word: Token): boolean =>
  word.type === 'sign' &&
  (/^([-+*/%&|^]|\*\*|<<|>>>?|&&|\|\||\?\?)?=$/.test(word.text) || /^(\+\+|--)$/.test(word.text));

function isChange(code: Code, from: number, end: number): boolean {
  const before = from > 0 ? at(code, from - 1) : undefined;
  return isAssignment(at(code, end)) || before?.text === 'delete' || /^(\+\+|--)$/.test(before?.text ?? '');
}

const declares = /^(var|let|const)$/;

function beginsStatement(code: Code, index: number): boolean {
  if (index === 0) return true;
  const before = at(code, index - 1);
  if (declares.test(before.text)) return beginsStatement(code, index - 1);
  if ([';', '}', '{'].includes(before.text)) return true;
  const isNewLine = /[\r\n]/.test(code.text.slice(before.to, at(code, index).from));
  return isNewLine && (before.type !== 'sign' || [')', ']'].includes(before.text));
}

interface Target {
  readonly index: number;
  readonly path: readonly string[];
  readonly end: number;
}

/** From an assignment down to the property. */
function follow(
  code: Code,
  { index, path: target, end }: Target,
  path: readonly string[],
  found: Found,
): void {
  const first = end + 1;
  if (target.length === path.length) {
    const value = assignedValue(code, first);
    const semicolon = code.words.find(({ from, text }) => from >= value.to && text === ';');
    const to = semicolon && code.text.slice(value.to, semicolon.from).trim() === '' ? semicolon.to : value.to;
    found.set.push({ value, statement: { from: at(code, index).from, to } });
    return;
  }
  const close = code.pairs.get(first);
  if (at(code, first).text !== '{' || close === undefined || !endsStatement(code, close))
    throw unclear(code, 'hidden', index);
  descend(code, first, target.length, path, found);
}

/** It ends with a semicolon, or with its line. */
function assignedValue(code: Code, first: number): Span {
  let index = first;
  for (;;) {
    const last = code.pairs.get(index) ?? index;
    if (at(code, last).type === 'end') throw unclear(code, 'hidden', first);
    if (endsStatement(code, last)) return { from: at(code, first).from, to: at(code, last).to };
    if (at(code, last + 1).text === ',') throw unclear(code, 'hidden', first);
    index = last + 1;
  }
}

function endsStatement(code: Code, last: number): boolean {
  const next = at(code, last + 1);
  if (next.type === 'end' || next.text === ';') return true;
  const word = at(code, last);
  const isNewLine = /[\r\n]/.test(code.text.slice(word.to, next.from));
  const isOperand = word.type !== 'sign' || [')', ']', '}'].includes(word.text);
  return isNewLine && isOperand && next.type === 'name' && !/^(in|of|instanceof)$/.test(next.text);
}

function descend(code: Code, open: number, depth: number, path: readonly string[], found: Found): void {
  const isLast = depth === path.length - 1;
  if (isLast) found.containers.push({ open });
  for (const { key, from, value, end } of propertiesOf(code, open)) {
    if (key === undefined) throw unclear(code, 'hidden', from);
    if (key !== path[depth]) continue;
    if (value === undefined) throw unclear(code, 'hidden', from);
    const last = at(code, end - 1).to;
    const comma = at(code, end);
    const statement = { from: at(code, from).from, to: comma.text === ',' ? comma.to : last };
    if (isLast) found.set.push({ value: { from: at(code, value).from, to: last }, statement });
    else if (at(code, value).text === '{' && code.pairs.get(value) === end - 1)
      descend(code, value, depth + 1, path, found);
    else throw unclear(code, 'hidden', from);
  }
}
