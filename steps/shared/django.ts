/** Django’s own commands, and what its management shell tells: the same for every application made with it. */
import type { Argv, Probe, Public } from '../../src/guide/kinds.ts';

export interface Application {
  /** The interpreter, and what starts the management commands. */
  readonly program: Argv;
  readonly as: Public;
  readonly cwd: Public;
  readonly env?: Readonly<Record<string, Public>>;
}

/** A command of an application: as whom, where and with what it is run. */
type Managed = Omit<Application, 'program'> & { readonly run: Argv };

export interface Django {
  readonly manage: (...words: Argv) => Managed;
  /** Every migration of the code is in the database. */
  readonly isMigrated: Managed;
  /** A read-only script in the management shell; `%NAME%` in it becomes a Python literal. */
  readonly inShell: (lines: readonly string[], condition: string) => Probe;
}

export function django({ program, ...where }: Application): Django {
  const manage = (...words: Argv): Managed => ({ run: [...program, ...words], ...where });
  return {
    manage,
    isMigrated: manage('migrate', '--check'),
    inShell: (lines, condition) => ({
      ...manage('shell'),
      stdin: [...lines, `print('SETUP-WIZARD ' + ('yes' if ${condition} else 'no'))`, ''].join('\n'),
      syntax: 'python',
      contains: 'SETUP-WIZARD yes',
    }),
  };
}

/** Tables can take hours on a server that has been used. */
export const migrationQuiet = 1800;
