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
  {
    id: 'jitsi-authority-unreachable',
    steps: ['tls-certificate'],
    match: String.raw`host='(?<host>acme[\w.-]{1,80})', port=443\): Max retries exceeded`,
    say: {
      fr: 'Cette machine ne peut pas atteindre le serveur de Let’s Encrypt, {host}.',
      en: 'This machine cannot reach Let’s Encrypt’s server, {host}.',
    },
    do: {
      fr: '«\u00a0curl -sI https://{host}/directory\u00a0» doit répondre\u00a0: vérifiez le DNS, le proxy et ce que le pare-feu laisse sortir, puis réessayez. D’ici là, Jitsi garde le certificat fait ici.',
      en: '“curl -sI https://{host}/directory” has to answer: check the DNS, the proxy and what the firewall lets out, then try again. Until then Jitsi keeps the certificate made here.',
    },
  },
];
