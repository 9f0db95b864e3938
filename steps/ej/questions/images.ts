/** Which images, and where everything goes. */
import { placeholders } from '../../../src/guide/kit.ts';
import { repositoryPattern } from '../../shared/repository.ts';
import { guideCommit, isLoaded } from '../layout.ts';

const noBlanks = {
  fr: 'Un chemin de lettres, chiffres et «\u00a0_ . + -\u00a0», en dehors des répertoires d’un serveur web.',
  en: 'A path of letters, digits and “_ . + -”, outside the directories of a web server.',
};
const path = { match: '(?!/(var/www|srv/www|home|tmp)(/|$))(/[A-Za-z0-9_.+-]+){1,8}', say: noBlanks };

const lowerCase = {
  fr: 'Des minuscules, des chiffres, «\u00a0.\u00a0», «\u00a0_\u00a0» et «\u00a0-\u00a0», comme Docker l’exige.',
  en: 'Lower-case letters, digits, “.”, “_” and “-”, as Docker demands.',
};

export const images = placeholders({
  IMAGES: {
    kind: 'choice',
    topic: 'images',
    ask: { fr: 'D’où viennent les images\u00a0?', en: 'Where do the images come from?' },
    help: {
      fr: 'Docker Hub est la voie la plus simple du guide. Construire l’image de 2019 demande une base Debian qui a quitté les miroirs\u00a0: cela échoue sans copie de cette base. Le dépôt d’aujourd’hui est fait pour le développement et n’a plus Rocket.Chat.',
      en: 'Docker Hub is the guide’s easiest way. To build the image of 2019 takes a Debian base that has left the mirrors: it fails without a copy of that base. Today’s repository is made for development and no longer has Rocket.Chat.',
    },
    source: [
      [8, 12],
      [21, 24],
    ],
    initial: 'hub',
    choices: [
      { value: 'hub', label: { fr: 'toutes prêtes, sur Docker Hub', en: 'ready-made, on Docker Hub' } },
      {
        value: 'build',
        label: {
          fr: 'construites ici, depuis le commit du guide',
          en: 'built here, from the guide’s commit',
        },
      },
      {
        value: 'current',
        label: {
          fr: 'construites ici, depuis le dépôt d’aujourd’hui (sans Rocket.Chat)',
          en: 'built here, from today’s repository (without Rocket.Chat)',
        },
      },
      {
        value: 'loaded',
        label: {
          fr: 'déjà chargées, ou dans un fichier (serveur sans Internet)',
          en: 'loaded already, or in a file (server without Internet)',
        },
      },
    ],
  },
  IMAGES_FILE: {
    kind: 'path',
    topic: 'images',
    ask: { fr: 'Fichier des images', en: 'File with the images' },
    help: {
      fr: 'Une archive de «\u00a0docker save\u00a0» avec toutes les images. Vide\u00a0: elles sont déjà dans Docker.',
      en: 'An archive of “docker save” with all the images. Empty: they are in Docker already.',
    },
    example: '/root/ej-images.tar',
    optional: true,
    when: isLoaded,
  },
  ORG: {
    kind: 'text',
    topic: 'images',
    ask: { fr: 'Organisation, dans le nom des images', en: 'Organization, in the images’ names' },
    help: {
      fr: 'Le --org du guide\u00a0: «\u00a0ejplatform\u00a0» est celle des auteurs d’EJ sur Docker Hub.',
      en: 'The guide’s --org: “ejplatform” is that of EJ’s authors on Docker Hub.',
    },
    source: [[76, 77]],
    initial: { by: 'IMAGES', of: { hub: 'ejplatform', loaded: 'ejplatform', '': 'ej' } },
    max: 100,
    pattern: { match: '[a-z0-9]+([._-][a-z0-9]+)*(/[a-z0-9]+([._-][a-z0-9]+)*)*', say: lowerCase },
  },
  TAG: {
    kind: 'text',
    topic: 'images',
    ask: { fr: 'Étiquette de l’image d’EJ', en: 'Tag of EJ’s image' },
    help: {
      fr: 'Le --tag du guide. Une date vaut mieux que «\u00a0latest\u00a0» pour ce que l’on construit\u00a0: l’ancienne image reste.',
      en: 'The guide’s --tag. A date is better than “latest” for what one builds: the former image stays.',
    },
    example: '2019-07-14',
    source: [[76, 77]],
    initial: 'latest',
    max: 128,
    pattern: {
      match: '[A-Za-z0-9_][A-Za-z0-9_.-]*',
      say: {
        fr: 'Lettres, chiffres, «\u00a0.\u00a0», «\u00a0_\u00a0» et «\u00a0-\u00a0».',
        en: 'Letters, digits, “.”, “_” and “-”.',
      },
    },
  },
  THEME: {
    kind: 'text',
    topic: 'images',
    ask: { fr: 'Thème', en: 'Theme' },
    help: {
      fr: '«\u00a0default\u00a0» ou «\u00a0cpa\u00a0», ou un répertoire de lib/themes. Il est choisi à la construction\u00a0: une image de Docker Hub a le sien.',
      en: '“default” or “cpa”, or a directory of lib/themes. It is chosen when the image is built: one of Docker Hub has its own.',
    },
    source: [[78, 80]],
    initial: 'default',
    max: 60,
    pattern: {
      match: '[a-z0-9][a-z0-9_-]*',
      say: { fr: 'Le nom d’un répertoire de lib/themes.', en: 'The name of a directory of lib/themes.' },
    },
  },
  REPOSITORY: {
    kind: 'text',
    topic: 'images',
    ask: { fr: 'Dépôt Git d’EJ', en: 'Git repository of EJ' },
    help: {
      fr: 'Le guide copie des fichiers de ce dépôt, même quand les images viennent d’ailleurs. Un miroir ou une copie locale (file:///…) conviennent aussi.',
      en: 'The guide copies files of this repository even where the images come from elsewhere. A mirror or a local copy (file:///…) will do too.',
    },
    source: [[30, 34]],
    initial: 'https://github.com/ejplatform/ej-server',
    max: 300,
    pattern: repositoryPattern,
  },
  REF: {
    kind: 'text',
    topic: 'images',
    ask: { fr: 'Commit, étiquette ou branche', en: 'Commit, tag or branch' },
    help: {
      fr: 'Le commit du guide\u00a0: aucune étiquette ne le contient, et les fichiers qu’il nomme ont disparu depuis.',
      en: 'The guide’s commit: no tag has it, and the files that it names are gone since.',
    },
    source: [[30, 40]],
    initial: { by: 'IMAGES', of: { current: 'develop', '': guideCommit } },
    max: 100,
    pattern: {
      match: '[A-Za-z0-9][A-Za-z0-9._/-]*',
      say: {
        fr: 'Lettres, chiffres, «\u00a0.\u00a0», «\u00a0_\u00a0», «\u00a0/\u00a0» et «\u00a0-\u00a0».',
        en: 'Letters, digits, “.”, “_”, “/” and “-”.',
      },
    },
  },
  EJ_SRC: {
    kind: 'path',
    topic: 'images',
    ask: { fr: 'Répertoire du dépôt', en: 'Directory of the repository' },
    source: [[30, 34]],
    initial: '/opt/ej-server',
    pattern: path,
  },
  DEPLOY_DIR: {
    kind: 'path',
    topic: 'images',
    ask: { fr: 'Répertoire du déploiement', en: 'Directory of the deployment' },
    help: {
      fr: 'Le «\u00a0deploy\u00a0» du guide, juste dans le dépôt\u00a0: la construction part du répertoire au-dessus.',
      en: 'The guide’s “deploy”, right in the repository: the build starts from the directory above it.',
    },
    source: [[30, 40]],
    initial: { filled: '%EJ_SRC%/deploy' },
    pattern: path,
  },
  PROJECT: {
    kind: 'text',
    topic: 'images',
    ask: { fr: 'Nom du projet Compose', en: 'Name of the Compose project' },
    help: {
      fr: 'Il commence le nom des conteneurs et des volumes. Sans lui ce serait «\u00a0deploy\u00a0», comme pour n’importe quel autre répertoire de ce nom.',
      en: 'It begins the names of containers and volumes. Without it that would be “deploy”, as for any other directory of that name.',
    },
    source: [[36, 40]],
    initial: 'ej',
    max: 40,
    pattern: {
      match: '[a-z0-9][a-z0-9_-]*',
      say: {
        fr: 'Des minuscules, des chiffres, «\u00a0_\u00a0» et «\u00a0-\u00a0».',
        en: 'Lower-case letters, digits, “_” and “-”.',
      },
    },
  },
  POSTGRES_TAG: {
    kind: 'text',
    topic: 'images',
    ask: { fr: 'Version de PostgreSQL', en: 'Release of PostgreSQL' },
    help: {
      fr: 'L’étiquette de l’image «\u00a0postgres\u00a0». La 10 du guide n’est plus corrigée depuis novembre 2022\u00a0; une autre ne lit pas les données de la 10.',
      en: 'The tag of the image “postgres”. The guide’s 10 has had no fixes since November 2022; another one does not read the data of 10.',
    },
    source: [[10, 12]],
    initial: { by: 'IMAGES', of: { current: '12.2', '': '10-alpine' } },
    max: 40,
    pattern: {
      match: '1[0-7](\\.\\d+)?(-[a-z0-9.]+)?',
      say: {
        fr: 'Une étiquette de la 10 à la 17, comme 10-alpine.',
        en: 'A tag from 10 to 17, such as 10-alpine.',
      },
    },
  },
});
