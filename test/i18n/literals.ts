/** Sentences written in code: string literals, templates and JSX text that hold words, by the syntax tree. */
import { parseAst } from 'vitest/node';

export interface Literal {
  readonly line: number;
  readonly text: string;
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly [key: string]: unknown;
}

/** Two words with a space between. */
const isSentence = (text: string) => /\p{L}{2,}[,;:.]? \p{L}{2,}/u.test(text);
const hasWord = (text: string) => /\p{L}{2,}/u.test(text);

/** Literals of a source that a person might read. */
export function literalsIn(source: string, lang: 'ts' | 'tsx' = 'ts'): Literal[] {
  const lineOf = ({ start }: Node) => source.slice(0, start).split('\n').length;
  const visit = (value: unknown): Literal[] => {
    if (Array.isArray(value)) return value.flatMap(visit);
    if (!isNode(value) || isSilent(value)) return [];
    const own = pairOf(value) ?? sentenceOf(value);
    return own === undefined ? Object.values(value).flatMap(visit) : [{ line: lineOf(value), text: own }];
  };
  return visit(parseAst(source, { lang }));
}

/** Types and imports; and what an error tells: that is for a bug report, a person reads the sentence of its code. */
const isSilent = (node: Node): boolean =>
  /^(TS(?!As|Satisfies|NonNull)|Import)/.test(node.type) ||
  (node.type === 'NewExpression' && /(Error|Failure|CannotCarry)$/.test(nameOf(node['callee'])));

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

const nameOf = (node: unknown): string =>
  isNode(node) && typeof node['name'] === 'string' ? node['name'] : '';

function textOf(node: Node): string | undefined {
  if (node.type === 'Literal') return typeof node['value'] === 'string' ? node['value'] : undefined;
  if (node.type === 'JSXText') return String(node['value']);
  if (node.type !== 'TemplateLiteral') return undefined;
  // The shape of a template in ESTree.
  const quasis = node['quasis'] as readonly { readonly value: { readonly cooked: string } }[];
  return quasis.map(({ value }) => value.cooked).join('…');
}

function sentenceOf(node: Node): string | undefined {
  const text = textOf(node);
  return text !== undefined && isSentence(text) ? text : undefined;
}

/** `{ fr: '…', en: '…' }` with a word in each: belongs in a catalogue, however short. */
function pairOf(node: Node): string | undefined {
  if (node.type !== 'ObjectExpression') return undefined;
  const properties = node['properties'] as readonly Node[];
  const texts = ['fr', 'en'].map((lang) => {
    const value = properties.find((property) => nameOf(property['key']) === lang)?.['value'];
    return isNode(value) ? (textOf(value) ?? '') : '';
  });
  return texts.every(hasWord) ? texts.join(' | ') : undefined;
}
