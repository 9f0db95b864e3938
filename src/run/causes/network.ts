/** Names, proxies, certificates, servers: whoever asked. */
import type { KnownCause } from '../../guide/types.ts';

export const network: readonly KnownCause[] = [
  {
    id: 'proxy-denied',
    match: '407 Proxy Authentication|Tunnel connection failed: 407',
    say: {
      fr: 'Le proxy veut un compte et un mot de passe, ou refuse ceux qu’il a reçus.',
      en: 'The proxy wants an account and a password, or refuses those it was given.',
    },
    do: {
      fr: '«\u00a0env | grep -i proxy\u00a0» montre les réglages de votre session\u00a0: corrigez-les, relancez l’assistant, il reprendra ici.',
      en: '“env | grep -i proxy” shows the settings of your session: correct them, start the wizard again, it goes on from here.',
    },
  },
  {
    id: 'proxy-refused',
    match: 'ProxyError|Cannot connect to proxy|Tunnel connection failed',
    say: {
      fr: 'Le proxy réglé sur cette machine ne répond pas, ou refuse cette adresse.',
      en: 'The proxy that this machine is set to use does not answer, or refuses this address.',
    },
    do: {
      fr: '«\u00a0env | grep -i proxy\u00a0» montre les réglages de votre session\u00a0: corrigez-les, relancez l’assistant, il reprendra ici.',
      en: '“env | grep -i proxy” shows the settings of your session: correct them, start the wizard again, it goes on from here.',
    },
  },
  {
    id: 'tls-untrusted',
    match:
      'CERTIFICATE_VERIFY_FAILED|self[- ]signed certificate|unable to get local issuer certificate|certificate verification failed|server certificate verification failed',
    say: {
      fr: 'Le certificat du serveur n’est pas reconnu\u00a0: autorité de votre établissement inconnue de cette machine, proxy qui déchiffre, ou horloge fausse.',
      en: 'The server’s certificate is not trusted: an authority of your institution that this machine does not know, a proxy that decrypts, or a wrong clock.',
    },
    do: {
      fr: 'Mettez le certificat de l’autorité (.crt) dans /usr/local/share/ca-certificates, lancez «\u00a0update-ca-certificates\u00a0», vérifiez «\u00a0timedatectl\u00a0», puis réessayez.',
      en: 'Put the authority’s certificate (.crt) in /usr/local/share/ca-certificates, run “update-ca-certificates”, check “timedatectl”, then try again.',
    },
  },
  {
    id: 'name-not-resolved',
    match:
      'Temporary failure in name resolution|Name or service not known|EAI_AGAIN|ENOTFOUND|Could not resolve host|No address associated with hostname',
    say: {
      fr: 'Le nom du serveur ne se traduit pas en adresse\u00a0: DNS en panne, nom mal écrit, ou pas de réseau.',
      en: 'The server’s name does not translate to an address: DNS out of order, a name misspelt, or no network.',
    },
    do: {
      fr: 'Essayez «\u00a0getent hosts\u00a0» suivi du nom, et regardez /etc/resolv.conf. Puis réessayez.',
      en: 'Try “getent hosts” followed by the name, and look at /etc/resolv.conf. Then try again.',
    },
  },
  {
    id: 'network-unreachable',
    match: 'Network is unreachable|ENETUNREACH|EHOSTUNREACH|No route to host',
    say: {
      fr: 'Aucun chemin ne mène à ce serveur\u00a0: réseau coupé, route ou pare-feu.',
      en: 'No way leads to this server: network cut, a route or a firewall.',
    },
    do: {
      fr: '«\u00a0ip route\u00a0» et «\u00a0ip -brief address\u00a0» montrent ce qu’a cette machine. Puis réessayez.',
      en: '“ip route” and “ip -brief address” show what this machine has. Then try again.',
    },
  },
  {
    id: 'pip-cannot-connect',
    match: String.raw`HTTPS?Connection\(host='(?<host>[\w.:-]{1,120})', port=(?<port>\d{1,5})\): Failed to establish a new connection`,
    say: {
      fr: 'pip n’arrive pas à joindre {host}, port {port}\u00a0: c’est le dépôt Python, ou le proxy de votre session.',
      en: 'pip cannot reach {host}, port {port}: the Python index, or the proxy of your session.',
    },
    do: {
      fr: '«\u00a0env | grep -i -e proxy -e pip_\u00a0» montre les réglages. Corrigez-les et relancez l’assistant\u00a0: il reprendra ici.',
      en: '“env | grep -i -e proxy -e pip_” shows the settings. Correct them and start the wizard again: it goes on from here.',
    },
  },
  {
    id: 'connection-refused',
    match: String.raw`Connection refused|ECONNREFUSED|Errno 111\b`,
    say: {
      fr: 'Personne n’écoute à cette adresse et à ce port\u00a0: le service est arrêté, ou l’adresse est fausse.',
      en: 'Nobody listens at this address and port: the service is stopped, or the address is wrong.',
    },
    do: {
      fr: 'Ici\u00a0: «\u00a0ss -ltnp\u00a0» montre qui écoute. Démarrez le service ou corrigez l’adresse, puis réessayez.',
      en: 'On this machine “ss -ltnp” shows who listens. Start the service or correct the address, then try again.',
    },
  },
  {
    id: 'connection-timed-out',
    match: '[Cc]onnection timed out|ETIMEDOUT|Read timed out|timed out after',
    say: {
      fr: 'Le serveur n’a pas répondu à temps\u00a0: souvent un pare-feu qui jette les paquets.',
      en: 'The server did not answer in time: often a firewall that drops packets.',
    },
    do: {
      fr: 'Faites ouvrir ce flux, ou réglez le proxy, puis réessayez.',
      en: 'Have this connection opened, or set the proxy, then try again.',
    },
  },
];
