/** What several guides look at beside their forms. */
import type { Cond, LiveLook } from '../../src/guide/types.ts';

/** The mail server of the answers `PREFIX_HOST`, `_PORT`, `_SECURITY`: it greets first, unless it speaks TLS from the start. */
export function smtpLooks(prefix: string, isAsked: readonly Cond[] = []): LiveLook[] {
  const isTlsFromTheStart: Cond = { answer: `${prefix}_SECURITY`, is: ['ssl'] };
  const server = {
    topic: 'mail',
    of: [`${prefix}_HOST`, `${prefix}_PORT`],
    look: 'banner',
    host: `%${prefix}_HOST%`,
    port: `%${prefix}_PORT%`,
  } as const;
  return [
    { ...server, id: 'smtp', when: { all: [...isAsked, { not: isTlsFromTheStart }] }, banner: '220' },
    { ...server, id: 'smtps', when: { all: [...isAsked, isTlsFromTheStart] } },
  ];
}
