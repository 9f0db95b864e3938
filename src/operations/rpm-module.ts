/**
 * The stream of a module of dnf (RHEL, Rocky and Alma 8 and 9).
 *
 * 1. Another stream is left for this one only if no installed package is of it.
 * 2. `undo` puts back the state of this module, and of those that were enabled with it, as it was: without asking a
 *    repository. What a package that is still installed comes from stays.
 *
 * Proven by test/operations/system/rpm-module.test.ts and test/lab/rpm.test.ts.
 */
import * as texts from '../i18n/texts/operations.ts';
import { enabledStream, type ModuleFiles, readModuleFiles, restoreModule } from './shared/dnf-modules.ts';
import { mustDnf, unattended } from './shared/dnf-run.ts';
import { simulateDnf } from './shared/dnf-simulation.ts';
import { type Installed, rpmInstalled } from './shared/rpm.ts';
import { type Difference, Failure, type Json, type Op, type Undone, type Verbs } from './verbs.ts';

type RpmModule = Op<'rpm-module'>;

export interface Seen {
  readonly name: string;
  readonly stream: string;
  readonly files: ModuleFiles;
  readonly installed: readonly Installed[];
}

interface Before {
  /** `NAME:STREAM` of all that is going to be enabled, this one first. */
  readonly enabled: readonly string[];
  /** The files of these modules; `null`: there was none. */
  readonly former: Readonly<Record<string, string | null>>;
  /** What was installed of them already. */
  readonly installed: readonly string[];
}

export const rpmModule: Verbs<RpmModule, Seen> = {
  keys: (op, values) => [`rpm-module:${values.public(op.name)}`],

  async inspect(op, { host, values }) {
    const [name, stream] = [values.public(op.name), values.public(op.stream)];
    return { name, stream, files: await readModuleFiles(host), installed: await rpmInstalled(host) };
  },

  diff(_, { name, stream, files, installed }): Difference {
    for (const word of [name, stream])
      if (!/^\w[\w.+-]*$/.test(word))
        throw new Failure('check-failed', { what: word }, { say: texts.notAModule(word) });
    const now = enabledStream(files[name]);
    if (now === stream) return { change: 'none' };
    const others = installed.filter(({ module }) => isOf(module, name) && !isOf(module, `${name}:${stream}`));
    if (others.length > 0) {
      const say = texts.moduleInUse(name, stream, namesOf(others));
      throw new Failure('refused-existing', { what: name }, { say });
    }
    return {
      change: 'change',
      commands: commandsFor(name, stream, now).map((args) => ['dnf', ...args]),
      diff: `${now === undefined ? '' : `-${name}:${now}\n`}+${name}:${stream}\n`,
    };
  },

  mark: (_, { name, files }): Json => ({ stream: enabledStream(files[name]) ?? null }),

  async capture(_, { name, stream, files, installed }, { host }): Promise<Json> {
    const one = `${name}:${stream}`;
    const { enabled = [] } = await simulateDnf(host, [
      '--setopt=module_stream_switch=True',
      'module',
      'enable',
      one,
    ]);
    const all = [...new Set([one, ...enabled])];
    const former = Object.fromEntries(all.map(nameOf).map((module) => [module, files[module] ?? null]));
    const own = installed.filter(({ module }) => all.some((each) => isOf(module, each)));
    return { enabled: all, former, installed: namesOf(own) } satisfies Before;
  },

  async apply(_, { name, stream, files }, context) {
    for (const args of commandsFor(name, stream, enabledStream(files[name]))) await mustDnf(args, context);
  },

  async undo(op, raw, context): Promise<Undone> {
    // Written by `capture`.
    const { enabled, former, installed } = raw as unknown as Before;
    const own = context.values.public(op.name);
    const files = await readModuleFiles(context.host);
    const since = (await rpmInstalled(context.host)).filter(({ name }) => !installed.includes(name));
    const users = new Set<string>();
    for (const one of enabled) {
      const name = nameOf(one);
      const ofIt = namesOf(since.filter(({ module }) => isOf(module, one)));
      for (const user of ofIt) users.add(user);
      const isOurs = name === own || enabledStream(files[name]) === one.slice(name.length + 1);
      const isFree = ofIt.length === 0 && !context.isNeeded(`rpm-module:${name}`);
      if (isOurs && isFree) await restoreModule(name, former[name] ?? undefined, context);
    }
    return users.size > 0 ? { left: texts.moduleKept(own, [...users]), until: ['rpm:'] } : {};
  },

  describe: (op, values) => texts.enableStream(values.public(op.name), values.public(op.stream)),

  // Its file may be there, and that of a module which it needs not yet.
  cutOff: 'again',
};

const nameOf = (module: string): string => module.split(':')[0] ?? '';
const namesOf = (packages: readonly Installed[]): string[] => packages.map(({ name }) => name);

/** `nodejs:18:8090…` is of `nodejs` and of `nodejs:18`. */
const isOf = (label: string, module: string): boolean => label.startsWith(`${module}:`);

/** dnf does not go from one stream to another at once. */
const commandsFor = (name: string, stream: string, now: string | undefined): string[][] => [
  ...(now === undefined || now === stream ? [] : [['module', 'reset', ...unattended, name]]),
  ['module', 'enable', ...unattended, `${name}:${stream}`],
];
