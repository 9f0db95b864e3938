/** The editions of Pretix that can be installed, and what differs between them. */
import type { Choice, Cond, Id } from '../../src/guide/types.ts';

/** The interpreter that Debian brings; another one is the person's own. */
export const systemPython = '/usr/bin/python3';
const isSystemPython: Cond = { answer: 'PYTHON', is: [systemPython] };

export const publicMysql = 'public-4.20.4';
export const publicPostgresql = 'public-2026.8.0';
export const vendor = 'vendor-4.6.0';

export const isVendor: Cond = { answer: 'EDITION', is: [vendor] };
export const onMysql: Cond = { answer: 'EDITION', is: [publicMysql, vendor] };
export const onPostgresql: Cond = { answer: 'EDITION', is: [publicPostgresql] };

export const editionChoices: readonly Choice[] = [
  {
    value: publicMysql,
    label: {
      fr: 'Pretix 4.20.4 public, sur MariaDB\u00a0: la dernière version qui accepte MySQL',
      en: 'public Pretix 4.20.4 on MariaDB: the last version that accepts MySQL',
    },
    unfit: {
      when: { all: [isSystemPython, { fact: 'os.version', is: ['13'] }] },
      say: {
        fr: 'Pretix 4.20.4 ne s’installe pas avec le Python 3.13 de Debian 13\u00a0: une de ses bibliothèques (Pillow) ne s’y compile pas. Prenez 2026.8.0, ou indiquez un Python 3.9 à 3.11.',
        en: 'Pretix 4.20.4 cannot be installed with Debian 13’s Python 3.13: one of its libraries (Pillow) does not build there. Take 2026.8.0, or name a Python 3.9 to 3.11.',
      },
    },
  },
  {
    value: publicPostgresql,
    label: { fr: 'Pretix 2026.8.0 public, sur PostgreSQL', en: 'public Pretix 2026.8.0 on PostgreSQL' },
  },
  {
    value: vendor,
    label: {
      fr: 'Pretix 4.6.0 de Kosmos, sur MariaDB\u00a0: la version et l’index du guide',
      en: 'Pretix 4.6.0 by Kosmos on MariaDB: the build and the index of the guide',
    },
    unfit: {
      when: { all: [isSystemPython, { not: { fact: 'python3', is: ['3.7', '3.8', '3.9', '3.10'] } }] },
      say: {
        fr: 'Pretix 4.6.0 demande un Python 3.7 à 3.10, que ce Debian n’a pas\u00a0: ses bibliothèques ne se chargent pas avec un Python plus récent. Indiquez le chemin d’un tel Python, ou prenez une version publique.',
        en: 'Pretix 4.6.0 needs a Python 3.7 to 3.10, which this Debian does not have: its libraries do not load with a newer one. Name the path of such a Python, or take a public version.',
      },
    },
  },
];

/** A value per edition. */
export const byEdition = <const A extends string, const B extends string, const C extends string>(
  mysql: A,
  postgresql: B,
  ofVendor: C,
): { readonly by: Id; readonly of: Readonly<Record<string, A | B | C>> } => ({
  by: 'EDITION',
  of: { [publicMysql]: mysql, [publicPostgresql]: postgresql, [vendor]: ofVendor },
});
