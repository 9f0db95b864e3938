/**
 * RFC 4013, as far as two spellings of one password go: blanks of other scripts, signs that nobody sees, and forms that
 * Unicode holds for the same. What the RFC forbids is left to the program that reads the password.
 */
export function saslprep(text: string): string {
  const seen = [...text].filter((character) => !isUnseen(character.codePointAt(0) ?? 0)).join('');
  return seen.replace(otherBlanks, ' ').normalize('NFKC');
}

const otherBlanks = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g;

/** RFC 3454, table B.1. */
const unseen = [
  [0x00ad, 0x00ad],
  [0x034f, 0x034f],
  [0x1806, 0x1806],
  [0x180b, 0x180d],
  [0x200b, 0x200d],
  [0x2060, 0x2060],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
] as const;

const isUnseen = (point: number): boolean => unseen.some(([from, to]) => from <= point && point <= to);
