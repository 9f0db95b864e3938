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
  | 'supervisor'
  | 'apache'
  | 'nginx'
  | 'cron'
  | 'json'
  | 'python'
  | 'lua'
  | 'javascript'
  | 'hocon'
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
      /** The running container that it runs in: `as`, `cwd` and `env` are of the container then. */
      readonly container?: Public;
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
      /** Several: any of them. */
      readonly status: number | readonly number[];
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

/**
 * One value in a configuration file that others wrote; every other byte of it stays. An example in a comment gives its
 * place to the real line; what is nowhere is added. Undo puts back the former line.
 */
export interface Setting extends Common {
  readonly kind: 'setting';
  readonly path: Public;
  readonly syntax: 'lua' | 'javascript' | 'hocon' | 'properties' | 'env';
  /**
   * lua: `VirtualHost "meet.example.org"` or `Component "…"`; left out: what stands before all of them. javascript: the
   * object, from its variable on: `config.hosts`. The others have none.
   */
  readonly section?: Public;
  /** hocon: the whole path, `jicofo.authentication.enabled`. */
  readonly name: Public;
  /** May hold secrets. */
  readonly value: string | Chosen;
  /** `string` (default): the value is a text, and is written as one. `raw`: it is written in that syntax (`true`, `{ }`). */
  readonly form?: 'string' | 'raw';
}

/** What the machine is called: /etc/hostname and the kernel's name. The pretty name stays. */
export interface HostName extends Common {
  readonly kind: 'host-name';
  readonly name: Public;
}

/** A name with its address in /etc/hosts. Where another line gives the name another address, ours comes before it. */
export interface HostsEntry extends Common {
  readonly kind: 'hosts-entry';
  /** IPv4 or IPv6. */
  readonly address: Public;
  readonly name: Public;
}

export interface Link extends Common {
  readonly kind: 'link';
  readonly path: Public;
  readonly to: Public;
}

/** How a command is taken back. `none` is only for commands that leave nothing (a download, a reload). */
export type Undo =
  | { readonly run: Argv; readonly container?: Public; readonly as?: Public; readonly cwd?: Public }
  | {
      readonly dump: Public;
      readonly server: SqlServer;
      /** Tables whose rows come from people: more or fewer of them are asked about before the database goes. */
      readonly entered?: readonly string[];
    }
  /** What `save` says before the effect is given to `restore` on standard input, after its own. */
  | { readonly save: Saying; readonly restore: Saying }
  /** Goes with another operation, named by its key. */
  | { readonly with: Public }
  | { readonly none: Text }
  | { readonly never: Text };

/** A program with what it is given. */
export interface Saying {
  readonly run: Argv;
  readonly container?: Public;
  /** May hold secrets. */
  readonly stdin?: string;
  readonly syntax?: FileSyntax;
}

/** The way out for what no kind covers. States how it is known to be done and how it is taken back. */
export interface Command extends Common {
  readonly kind: 'command';
  /** Names the effect: `cmd:ID` is its resource key. */
  readonly name: string;
  readonly run: Argv;
  /** The running container that it runs in: `as`, `cwd` and `env` are of the container then. */
  readonly container?: Public;
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
  readonly container?: Public;
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
  readonly container?: Public;
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

/** Packages of dnf (RHEL, Rocky, Alma). Undo removes only those that were not there, never autoremove. */
export interface RpmPackages extends Common {
  readonly kind: 'rpm-packages';
  /** As rpm calls them: no group, no file, nothing that another package provides. */
  readonly names: readonly Public[];
}

/** A stream of a dnf module is enabled (RHEL 8 and 9; later ones have none). Undo puts back the state that was. */
export interface RpmModule extends Common {
  readonly kind: 'rpm-module';
  readonly name: Public;
  readonly stream: Public;
}

/** A repository of dnf in a file of ours, its packages signed by exactly these keys. Undo takes both away. */
export interface RpmRepository extends Common {
  readonly kind: 'rpm-repository';
  /** Names it in `/etc/yum.repos.d/ID.repo`. */
  readonly id: Public;
  readonly name: Public;
  /** dnf's own `$releasever` and `$basearch` may stand in it. */
  readonly baseurl: Public;
  /** Address of the key, armoured: `https:`, `http:` or `file:`. */
  readonly key: Public;
  /** Of every primary key in that file. */
  readonly fingerprints: readonly Public[];
  /** The list of its packages is signed too: dnf insists on it. */
  readonly signedMetadata?: boolean;
  /** It may have packages that the system has as a module: dnf would hide them otherwise. */
  readonly moduleHotfixes?: boolean;
}

/** A repository of dnf that is there, switched on; on RHEL by subscription-manager where it is that one's. */
export interface RpmRepositoryEnabled extends Common {
  readonly kind: 'rpm-repository-enabled';
  readonly id: Public;
}

/**
 * What a Debian package asks while it is installed, answered before. Exactly one of `value`, `password` and `choice`.
 * Undo brings back the former answer, or none.
 */
export interface DebconfAnswer extends Common {
  readonly kind: 'debconf-answer';
  readonly package: Public;
  readonly question: Public;
  readonly value?: Public;
  /** For a question of that type: debconf keeps it where only root reads. */
  readonly password?: string;
  /**
   * A regular expression that has to match exactly one of the choices that the package offers: it takes its first one,
   * without a word, for what it does not know, and words them anew with its versions.
   */
  readonly choice?: Public;
}

/** A repository of apt in a file of ours, signed by exactly these keys. Undo takes all of it away. */
export interface AptRepository extends Common {
  readonly kind: 'apt-repository';
  /** Names `/etc/apt/sources.list.d/NAME.list` and `/usr/share/keyrings/NAME-keyring.gpg`. */
  readonly name: Public;
  /** `https:`, `http:` or `file:`. */
  readonly uri: Public;
  /** A flat repository's ends with a slash, and it has no components. */
  readonly suite: Public;
  readonly components?: readonly Public[];
  /** Address of the key, armoured or not: `https:`, `http:` or `file:`. */
  readonly key: Public;
  /** Of every primary key in that file. */
  readonly fingerprints: readonly Public[];
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

/** An account of Prosody's own storage, hashed or plain, with this password. Needs Prosody's package. */
export interface ProsodyAccount extends Common {
  readonly kind: 'prosody-account';
  readonly user: Public;
  /** The VirtualHost. From Prosody 13 on, the running server has to know it. */
  readonly host: Public;
  readonly password: string;
  /**
   * Somebody else's account of that name has another password: `refuse` (default), or `replace` it; undo brings the
   * former one back.
   */
  readonly onExisting?: 'replace' | 'refuse';
  /** `false`: the account goes, whoever made it, with all that its user has stored; the password does not count. */
  readonly present?: boolean;
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
  /**
   * `name==version`, `name`, `name @ git+https://host/x/y@ref`, or the same address alone, with or without `#egg=name`. A
   * branch is what it named when it was installed.
   */
  readonly packages: readonly Public[];
  /** A requirements file whose packages are installed too. */
  readonly requirements?: Public;
  readonly constraints?: readonly Public[];
  readonly index?: Public;
  readonly noDeps?: boolean;
  /**
   * Repositories of git at addresses that begin with `of` (`https://github.com/`) are taken from the same place below `at`
   * (`file:///srv/mirror/`, another forge), and are known by their own address all the same. Nothing where `at` is empty.
   */
  readonly gitMirror?: { readonly of: Public; readonly at: Public };
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

/**
 * A file of programs for supervisord, all of which it starts by itself and keeps running; they are started anew when an
 * input differs from what they were started with. Others' programs stay as they are.
 */
export interface SupervisorProgram extends Common {
  readonly kind: 'supervisor-program';
  /** As `supervisorctl` calls it: the group of the file, or its only program. */
  readonly name: Public;
  /** Read by the `supervisord.conf` above its folder: `/etc/supervisor/conf.d/x.conf`, `/etc/supervisord.d/x.ini`. */
  readonly path: Public;
  readonly template: string;
  /** The template's text: put there when the plan is made. */
  readonly content?: string;
  /** Keys of operations before it: `file:/etc/x`. */
  readonly restartOn?: readonly Public[];
}

/** A service that firewalld lets through, now and at each start. Nothing to do where firewalld does not run. */
export interface FirewalldService extends Common {
  readonly kind: 'firewalld-service';
  /** As firewalld calls it: `http`. */
  readonly service: Public;
  /** Default, and where it is empty: that of the interface of the default route. */
  readonly zone?: Public;
}

/**
 * A boolean of SELinux, now and at each start. Nothing to do where SELinux is disabled or not there; SELinux itself is
 * never switched.
 */
export interface SelinuxBoolean extends Common {
  readonly kind: 'selinux-boolean';
  readonly name: Public;
  readonly on: boolean;
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
  /** `conf.d`, on the Red Hat family: the folder of /etc/nginx that holds `NAME.conf`. Empty: Debian's two folders. */
  readonly folder?: Public;
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

/**
 * Images of Docker under their names: pulled, built by Compose, or loaded from a file. Undo: each name leads where it led
 * before.
 */
export interface DockerImages extends Common {
  readonly kind: 'docker-images';
  /** With their tags: `postgres:10-alpine`. */
  readonly names: readonly Public[];
  /** The images of these services, built by Compose. */
  readonly build?: {
    /** The folder whose `.env` names the files of the project. */
    readonly dir: Public;
    readonly services: readonly Public[];
    /** What they are built from: fetched along, and taken away where it was not there. */
    readonly from: readonly Public[];
  };
  /** An archive of `docker save` that holds them. With neither: they are pulled. */
  readonly file?: Public;
  /** Keys of operations before it: built again when one of these has changed. */
  readonly madeOf?: readonly Public[];
}

/** Containers, networks and volumes of services of a project of Docker Compose, up and healthy. */
export interface ComposeProject extends Common {
  readonly kind: 'compose-project';
  readonly project: Public;
  /** The folder whose `.env` names the files of the project: Compose runs there. */
  readonly dir: Public;
  readonly services: readonly Public[];
  /** Keys of operations before it: containers are made anew when one of these has changed. */
  readonly restartOn?: readonly Public[];
  /** Seconds until every service is healthy. Default 300. */
  readonly within?: number;
  /** What is written to `kept/` before these containers are replaced or their volumes go. */
  readonly dumps?: readonly ContainerDump[];
  /** What tells how much people have put into it: asked about before it goes, where that has changed. */
  readonly entered?: { readonly service: Public; readonly run: Argv };
}

/** Standard output of a command in a service's container. */
export interface ContainerDump {
  readonly service: Public;
  /** Of the file: `ej.sql`. */
  readonly name: Public;
  readonly run: Argv;
  /** A whole dump says this last. */
  readonly ends?: string;
  /** Reads it again, from standard input, in the same container. */
  readonly load: Argv;
}

export type Operation =
  | Directory
  | FileOp
  | Block
  | Setting
  | HostName
  | HostsEntry
  | Link
  | Command
  | Script
  | Terminal
  | Produce
  | Check
  | Checklist
  | Packages
  | AptRepository
  | DebconfAnswer
  | RpmPackages
  | RpmModule
  | RpmRepository
  | RpmRepositoryEnabled
  | UnixUser
  | SqlDatabase
  | SqlUser
  | SqlGrant
  | SqlMode
  | SqlDump
  | ProsodyAccount
  | Virtualenv
  | Pip
  | GitCheckout
  | SystemdUnit
  | SupervisorProgram
  | FirewalldService
  | SelinuxBoolean
  | ApacheModule
  | ApacheSite
  | NginxSite
  | UfwRule
  | Ufw
  | DockerImages
  | ComposeProject;

/** What can be there once for each row of a list. */
export type Repeatable = Exclude<
  Operation,
  | Produce
  | Checklist
  | HostName
  | SqlMode
  | SupervisorProgram
  | ApacheModule
  | ApacheSite
  | NginxSite
  | Ufw
  | ComposeProject
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
