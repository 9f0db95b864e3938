/** How a guide says that a program is run: put into what the host understands. */
import type { FileSyntax } from '../../guide/kinds.ts';
import type { Text } from '../../guide/types.ts';
import type { RunOptions } from '../../host/types.ts';
import { both } from '../../i18n/both.ts';
import * as texts from '../../i18n/texts/operations.ts';
import { Failure, type Values } from '../verbs.ts';
import { dockerName } from './docker.ts';

interface Says {
  readonly run: readonly string[];
  readonly container?: string;
  readonly as?: string;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  readonly syntax?: FileSyntax;
}

/** `flags` are for the program that enters a container. */
export function argvOf(says: Says, values: Values, flags: readonly string[] = []): string[] {
  const words = says.run.map((word) => values.public(word));
  if (says.container === undefined) return words;
  const { as, cwd, env = {} } = placeOf(says, values);
  return [
    'docker',
    'exec',
    '--interactive',
    ...flags,
    ...(as === undefined ? [] : ['--user', as]),
    ...(cwd === undefined ? [] : ['--workdir', cwd]),
    ...Object.entries(env).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
    dockerName(says.container, values),
    ...words,
  ];
}

export function optionsOf(says: Says, values: Values): RunOptions {
  const { container, stdin, syntax } = says;
  return {
    ...(container === undefined ? placeOf(says, values) : {}),
    ...(stdin === undefined ? {} : { stdin: values.full(stdin, syntax) }),
  };
}

function placeOf({ as, cwd, env }: Says, values: Values): Pick<RunOptions, 'as' | 'cwd' | 'env'> {
  const variables = Object.entries(env ?? {}).map(([name, value]) => [name, values.public(value)]);
  return {
    ...(as === undefined ? {} : { as: values.public(as) }),
    ...(cwd === undefined ? {} : { cwd: values.public(cwd) }),
    ...(env === undefined ? {} : { env: Object.fromEntries(variables) }),
  };
}

/** As whom, where and with what a command is run; nothing where it is as usual. */
export function circumstances(op: Says, values: Values): Text[] {
  const { as, cwd, env = {} } = optionsOf(op, values);
  const variables = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  return [
    ...(as === undefined ? [] : [texts.runAs(as)]),
    ...(cwd === undefined ? [] : [texts.runIn(cwd)]),
    ...variables.map((one) => both(one, one)),
  ];
}

/** Seconds without output before a person is asked. */
const usualQuiet = 900;

/** Dumps and archives of much data say nothing for hours. */
export const silentForHours = { quiet: 24 * 3_600_000 } satisfies RunOptions;

/** Runs `act` with a limit of silence; a program that was ended for its silence is a failure of that name. */
export async function notQuiet<T>(
  command: string,
  seconds: number | undefined,
  act: (options: Pick<RunOptions, 'quiet' | 'onQuiet'>) => Promise<T>,
): Promise<T> {
  const limit = seconds ?? usualQuiet;
  let wasQuiet = false;
  const onQuiet = () => {
    wasQuiet = true;
  };
  const failure = (cause?: unknown) => new Failure('quiet', { command, seconds: String(limit) }, { cause });
  try {
    const result = await act({ quiet: limit * 1000, onQuiet });
    if (wasQuiet) throw failure();
    return result;
  } catch (error) {
    throw wasQuiet && !(error instanceof Failure && error.code === 'quiet') ? failure(error) : error;
  }
}
