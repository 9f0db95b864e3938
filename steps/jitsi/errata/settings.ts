/** Errata of the settings and the accounts (source lines 182–258). */
import type { Erratum } from '../../../src/guide/types.ts';

export const settings: readonly Erratum[] = [
  {
    id: 'E14',
    source: [[185, 193]],
    severity: 'breaks',
    says: {
      fr: 'Trois instructions sur une ligne, et un nom en italique\u00a0: «\u00a0guest._your.domain.com_\u00a0» n’est pas un nom de domaine. Plusieurs lignes «\u00a0authentication\u00a0» sont dans le fichier, et une seule est la bonne.',
      en: 'Three statements on one line, and a name in italics: “guest._your.domain.com_” is no domain name. Several lines “authentication” are in the file, and only one is the right one.',
    },
    does: {
      fr: 'Change celle du VirtualHost du domaine, et ajoute le second sur trois lignes à la fin.',
      en: 'Changes that of the domain’s VirtualHost, and adds the second one on three lines at the end.',
    },
  },
  {
    id: 'E15',
    source: [[187, 189]],
    severity: 'security',
    literal: true,
    says: {
      fr: 'internal_plain garde les mots de passe en clair.',
      en: 'internal_plain keeps passwords in clear text.',
    },
    does: {
      fr: 'internal_hashed. Au pied de la lettre\u00a0: internal_plain.',
      en: 'internal_hashed. Literally: internal_plain.',
    },
  },
  {
    id: 'E16',
    source: [[193, 193]],
    severity: 'obsolete',
    literal: true,
    says: {
      fr: 'Les invités de Jitsi passent par le module jitsi-anonymous depuis 2022\u00a0: avec anonymous, une coupure de réseau les renvoie de la salle.',
      en: 'Jitsi’s guests have come by the module jitsi-anonymous since 2022: with anonymous an interrupted network throws them out of the room.',
    },
    does: {
      fr: 'jitsi-anonymous. Au pied de la lettre\u00a0: anonymous, pour un Jitsi plus ancien.',
      en: 'jitsi-anonymous. Literally: anonymous, for an older Jitsi.',
    },
  },
  {
    id: 'E17',
    source: [[200, 206]],
    severity: 'breaks',
    says: {
      fr: 'Les points de suspension et les traits de soulignement ne sont pas du JavaScript\u00a0: recopiés, ils arrêtent toutes les pages.',
      en: 'The dots and the underscores are no JavaScript: copied, they stop all pages.',
    },
    does: {
      fr: 'Décommente la ligne à sa place, et rien d’autre.',
      en: 'Uncomments the line in its place, and nothing else.',
    },
  },
  {
    id: 'E18',
    source: [[210, 216]],
    severity: 'obsolete',
    says: {
      fr: 'jicofo lit jicofo.conf depuis 2021\u00a0; une installation neuve ne lit plus sip-communicator.properties, et n’importe qui ouvrirait des salles.',
      en: 'jicofo has read jicofo.conf since 2021; a new installation reads sip-communicator.properties no more, and anybody would open rooms.',
    },
    does: {
      fr: 'Met l’authentification dans jicofo.conf. Le fichier du guide pour un jicofo ancien (réponse JICOFO_CONFIG).',
      en: 'Puts the authentication into jicofo.conf. The guide’s file for an old jicofo (answer JICOFO_CONFIG).',
    },
  },
  {
    id: 'E19',
    source: [[219, 222]],
    severity: 'breaks',
    says: {
      fr: 'mod_listusers n’est plus dans Prosody.',
      en: 'mod_listusers is in Prosody no more.',
    },
    does: {
      fr: 'Regarde le compte dans les fichiers de Prosody. À la main\u00a0: «\u00a0prosodyctl shell user list visio.mon-univ.fr\u00a0».',
      en: 'Looks at the account in Prosody’s files. By hand: “prosodyctl shell user list visio.mon-univ.fr”.',
    },
  },
  {
    id: 'E20',
    source: [[223, 226]],
    severity: 'security',
    says: {
      fr: 'Le mot de passe est dans la liste des processus et l’historique du shell\u00a0; celui d’un compte qui existe est remplacé sans un mot.',
      en: 'The password is in the list of processes and the shell’s history; that of an account that exists is replaced without a word.',
    },
    does: {
      fr: 'Le donne sur l’entrée standard de «\u00a0prosodyctl adduser\u00a0», et refuse un compte qui existe avec un autre.',
      en: 'Gives it on the standard input of “prosodyctl adduser”, and refuses an account that exists with another one.',
    },
  },
  {
    id: 'E21',
    source: [[231, 234]],
    severity: 'breaks',
    says: {
      fr: 'passwd demande le compte entier, avec son domaine.',
      en: 'passwd needs the whole account, with its domain.',
    },
    does: {
      fr: 'N’en a pas besoin. À la main\u00a0: «\u00a0prosodyctl passwd alice@visio.mon-univ.fr\u00a0».',
      en: 'Does not need it. By hand: “prosodyctl passwd alice@visio.mon-univ.fr”.',
    },
  },
  {
    id: 'E22',
    source: [[235, 238]],
    severity: 'unclear',
    says: {
      fr: 'C’est l’état du serveur, et non d’un utilisateur.',
      en: 'It is the state of the server, not of a user.',
    },
    does: {
      fr: 'Vérifie que le serveur laisse entrer les comptes.',
      en: 'Checks that the server lets accounts in.',
    },
  },
  {
    id: 'E23',
    source: [[245, 248]],
    severity: 'unclear',
    says: {
      fr: 'Le même redémarrage une seconde fois, par l’ancien script de démarrage.',
      en: 'The same restart a second time, by the old start script.',
    },
    does: {
      fr: 'Rien de plus.',
      en: 'Nothing more.',
    },
  },
  {
    id: 'E24',
    source: [[249, 258]],
    severity: 'unclear',
    says: {
      fr: 'Ces lignes ne redirigent pas la page d’accueil\u00a0: elles nomment la salle des ponts vidéo, que les paquets ont déjà mise, et répètent l’authentification.',
      en: 'These lines do not redirect the welcome page: they name the room of the video bridges, which the packages have set already, and repeat the authentication.',
    },
    does: {
      fr: 'Vérifie la salle des ponts. La page d’accueil est une question à part (réponse WELCOME).',
      en: 'Checks the room of the bridges. The welcome page is a question of its own (answer WELCOME).',
    },
  },
  {
    id: 'E25',
    source: [[183, 183]],
    severity: 'obsolete',
    says: {
      fr: 'Jitsi conseille aujourd’hui des jetons (JWT) plutôt que des comptes de Prosody, qui marchent toujours.',
      en: 'Jitsi recommends tokens (JWT) today rather than accounts of Prosody, which still work.',
    },
    does: {
      fr: 'Suit le guide\u00a0: des comptes de Prosody.',
      en: 'Follows the guide: accounts of Prosody.',
    },
  },
  {
    id: 'E26',
    source: [[239, 243]],
    severity: 'unclear',
    says: {
      fr: 'Prosody est redémarré après la création des comptes. À partir de la version 13, le serveur en marche les crée, et ne connaît pas encore leur domaine.',
      en: 'Prosody is restarted after the accounts are made. From release 13 on the running server makes them, and does not know their domain yet.',
    },
    does: {
      fr: 'Redémarre Prosody avant les comptes, jicofo et le pont vidéo à la fin, et seulement si un de leurs fichiers a changé.',
      en: 'Restarts Prosody before the accounts, jicofo and the video bridge at the end, and only if one of their files has changed.',
    },
  },
];
