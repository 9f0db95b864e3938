/** What prosodyctl says of accounts and of its configuration. */
import type { KnownCause } from '../../guide/types.ts';

export const prosody: readonly KnownCause[] = [
  {
    id: 'prosody-config-broken',
    match: String.raw`^Error: (?<path>/[^\n:]{1,200}\.lua):(?<line>\d{1,6}): `,
    say: {
      fr: 'La configuration de Prosody n’est pas lisible\u00a0: {path}, ligne {line}.',
      en: 'Prosody’s configuration cannot be read: {path}, line {line}.',
    },
    do: {
      fr: 'Corrigez cette ligne ou celle d’avant («\u00a0prosodyctl check config\u00a0» la relit), puis réessayez.',
      en: 'Correct that line or the one before it (“prosodyctl check config” reads it again), then try again.',
    },
  },
  {
    id: 'prosody-not-running',
    match: String.raw`Is mod_admin_shell enabled\?`,
    say: {
      fr: 'prosodyctl n’a pas pu parler au serveur Prosody, qui gère lui-même ses comptes depuis la version 13\u00a0: il est arrêté, ou admin_shell n’est pas dans modules_enabled.',
      en: 'prosodyctl could not speak to the Prosody server, which looks after its accounts itself from release 13 on: it is stopped, or admin_shell is not in modules_enabled.',
    },
    do: {
      fr: '«\u00a0systemctl status prosody\u00a0» dit pourquoi. Démarrez-le («\u00a0systemctl start prosody\u00a0»), puis réessayez.',
      en: '“systemctl status prosody” says why. Start it (“systemctl start prosody”), then try again.',
    },
  },
  {
    id: 'prosody-host-unknown',
    match: String.raw`\bError: No such host: (?<host>[\w.-]{1,253})`,
    say: {
      fr: 'Le serveur Prosody qui tourne ne connaît pas l’hôte {host}\u00a0: il n’est pas dans sa configuration, ou elle a changé depuis son démarrage.',
      en: 'The running Prosody server does not know the host {host}: it is not in its configuration, or that has changed since it started.',
    },
    do: {
      fr: 'Vérifiez la ligne «\u00a0VirtualHost\u00a0», redémarrez Prosody («\u00a0systemctl restart prosody\u00a0»), puis réessayez.',
      en: 'Check the line “VirtualHost”, restart Prosody (“systemctl restart prosody”), then try again.',
    },
  },
  {
    id: 'prosody-no-accounts',
    match: 'Account creation/modification not supported',
    say: {
      fr: 'Cet hôte de Prosody n’a pas de comptes à lui\u00a0: son «\u00a0authentication\u00a0» est anonyme, ou vient d’ailleurs.',
      en: 'This host of Prosody has no accounts of its own: its “authentication” is anonymous, or comes from elsewhere.',
    },
    do: {
      fr: 'Mettez-y «\u00a0internal_hashed\u00a0» et redémarrez Prosody, ou créez le compte sur un autre hôte, puis réessayez.',
      en: 'Set it to “internal_hashed” and restart Prosody, or create the account on another host, then try again.',
    },
  },
  {
    id: 'prosody-password-refused',
    match: '[Pp]assword fails SASLprep',
    say: {
      fr: 'Prosody n’accepte pas un des signes de ce mot de passe\u00a0: un signe invisible, ou sans nom dans Unicode.',
      en: 'Prosody does not take one of the signs in this password: an invisible one, or one without a name in Unicode.',
    },
    do: {
      fr: 'Choisissez-en un autre, en lettres, chiffres et ponctuation, puis réessayez.',
      en: 'Choose another one, of letters, digits and punctuation, then try again.',
    },
  },
];
