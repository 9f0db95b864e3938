/** Errata of variables, addresses and Rocket.Chat (source lines 42–227). */
import type { Erratum } from '../../../src/guide/types.ts';

export const rocket: readonly Erratum[] = [
  {
    id: 'E10',
    source: [[142, 145]],
    severity: 'breaks',
    says: {
      fr: 'Le fichier Compose de Rocket.Chat prend la dernière image de Mongo, qui refuse son option --smallfiles et n’a plus la commande mongo.',
      en: 'Rocket.Chat’s Compose file takes the newest image of Mongo, which refuses its option --smallfiles and no longer has the command mongo.',
    },
    does: {
      fr: 'Prend mongo:4.0, la dernière que Rocket.Chat 0.74 connaisse (réponse MONGO_TAG).',
      en: 'Takes mongo:4.0, the last that Rocket.Chat 0.74 knows (answer MONGO_TAG).',
    },
  },
  {
    id: 'E11',
    source: [[142, 145]],
    severity: 'security',
    says: {
      fr: 'Ce fichier publie Mongo, sans mot de passe, sur toutes les adresses de la machine (port 27017).',
      en: 'That file publishes Mongo, without a password, on all addresses of the machine (port 27017).',
    },
    does: {
      fr: 'Ne publie pas Mongo, et ne met Rocket.Chat et EJ que sur 127.0.0.1.',
      en: 'Does not publish Mongo, and puts Rocket.Chat and EJ on 127.0.0.1 only.',
    },
  },
  {
    id: 'E12',
    source: [[147, 149]],
    severity: 'breaks',
    says: {
      fr: 'Ce fichier met «\u00a0http://\u00a0» et «\u00a0:3000\u00a0» autour d’EJ_ROCKETCHAT_URL, qui est ailleurs une adresse entière.',
      en: 'That file puts “http://” and “:3000” around EJ_ROCKETCHAT_URL, which elsewhere is a whole address.',
    },
    does: {
      fr: 'Donne à Rocket.Chat l’adresse telle quelle (ROOT_URL).',
      en: 'Gives Rocket.Chat the address as it is (ROOT_URL).',
    },
  },
  {
    id: 'E13',
    source: [[227, 227]],
    severity: 'breaks',
    says: {
      fr: 'Sans nom de base, le script travaille dans «\u00a0test\u00a0» et ne change rien.',
      en: 'Without the name of a database the script works in “test” and changes nothing.',
    },
    does: {
      fr: 'Nomme la base «\u00a0rocketchat\u00a0», et garde ce que le script remplace.',
      en: 'Names the database “rocketchat”, and keeps what the script replaces.',
    },
  },
  {
    id: 'E14',
    source: [
      [150, 150],
      [154, 155],
      [165, 165],
      [175, 178],
    ],
    severity: 'security',
    says: {
      fr: 'http et https mêlés\u00a0: une connexion par http envoie le mot de passe en clair, et un cadre http dans une page https ne s’affiche pas.',
      en: 'http and https mixed: a sign-in through http sends the password in clear, and an http frame in an https page is not shown.',
    },
    does: {
      fr: 'https partout, et fait savoir à l’application que la requête est venue par https.',
      en: 'HTTPS everywhere, and lets the application know that the request came through HTTPS.',
    },
  },
  {
    id: 'E15',
    source: [[154, 155]],
    severity: 'unclear',
    says: {
      fr: '«\u00a0/admin/\u00a0» dans ces adresses ignore DJANGO_ADMIN_URL.',
      en: '“/admin/” in these addresses ignores DJANGO_ADMIN_URL.',
    },
    does: {
      fr: 'Montre les adresses avec le chemin choisi.',
      en: 'Shows the addresses with the path chosen.',
    },
  },
  {
    id: 'E20',
    source: [[201, 201]],
    severity: 'obsolete',
    literal: true,
    says: {
      fr: 'Les navigateurs ignorent la valeur ALLOW-FROM de X-Frame-Options.',
      en: 'Browsers ignore the value ALLOW-FROM of X-Frame-Options.',
    },
    does: {
      fr: 'Laisse SAMEORIGIN ou DENY, et règle les cadres par frame-ancestors.',
      en: 'Leaves SAMEORIGIN or DENY, and governs frames by frame-ancestors.',
    },
  },
  {
    id: 'E21',
    source: [[137, 145]],
    severity: 'security',
    says: {
      fr: 'Rocket.Chat 0.74.3 a des failles connues, et EJ a retiré cette intégration en 2022.',
      en: 'Rocket.Chat 0.74.3 has known holes, and EJ took this integration out in 2022.',
    },
    does: {
      fr: 'Ne l’ajoute que si on le demande (réponse ROCKET).',
      en: 'Adds it only when asked to (answer ROCKET).',
    },
  },
  {
    id: 'E22',
    source: [[42, 44]],
    severity: 'breaks',
    says: {
      fr: 'Le HOSTNAME de config.env n’est lu par personne\u00a0: l’application lit DJANGO_HOSTNAME.',
      en: 'The HOSTNAME of config.env is read by nobody: the application reads DJANGO_HOSTNAME.',
    },
    does: { fr: 'Écrit les deux.', en: 'Writes both.' },
  },
  {
    id: 'E23',
    source: [[147, 149]],
    severity: 'breaks',
    says: {
      fr: 'Les variables seules ne relient jamais EJ\u00a0: le code cherche un réglage EJ_ROCKETCHAT_PASSWORD qu’aucune variable ne donne.',
      en: 'The variables alone never connect EJ: the code looks for a setting EJ_ROCKETCHAT_PASSWORD that no variable gives.',
    },
    does: {
      fr: 'N’écrit pas le mot de passe dans config.env, que tous les conteneurs lisent. Fait ce que fait le formulaire, ou montre quoi y mettre.',
      en: 'Does not write the password into config.env, which all containers read. Does what the form does, or shows what to put there.',
    },
  },
  {
    id: 'E28',
    source: [[200, 201]],
    severity: 'breaks',
    says: {
      fr: 'Avec Rocket.Chat, EJ envoie toujours son propre X-Frame-Options\u00a0: DJANGO_X_FRAME_OPTIONS n’y change rien.',
      en: 'With Rocket.Chat EJ always sends an X-Frame-Options of its own: DJANGO_X_FRAME_OPTIONS changes nothing.',
    },
    does: {
      fr: 'Vérifie l’adresse qu’EJ connaît et la liste frame-ancestors, qui comptent.',
      en: 'Verifies the address that EJ knows and the list frame-ancestors, which count.',
    },
  },
];
