/**
 * Builders for guides. `placeholders` declares what is asked; `kit` gives builders whose `%NAME%` the compiler
 * reads: a name that nobody declared, or a secret where it would be shown, is refused where it stands. What the
 * compiler cannot read (templates, shared chapters) `checkGuide` reads when a guide is tested.
 */
import type { Each, Kind, Operation, OperationOf, Repeatable } from './kinds.ts';
import type { Id, Question, QuestionKind, Step } from './types.ts';

/** A question without its id, which is its name in the record. */
export type Asked = Omit<Question, 'id'>;
export type Placeholders = Readonly<Record<Id, Asked>>;
/** Values that steps give: whether each may be shown. */
export type Given = Readonly<Record<Id, 'public' | 'secret'>>;

/** What a guide asks, in the order it is asked. */
export function placeholders<const Q extends Placeholders>(ask: Q): Q {
  return ask;
}

/** The questions of a guide, in the order of the record. */
export function questionsOf(ask: Placeholders): Question[] {
  return Object.entries(ask).map(([id, asked]) => ({ id, ...asked }));
}

type SecretOf<Q extends Placeholders, G extends Given> =
  | { [N in keyof Q & string]: Q[N]['kind'] extends 'password' ? N : never }[keyof Q & string]
  | { [N in keyof G & string]: G[N] extends 'secret' ? N : never }[keyof G & string];

type ListOf<Q extends Placeholders> = {
  [N in keyof Q & string]: Q[N]['kind'] extends 'list' ? N : never;
}[keyof Q & string];

/** `USERS.name` for each column of a list, as far as its kind is one of `K`. */
type CellOf<Q extends Placeholders, L extends keyof Q & string, K extends string> = Q[L] extends {
  readonly of: infer C;
}
  ? { [N in keyof C & string]: C[N] extends { readonly kind: K } ? `${L}.${N}` : never }[keyof C & string]
  : never;
type Shown = Exclude<QuestionKind, 'password'>;

/** Fields that may hold secrets, and all that is inside them. */
type SecretField = 'content' | 'value' | 'stdin' | 'header' | 'password' | 'fields';

type Odd = ' ' | '{' | '}' | '(' | ')' | ':' | '/' | '.' | '-' | '"' | "'" | ',' | ';' | '=' | '\\' | '\n';
type IsWord<S extends string> = S extends '' | `${string}${Odd}${string}`
  ? false
  : S extends Uppercase<S>
    ? true
    : false;
type IsName<S extends string> = S extends `${infer List}.${infer Column}`
  ? Column extends '' | `${string}${Odd}${string}` | Uppercase<Column>
    ? false
    : IsWord<List>
  : IsWord<S>;

/** The first `%NAME%` of a text that is not one of `N`. */
type Wrong<S extends string, N extends string> = S extends `${string}%${infer Name}%${infer Rest}`
  ? IsName<Name> extends true
    ? Name extends N
      ? Wrong<Rest, N>
      : Name
    : Wrong<`${Name}%${Rest}`, N>
  : never;

type Said<S extends string, N extends string> = [Wrong<S, N>] extends [never]
  ? S
  : `not a placeholder that may stand here: %${Wrong<S, N>}%`;

type CheckedValue<T, N extends string, S extends string> = T extends string
  ? Said<T, N>
  : T extends object
    ? Checked<T, N, S>
    : T;

/** The same data, each text with a wrong `%NAME%` replaced by a sentence that it cannot be. */
export type Checked<T, N extends string, S extends string> = {
  [K in keyof T]: CheckedValue<T[K], K extends SecretField ? N | S : N, S>;
};

type Fields<K extends Kind> = Omit<OperationOf<K>, 'kind'>;

type Builder<K extends Kind, N extends string, S extends string> = <const A extends Fields<K>>(
  fields: Checked<A, N, S>,
) => OperationOf<K>;

/** Name of each kind's builder. */
const builders = {
  directory: 'directory',
  file: 'file',
  block: 'block',
  setting: 'setting',
  hostName: 'host-name',
  hostsEntry: 'hosts-entry',
  link: 'link',
  command: 'command',
  script: 'script',
  terminal: 'terminal',
  produce: 'produce',
  check: 'check',
  checklist: 'checklist',
  packages: 'packages',
  aptRepository: 'apt-repository',
  debconfAnswer: 'debconf-answer',
  rpmPackages: 'rpm-packages',
  rpmModule: 'rpm-module',
  rpmRepository: 'rpm-repository',
  rpmRepositoryEnabled: 'rpm-repository-enabled',
  unixUser: 'unix-user',
  sqlDatabase: 'sql-database',
  sqlUser: 'sql-user',
  sqlGrant: 'sql-grant',
  sqlMode: 'sql-mode',
  sqlDump: 'sql-dump',
  prosodyAccount: 'prosody-account',
  virtualenv: 'virtualenv',
  pip: 'pip',
  gitCheckout: 'git-checkout',
  systemdUnit: 'systemd-unit',
  supervisorProgram: 'supervisor-program',
  firewalldService: 'firewalld-service',
  selinuxBoolean: 'selinux-boolean',
  apacheModule: 'apache-module',
  apacheSite: 'apache-site',
  nginxSite: 'nginx-site',
  ufwRule: 'ufw-rule',
  ufw: 'ufw',
  dockerImages: 'docker-images',
  composeProject: 'compose-project',
} as const satisfies Readonly<Record<string, Kind>>;

type Builders<N extends string, S extends string> = {
  readonly [B in keyof typeof builders]: Builder<(typeof builders)[B], N, S>;
};

export type Kit<Q extends Placeholders, N extends string, S extends string> = Builders<N, S> & {
  /** A step as data; its operations were checked by their builders. */
  readonly step: (id: string, fields: Omit<Step, 'id'>) => Step;
  /** What is done for each row of a list: these builders know `%LIST.column%` too. */
  readonly each: <L extends ListOf<Q>>(
    list: L,
    make: (row: Builders<N | CellOf<Q, L, Shown>, S | CellOf<Q, L, 'password'>>) => readonly Repeatable[],
  ) => Each;
};

/** The builders of a guide that asks `ask` and whose steps give `given`. */
export function kit<const Q extends Placeholders, const G extends Given = Record<never, never>>(
  _ask: Q,
  _given?: G,
): Kit<Q, Exclude<(keyof Q | keyof G) & string, SecretOf<Q, G>>, SecretOf<Q, G>> {
  const build = (kind: Kind) => (fields: object) => ({ kind, ...fields }) as Operation;
  const made = Object.fromEntries(Object.entries(builders).map(([name, kind]) => [name, build(kind)]));
  // The table above pairs each builder with its kind; the compiler cannot follow the pair through `fromEntries`.
  return {
    ...made,
    step: (id: string, fields: object) => ({ id, ...fields }),
    each: (list: string, make: (row: object) => unknown) => ({ each: list, do: make(made) }),
  } as never;
}
