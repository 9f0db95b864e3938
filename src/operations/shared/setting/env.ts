/** Lines of a .env file: `NAME=value`, perhaps with `export`, a value in quotes may go over several lines. Pure. */
import {
  beginning,
  endOfLine,
  type Format,
  ownLine,
  type Span,
  setAt,
  startOfNext,
  textOf,
  Unclear,
  type Wanted,
} from './place.ts';
import { examplePlace } from './properties.ts';

interface Line extends Span {
  readonly name: string;
  readonly value: Span;
}

export const env: Format = {
  has: ({ section, name }) => section === '' && /^[A-Za-z_]\w*$/.test(name),

  locate(text, { name }: Wanted) {
    const { lines, comments } = linesOf(text);
    const [first, second] = lines.filter((one) => one.name === name);
    if (first && second) throw new Unclear('twice', text, first.from, second.from);
    if (first) return setAt(first.value, first);
    const pattern = new RegExp(`^[ \\t]*#+[ \\t]*(export[ \\t]+)?${name}=`);
    const examples = comments.filter((one) => pattern.test(text.slice(one.from, one.to)));
    return examplePlace(text, examples, `${name}=`) ?? ownLine(text, text.length, `${name}=`);
  },

  read(raw) {
    const bytes =
      /^'([^']*)'$/.exec(raw)?.[1] ?? /^"([^"\\$`]*)"$/.exec(raw)?.[1] ?? /^[^'"`\\$\s]*$/.exec(raw)?.[0];
    return bytes === undefined ? undefined : textOf(bytes);
  },

  isValue: (raw) => !/[\r\n]/.test(raw) && valueAt(raw, 0, raw.length).to === raw.length,
};

function linesOf(text: string): { readonly lines: Line[]; readonly comments: Span[] } {
  const lines: Line[] = [];
  const comments: Span[] = [];
  for (let at = beginning(text); at < text.length; ) {
    const end = endOfLine(text, at);
    const start = /^[ \t]*(?:(#)|(?:export[ \t]+)?([A-Za-z_][\w.-]*)[ \t]*=[ \t]*)?/.exec(
      text.slice(at, end),
    );
    const [whole = '', hash, name] = start ?? [];
    let to = end;
    if (hash) comments.push({ from: at, to: end });
    if (name !== undefined) {
      const value = valueAt(text, at + whole.length, end);
      lines.push({ name, from: at + indentLength(whole), to: value.to, value });
      to = value.to;
    }
    at = startOfNext(text, to);
  }
  return { lines, comments };
}

const indentLength = (text: string): number => /^[ \t]*/.exec(text)?.[0].length ?? 0;

/** Without the blanks and the comment behind it. */
function valueAt(text: string, from: number, end: number): Span {
  const quote = text.charAt(from);
  if (!['"', "'", '`'].includes(quote) || from >= end) {
    const rest = text.slice(from, end).replace(/[ \t]#.*$/, '');
    if (!rest.startsWith('#') || text.charAt(from - 1) === '=')
      return { from, to: from + rest.trimEnd().length };
    // Nothing but a comment.
    const sign = text.lastIndexOf('=', from) + 1;
    return { from: sign, to: sign };
  }
  const to = closingQuote(text, from);
  if (!/^[ \t]*(#.*)?$/.test(text.slice(to, endOfLine(text, to))))
    throw new Unclear('unreadable', text, from);
  return { from, to };
}

function closingQuote(text: string, from: number): number {
  const quote = text.charAt(from);
  for (let at = from + 1; at < text.length; at += 1) {
    if (text.charAt(at) === quote) return at + 1;
    if (text.charAt(at) === '\\' && quote === '"') at += 1;
  }
  throw new Unclear('unreadable', text, from);
}
