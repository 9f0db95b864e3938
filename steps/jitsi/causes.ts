/** Ways to fail that only Jitsi Meet has. */
import type { KnownCause } from '../../src/guide/types.ts';

export const causes: readonly KnownCause[] = [
  {
    id: 'jitsi-port-held',
    steps: ['preflight'],
    match: String.raw`port (?<port>(?:tcp|udp)/\d+): .*users:\(\("(?<program>[^"]{1,80})",pid=(?<pid>\d+)`,
    say: {
      fr: 'Le processus {pid} ({program}) tient le port {port}.',
      en: 'The process {pid} ({program}) holds the port {port}.',
    },
    do: {
      fr: '«\u00a0systemctl status {pid}\u00a0» dit à quel service il est. Arrêtez-le ou donnez-lui un autre port, puis réessayez\u00a0; si c’est un autre serveur XMPP ou une autre visioconférence, prenez une autre machine.',
      en: '“systemctl status {pid}” says which service it is of. Stop it or give it another port, then try again; if it is another XMPP server or another video conference, take another machine.',
    },
  },
];
