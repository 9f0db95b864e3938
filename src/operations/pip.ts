/**
 * Python packages in a virtual environment.
 *
 * 1. They are installed as the user who owns the environment; credentials of an index go to a file that only that user
 *    can read.
 * 2. `undo` puts back the versions that were there, removes what is new, and the cache that pip made.
 * 3. A package that pip was stopped in is not there: what it left is removed before pip runs again.
 *
 * Proven by test/operations/system/pip.test.ts and test/lab/kinds.test.ts.
 */
import { basename } from 'node:path';
import type { Ran } from '../host/types.ts';
import * as texts from '../i18n/texts/operations.ts';
import { makeDurable } from './shared/durable.ts';
import { mustHaveRun } from './shared/peek.ts';
import { missingCaches } from './shared/pip-cache.ts';
import { isSatisfied, normalName, parseRequirement } from './shared/requirement.ts';
import { readRequirements } from './shared/requirements-file.ts';
import type { Context, Json, Op, Undone, Values, Verbs } from './verbs.ts';
import { changedInVenv } from './virtualenv.ts';

type Pip = Op<'pip'>;

/** Version by normalized name. */
type Installed = Readonly<Record<string, string>>;

export interface Seen {
  readonly wanted: readonly string[];
  /** The requirements file is there, or none is asked for. */
  readonly isRead: boolean;
  readonly installed: Installed;
}

interface Before {
  readonly installed: Installed;
  /** Exact requirement of each: also those that came from an address. */
  readonly frozen: Readonly<Record<string, string>>;
  /** Folders of a cache that was not there. */
  readonly caches: readonly string[];
}

const wantedOf = (op: Pip, values: Values): string[] => op.packages.map((one) => values.public(one));

const fileOf = (op: Pip, values: Values): string | undefined =>
  op.requirements === undefined ? undefined : values.public(op.requirements);

export const pip: Verbs<Pip, Seen> = {
  keys(op, values) {
    const venv = values.public(op.venv);
    const file = fileOf(op, values);
    return [
      ...(file === undefined ? [] : [`pip:${venv}/requirements#${file}`]),
      ...wantedOf(op, values).map((text) => `pip:${venv}/${parseRequirement(text).name}`),
    ];
  },

  async inspect(op, context) {
    const file = fileOf(op, context.values);
    const inFile = file === undefined ? [] : await readRequirements(file, context.host);
    return {
      wanted: [...wantedOf(op, context.values), ...(inFile ?? [])],
      isRead: inFile !== undefined,
      installed: await installedIn(op, context),
    };
  },

  diff(op, { wanted, isRead, installed }, context) {
    const missing = missingOf(wanted, installed);
    if (missing.length === 0 && isRead) return { change: 'none' };
    const diff = missing.map((text) => {
      const now = installed[parseRequirement(text).name];
      return now === undefined ? `+ ${text}` : `- ${parseRequirement(text).name}==${now}\n+ ${text}`;
    });
    const named = missing.filter((text) => wantedOf(op, context.values).includes(text));
    return { change: 'change', commands: [installCommand(op, named, context)], diff: diff.join('\n') };
  },

  mark(_, { wanted, installed }): Json {
    const names = wanted.map((text) => parseRequirement(text).name);
    return Object.fromEntries(names.map((name) => [name, installed[name] ?? null]));
  },

  guests: (op, _, time, { host, values }) => changedInVenv(values.public(op.venv), time, host),

  holds: (op, values) => [`${values.public(op.venv)}/`],

  async capture(op, { installed }, context): Promise<Json> {
    const caches = await missingCaches(context.values.public(op.as), context.host);
    return { installed, frozen: await frozenIn(op, context), caches };
  },

  async apply(op, { wanted, installed }, context) {
    await clearHalves(op, context);
    const missing = missingOf(wanted, installed);
    const named = missing.filter((text) => wantedOf(op, context.values).includes(text));
    if (missing.length > 0) await install(op, named, context);
    await makeDurable(context.values.public(op.venv), context);
  },

  async undo(op, raw, context): Promise<Undone> {
    // Written by `capture`.
    const before = raw as unknown as Before;
    await clearHalves(op, context);
    const { kind, venv, as, packages } = op;
    const now = await installedIn(op, context);
    const added = Object.keys(now).filter((name) => before.installed[name] === undefined);
    const changed = Object.keys(before.installed).filter((name) => now[name] !== before.installed[name]);
    if (added.length > 0) await uninstall(op, added, context);
    if (changed.length > 0 && Object.keys(now).length > 0) {
      const former = changed.map((name) => before.frozen[name] ?? `${name}==${before.installed[name]}`);
      await install({ kind, venv, as, packages, noDeps: true }, former, context);
    }
    for (const folder of before.caches) await context.host.removeTree(folder);
    return {};
  },

  describe(op, values) {
    const file = fileOf(op, values);
    return texts.installInVenv([...wantedOf(op, values), ...(file === undefined ? [] : [`-r ${file}`])]);
  },

  // The wanted packages may be whole and pip still busy with its own folders.
  cutOff: 'again',
};

/** Pure: the requirements that what is installed does not meet. */
export function missingOf(wanted: readonly string[], installed: Installed): string[] {
  return wanted.filter((text) => {
    const requirement = parseRequirement(text);
    const version = installed[requirement.name];
    return version === undefined || !isSatisfied(requirement, version);
  });
}

const pythonOf = (op: Pip, { values }: Context): string => `${values.public(op.venv)}/bin/python`;

const pipOf = (op: Pip, context: Context): string[] => [
  pythonOf(op, context),
  '-m',
  'pip',
  '--disable-pip-version-check',
];

async function installedIn(op: Pip, context: Context): Promise<Installed> {
  const ran = await lookPip(op, ['list', '--format=json'], context);
  if (ran.code !== 0) return {};
  // The shape of pip's own list.
  const list = JSON.parse(ran.stdout) as readonly { readonly name: string; readonly version: string }[];
  const halves = (await halvesIn(op, context)).map((path) => normalName(basename(path).split('-')[0] ?? ''));
  const all = list.map(({ name, version }) => [normalName(name), version] as const);
  return Object.fromEntries(all.filter(([name]) => !halves.includes(name)));
}

/**
 * Folders that say of a package that it is there, and it is not whole: pip writes the list of its files last. Under `~`
 * it puts aside what it is about to replace.
 */
async function halvesIn(op: Pip, context: Context): Promise<string[]> {
  const halves: string[] = [];
  for (const path of await inSites(op, context)) {
    const isWhole = !path.endsWith('.dist-info') || (await context.host.stat(`${path}/RECORD`)) !== undefined;
    if (!isWhole || basename(path).startsWith('~')) halves.push(path);
  }
  return halves;
}

/** What is in the folders that hold packages. */
async function inSites(op: Pip, { host, values }: Context): Promise<string[]> {
  const lib = `${values.public(op.venv)}/lib`;
  const sites = (await host.list(lib)).map((python) => `${lib}/${python}/site-packages`);
  const found = await Promise.all(
    sites.map(async (site) => (await host.list(site)).map((name) => `${site}/${name}`)),
  );
  return found.flat();
}

/**
 * Where pip was stopped while it replaced itself, Python brings its own: over files that nothing lists it would be a
 * mixture that does not run.
 */
async function clearHalves(op: Pip, context: Context): Promise<void> {
  const as = context.values.public(op.as);
  const halves = await halvesIn(op, context);
  if (halves.length === 0) return;
  await context.must(['rm', '-r', '-f', '--', ...halves], { as });
  // It runs, and knows itself.
  if ((await lookPip(op, ['show', '--quiet', 'pip'], context)).code === 0) return;
  const own = (await inSites(op, context)).filter((path) => /^pip(-.*\.dist-info)?$/.test(basename(path)));
  if (own.length > 0) await context.must(['rm', '-r', '-f', '--', ...own], { as });
  await context.must([pythonOf(op, context), '-m', 'ensurepip'], { as });
}

/** `name==1.0`, or `name @ address`, by name. */
async function frozenIn(op: Pip, context: Context): Promise<Record<string, string>> {
  const ran = await lookPip(op, ['freeze', '--all'], context);
  const lines = ran.code === 0 ? ran.stdout.split('\n').filter((line) => /^[A-Za-z0-9]/.test(line)) : [];
  return Object.fromEntries(lines.map((line) => [parseRequirement(line).name, line]));
}

/** As its user: an interpreter that someone else may change is not run as root. */
async function lookPip(op: Pip, args: readonly string[], context: Context): Promise<Ran> {
  const as = context.values.public(op.as);
  const ran = await context.host.look([...pipOf(op, context), ...args], { as });
  mustHaveRun(ran, as);
  return ran;
}

/** What a person reads; an index with credentials is in a file, constraints always are. */
function installCommand(
  op: Pip,
  packages: readonly string[],
  context: Context,
  constraints = 'constraints.txt',
): string[] {
  const index = op.index === undefined ? '' : context.values.public(op.index);
  const file = fileOf(op, context.values);
  return [
    ...pipOf(op, context),
    'install',
    '--no-input',
    ...(index !== '' && !hasCredentials(index) ? ['--index-url', index] : []),
    ...(op.noDeps ? ['--no-deps'] : []),
    ...(op.constraints && op.constraints.length > 0 ? ['--constraint', constraints] : []),
    ...(file === undefined ? [] : ['--requirement', file]),
    ...packages,
  ];
}

const hasCredentials = (url: string): boolean => /^[a-z+]+:\/\/[^/]*@/i.test(url);

async function install(op: Pip, packages: readonly string[], context: Context): Promise<void> {
  const { values } = context;
  const as = values.public(op.as);
  const text = (op.constraints ?? []).map((one) => `${values.public(one)}\n`).join('');
  const index = op.index === undefined ? '' : values.public(op.index);
  await context.withSecretFile(text, as, (constraints) => {
    const argv = installCommand(op, packages, context, constraints);
    if (!hasCredentials(index)) return context.must(argv, { as });
    // pip reads the file before its variables: an empty one does not count.
    return context.withSecretFile(`[global]\nindex-url = ${index.replaceAll('%', '%%')}\n`, as, (path) =>
      context.must(argv, { as, env: { PIP_CONFIG_FILE: path, PIP_INDEX_URL: '' } }),
    );
  });
}

/** pip leaves folders that it has emptied. */
async function uninstall(op: Pip, names: readonly string[], context: Context): Promise<void> {
  const as = context.values.public(op.as);
  const find = ['find', context.values.public(op.venv), '-depth', '-type', 'd', '-empty'];
  const { stdout } = await context.host.look([...find, '-print0'], { as });
  const formerlyEmpty = stdout.split('\0').filter(Boolean);
  await context.must([...pipOf(op, context), 'uninstall', '--yes', ...names], { as });
  await context.must(
    [...find, ...formerlyEmpty.flatMap((path) => ['!', '-path', literal(path)]), '-delete'],
    { as },
  );
}

/** `-path` takes a pattern. */
const literal = (path: string): string => path.replaceAll(/[\\*?[]/g, '\\$&');
