/** Software components and size of the server (source lines 13–35). */
import type { Operation } from '../../../src/guide/kinds.ts';
import type { Chapter } from '../../../src/guide/types.ts';
import { diskFor, memoryFor, portFreeFor } from '../../shared/checks.ts';
import { only } from '../../shared/conditions.ts';
import { databasePackages } from '../../shared/database.ts';
import { redisDatabases, redisServer } from '../../shared/redis.ts';
import { onMysql, onPostgresql } from '../editions.ts';
import { build, isDatabaseHere } from '../questions.ts';

const { step, check, packages } = build;

const smtpSays = {
  fr: 'Le serveur SMTP ne répond pas encore\u00a0: aucun message ne partira sans lui.',
  en: 'The SMTP server does not answer yet: no message is sent without it.',
};

const probeSmtp = step('probe-smtp', {
  title: { fr: 'Serveur SMTP', en: 'SMTP server' },
  source: [[13, 16]],
  says: '• Un serveur SMTP pour envoyer des mails',
  errata: ['E-forge'],
  do: [
    check({
      name: 'smtp-banner',
      when: { not: { answer: 'SMTP_SECURITY', is: ['ssl'] } },
      probe: { tcp: '%SMTP_HOST%:%SMTP_PORT%', banner: '220' },
      level: 'warn',
      verify: false,
      say: smtpSays,
    }),
    check({
      name: 'smtp-port',
      when: { answer: 'SMTP_SECURITY', is: ['ssl'] },
      probe: { tcp: '%SMTP_HOST%:%SMTP_PORT%' },
      level: 'warn',
      verify: false,
      say: smtpSays,
    }),
  ],
});

const probeProxy = step('probe-proxy', {
  title: { fr: 'Reverse proxy Apache', en: 'Apache reverse proxy' },
  source: [[17, 17]],
  says: '• Un reverse proxy HTTP : dans la suite de cette documentation, nous utiliserons un serveur Apache.',
  do: [
    portFreeFor(80, '/usr/sbin/apache2', {
      fr: 'Un autre serveur web occupe le port 80 de cette machine\u00a0: le guide suppose Apache. Arrêtez-le («\u00a0ss -ltnp\u00a0» le nomme), puis réessayez.',
      en: 'Another web server holds port 80 of this machine: the guide assumes Apache. Stop it (“ss -ltnp” names it), then try again.',
    }),
    packages({ names: ['apache2'] }),
  ],
});

const probeDatabase = step('probe-db', {
  title: { fr: 'Serveur de base de données', en: 'Database server' },
  why: {
    fr: 'Installé s’il manque\u00a0: MariaDB pour les versions 4, PostgreSQL pour 2026.8.0.',
    en: 'Installed if it is missing: MariaDB for the versions 4, PostgreSQL for 2026.8.0.',
  },
  source: [[18, 18]],
  says: "• Un serveur de base de données : Il est possible d'utiliser la base de données installée pour K-Sup.",
  do: [
    ...only(onMysql, databasePackages('mysql', isDatabaseHere)),
    ...only(onPostgresql, databasePackages('postgresql', isDatabaseHere)),
  ],
});

const redisNumbers = ['%REDIS_DB_RESULTS%', '%REDIS_DB_CACHE%', '%REDIS_DB_QUEUE%'] as const;

const probeRedis = step('probe-redis', {
  title: { fr: 'Serveur Redis', en: 'Redis server' },
  source: [[19, 21]],
  says: '…veuillez vérifier que la commande suivante retourne bien PONG.…',
  errata: ['E-redisdb'],
  do: [...redisServer, redisDatabases('pretix', redisNumbers)] satisfies Operation[],
});

const probeNode = step('probe-node', {
  title: { fr: 'Installation de Node.js', en: 'Node.js installation' },
  why: {
    fr: 'Sert à construire les fichiers statiques\u00a0; npm n’est pas nécessaire.',
    en: 'Needed to build the static files; npm is not.',
  },
  source: [[22, 26]],
  says: "• Afin de vérifier l'installation, la commande suivante doit retourner la version de node",
  do: [
    packages({ names: ['nodejs'] }),
    check({
      name: 'node-version',
      probe: { run: ['node', '--version'], contains: 'v' },
      level: 'stop',
      say: {
        fr: 'La commande «\u00a0node --version\u00a0» ne répond pas\u00a0: réparez l’installation de Node.js, puis réessayez.',
        en: 'The command “node --version” does not answer: repair the Node.js installation, then try again.',
      },
    }),
  ],
});

const sizing = step('sizing', {
  title: { fr: 'Dimensionnement du serveur', en: 'Server sizing' },
  source: [[28, 35]],
  says: '• ajout de 4 Go de RAM',
  errata: ['E-sizing'],
  do: [
    memoryFor(2000, {
      fr: 'Moins de 2\u00a0Go de mémoire disponibles\u00a0: le guide demande 4\u00a0Go de plus pour Pretix, qui en occupe environ un au repos.',
      en: 'Less than 2 GB of memory available: the guide asks for 4 GB more for Pretix, which takes about one when idle.',
    }),
    diskFor(5000, {
      fr: 'Moins de 5\u00a0Go libres dans /var, ce que le guide demande.',
      en: 'Less than 5 GB free in /var, which is what the guide asks for.',
    }),
  ],
});

export const components: Chapter = {
  id: 'components',
  title: { fr: 'Composants logiciels', en: 'Software components' },
  steps: [probeSmtp, probeProxy, probeDatabase, probeRedis, probeNode, sizing],
};
