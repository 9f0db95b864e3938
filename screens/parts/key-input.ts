/**
 * The terminal's input, one key at a time. Ink tells no function keys apart and takes "abc, Enter" typed
 * ahead over a slow line for one piece of text; here F1 to F5 become control keys and Enter stands alone.
 */

const functionKeys: readonly (readonly [RegExp, string])[] = [
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what terminals send.
  [/\u001bOP|\u001b\[11~|\u001b\[\[A/g, '\u000f'],
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what terminals send.
  [/\u001bOQ|\u001b\[12~|\u001b\[\[B/g, '\u000c'],
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what terminals send.
  [/\u001bOR|\u001b\[13~|\u001b\[\[C/g, '\u0012'],
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what terminals send.
  [/\u001bOS|\u001b\[14~|\u001b\[\[D/g, '\u0007'],
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what terminals send.
  [/\u001b\[15~|\u001b\[\[E/g, '\u0018'],
];
const pasteStart = '\u001b[200~';
const pasteEnd = '\u001b[201~';

/**
 * The same stream, whose `read` gives one key at a time: the next one only after the screen has followed the
 * last. A slow line brings "down, down, Enter" in one piece, and Enter must find the cursor where it was put.
 */
export function keyInput(input: NodeJS.ReadStream): NodeJS.ReadStream {
  const queue: string[] = [];
  const split = keySplitter();
  let isFollowing = false;
  let isHeld = false;
  const follow = (milliseconds: number) => {
    isFollowing = true;
    setTimeout(() => {
      isFollowing = false;
      input.emit('readable');
    }, milliseconds);
  };
  const fetch = (before = '') => {
    const chunk: string | Buffer | null = input.read();
    if (chunk !== null || before !== '') queue.push(...split(before + String(chunk ?? '')));
  };
  const read = (): string | null => {
    if (isFollowing) return null;
    // What was the beginning of a longer key has its rest by now.
    if (isHeld) fetch(queue.pop());
    else if (queue.length === 0) fetch();
    const isLast = queue.length === 1;
    if (queue[0] === escapeKey && isLast && !isHeld) {
      isHeld = true;
      follow(escapeTime);
      return null;
    }
    isHeld = false;
    const key = queue.shift() ?? null;
    if (key !== null) follow(key === escapeKey ? escapeTime : followTime);
    return key;
  };
  return new Proxy(input, {
    get(target, name) {
      if (name === 'read') return read;
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

const escapeKey = '\u001b';
/** Milliseconds after which Escape alone is the key itself; Ink waits 20 to be sure of it. */
const escapeTime = 30;
/** Milliseconds in which a screen takes one key in. */
const followTime = 5;

/** Splits chunks into keys; pasted text stays in one piece. */
export function keySplitter(): (chunk: string) => string[] {
  let isPasting = false;
  return (chunk) =>
    chunk.split(pasteBorders).flatMap((part) => {
      if (part === pasteStart) isPasting = true;
      if (part === pasteEnd) isPasting = false;
      if (part === '' || isPasting || part === pasteEnd) return part === '' ? [] : [part];
      return keysOf(part);
    });
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the borders of pasted text.
const pasteBorders = /(\u001b\[20[01]~)/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: each control key and each arrow stands alone.
const loneKeys = /(\u001b\[[0-9;]*[A-Za-z~]|[\u0001-\u001a])/;

function keysOf(text: string): string[] {
  const translated = functionKeys.reduce((all, [pattern, key]) => all.replace(pattern, key), text);
  return translated
    .split(loneKeys)
    .filter((key) => key !== '')
    .flatMap((key) => (key === '\n' ? ['\r'] : typedKeys(key)));
}

/** More characters in one piece than this were pasted, on a terminal that does not say so. */
const typedAtOnce = 16;

/** A slow line brings "/word" in one piece: the first key decides what the others mean. */
function typedKeys(text: string): string[] {
  const isTyped = !text.includes('\u001b') && text.length <= typedAtOnce;
  return isTyped ? [...text] : [text];
}
