/** Errata of what is installed and configured (source lines 1–150). */
import type { Erratum } from '../../../src/guide/types.ts';

export const installing: readonly Erratum[] = [
  {
    id: 'E1',
    source: [[10, 10]],
    severity: 'unclear',
    says: {
      fr: '«\u00a0TTL encryption\u00a0»\u00a0: une coquille pour TLS.',
      en: '“TTL encryption”: a slip for TLS.',
    },
    does: {
      fr: 'TLS, avec un certificat au choix\u00a0; jamais de page d’OnTask sans lui.',
      en: 'TLS, with a certificate of your choice; never a page of OnTask without it.',
    },
  },
  {
    id: 'E2',
    source: [
      [20, 20],
      [59, 60],
    ],
    severity: 'obsolete',
    says: {
      fr: 'Python 2.7 n’est plus corrigé depuis janvier 2020, et Debian 12 et 13 ne l’ont plus.',
      en: 'Python 2.7 has had no fixes since January 2020, and Debian 12 and 13 no longer have it.',
    },
    does: {
      fr: 'Installe OnTask 11.1 sur Python 3. La 2.1.1 du guide reste proposée sur Debian 11, à qui indique son Python 2.7 (réponses PYTHON et RELEASE).',
      en: 'Installs OnTask 11.1 on Python 3. The guide’s 2.1.1 is still offered on Debian 11, to whoever names its Python 2.7 (answers PYTHON and RELEASE).',
    },
  },
  {
    id: 'E3',
    source: [[42, 44]],
    severity: 'breaks',
    says: {
      fr: '«\u00a0createuser -W\u00a0» demande le mot de passe de qui se connecte, pas celui du nouveau rôle (-P)\u00a0: le rôle n’en aurait pas, et la connexion de la ligne 51 échouerait.',
      en: '“createuser -W” asks for the password of whoever connects, not for that of the new role (-P): the role would have none, and the sign-in of line 51 would fail.',
    },
    does: {
      fr: 'Crée le rôle avec son mot de passe, en SQL et par l’entrée standard\u00a0: il n’est dans aucun argument.',
      en: 'Creates the role with its password, in SQL and through standard input: it is in no argument.',
    },
  },
  {
    id: 'E4',
    source: [[74, 81]],
    severity: 'breaks',
    says: {
      fr: '«\u00a0pip install\u00a0» dans le Python du système\u00a0: Debian 12 et suivants le refusent, et les bibliothèques d’OnTask s’y mêleraient à celles d’autres programmes.',
      en: '“pip install” into the system’s Python: Debian 12 and later refuse it, and OnTask’s libraries would mix with those of other programs.',
    },
    does: {
      fr: 'Les met dans un environnement virtuel à elles, qui appartient à root.',
      en: 'Puts them into a virtual environment of their own, which belongs to root.',
    },
  },
  {
    id: 'E5',
    source: [[86, 88]],
    severity: 'unclear',
    says: {
      fr: 'Dans la 2.1.1 le réglage est ligne 11 de manage.py, pas 14\u00a0; depuis la 5.2 la production est déjà le réglage de départ.',
      en: 'In 2.1.1 the setting is on line 11 of manage.py, not 14; since 5.2 production is the setting to begin with.',
    },
    does: {
      fr: 'Ne touche pas à manage.py\u00a0: DJANGO_SETTINGS_MODULE est donné à chaque commande et à chaque service.',
      en: 'Leaves manage.py alone: DJANGO_SETTINGS_MODULE is given to each command and each service.',
    },
  },
  {
    id: 'E6',
    source: [[92, 92]],
    severity: 'unclear',
    says: {
      fr: 'Des apostrophes autour de TIME_ZONE\u00a0: selon la version, elles sont retirées ou font partie de la valeur.',
      en: 'Quotes around TIME_ZONE: depending on the version they are taken off or are a part of the value.',
    },
    does: {
      fr: 'Écrit la valeur sans apostrophes.',
      en: 'Writes the value without quotes.',
    },
  },
  {
    id: 'E7',
    source: [[97, 100]],
    severity: 'breaks',
    says: {
      fr: 'tzlocal n’est pas parmi les bibliothèques de la 11.1, et «\u00a0.zone\u00a0» n’existe plus depuis tzlocal 3\u00a0: la commande échoue.',
      en: 'tzlocal is not among the libraries of 11.1, and “.zone” is gone since tzlocal 3: the command fails.',
    },
    does: {
      fr: 'Propose le fuseau horaire de la machine.',
      en: 'Suggests the time zone of the machine.',
    },
  },
  {
    id: 'E8',
    source: [[74, 78]],
    severity: 'breaks',
    says: {
      fr: 'requirements/base.txt de la 2.1.1 demande «\u00a0environ\u00a0» et «\u00a0django-environ\u00a0», qui installent tous deux un module environ\u00a0; d’autres bibliothèques sans numéro de version ont quitté Python 2.7.',
      en: 'requirements/base.txt of 2.1.1 asks for “environ” and for “django-environ”, which both install a module environ; other libraries without a version have left Python 2.7.',
    },
    does: {
      fr: 'Pour la 2.1.1, laisse «\u00a0environ\u00a0» de côté et fixe les dernières versions qui conviennent à Python 2.7. Pour la 11.1, installe le fichier tel quel.',
      en: 'For 2.1.1, leaves “environ” out and pins the last versions that suit Python 2.7. For 11.1, installs the file as it is.',
    },
  },
  {
    id: 'E9',
    source: [[139, 140]],
    severity: 'breaks',
    says: {
      fr: 'La 2.1.1 n’a ni _static ni _templates dans docs, que le guide dit d’y trouver.',
      en: '2.1.1 has neither _static nor _templates in docs, where the guide says they are.',
    },
    does: {
      fr: 'Les crée vides pour la 2.1.1.',
      en: 'Creates them empty for 2.1.1.',
    },
  },
  {
    id: 'E10',
    source: [
      [95, 95],
      [109, 112],
    ],
    severity: 'breaks',
    says: {
      fr: 'La clé secrète irait «\u00a0à la fin de la dernière ligne\u00a0», qui est LTI_OAUTH_CREDENTIALS\u00a0: suivi à la lettre, local.env est faux.',
      en: 'The secret key would go “at the end of the last line”, which is LTI_OAUTH_CREDENTIALS: followed to the letter, local.env is wrong.',
    },
    does: {
      fr: 'L’écrit à sa place, après SECRET_KEY=.',
      en: 'Writes it where it belongs, after SECRET_KEY=.',
    },
  },
  {
    id: 'E11',
    source: [[107, 108]],
    severity: 'breaks',
    says: {
      fr: 'La clé est tirée parmi des signes que local.env peut lire autrement\u00a0: apostrophes, #, \\, et un $ au début, qui désigne une autre variable.',
      en: 'The key is drawn from signs that local.env may read otherwise: quotes, #, \\, and a $ at the beginning, which names another variable.',
    },
    does: {
      fr: 'Tire 64 lettres et chiffres, ce qui est plus qu’il n’en faut.',
      en: 'Draws 64 letters and digits, which is more than is needed.',
    },
  },
  {
    id: 'E12',
    source: [
      [96, 96],
      [210, 210],
    ],
    severity: 'security',
    says: {
      fr: 'L’exemple key1=secret1, recopié, ouvre OnTask à qui a lu le guide.',
      en: 'The sample key1=secret1, if copied, opens OnTask to whoever has read the guide.',
    },
    does: {
      fr: 'Refuse key1 et key2 comme clés LTI, n’écrit pas la ligne sans plateforme, et fait des secrets de 32 signes.',
      en: 'Refuses key1 and key2 as LTI keys, leaves the line out without a platform, and makes secrets of 32 signs.',
    },
  },
  {
    id: 'E13',
    source: [[117, 119]],
    severity: 'breaks',
    says: {
      fr: 'Le répertoire «\u00a0logs\u00a0» vient après les réglages, qui y ouvrent des fichiers\u00a0; créés par root, ceux-ci empêchent ensuite le service de démarrer.',
      en: 'The directory logs comes after the settings, which open files in it; created by root, these keep the service from starting later.',
    },
    does: {
      fr: 'Le confie au service avant la première commande d’OnTask, et n’en lance aucune en tant que root.',
      en: 'Gives it to the service before the first command of OnTask, and runs none of them as root.',
    },
  },
  {
    id: 'E14',
    source: [[122, 125]],
    severity: 'obsolete',
    says: {
      fr: 'makemigrations, sur une production, crée des fichiers hors de Git, qui gênent la mise à niveau suivante. Les migrations sont livrées avec OnTask.',
      en: 'makemigrations, on a production instance, creates files outside Git that get in the way of the next upgrade. The migrations come with OnTask.',
    },
    does: {
      fr: 'Regarde s’il en manquerait une, et n’en crée pas.',
      en: 'Looks whether one would be missing, and creates none.',
    },
  },
  {
    id: 'E24',
    source: [
      [89, 90],
      [207, 208],
    ],
    severity: 'obsolete',
    says: {
      fr: 'local.env a quitté src/ontask/settings\u00a0: depuis la 6.0 il est dans settings, à la racine.',
      en: 'local.env has left src/ontask/settings: since 6.0 it is in settings, at the root.',
    },
    does: {
      fr: 'L’écrit où la version choisie le lit.',
      en: 'Writes it where the chosen release reads it.',
    },
  },
  {
    id: 'E25',
    source: [[66, 66]],
    severity: 'unclear',
    says: {
      fr: '«\u00a0clone_actions\u00a0»\u00a0: un remplacement automatique de «\u00a0clone\u00a0» dans le texte.',
      en: '“clone_actions”: an automatic replacement of “clone” in the text.',
    },
    does: {
      fr: 'Clone le dépôt, à l’étiquette de la version.',
      en: 'Clones the repository, at the tag of the release.',
    },
  },
];
