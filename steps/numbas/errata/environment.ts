/** Errata of the system, Numbas itself and PostgreSQL (source lines 1–107). */
import type { Erratum } from '../../../src/guide/types.ts';

export const environment: readonly Erratum[] = [
  {
    id: 'E1',
    source: [
      [3, 9],
      [22, 24],
    ],
    severity: 'obsolete',
    says: {
      fr: 'RHEL\u00a07 n’est plus maintenu depuis juin 2024, et ne peut pas avoir le Python que Numbas demande.',
      en: 'RHEL 7 has not been maintained since June 2024, and cannot have the Python that Numbas needs.',
    },
    does: {
      fr: 'Installe sur RHEL, Rocky Linux et AlmaLinux 8, 9 et 10, sur Debian\u00a013 et sur Ubuntu\u00a024.04. Refuse RHEL\u00a07.',
      en: 'Installs on RHEL, Rocky Linux and AlmaLinux 8, 9 and 10, on Debian 13 and on Ubuntu 24.04. Refuses RHEL 7.',
    },
  },
  {
    id: 'E2',
    source: [[42, 44]],
    severity: 'obsolete',
    says: {
      fr: 'Les dépôts nommés sont ceux de RHEL\u00a07\u00a0; les versions suivantes ont CodeReady Builder, et supervisor vient d’EPEL.',
      en: 'The repositories named are those of RHEL 7; later releases have CodeReady Builder, and supervisor comes from EPEL.',
    },
    does: {
      fr: 'Active CodeReady Builder (CRB, PowerTools) et ajoute EPEL. Ce qui était déjà actif le reste au retour en arrière.',
      en: 'Enables CodeReady Builder (CRB, PowerTools) and adds EPEL. What was enabled already stays so after a rollback.',
    },
  },
  {
    id: 'E3',
    source: [[46, 52]],
    severity: 'security',
    says: {
      fr: 'Le dépôt de nginx.org en http et sans vérification de signature (gpgcheck=0)\u00a0: qui est sur le chemin peut y mettre ses propres paquets.',
      en: 'The repository of nginx.org through http and with no check of signatures (gpgcheck=0): whoever is on the way can put packages of their own there.',
    },
    does: {
      fr: 'Prend le nginx du système. Celui de nginx.org au choix (réponse NGINX_FROM), par https, sa clé vérifiée.',
      en: 'Takes the system’s nginx. That of nginx.org on request (answer NGINX_FROM), through HTTPS, with its key verified.',
    },
  },
  {
    id: 'E4',
    source: [[58, 58]],
    severity: 'security',
    says: {
      fr: 'Un compte avec un shell de connexion, alors que personne ne s’en sert pour se connecter.',
      en: 'An account with a login shell, although nobody signs in with it.',
    },
    does: {
      fr: 'Crée un utilisateur système, sans mot de passe ni shell.',
      en: 'Creates a system user with neither password nor shell.',
    },
  },
  {
    id: 'E5',
    source: [[59, 64]],
    severity: 'unclear',
    says: {
      fr: 'yum pose une question à chaque commande\u00a0; lancées comme un script, ces lignes attendent une réponse.',
      en: 'yum asks a question at each command; run as a script these lines wait for an answer.',
    },
    does: {
      fr: 'Montre d’abord ce qui sera installé, puis n’attend plus de réponse.',
      en: 'Shows first what will be installed, then waits for no answer.',
    },
  },
  {
    id: 'E6',
    source: [[59, 61]],
    severity: 'obsolete',
    says: {
      fr: 'Le dépôt de PostgreSQL\u00a010 pour des paquets de la 9.6\u00a0: ni l’une ni l’autre ne sont maintenues, et Numbas demande PostgreSQL\u00a014.',
      en: 'The repository of PostgreSQL 10 for packages of 9.6: neither is maintained, and Numbas needs PostgreSQL 14.',
    },
    does: {
      fr: 'Prend le PostgreSQL du système (le module 16 sur RHEL 8 et 9), et vérifie sa version.',
      en: 'Takes the system’s PostgreSQL (the module 16 on RHEL 8 and 9), and checks its version.',
    },
  },
  {
    id: 'E7',
    source: [
      [62, 63],
      [84, 84],
    ],
    severity: 'breaks',
    says: {
      fr: 'Python\u00a03.6 est trop ancien\u00a0: v4_STABLE demande Python\u00a03.12 depuis février 2026 (Django 6.0), même si sa documentation dit encore 3.10.',
      en: 'Python 3.6 is too old: v4_STABLE has needed Python 3.12 since February 2026 (Django 6.0), although its documentation still says 3.10.',
    },
    does: {
      fr: 'Lit dans la branche le Django qu’elle demande, et refuse avant de rien installer un Python qui ne convient pas.',
      en: 'Reads in the branch which Django it needs, and refuses a Python that does not fit before installing anything.',
    },
  },
  {
    id: 'E8',
    source: [[69, 75]],
    severity: 'unclear',
    says: {
      fr: 'Le répertoire static est à nginx\u00a0: Numbas n’y écrit pas, et collectstatic ne marche qu’en tant que root.',
      en: 'The directory static is nginx’s: Numbas cannot write there, and collectstatic works as root only.',
    },
    does: {
      fr: 'Les deux répertoires sont à l’utilisateur du service, leur groupe est celui du serveur web (2750).',
      en: 'Both directories belong to the user of the service, their group is that of the web server (2750).',
    },
  },
  {
    id: 'E9',
    source: [
      [81, 81],
      [85, 87],
      [89, 93],
    ],
    severity: 'security',
    says: {
      fr: 'Le service est propriétaire de son propre programme\u00a0: qui le détourne peut le récrire. Et pip, lancé en tant que root après le chown, y laisse des fichiers de root.',
      en: 'The service owns its own program: whoever takes it over can rewrite it. And pip, run as root after the chown, leaves files of root there.',
    },
    does: {
      fr: 'Programme et bibliothèques appartiennent à root\u00a0; le service les lit.',
      en: 'Program and libraries belong to root; the service reads them.',
    },
  },
  {
    id: 'E10',
    source: [[93, 93]],
    severity: 'breaks',
    says: {
      fr: 'psycopg2\u00a02.8.6 ne se compile pas avec Python\u00a03.12, ni 2.9.9 (la documentation actuelle) avec 3.13\u00a0; channels_redis\u00a03.3.0 n’est pas pour le channels de v4_STABLE.',
      en: 'psycopg2 2.8.6 does not compile with Python 3.12, nor does 2.9.9 (of today’s documentation) with 3.13; channels_redis 3.3.0 is not for the channels of v4_STABLE.',
    },
    does: {
      fr: 'Installe channels_redis\u00a04.2.0, redis\u00a05.0.4 et psycopg2\u00a02.9.10 ou plus récent.',
      en: 'Installs channels_redis 4.2.0, redis 5.0.4 and psycopg2 2.9.10 or newer.',
    },
  },
  {
    id: 'E11',
    source: [[61, 61]],
    severity: 'breaks',
    says: {
      fr: 'Le paquet de Red Hat ne crée pas de base au départ, et ne démarre rien\u00a0: il manque «\u00a0postgresql-setup --initdb\u00a0» et «\u00a0systemctl enable\u00a0».',
      en: 'Red Hat’s package makes no cluster to begin with, and starts nothing: “postgresql-setup --initdb” and “systemctl enable” are missing.',
    },
    does: {
      fr: 'Fait les deux. Des bases qui existent déjà ne sont pas touchées.',
      en: 'Does both. Databases that are there already are not touched.',
    },
  },
  {
    id: 'E12',
    source: [[95, 101]],
    severity: 'security',
    says: {
      fr: 'Le chemin est faux (/var/lib/pgsql)\u00a0; md5 est affaibli\u00a0; la ligne vaut pour tous les rôles et toutes les bases, et oublie IPv6, que «\u00a0localhost\u00a0» peut désigner.',
      en: 'The path is wrong (/var/lib/pgsql); md5 is weak; the line is for all roles and databases, and forgets IPv6, which “localhost” may stand for.',
    },
    does: {
      fr: 'Demande au serveur où est le fichier, et y ajoute deux lignes pour ce rôle et cette base, en scram-sha-256\u00a0; recharger suffit.',
      en: 'Asks the server where the file is, and adds two lines for this role and this database, with scram-sha-256; a reload is enough.',
    },
  },
  {
    id: 'E13',
    source: [[106, 106]],
    severity: 'security',
    says: {
      fr: 'Le mot de passe est dans la liste des processus, et vide si la variable n’existe pas\u00a0; CREATEDB ne sert à rien.',
      en: 'The password is in the list of processes, and empty if the variable does not exist; CREATEDB is of no use.',
    },
    does: {
      fr: 'Crée le rôle par l’entrée standard, sans CREATEDB.',
      en: 'Creates the role through standard input, without CREATEDB.',
    },
  },
  {
    id: 'E14',
    source: [[107, 107]],
    severity: 'breaks',
    says: {
      fr: 'createdb demande le mot de passe du rôle\u00a0; sans terminal, il le redemande sans fin.',
      en: 'createdb asks for the password of the role; with no terminal it asks for ever.',
    },
    does: {
      fr: 'Crée la base en tant qu’administrateur, pour ce rôle.',
      en: 'Creates the database as the administrator, for that role.',
    },
  },
];
