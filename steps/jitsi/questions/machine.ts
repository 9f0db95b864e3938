/** The machine’s name and addresses, and its firewall. */
import { placeholders } from '../../../src/guide/kit.ts';
import type { Cond } from '../../../src/guide/types.ts';
import { yesOrNo } from '../../shared/questions.ts';

const is = (answer: string, ...values: string[]): Cond => ({ answer: answer, is: values });

/** The server is reached by a name. */
export const hasName: Cond = is('REACHED_BY', 'name');
export const isBehindNat: Cond = is('BEHIND_NAT', 'yes');
export const isUfw: Cond = is('FIREWALL', 'ufw');
export const hasTurn: Cond = is('TURN', 'yes');
export const isPort80Closed: Cond = is('CLOSE_80', 'yes');

export const machine = placeholders({
  REACHED_BY: {
    kind: 'choice',
    topic: 'machine',
    ask: { fr: 'Le serveur est joint par…', en: 'The server is reached by…' },
    help: {
      fr: 'Sans nom de domaine, pas de certificat de Let’s Encrypt\u00a0: les navigateurs se plaignent, les applications mobiles refusent.',
      en: 'Without a domain name there is no certificate of Let’s Encrypt: browsers complain, the mobile apps refuse.',
    },
    source: [[21, 21]],
    initial: 'name',
    choices: [
      { value: 'name', label: { fr: 'un nom de domaine', en: 'a domain name' } },
      {
        value: 'address',
        label: { fr: 'son adresse IP, qui ne change pas', en: 'its IP address, which does not change' },
      },
    ],
  },
  DOMAIN: {
    kind: 'host',
    topic: 'machine',
    ask: { fr: 'Nom public du serveur', en: 'Public name of the server' },
    help: {
      fr: 'Celui que les participants ouvrent. Le changer plus tard, c’est configurer de nouveau les paquets.',
      en: 'The one that participants open. To change it later is to configure the packages anew.',
    },
    example: 'visio.mon-univ.fr',
    writtenAs: 'jitsi.your-domain',
    source: [
      [20, 54],
      [143, 149],
      [185, 206],
      [216, 216],
      [257, 258],
    ],
    initial: { fact: 'fqdn' },
  },
  HOSTS_ADDRESS: {
    kind: 'host',
    topic: 'machine',
    ask: { fr: 'Adresse du nom dans /etc/hosts', en: 'Address of the name in /etc/hosts' },
    help: {
      fr: '127.0.0.1 comme le guide, ou l’adresse publique si elle est sur cette machine.',
      en: '127.0.0.1 as in the guide, or the public address if this machine has it.',
    },
    source: [[42, 53]],
    initial: '127.0.0.1',
    pattern: {
      match: String.raw`[0-9]{1,3}(\.[0-9]{1,3}){3}|[0-9a-fA-F:]*:[0-9a-fA-F:.]*`,
      say: { fr: 'Une adresse IP.', en: 'An IP address.' },
    },
    when: hasName,
  },
  BEHIND_NAT: {
    kind: 'choice',
    topic: 'machine',
    ask: { fr: 'Derrière un NAT\u00a0?', en: 'Behind a NAT?' },
    help: {
      fr: 'Oui si les participants arrivent par l’adresse publique d’un routeur\u00a0: le pont vidéo doit l’annoncer. Le routeur renvoie 80/tcp, 443/tcp et 10000/udp vers cette machine.',
      en: 'Yes if participants come by the public address of a router: the video bridge has to announce it. The router forwards 80/tcp, 443/tcp and 10000/udp to this machine.',
    },
    source: [[9, 9]],
    initial: { by: 'ip.private', of: { yes: 'yes', '': 'no' } },
    choices: yesOrNo,
  },
  LOCAL_IP: {
    kind: 'host',
    topic: 'machine',
    ask: { fr: 'Adresse locale de cette machine', en: 'Local address of this machine' },
    initial: { fact: 'ip' },
    pattern: {
      match: String.raw`[0-9]{1,3}(\.[0-9]{1,3}){3}`,
      say: { fr: 'Une adresse IPv4.', en: 'An IPv4 address.' },
    },
    when: isBehindNat,
  },
  PUBLIC_IP: {
    kind: 'host',
    topic: 'machine',
    ask: { fr: 'Adresse publique du routeur', en: 'Public address of the router' },
    example: '203.0.113.10',
    pattern: {
      match: String.raw`[0-9]{1,3}(\.[0-9]{1,3}){3}`,
      say: { fr: 'Une adresse IPv4.', en: 'An IPv4 address.' },
    },
    when: isBehindNat,
  },
  FIREWALL: {
    kind: 'choice',
    topic: 'firewall',
    ask: { fr: 'Pare-feu de cette machine', en: 'Firewall of this machine' },
    help: {
      fr: 'ufw est activé à l’essai\u00a0: SSH d’abord, et une personne confirme dans la minute que la machine répond encore. Sans personne, il vous reste à faire.',
      en: 'ufw is switched on on trial: SSH first, and a person confirms within a minute that the machine still answers. With nobody there it is left for you.',
    },
    source: [[59, 59]],
    initial: 'ufw',
    choices: [
      { value: 'ufw', label: { fr: 'ufw, sur cette machine', en: 'ufw, on this machine' } },
      { value: 'elsewhere', label: { fr: 'aucun ici, ou un autre', en: 'none here, or another one' } },
    ],
  },
  TURN: {
    kind: 'choice',
    topic: 'firewall',
    ask: { fr: 'Serveur TURN (coturn)\u00a0?', en: 'TURN server (coturn)?' },
    help: {
      fr: 'Pour les participants dont le réseau bloque 10000/udp\u00a0: 3478/udp et 5349/tcp sont ouverts. Il n’est pas installable à côté d’Apache.',
      en: 'For participants whose network blocks 10000/udp: 3478/udp and 5349/tcp are opened. It cannot be installed beside Apache.',
    },
    source: [[65, 65]],
    initial: 'yes',
    choices: yesOrNo,
  },
});
