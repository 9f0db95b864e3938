/** What a probe looks for, in words. */
import type { Probe } from '../../guide/kinds.ts';
import type { Text } from '../../guide/types.ts';
import type { Resolved, Values } from '../verbs.ts';

type Known = Resolved<Probe>;

export function describeProbe(probe: Known, values: Values): Text {
  const masked = (text: string) => values.masked(text);
  if ('run' in probe) return same(probe.run.map(masked).join(' '));
  if ('exists' in probe)
    return { fr: `${masked(probe.exists)} existe`, en: `${masked(probe.exists)} exists` };
  if ('absent' in probe)
    return { fr: `${masked(probe.absent)} n’existe pas`, en: `${masked(probe.absent)} does not exist` };
  if ('http' in probe)
    return same(
      `${probe.host === undefined ? '' : `${masked(probe.host)}, `}${masked(probe.http)} → ${probe.status}`,
    );
  if ('tcp' in probe) return { fr: `${masked(probe.tcp)} répond`, en: `${masked(probe.tcp)} answers` };
  if ('redis' in probe)
    return { fr: `Redis répond (${masked(probe.redis)})`, en: `Redis answers (${masked(probe.redis)})` };
  if ('portFree' in probe) {
    const port = masked(probe.portFree);
    return { fr: `le port ${port} est libre`, en: `port ${port} is free` };
  }
  if ('service' in probe)
    return { fr: `${masked(probe.service)} est actif`, en: `${masked(probe.service)} is active` };
  const all = probe.all.map((one) => describeProbe(one, values));
  return { fr: all.map(({ fr }) => fr).join(', '), en: all.map(({ en }) => en).join(', ') };
}

const same = (text: string): Text => ({ fr: text, en: text });
