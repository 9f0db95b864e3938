/** Errata of the configuration and of supervisord (source lines 109–197). */
import type { Erratum } from '../../../src/guide/types.ts';

export const configuration: readonly Erratum[] = [
  {
    id: 'E15',
    source: [[112, 119]],
    severity: 'security',
    says: {
      fr: 'Dans la version 4, ce n’est plus une suite de questions mais un formulaire web, ouvert sans mot de passe à tout le réseau sur le port 8000.',
      en: 'In release 4 it is no longer a list of questions but a web form, open to the whole network on port 8000 without a password.',
    },
    does: {
      fr: 'Écrit settings.py lui-même. Le formulaire au choix (réponse SETTINGS_BY), tenu à 127.0.0.1 et atteint par un tunnel SSH.',
      en: 'Writes settings.py itself. The form on request (answer SETTINGS_BY), held to 127.0.0.1 and reached through an SSH tunnel.',
    },
  },
  {
    id: 'E16',
    source: [[118, 119]],
    severity: 'breaks',
    says: {
      fr: 'Le script dit «\u00a0Setup is finished\u00a0» même quand la création des tables a échoué.',
      en: 'The script says “Setup is finished” even when creating the tables has failed.',
    },
    does: {
      fr: 'Fait chaque partie comme une étape à elle, et regarde si elle est faite.',
      en: 'Does each part as a step of its own, and looks whether it is done.',
    },
  },
  {
    id: 'E17',
    source: [[118, 119]],
    severity: 'breaks',
    says: {
      fr: 'Le script perd l’adresse de l’aide (SUPPORT_URL), et laisse à chaque processus ses propres messages (CHANNEL_LAYERS en mémoire) alors qu’il y en a cinq.',
      en: 'The script loses the address of the help (SUPPORT_URL), and leaves each process its own messages (CHANNEL_LAYERS in memory) although there are five.',
    },
    does: {
      fr: 'Les écrit tous deux, messages, cache et tâches dans Redis, et essaie de parler d’un processus à un autre.',
      en: 'Writes both, with messages, cache and tasks in Redis, and tries to talk from one process to another.',
    },
  },
  {
    id: 'E18',
    source: [[116, 119]],
    severity: 'security',
    says: {
      fr: 'Le script passe le mot de passe de la base et celui de l’administrateur en argument, que tout utilisateur voit, et laisse settings.py lisible par tous.',
      en: 'The script passes the passwords of the database and of the administrator as an argument, which every user can see, and leaves settings.py readable by all.',
    },
    does: {
      fr: 'Ne les passe que par l’entrée standard\u00a0; settings.py est à root, lu par le service seul (0640).',
      en: 'Passes them through standard input only; settings.py is root’s, read by the service alone (0640).',
    },
  },
  {
    id: 'E19',
    source: [[141, 141]],
    severity: 'security',
    says: {
      fr: '--bind 0.0.0.0\u00a0: les processus web sont ouverts au réseau, sans TLS, à côté du serveur web.',
      en: '--bind 0.0.0.0: the web processes are open to the network, without TLS, past the web server.',
    },
    does: {
      fr: 'Les tient à 127.0.0.1.',
      en: 'Holds them to 127.0.0.1.',
    },
  },
  {
    id: 'E20',
    source: [
      [143, 143],
      [156, 156],
    ],
    severity: 'breaks',
    says: {
      fr: 'www-data n’existe pas sur Red Hat\u00a0: supervisord refuse alors de démarrer, avec tous ses autres programmes.',
      en: 'www-data does not exist on Red Hat: supervisord then refuses to start, with all its other programs.',
    },
    does: {
      fr: 'Lance les processus en tant qu’utilisateur du service.',
      en: 'Runs the processes as the user of the service.',
    },
  },
  {
    id: 'E21',
    source: [
      [147, 147],
      [161, 161],
    ],
    severity: 'unclear',
    says: {
      fr: 'La valeur d’environment est tantôt entre guillemets, tantôt non.',
      en: 'The value of environment is in quotes in one place and not in the other.',
    },
    does: {
      fr: 'La met toujours entre guillemets.',
      en: 'Always puts it in quotes.',
    },
  },
  {
    id: 'E22',
    source: [[159, 165]],
    severity: 'unclear',
    says: {
      fr: 'redirect_stderr et stderr_logfile ensemble\u00a0: le second n’a pas d’effet, et supervisord le signale.',
      en: 'redirect_stderr and stderr_logfile together: the second has no effect, and supervisord says so.',
    },
    does: {
      fr: 'Ne garde que redirect_stderr.',
      en: 'Keeps redirect_stderr only.',
    },
  },
  {
    id: 'E23',
    source: [[178, 180]],
    severity: 'unclear',
    says: {
      fr: 'Redémarrer supervisord redémarre aussi les programmes de tous les autres.',
      en: 'To restart supervisord restarts the programs of everybody else too.',
    },
    does: {
      fr: 'Lui fait relire ses fichiers, et ne démarre que ce groupe.',
      en: 'Has it read its files again, and starts this group only.',
    },
  },
  {
    id: 'E24',
    source: [
      [180, 180],
      [270, 270],
    ],
    severity: 'breaks',
    says: {
      fr: 'supervisord et nginx sont démarrés mais pas activés\u00a0: après un redémarrage de la machine, rien ne répond.',
      en: 'supervisord and nginx are started but not enabled: after a reboot nothing answers.',
    },
    does: {
      fr: 'Les active aussi.',
      en: 'Enables them too.',
    },
  },
  {
    id: 'E25',
    source: [[189, 197]],
    severity: 'security',
    says: {
      fr: 'Lancé par root, manage.py exécute en tant que root un code que le service peut changer.',
      en: 'Run by root, manage.py executes as root code that the service can change.',
    },
    does: {
      fr: 'Le lance en tant qu’utilisateur du service, et l’essaie une fois.',
      en: 'Runs it as the user of the service, and tries it once.',
    },
  },
  {
    id: 'E36',
    source: [
      [118, 119],
      [322, 322],
    ],
    severity: 'security',
    says: {
      fr: 'Tant qu’il n’y a pas d’administrateur, la page d’accueil propose à n’importe quel visiteur de le devenir.',
      en: 'As long as there is no administrator, the start page offers any visitor to become one.',
    },
    does: {
      fr: 'Crée l’administrateur avant que le site soit ouvert.',
      en: 'Creates the administrator before the site is opened.',
    },
  },
];
