/** A password that a program gives: one line, without its end. */
import type { Readable } from 'node:stream';

/** More is none. */
const longest = 65_536;

/** Nothing where there is no line, or what came is no UTF-8 text. */
export async function readPassword(input: Readable): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of input) {
    const bytes = Buffer.from(chunk);
    const end = bytes.indexOf('\n');
    chunks.push(end < 0 ? bytes : bytes.subarray(0, end));
    length += bytes.length;
    if (end >= 0) break;
    if (length > longest) return undefined;
  }
  return textOf(Buffer.concat(chunks));
}

function textOf(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes).replace(/\r$/, '');
  } catch {
    return undefined;
  }
}
