/** The folders that something is in. */

/** The outermost first, without `/`. */
export function foldersAbove(path: string): string[] {
  const parts = path.split('/');
  return parts.slice(2).map((_, index) => parts.slice(0, index + 2).join('/'));
}
