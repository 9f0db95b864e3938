/** The text of an answers file, or why what is at that path is none. */
import type { Text } from '../guide/types.ts';
import type { Host, Stat } from '../host/types.ts';
import { say } from '../i18n/texts/answers.ts';

/** No guide has so many questions. */
export const longestFile = 1_000_000;

export type AnswersText = { readonly text: string; readonly stat: Stat } | { readonly problem: Text };

/** Whoever can read a link to it is not who can read the file. */
export async function readAnswersText(
  host: Pick<Host, 'withoutLinks' | 'stat' | 'read'>,
  path: string,
): Promise<AnswersText> {
  const real = await host.withoutLinks(path);
  const stat = await host.stat(real);
  if (!stat) return { problem: say.noAnswersFile(path) };
  if (stat.type !== 'file') return { problem: say.notAFile(path) };
  const bytes = await host.read(real, longestFile);
  if (!bytes) return { problem: say.tooLargeFile(path) };
  return bytes.includes(0) ? { problem: say.binaryFile(path) } : { text: bytes.toString(), stat };
}
