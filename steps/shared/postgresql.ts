/** PostgreSQL of this machine, as its own administrator; what an application may be let in by; what a person may be given. */
import type { Item, Operation, Public } from '../../src/guide/kinds.ts';
import { placeholders } from '../../src/guide/kit.ts';
import type { Cond, Id, Question, Range } from '../../src/guide/types.ts';
import { administratorChoices } from './database.ts';

/** A name that needs no quotes and is not PostgreSQL's own. */
export const identifier: NonNullable<Question['pattern']> = {
  match: '(?!pg_|postgres$)[a-z_][a-z0-9_]{0,62}',
  say: {
    fr: 'Minuscules, chiffres et «\u00a0_\u00a0», 63 au plus\u00a0; ni «\u00a0postgres\u00a0», ni un nom en «\u00a0pg_…\u00a0».',
    en: 'Lower-case letters, digits and “_”, 63 at most; neither “postgres” nor a name that begins with “pg_”.',
  },
};

/** Who creates role and database, on the server that the answer `host` names; `source`: where the guide has it done. */
export const administratorQuestions = (host: Id, isDatabaseHere: Cond, source: readonly Range[]) =>
  placeholders({
    DB_ADMIN: {
      kind: 'choice',
      topic: 'database',
      ask: { fr: 'Qui crée le rôle et la base\u00a0?', en: 'Who creates the database?' },
      source,
      initial: {
        by: host,
        of: { localhost: 'socket', '127.0.0.1': 'socket', '::1': 'socket', '': 'person' },
      },
      choices: administratorChoices(isDatabaseHere, 'postgres'),
    },
    DB_ADMIN_USER: {
      kind: 'text',
      topic: 'database',
      ask: { fr: 'Compte administrateur de la base', en: 'Database administrator account' },
      initial: 'postgres',
      max: 63,
      when: { answer: 'DB_ADMIN', is: ['password'] },
    },
    DB_ADMIN_PASSWORD: {
      kind: 'password',
      topic: 'database',
      ask: { fr: 'Son mot de passe', en: 'Its password' },
      when: { answer: 'DB_ADMIN', is: ['password'] },
    },
  });

/** A query by the server's own administrator, who needs no password here. */
export const asPostgres = (port: string, sql: Public) =>
  ({
    run: ['psql', '--no-psqlrc', '--no-align', '--tuples-only', `--port=${port}`, '--command', sql],
    as: 'postgres',
    cwd: '/',
  }) as const;

const hasErrors = 'SELECT count(*) FROM pg_hba_file_rules WHERE error IS NOT NULL';
/** The server has read the file as it is now. */
const isReloaded = "SELECT pg_conf_load_time() >= (pg_stat_file(current_setting('hba_file'))).modification";

interface LocalAccess {
  /** Names the lines, and what reloads them: `ontask`. */
  readonly name: string;
  readonly port: string;
  readonly database: string;
  readonly role: string;
}

/** Two lines above all others: one role, one database, from this machine, with its password. Gives `HBA_FILE`. */
export function localAccess({ name, port, database, role }: LocalAccess): Operation[] {
  const from = (source: string) => `host ${database} ${role} ${source} scram-sha-256\n`;
  return [
    { kind: 'produce', name: 'HBA_FILE', ...asPostgres(port, 'SHOW hba_file'), type: 'path' },
    {
      kind: 'block',
      path: '%HBA_FILE%',
      name,
      content: `${from('127.0.0.1/32')}${from('::1/128')}`,
      syntax: 'plain',
      comment: '#',
      at: 'start',
    },
    {
      kind: 'command',
      name: 'pg-hba-reload',
      ...asPostgres(port, 'SELECT pg_reload_conf()'),
      done: { ...asPostgres(port, isReloaded), equals: 't' },
      undo: {
        none: {
          fr: 'PostgreSQL relit ce fichier au prochain démarrage.',
          en: 'PostgreSQL reads that file at its next start.',
        },
      },
    },
    {
      kind: 'check',
      name: 'pg-hba-rules',
      probe: { ...asPostgres(port, hasErrors), equals: '0' },
      level: 'stop',
      say: {
        fr: 'PostgreSQL ne comprend pas une ligne de pg_hba.conf\u00a0: la vue pg_hba_file_rules dit laquelle. Corrigez-la, puis réessayez.',
        en: 'PostgreSQL does not understand a line of pg_hba.conf: the view pg_hba_file_rules says which. Correct it, then try again.',
      },
    },
  ];
}

/** A table is made and dropped, in one transaction; the answer holds `SETUP-WIZARD yes`. */
export const tryTable =
  "CREATE TABLE setup_wizard_probe (i int); DROP TABLE setup_wizard_probe; SELECT 'SETUP-WIZARD yes'";

interface ByAdministrator {
  /** `%NAME%` of the answers. */
  readonly host: string;
  readonly role: string;
  readonly password: string;
  readonly database: string;
  /** What the role may do besides signing in: ` CREATEDB NOCREATEROLE`. */
  readonly rights: string;
  readonly isDatabaseHere: Cond;
  readonly proof: NonNullable<Item['proof']>;
}

/** What the administrator of another machine's server is given. */
export const byAdministrator = (of: ByAdministrator): Item => ({
  id: 'pg-by-administrator',
  text: {
    fr: `Faire exécuter ce SQL par l’administrateur du serveur ${of.host}\u00a0; l’assistant s’y connecte ensuite pour le vérifier.`,
    en: `Have this SQL run by the administrator of the server ${of.host}; the wizard then signs in there to verify it.`,
  },
  fields: [
    { label: 'SQL 1', value: `CREATE ROLE "${of.role}" LOGIN${of.rights} PASSWORD '${of.password}';` },
    {
      label: 'SQL 2',
      value: `CREATE DATABASE "${of.database}" OWNER "${of.role}" ENCODING 'UTF8' TEMPLATE template0;`,
    },
    {
      label: 'pg_hba.conf',
      value: `host ${of.database} ${of.role} …/32 scram-sha-256`,
      note: {
        fr: 'à la place de «\u00a0…\u00a0», l’adresse de cette machine telle que le serveur la voit',
        en: 'instead of “…”, the address of this machine as the server sees it',
      },
      when: { not: of.isDatabaseHere },
    },
  ],
  proof: of.proof,
});
