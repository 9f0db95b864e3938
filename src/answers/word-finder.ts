/**
 * Finds words in long texts in a time that hardly depends on how many words there are: looks at two characters,
 * and goes on by as many as no word can begin in (Wu and Manber).
 */

/** Of pairs that share a number, each counts as the other: slower by a look, never wrong. */
const pairs = 0x10000;
const pairAt = (text: string, place: number): number =>
  ((text.charCodeAt(place) << 8) ^ text.charCodeAt(place + 1)) & (pairs - 1);

/** Words of two characters at least, the longest first. */
export class WordFinder {
  readonly #longestFirst: readonly string[];
  readonly #shortest: number;
  /** By the pair at the end of a window as long as the shortest word: how far it may go on. */
  readonly #skip: Uint8Array;
  readonly #byPair = new Map<number, string[]>();
  readonly #begins = new Uint8Array(pairs);

  constructor(words: Iterable<string>) {
    this.#longestFirst = [...words].sort((a, b) => b.length - a.length);
    this.#shortest = Math.min(this.#longestFirst.at(-1)?.length ?? 256, 256);
    this.#skip = new Uint8Array(pairs).fill(this.#shortest - 1);
    for (const word of this.#longestFirst) this.#learn(word);
  }

  get longest(): number {
    return this.#longestFirst[0]?.length ?? 0;
  }

  /** The leftmost word from a place on, the longest of those that begin there. */
  find(text: string, from: number): { readonly from: number; readonly to: number } | undefined {
    const back = this.#shortest - 2;
    for (let pair = from + back; pair < text.length - 1; ) {
      // Every number below `pairs` is in the table.
      const skip = this.#skip[pairAt(text, pair)] as number;
      if (skip === 0) {
        const place = pair - back;
        const word = this.#byPair.get(pairAt(text, place))?.find((one) => text.startsWith(one, place));
        if (word !== undefined) return { from: place, to: place + word.length };
      }
      pair += skip || 1;
    }
    return undefined;
  }

  /** Whether the text ends, from this place on, with a part of a word that more text might complete. */
  isBegun(text: string, place: number): boolean {
    const rest = text.length - place;
    if (rest > 1 && this.#begins[pairAt(text, place)] === 0) return false;
    const words = rest > 1 ? this.#byPair.get(pairAt(text, place)) : this.#longestFirst;
    const begun = text.slice(place);
    return words?.some((word) => word.length > rest && word.startsWith(begun)) ?? false;
  }

  #learn(word: string): void {
    const first = pairAt(word, 0);
    const list = this.#byPair.get(first);
    if (list) list.push(word);
    else this.#byPair.set(first, [word]);
    this.#begins[first] = 1;
    for (let place = 0; place < this.#shortest - 1; place++) {
      const pair = pairAt(word, place);
      // Every number below `pairs` is in the table.
      this.#skip[pair] = Math.min(this.#skip[pair] as number, this.#shortest - 2 - place);
    }
  }
}
