/** MariaDB, MySQL, PostgreSQL. */
import type { KnownCause } from '../../guide/types.ts';

export const databases: readonly KnownCause[] = [
  {
    id: 'database-not-empty',
    codes: ['refused-existing'],
    match: String.raw`^what: (?<name>[^\n]{1,64})\ntables: (?<tables>\d{1,9})`,
    say: {
      fr: 'Une base {name} est déjà là, avec {tables} tables qui ne sont pas de cette installation.',
      en: 'A database {name} already exists, with {tables} tables that are not of this installation.',
    },
    do: {
      fr: 'Si elle ne sert plus\u00a0: sauvegardez-la («\u00a0mariadb-dump {name}\u00a0» ou «\u00a0pg_dump {name}\u00a0»), supprimez-la, puis réessayez.',
      en: 'If nothing needs it: dump it (“mariadb-dump {name}” or “pg_dump {name}”), drop it, then try again.',
    },
  },
  {
    id: 'database-unknown-host',
    match: String.raw`Unknown (?:MySQL )?server host '(?<host>[\w.:-]{1,120})'|could not translate host name "(?<name>[\w.:-]{1,120})"`,
    say: {
      fr: 'Le nom du serveur de base de données est inconnu du DNS\u00a0: {host}{name}.',
      en: 'The DNS does not know the name of the database server: {host}{name}.',
    },
    do: {
      fr: 'Essayez «\u00a0getent hosts {host}{name}\u00a0». Corrigez la réponse ou le DNS, puis réessayez.',
      en: 'Try “getent hosts {host}{name}”. Correct the answer or the DNS, then try again.',
    },
  },
  {
    id: 'database-host-refused',
    match: String.raw`Host '[^'\n]{1,120}' is (?:not allowed to connect|blocked)|no pg_hba\.conf entry`,
    say: {
      fr: 'Le serveur de base de données n’accepte personne depuis cette machine.',
      en: 'The database server accepts nobody from this machine.',
    },
    do: {
      fr: 'Son administrateur doit ouvrir l’accès à l’adresse de cette machine (compte «\u00a0nom@adresse\u00a0», ou une ligne de pg_hba.conf). Puis réessayez.',
      en: 'Its administrator has to open the access to this machine’s address (an account “name@address”, or a line of pg_hba.conf). Then try again.',
    },
  },
  {
    id: 'database-rights-missing',
    match: String.raw`\b(?:1142|1044|1227|1370)\b[^\n]{0,40}(?:denied|Access)|command denied to user|Access denied for user [^\n]{1,160} to database|permission denied for (?:schema|database|table|relation)`,
    say: {
      fr: 'Le compte entre dans le serveur, mais n’a pas les droits qu’il faut sur la base.',
      en: 'The account gets into the server, but lacks the rights it needs on the database.',
    },
    do: {
      fr: '«\u00a0SHOW GRANTS FOR\u00a0» suivi du compte les montre. Rendez-lui ceux que le guide donne, puis réessayez.',
      en: '“SHOW GRANTS FOR” followed by the account shows them. Give it those of the guide, then try again.',
    },
  },
  {
    id: 'database-login-denied',
    match: String.raw`\b(?:1045|1698)\b[^\n]{0,40}Access denied|Access denied for user|password authentication failed|no password supplied|Peer authentication failed`,
    say: {
      fr: 'Le serveur de base de données refuse ce compte\u00a0: mot de passe faux, compte d’un autre nom, ou fait pour une autre adresse (nom@localhost et nom@% sont deux comptes).',
      en: 'The database server refuses this account: wrong password, an account of another name, or made for another address (name@localhost and name@% are two accounts).',
    },
    do: {
      fr: 'Vérifiez la réponse et le compte\u00a0: «\u00a0SELECT user, host FROM mysql.user;\u00a0» en tant que root. Corrigez, puis réessayez.',
      en: 'Check the answer and the account: “SELECT user, host FROM mysql.user;” as root. Correct it, then try again.',
    },
  },
  {
    id: 'database-too-many-connections',
    match: String.raw`\(1040, |Too many connections|too many clients already|remaining connection slots`,
    say: {
      fr: 'Le serveur de base de données a déjà toutes les connexions qu’il accepte.',
      en: 'The database server already has all the connections it accepts.',
    },
    do: {
      fr: '«\u00a0SHOW PROCESSLIST;\u00a0» dit qui les tient. Libérez-en ou augmentez max_connections, puis réessayez.',
      en: '“SHOW PROCESSLIST;” says who holds them. Free some or raise max_connections, then try again.',
    },
  },
  {
    id: 'database-unreachable',
    match: String.raw`Can't connect to (?:MySQL |MariaDB )?server on '(?<host>[\w.:-]{1,120})'|could not connect to server|connection to server at "(?<address>[\w.:-]{1,120})"[^\n]{1,200}failed`,
    say: {
      fr: 'Le serveur de base de données ne répond pas à {host}{address}\u00a0: arrêté, autre port, à l’écoute de localhost seul, ou pare-feu.',
      en: 'The database server does not answer at {host}{address}: stopped, another port, listening on localhost only, or a firewall.',
    },
    do: {
      fr: 'Sur ce serveur, «\u00a0ss -ltnp\u00a0» montre où il écoute (bind-address). Corrigez, puis réessayez.',
      en: 'On that server “ss -ltnp” shows where it listens (bind-address). Correct it, then try again.',
    },
  },
  {
    id: 'database-stopped',
    match: String.raw`Can't connect to local (?:MySQL |MariaDB )?server|that mariadbd? is running|that mysqld is running|through socket '[^'\n]{1,120}'|connection to server on socket|\.s\.PGSQL\.5432`,
    say: {
      fr: 'Le serveur de base de données de cette machine ne tourne pas.',
      en: 'The database server of this machine does not run.',
    },
    do: {
      fr: '«\u00a0systemctl start mariadb\u00a0» (ou postgresql). S’il ne tient pas, «\u00a0journalctl -u mariadb -n 30\u00a0» dit pourquoi\u00a0: port 3306 pris, disque plein. Puis réessayez.',
      en: '“systemctl start mariadb” (or postgresql). If it does not stay up, “journalctl -u mariadb -n 30” says why: port 3306 taken, disk full. Then try again.',
    },
  },
  {
    id: 'database-read-only',
    match: String.raw`running with the --read-only option|read_only|cannot execute [^\n]{1,60} in a read-only transaction`,
    say: {
      fr: 'Le serveur de base de données est en lecture seule\u00a0: sans doute un réplica, ou une maintenance.',
      en: 'The database server is read-only: probably a replica, or a maintenance.',
    },
    do: {
      fr: 'Donnez l’adresse du serveur principal, ou faites lever «\u00a0read_only\u00a0», puis réessayez.',
      en: 'Give the address of the primary server, or have “read_only” lifted, then try again.',
    },
  },
  {
    id: 'database-table-exists',
    match: String.raw`Table '(?<table>[\w.$-]{1,120})' already exists|relation "(?<relation>[\w.$-]{1,120})" already exists`,
    say: {
      fr: 'Une table que l’application veut créer est déjà là\u00a0: {table}{relation}. Une création précédente s’est sans doute arrêtée au milieu.',
      en: 'A table that the application wants to make already exists: {table}{relation}. An earlier attempt probably stopped half-way.',
    },
    do: {
      fr: 'Sauvegardez la base si elle a pu servir, videz-la, puis réessayez.',
      en: 'Dump the database if it may have been in use, empty it, then try again.',
    },
  },
  {
    id: 'database-locked',
    match: String.raw`\(1205, |Lock wait timeout exceeded|Deadlock found|canceling statement due to lock timeout`,
    say: {
      fr: 'Un autre programme tient un verrou dans la base.',
      en: 'Another program holds a lock in the database.',
    },
    do: {
      fr: '«\u00a0SHOW FULL PROCESSLIST;\u00a0» le montre. Attendez ou arrêtez-le, puis réessayez.',
      en: '“SHOW FULL PROCESSLIST;” shows it. Wait or stop it, then try again.',
    },
  },
];
