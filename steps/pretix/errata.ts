/** Where the source is wrong, obsolete or unsafe, and what the wizard does. */
import type { Erratum } from '../../src/guide/types.ts';

export const errata: readonly Erratum[] = [
  {
    id: 'E-invoices',
    source: [
      [227, 227],
      [247, 256],
    ],
    severity: 'security',
    says: {
      fr: '«\u00a0ProxyPass /\u00a0» l’emporte sur «\u00a0Alias\u00a0»\u00a0: les deux interdictions ne sont jamais consultées, et toute facture est servie à qui connaît son adresse (mesuré\u00a0: 200).',
      en: '“ProxyPass /” wins over “Alias”: the two refusals are never looked at, and every invoice is served to whoever knows its address (measured: 200).',
    },
    does: {
      fr: 'Exclut /media et /static du proxy, refuse les deux répertoires, et vérifie qu’ils répondent 403. Ne peut pas être désactivé.',
      en: 'Keeps /media and /static out of the proxy, refuses both directories, and verifies that they answer 403. Cannot be switched off.',
    },
  },
  {
    id: 'E-adminpw',
    source: [[264, 269]],
    severity: 'security',
    says: {
      fr: 'Le compte admin@localhost / admin reste ouvert sur une adresse publique tant que personne n’agit.',
      en: 'The account admin@localhost / admin stays open on a public address until somebody acts.',
    },
    does: {
      fr: 'Remplace ce mot de passe avant d’ouvrir Apache\u00a0; si vous préférez le choisir, un mot de passe provisoire, à changer, prend sa place. Ne peut pas être désactivé.',
      en: 'Replaces that password before Apache is opened; if you prefer to choose it, a temporary one that must be changed takes its place. Cannot be switched off.',
    },
  },
  {
    id: 'E-register',
    source: [[85, 94]],
    severity: 'security',
    says: {
      fr: 'registration n’est pas réglé, et vaut «\u00a0on\u00a0» dans les versions 4\u00a0: n’importe qui peut se créer un compte (mesuré\u00a0: /control/register répond 200).',
      en: 'registration is not set and defaults to “on” in the versions 4: anybody can create an account (measured: /control/register answers 200).',
    },
    does: {
      fr: 'Écrit registration=off et vérifie que la page répond 403. Ne peut pas être désactivé.',
      en: 'Writes registration=off and verifies that the page answers 403. Cannot be switched off.',
    },
  },
  {
    id: 'E-override',
    source: [
      [240, 240],
      [244, 244],
    ],
    severity: 'security',
    says: {
      fr: '«\u00a0AllowOverride All\u00a0» sur un répertoire où l’on dépose des fichiers\u00a0: un fichier .htaccess déposé changerait la configuration d’Apache.',
      en: '“AllowOverride All” on a directory where files are uploaded: an uploaded .htaccess would change Apache’s configuration.',
    },
    does: {
      fr: 'AllowOverride None, Options -Indexes.',
      en: 'AllowOverride None, Options -Indexes.',
    },
  },
  {
    id: 'E-xff',
    source: [
      [93, 93],
      [234, 234],
    ],
    severity: 'security',
    says: {
      fr: 'Pretix croit l’en-tête X-Forwarded-For, et Apache laisse passer celui qu’un visiteur envoie lui-même.',
      en: 'Pretix trusts the header X-Forwarded-For, and Apache passes on the one that visitors send themselves.',
    },
    does: {
      fr: 'Quand TLS se termine dans cet Apache (rien devant lui), retire d’abord cet en-tête. Derrière un frontal, c’est à lui de le remettre à zéro.',
      en: 'When TLS ends in this Apache (nothing in front), takes that header away first. Behind a front end it is for that one to reset it.',
    },
    literal: true,
  },
  {
    id: 'E-cfgowner',
    source: [[82, 83]],
    severity: 'security',
    says: {
      fr: 'Le service est propriétaire de sa propre configuration\u00a0: il pourrait la réécrire.',
      en: 'The service owns its own configuration: it could rewrite it.',
    },
    does: {
      fr: 'root:pretix, 0750 pour le répertoire, 0640 pour le fichier\u00a0: Pretix lit, sans écrire.',
      en: 'root:pretix, 0750 for the directory, 0640 for the file: Pretix reads and does not write.',
    },
    literal: true,
  },
  {
    id: 'E-index',
    source: [[146, 146]],
    severity: 'security',
    says: {
      fr: '--extra-index-url\u00a0: pip prend la version la plus haute de l’un ou l’autre index\u00a0; un paquet du même nom sur l’index public passerait devant.',
      en: '--extra-index-url: pip takes the highest version of either index; a package of the same name on the public one would come first.',
    },
    does: {
      fr: 'Prend Pretix seul sur l’index de Kosmos, puis ses bibliothèques sur l’index public. Les versions publiques n’utilisent pas l’index de Kosmos.',
      en: 'Takes Pretix alone from the index of Kosmos, then its libraries from the public index. The public versions do not use the index of Kosmos.',
    },
  },
  {
    id: 'E-redisdb',
    source: [[116, 122]],
    severity: 'security',
    says: {
      fr: 'Les bases Redis 0, 1 et 2 sont imposées\u00a0; sur un serveur partagé elles peuvent être celles de K-Sup.',
      en: 'Redis databases 0, 1 and 2 are imposed; on a shared server they may be K-Sup’s.',
    },
    does: {
      fr: 'Demande les numéros, refuse une base qui contient déjà des clés, et ne vide que les siennes.',
      en: 'Asks for the numbers, refuses a database that holds keys already, and empties only its own.',
    },
  },
  {
    id: 'E-grantuser',
    source: [
      [58, 58],
      [106, 106],
    ],
    severity: 'unclear',
    says: {
      fr: 'Pretix reçoit le compte SQL de K-Sup\u00a0: son mot de passe est dans un fichier lisible par Pretix, avec tous les droits sur la base de K-Sup.',
      en: 'Pretix is given K-Sup’s SQL account: its password is in a file that Pretix reads, with all rights on K-Sup’s database.',
    },
    does: {
      fr: 'Crée un compte pretix, limité à sa base. Celui de K-Sup reste possible (DB_USER_MODE = shared).',
      en: 'Creates an account pretix, limited to its database. K-Sup’s remains possible (DB_USER_MODE = shared).',
    },
  },
  {
    id: 'E-home',
    source: [[43, 43]],
    severity: 'breaks',
    says: {
      fr: 'Depuis Debian 12, le répertoire personnel est créé en 0700\u00a0: Apache ne peut y lire aucun fichier statique (403).',
      en: 'Since Debian 12 the home is created with mode 0700: Apache can read no static file in it (403).',
    },
    does: {
      fr: 'chmod 0711\u00a0: on traverse, on ne liste pas.',
      en: 'chmod 0711: to pass through, not to list.',
    },
  },
  {
    id: 'E-apt',
    source: [[73, 75]],
    severity: 'breaks',
    says: {
      fr: 'python-dev n’existe plus depuis Debian 12\u00a0: toute la commande apt échoue. pkg-config manque\u00a0: mysqlclient ne se compile pas.',
      en: 'python-dev is gone since Debian 12: the whole apt command fails. pkg-config is missing: mysqlclient does not build.',
    },
    does: { fr: 'Retire python-dev, ajoute pkg-config.', en: 'Drops python-dev, adds pkg-config.' },
  },
  {
    id: 'E-python',
    source: [[137, 137]],
    severity: 'breaks',
    says: {
      fr: 'Pretix 4.6.0 ne tourne pas avec Python 3.11 (Debian 12) ni 3.13 (Debian 13).',
      en: 'Pretix 4.6.0 does not run with Python 3.11 (Debian 12) or 3.13 (Debian 13).',
    },
    does: {
      fr: 'Propose une version qui tourne ici, ou demande un Python qui convient.',
      en: 'Offers a version that runs here, or asks for a Python that fits.',
    },
  },
  {
    id: 'E-pip',
    source: [
      [139, 139],
      [146, 146],
    ],
    severity: 'breaks',
    says: {
      fr: '«\u00a0-U pip setuptools\u00a0»\u00a0: pip 24.1 et plus refusent des bibliothèques de 4.6.0\u00a0; setuptools 82 n’a plus pkg_resources, que Pretix 4 importe.',
      en: '“-U pip setuptools”: pip 24.1 and newer refuse libraries of 4.6.0; setuptools 82 no longer has pkg_resources, which Pretix 4 imports.',
    },
    does: {
      fr: 'Fixe les versions éprouvées avec chaque édition.',
      en: 'Pins the versions that were tried with each edition.',
    },
  },
  {
    id: 'E-drift',
    source: [[146, 146]],
    severity: 'breaks',
    says: {
      fr: 'Les bibliothèques non fixées ont changé depuis\u00a0: django-countries 8 empêche Pretix 4.6.0 de démarrer.',
      en: 'Libraries that are not pinned have moved since: django-countries 8 keeps Pretix 4.6.0 from starting.',
    },
    does: {
      fr: 'Les fixe à l’époque de cette version.',
      en: 'Pins them to the time of that version.',
    },
  },
  {
    id: 'E-csp',
    source: [[92, 92]],
    severity: 'breaks',
    says: {
      fr: 'Une valeur vide ou un «\u00a0;\u00a0» final dans csp_additional_header, et chaque page est une erreur 500.',
      en: 'An empty value or a final “;” in csp_additional_header, and every page is an error 500.',
    },
    does: {
      fr: 'Contrôle la réponse et n’écrit jamais de «\u00a0;\u00a0» final.',
      en: 'Checks the answer and never writes a final “;”.',
    },
  },
  {
    id: 'E-csp26',
    source: [[92, 92]],
    severity: 'breaks',
    says: {
      fr: 'Pretix 2026.8.0 refuse frame-ancestors dans cette ligne\u00a0: chaque page HTML serait une erreur 500, alors que l’API répondrait encore.',
      en: 'Pretix 2026.8.0 refuses frame-ancestors in this line: every HTML page would be an error 500 while the API still answers.',
    },
    does: {
      fr: 'Avec cette version, met frame-ancestors dans le site Apache.',
      en: 'With that version, puts frame-ancestors into the Apache site.',
    },
  },
  {
    id: 'E-vhost-name',
    source: [[219, 233]],
    severity: 'breaks',
    says: {
      fr: 'Fichier sans .conf, que a2ensite ignore\u00a0; pas de balises VirtualHost\u00a0; le site n’est ni activé ni rechargé\u00a0; ProxyPreserveHost deux fois.',
      en: 'A file without .conf, which a2ensite ignores; no VirtualHost tags; the site is neither enabled nor reloaded; ProxyPreserveHost twice.',
    },
    does: {
      fr: 'Écrit pretix.conf, complet, le teste, l’active et recharge Apache.',
      en: 'Writes a complete pretix.conf, tests it, enables it and reloads Apache.',
    },
  },
  {
    id: 'E-py37',
    source: [
      [243, 243],
      [248, 248],
    ],
    severity: 'obsolete',
    says: {
      fr: 'Le chemin contient «\u00a0python3.7\u00a0», qui n’existe sur aucun système actuel.',
      en: 'The path holds “python3.7”, which exists on no current system.',
    },
    does: {
      fr: 'Demande le chemin à Python une fois Pretix installé.',
      en: 'Asks Python for the path once Pretix is installed.',
    },
  },
  {
    id: 'E-order',
    source: [[249, 256]],
    severity: 'obsolete',
    says: {
      fr: 'order/deny\u00a0: la syntaxe d’Apache 2.2.',
      en: 'order/deny: the syntax of Apache 2.2.',
    },
    does: { fr: 'Require all denied.', en: 'Require all denied.' },
  },
  {
    id: 'E-proto',
    source: [[229, 230]],
    severity: 'unclear',
    says: {
      fr: 'Apache annonce https à Pretix alors que rien ne dit où TLS se termine.',
      en: 'Apache tells Pretix https although nothing says where TLS ends.',
    },
    does: {
      fr: 'Demande où, et n’annonce https que si l’URL publique est en https.',
      en: 'Asks where, and tells https only if the public URL is https.',
    },
  },
  {
    id: 'E-admins',
    source: [
      [114, 114],
      [131, 131],
    ],
    severity: 'unclear',
    says: {
      fr: '«\u00a0admins\u00a0» est présenté comme l’adresse des messages d’inscription\u00a0; Pretix y envoie les erreurs du serveur.',
      en: '“admins” is said to be the address for registration mails; Pretix sends server errors there.',
    },
    does: {
      fr: 'Demande qui reçoit les erreurs, sous la même clé.',
      en: 'Asks who receives errors, under the same key.',
    },
  },
  {
    id: 'E-smtpauth',
    source: [[110, 114]],
    severity: 'unclear',
    says: {
      fr: 'Ni compte, ni mot de passe, ni chiffrement pour le serveur SMTP.',
      en: 'No account, password or encryption for the SMTP server.',
    },
    does: { fr: 'Les demande, facultatifs.', en: 'Asks for them; optional.' },
  },
  {
    id: 'E-dbport',
    source: [[103, 108]],
    severity: 'unclear',
    says: { fr: 'Pas de port pour la base.', en: 'No port for the database.' },
    does: { fr: 'Écrit port=.', en: 'Writes port=.' },
  },
  {
    id: 'E-crontab',
    source: [[210, 211]],
    severity: 'unclear',
    says: {
      fr: 'On ne dit pas de quel utilisateur est le crontab\u00a0; dans celui de root, des fichiers de root casseraient le service.',
      en: 'It does not say whose crontab; in root’s, files owned by root would break the service.',
    },
    does: {
      fr: 'Un fichier /etc/cron.d/pretix, exécuté en tant que pretix.',
      en: 'A file /etc/cron.d/pretix, run as pretix.',
    },
  },
  {
    id: 'E-ecb',
    source: [[209, 211]],
    severity: 'unclear',
    says: {
      fr: 'Sur un réseau fermé, chaque passage se plaint (taux de la BCE)\u00a0; sinon, Pretix annonce chaque jour à pretix.eu le nombre d’évènements.',
      en: 'On a closed network each run complains (ECB rates); otherwise Pretix tells pretix.eu the number of events each day.',
    },
    does: {
      fr: 'Demande si Pretix peut appeler Internet\u00a0; sinon, les deux sont coupés.',
      en: 'Asks whether Pretix may call the Internet; if not, both are off.',
    },
  },
  {
    id: 'E-unit-after',
    source: [
      [169, 169],
      [189, 189],
    ],
    severity: 'unclear',
    says: {
      fr: 'Les services démarrent avant la base et Redis de la même machine.',
      en: 'The services start before the database and Redis of the same machine.',
    },
    does: {
      fr: 'After=network-online.target, plus la base et Redis locaux.',
      en: 'After=network-online.target, plus the local database and Redis.',
    },
    literal: true,
  },
  {
    id: 'E-url',
    source: [[125, 125]],
    severity: 'unclear',
    says: {
      fr: 'Les pages portent aussi «\u00a0X-Frame-Options: DENY\u00a0»\u00a0; les navigateurs actuels suivent frame-ancestors.',
      en: 'Pages also carry “X-Frame-Options: DENY”; current browsers follow frame-ancestors.',
    },
    does: { fr: 'Rien\u00a0: c’est dit ici.', en: 'Nothing: it is said here.' },
  },
  {
    id: 'E-rebuildcwd',
    source: [[155, 155]],
    severity: 'unclear',
    says: {
      fr: 'Lancé dans /var/pretix, «\u00a0rebuild\u00a0» parcourt tout le venv\u00a0: près de 3\u00a0000 lignes de sortie.',
      en: 'Run in /var/pretix, “rebuild” walks the whole venv: some 3,000 lines of output.',
    },
    does: { fr: 'Le lance dans un répertoire vide.', en: 'Runs it in an empty directory.' },
  },
  {
    id: 'E-curl',
    source: [
      [313, 314],
      [325, 329],
    ],
    severity: 'unclear',
    says: {
      fr: '%pretix-hostname% n’a pas de «\u00a0https://\u00a0», et le jeton reste dans l’historique du shell.',
      en: '%pretix-hostname% has no “https://”, and the token stays in the shell’s history.',
    },
    does: {
      fr: 'Emploie l’URL publique\u00a0; le jeton n’est jamais dans une ligne de commande.',
      en: 'Uses the public URL; the token is never on a command line.',
    },
  },
  {
    id: 'E-sizing',
    source: [[34, 35]],
    severity: 'unclear',
    says: {
      fr: '4\u00a0Go de mémoire et 5\u00a0Go de disque\u00a0: mesuré, environ 1\u00a0Go et 2\u00a0Go suffisent au repos.',
      en: '4 GB of memory and 5 GB of disk: measured, about 1 GB and 2 GB are enough when idle.',
    },
    does: {
      fr: 'Prévient sous 2\u00a0Go de mémoire libre ou 5\u00a0Go de disque, sans bloquer.',
      en: 'Warns under 2 GB of free memory or 5 GB of disk, without stopping.',
    },
  },
  {
    id: 'E-licence',
    source: [[279, 292]],
    severity: 'unclear',
    says: {
      fr: 'Les valeurs données sont celles de la version de Kosmos\u00a0; avec une version publique, «\u00a0code modifié\u00a0», «\u00a0plugins installés\u00a0» et le lien vers le code de Kosmos seraient faux.',
      en: 'The values are those of the build by Kosmos; with a public version “changed code”, “installed plugins” and the link to the code of Kosmos would be wrong.',
    },
    does: {
      fr: 'Donne les valeurs de la version choisie, celles du guide à côté\u00a0; la déclaration reste la vôtre.',
      en: 'Gives the values of the chosen version, the guide’s beside them; the declaration remains yours.',
    },
  },
  {
    id: 'E-forge',
    source: [[11, 11]],
    severity: 'obsolete',
    says: {
      fr: 'La documentation citée est sur une forge privée.',
      en: 'The documentation cited is on a private forge.',
    },
    does: { fr: 'Rien\u00a0: le guide la reprend.', en: 'Nothing: the guide repeats it.' },
  },
];
