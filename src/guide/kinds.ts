/**
 * The closed vocabulary of operations: one typed, idempotent effect on the machine each, as data.
 * `%NAME%` may stand in every string; the kind encodes the value for the place it goes to.
 * A field typed `Argv` or `Public` never holds a secret (refused when the plan is made).
 */
import type { Chosen, Cond, Fact, Id, Text } from './types.ts';

/** May differ by an answer or a fact. */
export type Public = string | Chosen;
/** A command and its arguments; never passes a shell; never holds a secret. */
export type Argv = readonly Public[];
/** `user:group`; `-` = the user that runs the engine. */
export type Owner = Public;
/** Four octal digits, `0640`. */
export type Mode = string;

/** Syntax that decides how values are encoded inside a text (`src/operations/encode`). */
export type FileSyntax =
  | 'plain'
  | 'ini'
  | 'properties'
  | 'systemd'
  | 'apache'
  | 'nginx'
  | 'cron'
  | 'json'
  | 'python'
  | 'shell'
  | 'env'
  | 'url-component'
  | 'mysql-option-file';

interface Common {
  readonly when?: Cond;
  /** Shown beside the operation: the reason for it, or for its difference from the source. */
  readonly why?: Text;
  /** Extra resources that this run needs or owns, `port:tcp/8345`; exclusive ones are refused in preflight. */
  readonly claims?: readonly string[];
  /** `false`: `verify` leaves it out (a check that only has a meaning during the install). */
  readonly verify?: boolean;
}

/** How to know that something is so. Read-only. Exactly one of the forms. */
export type Probe =
  | {
      /** Runs a read-only command. Done when the code is `code` (default 0) and the output matches. */
      readonly run: Argv;
      readonly as?: Public;
      readonly cwd?: Public;
      readonly env?: Readonly<Record<string, Public>>;
      readonly code?: number;
      /** Standard output, trimmed, holds this text. */
      readonly contains?: Public;
      readonly equals?: Public;
      readonly lacks?: Public;
      /** Given on standard input; may hold secrets. */
      readonly stdin?: string;
      /** How the values in `stdin` are encoded. Default: as they are. */
      readonly syntax?: FileSyntax;
    }
  | { readonly exists: Public }
  | { readonly absent: Public }
  | {
      readonly http: Public;
      /** Sent as the Host header; the connection goes to the URL's own host. */
      readonly host?: Public;
      /** Extra header, may hold secrets: `Authorization: Token %TOKEN%`. */
      readonly header?: string;
      readonly status: number;
      readonly contains?: Public;
    }
  | { readonly tcp: Public /** The server speaks first and its line begins so. */; readonly banner?: string }
  | { readonly redis: Public }
  | { readonly portFree: Public }
  | { readonly service: Public /** Seconds it must stay active without a restart. */; readonly for?: number }
  | { readonly all: readonly Probe[] };

/** A database server and how to become its administrator. `socket`: local root (MariaDB) or postgres (peer). */
export interface SqlServer {
  readonly engine: 'mysql' | 'postgresql';
  readonly host: Public;
  readonly port?: Public;
  /** `socket` = local administrator without a password; `password` = user and secret. */
  readonly login: Public;
  readonly user?: Public;
  readonly password?: string | Chosen;
}

/** A folder exists with this owner and mode. Undo restores these, and removes it only if made here and empty. */
export interface Directory extends Common {
  readonly kind: 'directory';
  readonly path: Public;
  readonly mode?: Mode;
  readonly owner?: Owner;
  /** Undo removes what is inside too; it is archived to `kept/` first. */
  readonly holdsData?: boolean;
}

/** A whole file, written atomically. Either `template` (path in assets/) or `content`. */
export interface FileOp extends Common {
  readonly kind: 'file';
  readonly path: Public;
  readonly template?: string;
  readonly content?: string;
  readonly syntax: FileSyntax;
  readonly mode?: Mode;
  readonly owner?: Owner;
  /** Another file with other content is there: replace it (kept as before-image), or stop and ask. */
  readonly onExisting?: 'replace' | 'refuse';
}

/** Lines of ours between markers in a file that others share. Undo takes out the block only. */
export interface Block extends Common {
  readonly kind: 'block';
  readonly path: Public;
  readonly name: string;
  readonly content: string;
  readonly syntax: FileSyntax;
  /** Start of a comment line in that file. */
  readonly comment: string;
  /** Mode and owner if the file has to be made. */
  readonly mode?: Mode;
  readonly owner?: Owner;
  readonly at?: 'end' | 'start';
}

export interface Link extends Common {
  readonly kind: 'link';
  readonly path: Public;
  readonly to: Public;
}

/** How a command is taken back. `none` is only for commands that leave nothing (a download, a reload). */
export type Undo =
  | { readonly run: Argv; readonly as?: Public; readonly cwd?: Public }
  | {
      readonly dump: Public;
      readonly server: SqlServer;
      /** Tables whose rows come from people: more or fewer of them are asked about before the database goes. */
      readonly entered?: readonly string[];
    }
  /** Goes with another operation, named by its key. */
  | { readonly with: Public }
  | { readonly none: Text }
  | { readonly never: Text };

/** The way out for what no kind covers. States how it is known to be done and how it is taken back. */
export interface Command extends Common {
  readonly kind: 'command';
  /** Names the effect: `cmd:ID` is its resource key. */
  readonly name: string;
  readonly run: Argv;
  readonly as?: Public;
  readonly cwd?: Public;
  /** `cwd` is a fresh empty folder made for the command and removed after it. */
  readonly emptyDir?: boolean;
  readonly env?: Readonly<Record<string, Public>>;
  readonly stdin?: string;
  readonly done: Probe;
  readonly undo: Undo;
  /**
   * Found begun and not ended, it runs again unless its probe says that it is done. `undo-first`: it is taken back
   * before. `again`: it runs again whatever the probe says, because a half may satisfy it.
   */
  readonly interrupted?: Public;
  /** Seconds without output after which the person is asked. Default 900. */
  readonly quiet?: number;
}

/** A script given to an interpreter, values as JSON on standard input or appended to it: never in argv. */
export interface Script extends Common {
  readonly kind: 'script';
  readonly name: string;
  readonly run: Argv;
  readonly as?: Public;
  readonly cwd?: Public;
  readonly env?: Readonly<Record<string, Public>>;
  /** Path in assets/; the text goes to standard input with each %NAME% encoded for `syntax`. */
  readonly template: string;
  /** The template's text: put there when the plan is made. */
  readonly content?: string;
  readonly syntax: 'python' | 'json' | 'shell';
  readonly done: Probe;
  readonly undo: Undo;
  /** Lines `SETUP-WIZARD name=value` on standard output become produced values. */
  readonly gives?: readonly { readonly id: Id; readonly secret: boolean }[];
}

/** A program that asks its own questions (`passwd`): it is lent the person's terminal. Unattended: left to do. */
export interface Terminal extends Common {
  readonly kind: 'terminal';
  /** Names the effect: `terminal:ID` is its resource key. */
  readonly name: string;
  readonly run: Argv;
  readonly as?: Public;
  readonly cwd?: Public;
  readonly env?: Readonly<Record<string, Public>>;
  readonly done: Probe;
  readonly undo: Undo;
}

/** A value known only after a step: standard output of a read-only command, trimmed, last line. */
export interface Produce extends Common {
  readonly kind: 'produce';
  readonly name: Id;
  readonly run: Argv;
  readonly as?: Public;
  readonly cwd?: Public;
  readonly type: 'path' | 'text' | 'number';
}

/** Looks, changes nothing. `stop` fails the step; `warn` is said and kept in the report. */
export interface Check extends Common {
  readonly kind: 'check';
  readonly name: string;
  readonly probe: Probe;
  readonly level: 'stop' | 'warn';
  /** Said when it is not so: what, and what to do. */
  readonly say: Text;
  /** Seconds to go on trying (a service that starts). */
  readonly within?: number;
}

/** One thing a person does by hand. */
export interface Item {
  readonly id: string;
  readonly text: Text;
  readonly when?: Cond;
  /** Address to open. */
  readonly at?: Public;
  /** What to enter there: the product's own label, the exact value, and what it means. */
  readonly fields?: readonly {
    readonly label: string;
    readonly value: string;
    readonly note?: Text;
    readonly when?: Cond;
  }[];
  /** Proves that it is done. */
  readonly proof?: Probe;
  /** What a person may be told while the proof is not there; without it, what the probe saw. */
  readonly unproven?: Text;
  /** The person learns this value here and types it in. */
  readonly gives?: Id;
  /** Offered in `todo`, never counted as missing. */
  readonly optional?: boolean;
}

export interface Checklist extends Common {
  readonly kind: 'checklist';
  readonly name: string;
  readonly items: readonly Item[];
}

/** Debian packages. Undo purges only those that were not there, never autoremove. */
export interface Packages extends Common {
  readonly kind: 'packages';
  readonly names: readonly Public[];
}

export interface UnixUser extends Common {
  readonly kind: 'unix-user';
  readonly name: Public;
  readonly home: Public;
  readonly system?: boolean;
}

export interface SqlDatabase extends Common {
  readonly kind: 'sql-database';
  readonly server: SqlServer;
  readonly name: Public;
  /** MySQL only. */
  readonly charset?: string;
  readonly collation?: string;
  /** PostgreSQL only. */
  readonly owner?: Public;
  /** `person`: the SQL is shown for the database's administrator, `probe` proves it. */
  readonly doneBy?: Public;
  readonly probe?: Probe;
}

export interface SqlUser extends Common {
  readonly kind: 'sql-user';
  readonly server: SqlServer;
  readonly name: Public;
  /** MySQL: source of the connection. */
  readonly from?: Public;
  readonly password: string;
  readonly doneBy?: Public;
  readonly probe?: Probe;
}

export interface SqlGrant extends Common {
  readonly kind: 'sql-grant';
  readonly server: SqlServer;
  readonly database: Public;
  readonly user: Public;
  readonly from: Public;
  readonly privileges: readonly string[];
  readonly doneBy?: Public;
  readonly probe?: Probe;
}

/** A word that the server's sql_mode must not hold; the change is server-wide and asked for. */
export interface SqlMode extends Common {
  readonly kind: 'sql-mode';
  readonly server: SqlServer;
  readonly without: string;
  readonly dropIn: Public;
}

/** A dump of a database that holds tables, before something irreversible. Nothing to do for an empty one. */
export interface SqlDump extends Common {
  readonly kind: 'sql-dump';
  readonly server: SqlServer;
  readonly database: Public;
  /** What cannot be taken back is done already: no dump is needed for it. */
  readonly unless?: Probe;
}

export interface Virtualenv extends Common {
  readonly kind: 'virtualenv';
  readonly path: Public;
  readonly python: Public;
  readonly as: Public;
}

/** Packages in a virtualenv. Undo puts back the versions that were there. */
export interface Pip extends Common {
  readonly kind: 'pip';
  readonly venv: Public;
  readonly as: Public;
  /** `name==version` or `name`. */
  readonly packages: readonly Public[];
  /** A requirements file whose packages are installed too. */
  readonly requirements?: Public;
  readonly constraints?: readonly Public[];
  readonly index?: Public;
  readonly noDeps?: boolean;
}

/**
 * The files of a repository as they are at one commit, without hooks, submodules or large-file storage. A branch is what
 * it named when it was fetched.
 */
export interface GitCheckout extends Common {
  readonly kind: 'git-checkout';
  readonly path: Public;
  /** `https:`, `http:`, `ssh:` or `file:`, with no password in it. */
  readonly url: Public;
  /** A tag, a branch, or a whole commit id. */
  readonly ref: Public;
  /** Whose files they are, and as whom git runs. Default: the user that runs the engine. */
  readonly owner?: Owner;
}

/** A unit file, enabled and active; restarted when an input differs from what it was started with. */
export interface SystemdUnit extends Common {
  readonly kind: 'systemd-unit';
  readonly name: Public;
  /** Left out: the unit comes from a package, only its state is ours. */
  readonly template?: string;
  /** The template's text: put there when the plan is made. */
  readonly content?: string;
  readonly enabled: boolean;
  readonly active: boolean;
  /** Keys of operations before it: `file:/etc/x`. */
  readonly restartOn?: readonly Public[];
}

export interface ApacheModule extends Common {
  readonly kind: 'apache-module';
  readonly name: string;
}

/** A site file, tested by configtest before the reload, enabled. */
export interface ApacheSite extends Common {
  readonly kind: 'apache-site';
  readonly name: string;
  readonly template: string;
  /** The template's text: put there when the plan is made. */
  readonly content?: string;
}

/** A site file of nginx, tested by `nginx -t` before the reload, enabled. */
export interface NginxSite extends Common {
  readonly kind: 'nginx-site';
  readonly name: string;
  readonly template: string;
  /** The template's text: put there when the plan is made. */
  readonly content?: string;
}

/** A rule of ufw, which may be off: it lets something in from anywhere, or no such rule does. */
export interface UfwRule extends Common {
  readonly kind: 'ufw-rule';
  /** `443/tcp`, `10000/udp`, `443` for both, or a profile: `OpenSSH`. */
  readonly allow: Public;
  /** `false`: it is not let in. Undo puts a rule that was there back to its place. */
  readonly present?: boolean;
}

/**
 * ufw is on, now and at each boot. The ports of SSH are let in first; it is on trial until a person has confirmed that the
 * machine still answers. Unattended: left to do.
 */
export interface Ufw extends Common {
  readonly kind: 'ufw';
}

export type Operation =
  | Directory
  | FileOp
  | Block
  | Link
  | Command
  | Script
  | Terminal
  | Produce
  | Check
  | Checklist
  | Packages
  | UnixUser
  | SqlDatabase
  | SqlUser
  | SqlGrant
  | SqlMode
  | SqlDump
  | Virtualenv
  | Pip
  | GitCheckout
  | SystemdUnit
  | ApacheModule
  | ApacheSite
  | NginxSite
  | UfwRule
  | Ufw;

/** What can be there once for each row of a list. */
export type Repeatable = Exclude<
  Operation,
  Produce | Checklist | SqlMode | ApacheModule | ApacheSite | NginxSite | Ufw
>;

/**
 * Operations for each row of the list that answers `each`. `%USERS.name%` in them, in their templates and in their
 * conditions is that row's own cell; the column that names the row stands in what names the operation's effect.
 */
export interface Each {
  readonly each: Id;
  readonly when?: Cond;
  readonly do: readonly Repeatable[];
}

export type Kind = Operation['kind'];
export type OperationOf<K extends Kind> = Extract<Operation, { kind: K }>;
/** Every name a condition or a choice may look at. */
export type Name = Id | Fact;
