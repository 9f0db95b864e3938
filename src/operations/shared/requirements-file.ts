/** Requirements files of pip, as far as the packages that they name. */
import { dirname, join } from 'node:path';
import type { Host } from '../../host/types.ts';
import { peek } from './peek.ts';

/**
 * What a file asks for, with the files that it names; nothing while one of them is not there. `above`: the files that
 * have led to it, which it does not lead back to.
 */
export async function readRequirements(
  path: string,
  host: Host,
  above: readonly string[] = [],
): Promise<string[] | undefined> {
  const text = (await peek(path, () => host.read(path)))?.toString();
  if (text === undefined) return undefined;
  const open = [...above, path];
  const asked: string[] = [];
  for (const line of text.split('\n').map((one) => one.replace(/(^|\s)#.*$/, '').trim())) {
    const named = /^(?:-r|--requirement)[ =]\s*(\S+)$/.exec(line)?.[1];
    const other = named === undefined ? path : join(dirname(path), named);
    const inside = open.includes(other) ? [] : await readRequirements(other, host, open);
    if (inside === undefined) return undefined;
    asked.push(...inside, ...(/^[A-Za-z0-9]/.test(line) ? [line] : []));
  }
  return asked;
}
