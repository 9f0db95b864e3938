/** Database servers of Debian: installed where they are missing, asked as an administrator or as the application. */
import type { Operation, Probe, Public, SqlServer } from '../../src/guide/kinds.ts';
import type { Choice, Cond, Id } from '../../src/guide/types.ts';
import { only } from './conditions.ts';

type Engine = SqlServer['engine'];

/** Names of the answers that say where a server is and who administers it (`BY_USER`, `BY_PASSWORD`). */
interface ServerAnswers {
  readonly host: Id;
  readonly port: Id;
  /** Answers `socket`, `password` or `person`. */
  readonly by: Id;
}

/** Who makes what only a server's administrator can; `user` is that one on this machine. */
export const administratorChoices = (isDatabaseHere: Cond, user: string): readonly Choice[] => [
  {
    value: 'socket',
    label: {
      fr: `l’assistant, en tant que ${user} de cette machine`,
      en: `the wizard, as ${user} of this machine`,
    },
    unfit: {
      when: { not: isDatabaseHere },
      say: {
        fr: 'Être root ici ne donne aucun droit sur le serveur d’une autre machine.',
        en: 'Root here has no rights on another machine’s server.',
      },
    },
  },
  {
    value: 'password',
    label: {
      fr: 'l’assistant, avec un compte administrateur de la base',
      en: 'the wizard, with a database administrator account',
    },
  },
  {
    value: 'person',
    label: {
      fr: 'l’administrateur de la base\u00a0: le SQL est affiché',
      en: 'the database administrator: the SQL is shown',
    },
  },
];

/** The server as its administrator reaches it; not for `person`. */
export function administered(engine: Engine, { host, port, by }: ServerAnswers): SqlServer {
  const ifPassword = (name: string) => ({ by, of: { password: `%${by}_${name}%`, '': '' } });
  return {
    engine,
    host: `%${host}%`,
    port: `%${port}%`,
    login: { by, of: { password: 'password', '': 'socket' } },
    user: ifPassword('USER'),
    password: ifPassword('PASSWORD'),
  };
}

/** The server on this machine, or the client of one that is elsewhere. */
export function databasePackages(engine: Engine, isHere: Cond): Operation[] {
  const packages = {
    mysql: { server: 'mariadb-server', client: 'mariadb-client' },
    postgresql: { server: 'postgresql', client: 'postgresql-client' },
  }[engine];
  return [
    ...only(isHere, [{ kind: 'packages', names: [packages.server] }, answersHere(engine)]),
    { kind: 'packages', names: [packages.client], when: { not: isHere } },
  ];
}

function answersHere(engine: Engine): Operation {
  const probe: Probe =
    engine === 'mysql' ? { run: ['mariadb-admin', 'ping'], contains: 'alive' } : { run: ['pg_isready'] };
  return {
    kind: 'check',
    name: `${engine}-answers`,
    probe,
    level: 'stop',
    within: 30,
    say: {
      fr: 'Le serveur de base de données de cette machine ne répond pas\u00a0: regardez son journal (journalctl -u mariadb, ou postgresql), démarrez-le, puis réessayez.',
      en: 'The database server of this machine does not answer: look at its log (journalctl -u mariadb, or postgresql), start it, then try again.',
    },
  };
}

/** The client reads the password: it is in no argument and in no environment. */
const clients = {
  mysql:
    'cat | mariadb --defaults-file=/dev/stdin --batch --skip-column-names --connect-timeout=10 --host="$1" --port="$2" --user="$3" --execute="$5" "$4"',
  postgresql:
    'exec psql --no-psqlrc --password --no-align --tuples-only --host="$1" --port="$2" --username="$3" --dbname="$4" --command="$5"',
} as const;

export interface SignIn {
  readonly host: Public;
  readonly port: Public;
  readonly user: Public;
  readonly database: Public;
  /** `%NAME%` of the password. */
  readonly password: string;
}

/** A query as the application itself would ask it. */
export function asked(
  engine: Engine,
  { host, port, user, database, password }: SignIn,
  sql: string,
  expected: { readonly contains?: Public; readonly equals?: Public; readonly lacks?: Public } = {},
): Extract<Probe, { readonly run: unknown }> {
  return {
    run: ['sh', '-c', clients[engine], 'sh', host, port, user, database, sql],
    ...(engine === 'mysql'
      ? { stdin: `[client]\npassword=${password}\n`, syntax: 'mysql-option-file' as const }
      : { stdin: `${password}\n` }),
    ...expected,
  };
}
