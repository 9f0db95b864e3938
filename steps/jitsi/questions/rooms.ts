/** Who may open rooms, and what visitors see first. */
import { placeholders } from '../../../src/guide/kit.ts';
import type { Cond } from '../../../src/guide/types.ts';
import { yesOrNo } from '../../shared/questions.ts';

const is = (answer: string, ...values: string[]): Cond => ({ answer: answer, is: values });

/** Rooms are opened by accounts only. */
export const isSecure: Cond = is('SECURE', 'yes');
export const isHocon: Cond = is('JICOFO_CONFIG', 'hocon');
export const isPlain: Cond = is('LITERAL', 'E15');

export const rooms = placeholders({
  SECURE: {
    kind: 'choice',
    topic: 'rooms',
    ask: { fr: 'Des comptes pour créer une salle\u00a0?', en: 'Accounts to create a room?' },
    help: {
      fr: 'Oui\u00a0: seul un compte ouvre une salle, les invités la rejoignent sans compte. Non\u00a0: n’importe qui en ouvre.',
      en: 'Yes: only an account opens a room, guests join it without one. No: anybody opens them.',
    },
    source: [[183, 183]],
    initial: 'yes',
    choices: yesOrNo,
  },
  GUEST_DOMAIN: {
    kind: 'host',
    topic: 'rooms',
    ask: { fr: 'Domaine des invités', en: 'Domain of the guests' },
    help: {
      fr: 'Un nom à l’intérieur de Prosody\u00a0: il n’a pas à être dans le DNS. Si le serveur est joint par son adresse, choisissez-en un.',
      en: 'A name inside Prosody: it need not be in the DNS. If the server is reached by its address, make one up.',
    },
    writtenAs: 'guest._your.domain.com_',
    source: [
      [193, 193],
      [202, 206],
    ],
    initial: { filled: 'guest.%DOMAIN%' },
    when: isSecure,
  },
  USERS: {
    kind: 'list',
    topic: 'rooms',
    ask: { fr: 'Comptes qui créent des salles', en: 'Accounts that create rooms' },
    help: {
      fr: 'Un compte par personne, ou un pour toutes. Un mot de passe vide est généré.',
      en: 'An account for each person, or one for all. An empty password is generated.',
    },
    source: [[223, 225]],
    key: 'username',
    of: {
      username: {
        kind: 'text',
        ask: { fr: 'Identifiant', en: 'User name' },
        example: 'alice',
        max: 64,
        pattern: {
          match: '[a-z0-9][a-z0-9._+-]*',
          say: {
            fr: 'Minuscules, chiffres et «\u00a0. _ + -\u00a0», sans @\u00a0: le nom avant le domaine.',
            en: 'Lower-case letters, digits and “. _ + -”, without @: the name before the domain.',
          },
        },
      },
      password: {
        kind: 'password',
        ask: { fr: 'Mot de passe', en: 'Password' },
        generate: 20,
        min: 10,
        max: 200,
      },
    },
    min: 1,
    max: 200,
    when: isSecure,
  },
  JICOFO_CONFIG: {
    kind: 'choice',
    topic: 'rooms',
    ask: { fr: 'Fichier que jicofo lit', en: 'File that jicofo reads' },
    help: {
      fr: 'jicofo.conf depuis 2021. Le fichier du guide n’est plus lu que par un jicofo plus ancien, que cette machine ou votre miroir aurait encore.',
      en: 'jicofo.conf since 2021. The guide’s file is read only by an older jicofo, which this machine or your mirror may still have.',
    },
    source: [[210, 216]],
    initial: 'hocon',
    choices: [
      { value: 'hocon', label: { fr: 'jicofo.conf', en: 'jicofo.conf' } },
      {
        value: 'properties',
        label: {
          fr: 'sip-communicator.properties, celui du guide',
          en: 'sip-communicator.properties, the guide’s own',
        },
      },
    ],
  },
  WELCOME: {
    kind: 'choice',
    topic: 'rooms',
    ask: { fr: 'Page d’accueil', en: 'Welcome page' },
    source: [[251, 251]],
    initial: 'shown',
    choices: [
      { value: 'shown', label: { fr: 'celle de Jitsi', en: 'Jitsi’s own' } },
      { value: 'room', label: { fr: 'aucune\u00a0: une salle au hasard', en: 'none: a random room' } },
    ],
  },
});
