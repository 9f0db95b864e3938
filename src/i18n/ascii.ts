/** Typography for terminals that have none: only letters may keep their accents. */

const replacements: Readonly<Record<string, string>> = {
  '\u00a0': ' ',
  '\u202f': ' ',
  '«': '"',
  '»': '"',
  '“': '"',
  '”': '"',
  '‘': "'",
  '’': "'",
  '…': '...',
  '–': '-',
  '—': '-',
  '·': '-',
  '•': '*',
  '×': 'x',
  '→': '->',
  '←': '<-',
  '≠': '!=',
  '≥': '>=',
  '≤': '<=',
  '›': '>',
  '‹': '<',
  '±': '+-',
  '°': 'o',
  œ: 'oe',
  Œ: 'OE',
  '⇧': 'Shift-',
  '✔': '+',
  '✖': 'x',
};

/** The text without any character above `~` but accented letters. */
export function toAscii(text: string): string {
  return text.replace(/[^\n -~]/gu, (character) => replacements[character] ?? letterOrSign(character));
}

function letterOrSign(character: string): string {
  return /^[À-ÖØ-öø-ÿ]$/.test(character) ? character : '?';
}
