/** What `docs/words.md` asks of a sentence, as far as a program can tell. */
import type { Lang } from '../../src/guide/types.ts';

/** What is quoted to the letter is not ours to set: what stands between quotes, placeholders, addresses, paths. */
const verbatim = [
  /(?<=«\u00a0)[^»]*(?=\u00a0»)/g,
  /(?<=“)[^”]*(?=”)/g,
  /%[A-Za-z][\w.-]*%?/g,
  /⟦[^⟧]*⟧|\{\w+\}/g,
  /\bhttps?:\/\/\S+[\w/]/g,
  /(?<![\p{L}\d])\/[\w./-]+/gu,
];

const bare = (text: string): string => verbatim.reduce((rest, piece) => rest.replace(piece, 'x'), text);

type Rule = readonly [what: string, fault: RegExp];

const both: readonly Rule[] = [
  ['an exclamation mark', /!/],
  ['a straight apostrophe', /'/],
  ['a straight quote', /"/],
  ['three dots instead of …', /\.\.\./],
  ['U+202F', /\u202f/],
];

const french: readonly Rule[] = [
  ['a space before : ; ? that can break', / [:;?»](?= |$)/],
  ['no space before : ; ?', /[^\u00a0\s][:;?](?=[\s)»]|$)/],
  ['« without U+00A0', /«(?!\u00a0)/],
  ['» without U+00A0', /(?<!\u00a0)»/],
  ['English quotes', /[“”]/],
  ['tutoiement', /(?<!\p{L})(tu|ton|ta|tes|toi|te|t’\p{L}+)(?!\p{L})/iu],
  ['a number apart from its unit', /\d (?:s|min|h|ko|Mo|Go|%)(?!\p{L})/u],
  ['thousands that can break', /\d \d{3}(?!\d)/],
  [
    'a word the glossary refuses',
    /(?<![\p{L}.])(rollback|dossiers?|recommence[rz]|manuellement|courriels?|mails?|logs?|backup)(?!\p{L})/iu,
  ],
];

const english: readonly Rule[] = [
  ['a space before a colon', /[ \u00a0][:;?]/],
  ['French quotes', /[«»]/],
  [
    'a word the glossary refuses',
    /\b(folders?|retry|mend|take (it |them )?(all )?back|taken back|drift|is there already|manually|log in|email)\b/i,
  ],
];

/** What is wrong with a sentence; nothing when it is as it should be. */
export function faults(text: string, lang: Lang): string[] {
  const rules = [...both, ...(lang === 'fr' ? french : english)];
  return rules.filter(([, fault]) => fault.test(bare(text))).map(([what]) => what);
}
