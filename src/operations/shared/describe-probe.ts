/** What a probe looks for, in words. */
import type { Probe } from '../../guide/kinds.ts';
import type { Text } from '../../guide/types.ts';
import * as texts from '../../i18n/texts/probes.ts';
import type { Resolved, Values } from '../verbs.ts';

type Known = Resolved<Probe>;

const longestWord = 72;

/** A script in an argument is told by its beginning. */
function shortened(word: string): string {
  const line = word.replaceAll(/\s+/g, ' ');
  return line.length > longestWord ? `${line.slice(0, longestWord - 1)}…` : line;
}

export function describeProbe(probe: Known, values: Values): Text {
  const masked = (text: string) => values.masked(text);
  if ('run' in probe) return texts.verbatim(probe.run.map((word) => shortened(masked(word))).join(' '));
  if ('exists' in probe) return texts.exists(masked(probe.exists));
  if ('absent' in probe) return texts.doesNotExist(masked(probe.absent));
  if ('http' in probe)
    return texts.verbatim(
      `${probe.host === undefined ? '' : `${masked(probe.host)}, `}${masked(probe.http)} → ${probe.status}`,
    );
  if ('tcp' in probe) return texts.answers(masked(probe.tcp));
  if ('redis' in probe) return texts.redisAnswers(masked(probe.redis));
  if ('portFree' in probe) return texts.portIsFree(masked(probe.portFree));
  if ('service' in probe) return texts.isActive(masked(probe.service));
  return texts.all(probe.all.map((one) => describeProbe(one, values)));
}
