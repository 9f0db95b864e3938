/** The fields of a HOCON text: their whole paths, wherever braces and dots put them. Pure. */
import { beginning, type Span, textOf, Unclear } from './place.ts';
import { match } from './words.ts';

export interface Field extends Span {
  /** Nothing inside an array: no path leads there. */
  readonly path: readonly string[] | undefined;
  readonly value: Span;
  /** Its value is one pair of braces. */
  readonly isObject: boolean;
  /** It adds to what was there. */
  readonly adds: boolean;
  /** Behind its comma, if it has one. */
  readonly end: number;
}

export interface Container {
  readonly path: readonly string[] | undefined;
  /** Behind the opening brace, and at the closing one; the whole text where it has none. */
  readonly from: number;
  readonly to: number;
  readonly hasBraces: boolean;
  readonly fields: Field[];
  /** Where another file comes in. */
  readonly includes: number[];
  /** Between its fields, not inside them. */
  readonly comments: Span[];
}

const deepest = 200;

/** Every object of the text, the outermost one first. */
export function hoconObjects(text: string): Container[] {
  return new Reader(text).whole();
}

/** The value that begins here, and whether it is one object; it goes on until its line ends, or a comma. */
export function hoconValue(text: string, from: number): Span & { readonly isObject: boolean } {
  return new Reader(text).value(from, undefined, 0);
}

const blank = /[ \t\f\v]*/y;
const unquoted = /(?:[^$"{}[\]:=,+#`^?!@*&\\\s/]+|\/(?!\/))+/y;
const quoted = /"[^"\\\r\n]*(?:\\[^\r\n][^"\\\r\n]*)*"/y;
const include = /include\s+(?:(?:required|url|file|classpath)\(\s*){0,2}"[^"\\\r\n]*"(?:\s*\)){0,2}/y;
const substitution = /\$\{[^{}\r\n]*\}/y;

class Reader {
  readonly #text: string;
  readonly #all: Container[] = [];
  constructor(text: string) {
    this.#text = text;
  }

  whole(): Container[] {
    const outer = {
      path: [],
      from: 0,
      to: this.#text.length,
      hasBraces: false,
      fields: [],
      includes: [],
      comments: [],
    };
    const start = this.#between(beginning(this.#text), outer.comments);
    if (this.#text.charAt(start) !== '{') {
      const end = this.#fields(beginning(this.#text), { ...outer, comments: [] }, 0);
      if (end < this.#text.length) throw this.#unreadable(end);
      return this.#all;
    }
    const end = this.#between(this.#object(start, [], 0), []);
    if (end < this.#text.length) throw this.#unreadable(end);
    return this.#all;
  }

  value(from: number, path: readonly string[] | undefined, depth: number): Span & { isObject: boolean } {
    if (depth > deepest) throw this.#unreadable(from);
    let to = from;
    let parts = 0;
    let isObject = false;
    for (let at = from; ; at = this.#skip(blank, to)) {
      const next = this.#part(at, path, depth);
      if (next === undefined) break;
      isObject = parts === 0 && this.#text.charAt(at) === '{';
      parts += 1;
      to = next;
    }
    if (parts === 0) throw this.#unreadable(from);
    return { from, to, isObject };
  }

  /** One part of a value; nothing where the value ends. */
  #part(at: number, path: readonly string[] | undefined, depth: number): number | undefined {
    const text = this.#text;
    const first = text.charAt(at);
    if (at >= text.length || /[,}\]\r\n#]/.test(first) || text.startsWith('//', at)) return undefined;
    if (first === '{') return this.#object(at, path, depth + 1);
    if (first === '[') return this.#array(at, depth + 1);
    if (text.startsWith('"""', at)) return this.#longEnd(at);
    const to = match(quoted, text, at) ?? match(substitution, text, at) ?? match(unquoted, text, at);
    if (to === undefined) throw this.#unreadable(at);
    return to;
  }

  /** Quotes that follow the last three belong to the string. */
  #longEnd(at: number): number {
    let end = this.#text.indexOf('"""', at + 3);
    if (end < 0) throw this.#unreadable(at);
    while (this.#text.charAt(end + 3) === '"') end += 1;
    return end + 3;
  }

  #object(open: number, path: readonly string[] | undefined, depth: number): number {
    const container = {
      path,
      from: open + 1,
      to: open + 1,
      hasBraces: true,
      fields: [],
      includes: [],
      comments: [],
    };
    const end = this.#fields(open + 1, container, depth);
    if (this.#text.charAt(end) !== '}') throw this.#unreadable(open);
    return end + 1;
  }

  #array(open: number, depth: number): number {
    let at = this.#between(open + 1, []);
    while (this.#text.charAt(at) !== ']') {
      if (at >= this.#text.length) throw this.#unreadable(open);
      at = this.#between(this.value(at, undefined, depth).to, []);
    }
    return at + 1;
  }

  #fields(from: number, container: Container, depth: number): number {
    if (depth > deepest) throw this.#unreadable(from);
    const index = this.#all.push(container) - 1;
    let at = from;
    for (;;) {
      at = this.#between(at, container.comments);
      if (at >= this.#text.length || this.#text.charAt(at) === '}') break;
      const included = match(include, this.#text, at);
      if (included !== undefined) container.includes.push(at);
      at = included ?? this.#field(at, container, depth);
    }
    this.#all[index] = { ...container, to: at };
    return at;
  }

  #field(from: number, container: Container, depth: number): number {
    const key = this.#key(from);
    const path = container.path && [...container.path, ...key.path];
    const sign = this.#between(key.to, []);
    const separator = match(/\+?=|:|(?=\{)/y, this.#text, sign);
    if (separator === undefined) throw this.#unreadable(from);
    const start = this.#between(separator, []);
    const { isObject, ...value } = this.value(start, path, depth);
    const comma = this.#skip(blank, value.to);
    const end = this.#text.charAt(comma) === ',' ? comma + 1 : value.to;
    const adds = this.#text.charAt(sign) === '+';
    container.fields.push({ path, from, to: value.to, value, isObject, adds, end });
    return end;
  }

  #key(from: number): { readonly path: string[]; readonly to: number } {
    let to = from;
    for (let at = from; ; at = this.#skip(blank, to)) {
      const next = match(quoted, this.#text, at) ?? match(unquoted, this.#text, at);
      if (next === undefined) break;
      to = next;
    }
    const path = to > from ? hoconPath(textOf(this.#text.slice(from, to))) : undefined;
    if (path === undefined) throw this.#unreadable(from);
    return { path, to };
  }

  /** Blanks, line ends, commas and comments; where something else begins. */
  #between(from: number, comments: Span[]): number {
    let at = from;
    for (;;) {
      at = this.#skip(/[\s,]*/y, at);
      const end = match(/(?:#|\/\/)[^\r\n]*/y, this.#text, at);
      if (end === undefined) return at;
      comments.push({ from: at, to: end });
      at = end;
    }
  }

  #skip(pattern: RegExp, at: number): number {
    return match(pattern, this.#text, at) ?? at;
  }

  #unreadable(at: number): Unclear {
    return new Unclear('unreadable', this.#text, at);
  }
}

/** The names in a path; nothing where it is none. A dot in quotes is a part of a name. */
export function hoconPath(text: string): string[] | undefined {
  const path: string[] = [];
  let name = '';
  let isNamed = false;
  for (let at = 0; at < text.length; ) {
    const end = match(quoted, text, at);
    if (end !== undefined) {
      const string = hoconString(text.slice(at, end));
      if (string === undefined) return undefined;
      name += string;
      isNamed = true;
      at = end;
    } else if (text.charAt(at) === '.') {
      if (!isNamed && name.trim() === '') return undefined;
      path.push(isNamed ? name : name.trim());
      [name, isNamed] = ['', false];
      at += 1;
    } else {
      name += text.charAt(at);
      at += 1;
    }
  }
  return isNamed || name.trim() !== '' ? [...path, isNamed ? name : name.trim()] : undefined;
}

/** Of one quoted word, as text. */
export function hoconString(quotedText: string): string | undefined {
  try {
    const value: unknown = JSON.parse(quotedText.replaceAll('\t', '\\t'));
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}
