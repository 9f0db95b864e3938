/** Every sentence a person can read, with the place it comes from. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Lang, Text } from '../../src/guide/types.ts';
import { answersFileWords } from '../../src/i18n/answers-file.ts';
import { words } from '../../src/i18n/index.ts';
import { reportWords } from '../../src/i18n/report.ts';
import { commonCauses } from '../../src/run/causes.ts';
import { allGuides } from '../steps/all.ts';

export interface Sentence {
  readonly at: string;
  readonly text: string;
}

type Sayer = (...values: unknown[]) => unknown;

/** Stands for a number, a text, a list or a `Text`: whatever it is put into shows `⟦n⟧`. */
function marked(index: number): unknown {
  const mark = `⟦${index}⟧`;
  return Object.assign(Object(mark), {
    fr: mark,
    en: mark,
    toFixed: () => mark,
    join: () => mark,
    map: () => [mark],
  });
}

/** Stands for the values of a failure: each name shows itself. */
const failureValues = (without: string) =>
  new Proxy({}, { get: (_, name) => (name === without ? '' : `⟦${String(name)}⟧`) });

/** What a person types is not said. */
const isRead = (at: string) => at === 'plain.isYes';

/** Arguments to call a sentence with: all marked, and each of them empty in turn. */
function callsOf(at: string, count: number): unknown[][] {
  if (at.startsWith('failure.sentences.')) {
    const names = ['', 'timedOut', 'minutes', 'seconds', 'reason', 'path'];
    return names.map((name) => [failureValues(name)]);
  }
  const all = Array.from({ length: count }, (_, index) => marked(index + 1));
  return [all, ...all.map((_, empty) => all.map((value, index) => (index === empty ? '' : value)))];
}

/** Nothing where an empty text cannot stand for the value (a list, a number with decimals). */
function call(say: Sayer, values: readonly unknown[]): unknown {
  try {
    return say(...values);
  } catch (error) {
    if (error instanceof TypeError && values.includes('')) return undefined;
    throw error;
  }
}

function sayings(entry: unknown, at: string, count: (at: string) => number): Sentence[] {
  if (typeof entry === 'string') return [{ at, text: entry }];
  if (typeof entry === 'function') {
    if (isRead(at)) return [];
    return callsOf(at, count(at)).flatMap((values, index) =>
      sayings(call(entry as Sayer, values), `${at}#${index}`, count),
    );
  }
  if (typeof entry !== 'object' || entry === null) return [];
  return Object.entries(entry).flatMap(([key, value]) =>
    sayings(value, at === '' ? key : `${at}.${key}`, count),
  );
}

function at(path: string, root: unknown): unknown {
  return path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], root);
}

/** All catalogues of a language: the screens' and lines', the as-built document's, the answers file's. */
export const cataloguesOf = (lang: Lang) => ({
  ...words(lang),
  report: reportWords[lang],
  answersFile: answersFileWords[lang],
});

/** Their sentences; French functions may leave out values they do not use. */
export function catalogue(lang: Lang): Sentence[] {
  const count = (path: string) => (at(path, cataloguesOf('en')) as Sayer).length;
  return sayings(cataloguesOf(lang), '', count);
}

/** Keys of a catalogue, however deep. */
export function keysOf(entry: unknown, path = ''): string[] {
  if (typeof entry !== 'object' || entry === null) return [path];
  return Object.entries(entry).flatMap(([key, value]) => keysOf(value, `${path}.${key}`));
}

export interface Pair {
  readonly at: string;
  readonly text: Text;
}

/** `{ fr, en }` wherever it stands; functions are called with marked values. */
function textsIn(value: unknown, path: string): Pair[] {
  if (typeof value === 'function')
    return callsOf('', value.length).flatMap((values, index) =>
      textsIn(call(value as Sayer, values), `${path}#${index}`),
    );
  if (typeof value !== 'object' || value === null) return [];
  if (isText(value)) return [{ at: path, text: value }];
  return Object.entries(value).flatMap(([key, one]) => textsIn(one, `${path}.${nameOf(one) ?? key}`));
}

const isText = (value: object): value is Text =>
  'fr' in value && typeof value.fr === 'string' && 'en' in value && typeof value.en === 'string';

const nameOf = (value: unknown): string | undefined =>
  typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string'
    ? value.id
    : undefined;

/** What goes into plans and journals. */
export async function ownTexts(): Promise<Pair[]> {
  const folder = join(import.meta.dirname, '..', '..', 'src', 'i18n', 'texts');
  const modules = await Promise.all(
    readdirSync(folder).map(async (file) => textsIn(await import(join(folder, file)), file)),
  );
  return [...modules.flat(), ...textsIn(commonCauses, 'causes')];
}

export async function guideTexts(): Promise<Pair[]> {
  return (await allGuides()).flatMap((guide) => textsIn(guide, guide.id));
}

/** All of it in one language. */
export async function everything(lang: Lang): Promise<Sentence[]> {
  const texts = [...(await ownTexts()), ...(await guideTexts())];
  return [...catalogue(lang), ...texts.map(({ at, text }) => ({ at, text: text[lang] }))];
}
