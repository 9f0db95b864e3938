/**
 * Packages: what is missing is installed, an undo takes away what came. What differs between package managers is a
 * `PackageManager`.
 */
import { isDeepStrictEqual } from 'node:util';
import * as texts from '../../i18n/texts/operations.ts';
import {
  type Context,
  type Difference,
  Failure,
  type Json,
  type Op,
  type Undone,
  type Values,
  type Verbs,
} from '../verbs.ts';
import { type Contents, contentsIn, contentsOf, placesOf } from './contents.ts';
import { readMachine } from './leftovers.ts';
import type { PackageManager, Simulated } from './package-manager.ts';
import { type Before, takeBack } from './package-undo.ts';

type Packages = Op<'packages'> | Op<'rpm-packages'>;

export interface Seen {
  readonly wanted: readonly string[];
  readonly missing: readonly string[];
  /** There, but only as what another package needs: the manager would take them away with it. */
  readonly auto: readonly string[];
  /** What else installing changes: `name 1.0 → 1.1`. */
  readonly upgrades: readonly string[];
  /** What else it brings. */
  readonly along?: readonly string[];
  /** What is in the places of these packages; nothing unless all are there. */
  readonly contents?: Contents | undefined;
}

export function packageVerbs(manager: PackageManager): Verbs<Packages, Seen> {
  return {
    keys: (op, values) => namesOf(op, values).map((name) => manager.prefix + name),

    inspect: (op, context) => inspect(namesOf(op, context.values), manager, context),

    diff(_, { missing, auto, upgrades, along = [] }): Difference {
      const commands = [];
      if (missing.length > 0) commands.push(manager.installCommand(missing));
      if (auto.length > 0) commands.push(manager.markCommand('manual', auto));
      if (commands.length === 0) return { change: 'none' };
      return {
        change: 'change',
        commands,
        ...(along.length > 0
          ? { circumstances: [texts.comeAlong(along.slice(0, dozen), along.length - dozen)] }
          : {}),
        ...(upgrades.length > 0 ? { irreversible: texts.alsoUpgrades(upgrades) } : {}),
      };
    },

    mark: (_, { missing, contents }): Json => ({ missing, ...(contents ? { contents } : {}) }),

    differs: (op, now, then, values, was) => differ(namesOf(op, values), asMark(now), asMark(then), was),

    holds: (op, values) => placesOf(namesOf(op, values)),

    // Refreshes the lists of packages if they are old: what comes with the wanted ones has to be known before.
    async capture(_, { missing, auto }, context): Promise<Json> {
      const machine = await readMachine(manager, context.host);
      const foreseen = missing.length > 0 ? await manager.foresee(missing, context) : nothing;
      const surroundings = await manager.surroundings?.(foreseen, context);
      return {
        machine: await context.keep(Buffer.from(JSON.stringify(machine))),
        fresh: foreseen.fresh,
        auto,
        upgrades: foreseen.upgraded,
        ...(surroundings === undefined ? {} : { surroundings }),
      };
    },

    async apply(_, { wanted, missing, auto }, context) {
      await manager.repair(context, { wanted, fresh: [] });
      if (missing.length > 0) await manager.install(missing, context);
      if (auto.length > 0) await manager.must(manager.markCommand('manual', auto), context);
    },

    async undo(op, raw, context): Promise<Undone> {
      // Written by `capture`.
      const before = raw as unknown as Before;
      const key = JSON.stringify(op.names);
      return takeBack({ key, wanted: namesOf(op, context.values), before, manager, context, kind: op.kind });
    },

    describe: (op, values) => texts.installPackages(namesOf(op, values)),
  };
}

const namesOf = (op: Packages, values: Values) => op.names.map((name) => values.public(name));
/** Of what comes along so many are named. */
const dozen = 12;
const nothing: Pick<Simulated, 'fresh' | 'upgraded' | 'enabled'> = { fresh: [], upgraded: [] };

async function inspect(wanted: readonly string[], manager: PackageManager, context: Context): Promise<Seen> {
  const { host, purpose } = context;
  // It would be an option, or two names.
  for (const name of wanted)
    if (!/^\w\S*$/.test(name))
      throw new Failure('check-failed', { what: name }, { say: texts.notAPackage(name) });
  const states = await manager.states(host, wanted);
  const missing = wanted.filter((name) => states.get(name)?.state !== 'installed');
  const auto = await manager.auto(
    host,
    wanted.filter((name) => !missing.includes(name)),
  );
  if (missing.length === 0) {
    const isMarked = purpose === 'run' || purpose === 'undo';
    const contents = isMarked ? await contentsOf(wanted, manager, context) : undefined;
    return { wanted, missing, auto, upgrades: [], contents };
  }
  const { fresh, upgraded } = await manager.simulateInstall(missing, host);
  return { wanted, missing, auto, upgrades: upgraded, along: fresh.filter((name) => !wanted.includes(name)) };
}

/** As `mark` writes it. */
interface Mark {
  readonly missing?: readonly string[];
  readonly contents?: Contents;
}

const asMark = (mark: Json): Mark => (mark ?? {}) as Mark;

/** What others put where these packages have theirs; journals of before do not tell of it. */
function differ(names: readonly string[], now: Mark, then: Mark, was: Json | undefined): boolean {
  const brought = asMark(was ?? null).missing ?? names;
  // Another guide's, that were there before, may have gone with it.
  const missingOf = ({ missing = [] }: Mark) => missing.filter((name) => brought.includes(name));
  if (!isDeepStrictEqual(missingOf(now), missingOf(then))) return true;
  if (now.contents === undefined || then.contents === undefined) return false;
  return !isDeepStrictEqual(contentsIn(now.contents, brought), contentsIn(then.contents, brought));
}
