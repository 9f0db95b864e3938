/** Errata of images, files and containers (source lines 1–131). */
import type { Erratum } from '../../../src/guide/types.ts';

export const containers: readonly Erratum[] = [
  {
    id: 'E1',
    source: [[58, 59]],
    severity: 'breaks',
    says: {
      fr: '«\u00a0docker-compose.yml build\u00a0»\u00a0: un nom de fichier à la place d’une commande.',
      en: '“docker-compose.yml build”: the name of a file in place of a command.',
    },
    does: {
      fr: '«\u00a0docker compose build\u00a0», ou «\u00a0docker-compose build\u00a0» avec la version 1.',
      en: '“docker compose build”, or “docker-compose build” with version 1.',
    },
  },
  {
    id: 'E2',
    source: [
      [5, 6],
      [56, 56],
    ],
    severity: 'obsolete',
    says: {
      fr: 'docker-compose avec un tiret, la version 1, n’est plus corrigé depuis 2023.',
      en: 'docker-compose with a hyphen, version 1, has had no fixes since 2023.',
    },
    does: {
      fr: 'Prend la version 2 où elle est\u00a0; Debian 12 n’a que la 1.29, qui convient.',
      en: 'Takes version 2 where it is; Debian 12 has 1.29 only, which will do.',
    },
  },
  {
    id: 'E3',
    source: [[59, 59]],
    severity: 'breaks',
    says: {
      fr: '«\u00a0up\u00a0» au premier plan\u00a0: EJ s’arrête avec la session SSH.',
      en: '“up” in the foreground: EJ stops with the SSH session.',
    },
    does: {
      fr: '«\u00a0up -d\u00a0», et attend que chaque service aille bien.',
      en: '“up -d”, and waits until each service is healthy.',
    },
  },
  {
    id: 'E4',
    source: [[34, 34]],
    severity: 'breaks',
    says: {
      fr: '«\u00a0cp -r docker/ deploy/\u00a0» deux fois met une copie dans la première.',
      en: '“cp -r docker/ deploy/” twice puts one copy inside the other.',
    },
    does: {
      fr: 'Copie ce qui est dedans, une fois, dans un répertoire que root seul peut lire.',
      en: 'Copies what is inside, once, into a directory that only root can read.',
    },
  },
  {
    id: 'E5',
    source: [[36, 40]],
    severity: 'breaks',
    says: {
      fr: 'docker-compose.deploy.yml a quitté le dépôt en 2022, et aucune étiquette n’a les fichiers du guide.',
      en: 'docker-compose.deploy.yml left the repository in 2022, and no tag has the guide’s files.',
    },
    does: {
      fr: 'Prend le commit du guide (réponse REF), ou le dépôt d’aujourd’hui (IMAGES = current).',
      en: 'Takes the guide’s commit (answer REF), or today’s repository (IMAGES = current).',
    },
  },
  {
    id: 'E6',
    source: [[78, 80]],
    severity: 'breaks',
    says: {
      fr: 'Le fichier Compose dit d’exporter THEME, et lit EJ_THEME\u00a0: l’image aurait le thème «\u00a0default\u00a0».',
      en: 'The Compose file says to export THEME, and reads EJ_THEME: the image would have the theme “default”.',
    },
    does: {
      fr: 'Met EJ_THEME à la construction (.env) et à l’exécution (config.env).',
      en: 'Sets EJ_THEME for the build (.env) and for the run (config.env).',
    },
  },
  {
    id: 'E7',
    source: [[45, 46]],
    severity: 'security',
    says: {
      fr: 'Seule la clé secrète est citée\u00a0; le mot de passe de la base, «\u00a0password\u00a0», les noms permis et le chemin de l’administration sont aussi ceux de tout le monde.',
      en: 'Only the secret key is named; the database password “password”, the allowed names and the path of the administration are everybody’s too.',
    },
    does: {
      fr: 'Les demande ou les génère tous, et refuse ceux de l’exemple.',
      en: 'Asks for or generates all of them, and refuses those of the sample.',
    },
  },
  {
    id: 'E8',
    source: [[106, 106]],
    severity: 'breaks',
    says: {
      fr: '«\u00a0inv db-fake -h\u00a0» n’affiche que l’aide.',
      en: '“inv db-fake -h” prints the help only.',
    },
    does: {
      fr: 'Lance «\u00a0inv db-fake\u00a0», si la réponse FAKE_DATA le demande et que personne d’autre n’a de compte.',
      en: 'Runs “inv db-fake”, if the answer FAKE_DATA asks for it and nobody else has an account.',
    },
  },
  {
    id: 'E9',
    source: [[91, 91]],
    severity: 'breaks',
    says: {
      fr: '«\u00a0docker-compose run web …\u00a0» laisse un conteneur à chaque fois, et n’y connaît que les tâches d’Invoke\u00a0: «\u00a0run web python\u00a0» échoue.',
      en: '“docker-compose run web …” leaves a container each time, and knows only tasks of Invoke in it: “run web python” fails.',
    },
    does: {
      fr: 'Entre dans le conteneur qui tourne (docker exec).',
      en: 'Enters the container that runs (docker exec).',
    },
  },
  {
    id: 'E16',
    source: [[121, 122]],
    severity: 'unclear',
    says: {
      fr: '«\u00a0inv collect\u00a0» lance déjà collectstatic.',
      en: '“inv collect” runs collectstatic already.',
    },
    does: {
      fr: 'Le propose seul, puis le vidage du volume, quand la feuille de style ne vient pas.',
      en: 'Offers it alone, then the emptying of the volume, when the style sheet does not come.',
    },
  },
  {
    id: 'E17',
    source: [[10, 12]],
    severity: 'obsolete',
    says: {
      fr: 'PostgreSQL 10 n’est plus corrigé depuis novembre 2022.',
      en: 'PostgreSQL 10 has had no fixes since November 2022.',
    },
    does: {
      fr: 'Le garde, car EJ de 2019 est fait pour lui et qu’un autre ne lit pas ses données\u00a0; POSTGRES_TAG en nomme un autre pour un volume neuf. Seul le réseau des conteneurs l’atteint.',
      en: 'Keeps it, as EJ of 2019 is made for it and another one does not read its data; POSTGRES_TAG names another one for a new volume. Only the network of the containers reaches it.',
    },
  },
  {
    id: 'E18',
    source: [[93, 96]],
    severity: 'unclear',
    says: {
      fr: 'Le conteneur web migre déjà la base à chaque démarrage\u00a0: un changement d’image change la base dès «\u00a0up\u00a0».',
      en: 'The web container migrates the database at each start already: another image changes the database as early as “up”.',
    },
    does: {
      fr: 'Sauvegarde la base avant de remplacer les conteneurs, et vérifie ensuite qu’aucune migration ne manque.',
      en: 'Dumps the database before it replaces the containers, and then verifies that no migration is missing.',
    },
  },
  {
    id: 'E19',
    source: [[26, 26]],
    severity: 'unclear',
    says: {
      fr: '«\u00a017.05+\u00a0»\u00a0: le format 3.5 des fichiers demande 17.12.',
      en: '“17.05+”: the files’ format 3.5 needs 17.12.',
    },
    does: { fr: 'Vérifie 17.12.', en: 'Checks for 17.12.' },
  },
  {
    id: 'E24',
    source: [[97, 97]],
    severity: 'unclear',
    says: {
      fr: 'createsuperuser demande aussi un nom, et l’adresse tient lieu de nom d’utilisateur.',
      en: 'createsuperuser asks for a name too, and the address is the user name.',
    },
    does: { fr: 'Demande SU_NAME et SU_EMAIL.', en: 'Asks for SU_NAME and SU_EMAIL.' },
  },
  {
    id: 'E25',
    source: [[118, 119]],
    severity: 'breaks',
    says: {
      fr: 'Les réglages cherchent le thème sous un nom mal écrit\u00a0: EJ_THEME changé à l’exécution n’est vu que d’une partie d’EJ.',
      en: 'The settings look for the theme under a misspelt name: EJ_THEME changed at run time is seen by a part of EJ only.',
    },
    does: {
      fr: 'Traite le thème comme un choix de construction, et prévient quand l’image en a un autre.',
      en: 'Takes the theme for a choice of the build, and warns when the image has another one.',
    },
  },
  {
    id: 'E26',
    source: [[67, 74]],
    severity: 'breaks',
    says: {
      fr: '«\u00a0inv docker-build\u00a0» demande Invoke 1, qui ne tourne pas sur le Python de Debian 12 et suivants, et récrit etc/requirements.txt dans le dépôt.',
      en: '“inv docker-build” needs Invoke 1, which does not run on the Python of Debian 12 and later, and rewrites etc/requirements.txt in the repository.',
    },
    does: {
      fr: 'Construit la même image par Compose, et montre la commande.',
      en: 'Builds the same image through Compose, and shows the command.',
    },
  },
  {
    id: 'E27',
    source: [[23, 24]],
    severity: 'breaks',
    says: {
      fr: 'L’image de 2019 part de Debian «\u00a0buster\u00a0», qui a quitté les miroirs, et de paquets sans numéro de version\u00a0: elle ne se construit plus telle quelle.',
      en: 'The image of 2019 starts from Debian “buster”, which has left the mirrors, and from packages without a version: it no longer builds as it is.',
    },
    does: {
      fr: 'Propose d’abord les images toutes prêtes\u00a0; un dépôt corrigé peut être donné (REPOSITORY, REF).',
      en: 'Suggests the ready-made images first; a corrected repository can be given (REPOSITORY, REF).',
    },
  },
  {
    id: 'E29',
    source: [[48, 48]],
    severity: 'breaks',
    says: {
      fr: 'La page des variables cite COUNTRY = USA ou Canada\u00a0: EJ ne connaît que des pays d’Amérique du Sud, et ne démarre pas avec un autre, ni avec une langue sans région.',
      en: 'The page of variables names COUNTRY = USA or Canada: EJ knows countries of South America only, and does not start with another one, nor with a language without its region.',
    },
    does: {
      fr: 'N’offre que ceux-là, et sans pays écrit DJANGO_LANGUAGE_CODE et DJANGO_TIME_ZONE.',
      en: 'Offers those only, and with no country writes DJANGO_LANGUAGE_CODE and DJANGO_TIME_ZONE.',
    },
  },
];
