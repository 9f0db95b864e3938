/** Runs of pip that change what is in a virtual environment, as the user whose it is. */
import type { Context } from '../verbs.ts';
import { gitWithin, type Mirror } from './git.ts';
import { pipOf, type Venv } from './pip-site.ts';

/** One run of pip. */
export interface Order {
  readonly venv: Venv;
  readonly packages: readonly string[];
  readonly requirements?: string | undefined;
  readonly constraints?: readonly string[];
  readonly index?: string;
  readonly noDeps?: boolean | undefined;
  /** Also where the version is the same: pip would leave what came from another address. */
  readonly isAgain?: boolean;
  readonly mirror?: Mirror | undefined;
}

/** What a person reads; an index with credentials is in a file, constraints always are. */
export function installCommand(order: Order, constraints = 'constraints.txt'): string[] {
  const { venv, packages, requirements, index = '', noDeps, isAgain } = order;
  return [
    ...pipOf(venv),
    'install',
    '--no-input',
    ...(index !== '' && !hasCredentials(index) ? ['--index-url', index] : []),
    ...(isAgain ? ['--force-reinstall'] : []),
    ...(noDeps ? ['--no-deps'] : []),
    ...(order.constraints && order.constraints.length > 0 ? ['--constraint', constraints] : []),
    ...(requirements === undefined ? [] : ['--requirement', requirements]),
    ...packages,
  ];
}

const hasCredentials = (url: string): boolean => /^[a-z+]+:\/\/[^/]*@/i.test(url);

export async function install(order: Order, context: Context): Promise<void> {
  const { venv, index = '', mirror } = order;
  const { as } = venv;
  const env = gitWithin(mirror);
  const text = (order.constraints ?? []).map((one) => `${one}\n`).join('');
  await context.withSecretFile(text, as, (constraints) => {
    const argv = installCommand(order, constraints);
    if (!hasCredentials(index)) return context.must(argv, { as, env });
    // pip reads the file before its variables: an empty one does not count.
    return context.withSecretFile(`[global]\nindex-url = ${index.replaceAll('%', '%%')}\n`, as, (path) =>
      context.must(argv, { as, env: { ...env, PIP_CONFIG_FILE: path, PIP_INDEX_URL: '' } }),
    );
  });
}

/** pip leaves folders that it has emptied. */
export async function uninstall(venv: Venv, names: readonly string[], context: Context): Promise<void> {
  const { as } = venv;
  const find = ['find', venv.path, '-depth', '-type', 'd', '-empty'];
  const { stdout } = await context.host.look([...find, '-print0'], { as });
  const formerlyEmpty = stdout.split('\0').filter(Boolean);
  await context.must([...pipOf(venv), 'uninstall', '--yes', ...names], { as });
  await context.must(
    [...find, ...formerlyEmpty.flatMap((path) => ['!', '-path', literal(path)]), '-delete'],
    { as },
  );
}

/** `-path` takes a pattern. */
const literal = (path: string): string => path.replaceAll(/[\\*?[]/g, '\\$&');
