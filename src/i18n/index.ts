/** The wizard's own words: two catalogues of one shape, and what puts words on values. */
import type { Lang, Text } from '../guide/types.ts';
import { toAscii } from './ascii.ts';
import { en, subject } from './en.ts';
import { fr } from './fr.ts';

export { toAscii } from './ascii.ts';
export { between, clock, counted, duration, lineRanges, moment, plural } from './numbers.ts';

type Widen<T> = T extends (...values: infer Values) => infer Result
  ? (...values: Values) => Result extends string ? string : Result
  : T extends string
    ? string
    : { readonly [Key in keyof T]: Widen<T[Key]> };

/** The shape of a catalogue. */
export type Words = Widen<typeof en>;

const catalogues: Readonly<Record<Lang, Words>> = { fr, en };
const asciiCatalogues: Readonly<Record<Lang, Words>> = { fr: inAscii(fr), en: inAscii(en) };

/** The same shape, each sentence without typography. */
function inAscii<T>(entry: T): T {
  if (typeof entry === 'string') return toAscii(entry) as T;
  if (typeof entry === 'function') return ((...values: unknown[]) => inAscii(entry(...values))) as T;
  if (typeof entry !== 'object' || entry === null) return entry;
  return Object.fromEntries(Object.entries(entry).map(([key, value]) => [key, inAscii(value)])) as T;
}

/** The catalogue of a language; `ascii` for a terminal without typography. */
export function words(lang: Lang, ascii = false): Words {
  return ascii ? asciiCatalogues[lang] : catalogues[lang];
}

/** A sentence of the catalogues, in both languages at once. */
export function inBoth(pick: (words: Words) => string): Text {
  return { fr: pick(fr), en: pick(en) };
}

/** A guide's sentence in the chosen language. */
export function say(text: Text, lang: Lang): string {
  return text[lang];
}

/** An error as the journal keeps it. */
interface Told {
  readonly code: string;
  readonly values: Readonly<Record<string, string>>;
  readonly say?: Text | undefined;
}

/** What happened, in words: the guide's own sentence where it has one. */
export function failureSentence(error: Told, lang: Lang): string {
  if (error.say) return error.say[lang];
  const { sentences, unknown } = catalogues[lang].failure;
  const sentence = Object.entries(sentences).find(([code]) => code === error.code)?.[1];
  return sentence ? sentence(error.values) : unknown(error.code, subject(error.values));
}

/** The same in both languages: for plans and journals. */
export function failureText(error: Told): Text {
  return { fr: failureSentence(error, 'fr'), en: failureSentence(error, 'en') };
}

/** A word of a command as one would type it: in quotes where it has spaces or signs. */
export function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
