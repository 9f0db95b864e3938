/** `guide/NAME` as a file name: no separator, no dot, nothing that a file system or a shell reads otherwise. */

/** Letters, digits, `_` and `-` as they are, every other byte as `%XX`. */
export function encodeName(name: string): string {
  return [...Buffer.from(name)]
    .map((byte) => (isPlain(byte) ? String.fromCharCode(byte) : percent(byte)))
    .join('');
}

/** The name that gives this file name, if one does. */
export function decodeName(file: string): string | undefined {
  try {
    const name = decodeURIComponent(file);
    return encodeName(name) === file ? name : undefined;
  } catch {
    return undefined;
  }
}

function isPlain(byte: number): boolean {
  return /[A-Za-z0-9_-]/.test(String.fromCharCode(byte));
}

function percent(byte: number): string {
  return `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}
