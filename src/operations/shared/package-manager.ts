/** What the kinds of packages need to know of a package manager: apt with dpkg, dnf with rpm. */
import type { Text } from '../../guide/types.ts';
import type { Host } from '../../host/types.ts';
import type { Context, Json } from '../verbs.ts';

/** `installed`, `config-files`, or a state in between that a crash left. A package of another architecture: `libc6:i386`. */
export type PackageStates = ReadonlyMap<string, { readonly state: string; readonly version: string }>;

/** What a package manager would do, if it can be done. */
export interface Simulated {
  readonly possible: boolean;
  readonly fresh: readonly string[];
  /** `name 1.0 → 1.1` */
  readonly upgraded: readonly string[];
  readonly removed: readonly string[];
  /** Modules whose stream it would enable, `nodejs:18`. */
  readonly enabled?: readonly string[];
}

export interface PackageManager {
  /** Begins the keys of its packages: `pkg:`. */
  readonly prefix: string;
  /** Of these packages, or of all. A name that nobody knows is left out. */
  readonly states: (host: Host, names?: readonly string[]) => Promise<PackageStates>;
  /** Which of these were installed only because another package needs them. */
  readonly auto: (host: Host, names: readonly string[]) => Promise<string[]>;

  /** The exact command that installs these. It never removes another package to make place. */
  readonly installCommand: (names: readonly string[]) => string[];
  /** The exact command that takes these away; packages that nothing needs any more are not its business. */
  readonly removeCommand: (verb: 'purge' | 'remove', names: readonly string[]) => string[];
  readonly markCommand: (mark: 'manual' | 'auto', names: readonly string[]) => string[];

  /** By what is known now; changes nothing. */
  readonly simulateInstall: (names: readonly string[], host: Host) => Promise<Simulated>;
  readonly simulateRemoval: (names: readonly string[], host: Host) => Promise<Simulated>;
  /** What nothing needs any more: now, and once these are gone too. */
  readonly orphans: (
    names: readonly string[],
    host: Host,
  ) => Promise<{ readonly now: readonly string[]; readonly later: readonly string[] }>;
  /** What installing these will do, by lists that are not old. Throws what it said if it cannot be done. */
  readonly foresee: (names: readonly string[], context: Context) => Promise<Simulated>;
  readonly install: (names: readonly string[], context: Context) => Promise<void>;
  /** Waits for other package managers; throws unless the code is 0. */
  readonly must: (argv: readonly string[], context: Context) => Promise<unknown>;
  /** What a crash or a power cut left half done is finished before anything else; says what could not be. */
  readonly repair: (context: Context, around: Around) => Promise<Text | undefined>;

  /** Every path that these packages list. */
  readonly files: (names: readonly string[], host: Host) => Promise<string[]>;
  /** What they run when they come. */
  readonly scripts: (names: readonly string[], host: Host) => Promise<string>;
  /** Configuration files of these packages, or of all, with what the package gave: its digest in hexadecimal. */
  readonly configFiles: (names: readonly string[], host: Host) => Promise<ReadonlyMap<string, string>>;
  readonly isOwned: (path: string, host: Host) => Promise<boolean>;
  /** Where an edited configuration file is put aside when its package goes. */
  readonly asideOf?: (path: string) => string;

  /** What else an installation changes: as it is before it. */
  readonly surroundings?: (foreseen: Pick<Simulated, 'enabled'>, context: Context) => Promise<Json>;
  /** What of it goes with `gone`, of all that it `brought`. */
  readonly broughtAlong?: (
    former: Json,
    gone: readonly string[],
    brought: readonly string[],
    context: Context,
  ) => Promise<Json>;
  /** After the packages are gone. */
  readonly takeBackSurroundings?: (brought: Json, context: Context) => Promise<void>;
}

/** What was to come, and what was there before. */
export interface Around {
  readonly wanted: readonly string[];
  readonly fresh: readonly string[];
  readonly surroundings?: Json;
}
