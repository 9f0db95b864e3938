/**
 * Programs that supervisord keeps running: their file, and that they run.
 *
 * 1. A file that supervisord would not take is never put in place. Programs of others are not touched: supervisord is
 *    not restarted, and told of this name only.
 * 2. They run with the inputs they were recorded with: a file that changed since, or a kill between the change and the
 *    start, means that they are started anew at the next run.
 * 3. `undo` puts the former file back, and the programs as they were.
 *
 * Proven by test/operations/system/supervisor-program.test.ts and test/lab/supervisor.test.ts.
 */
import { isDeepStrictEqual } from 'node:util';
import * as texts from '../i18n/texts/services.ts';
import { file } from './file.ts';
import { asRecord, type Inputs, inputsOf, oldInputs } from './shared/inputs.ts';
import {
  allOf,
  isMeantToRun,
  isRunning,
  mustRun,
  type Process,
  processesOf,
  supervisorctl,
} from './shared/supervisor.ts';
import { mustBeTaken } from './shared/supervisor-check.ts';
import {
  type Context,
  type Difference,
  Failure,
  type Json,
  type Op,
  type Undone,
  type Values,
  type Verbs,
} from './verbs.ts';

type SupervisorProgram = Op<'supervisor-program'>;

export interface Seen {
  readonly name: string;
  readonly path: string;
  readonly file: Awaited<ReturnType<typeof file.inspect>>;
  /** Nothing where no supervisord answers. */
  readonly processes: readonly Process[] | undefined;
  /** Fingerprints of what the programs read, as it is now. */
  readonly inputs: Inputs;
}

interface Before {
  readonly file: Json;
  readonly running: boolean;
}

const fileOf = (op: SupervisorProgram): Op<'file'> => ({
  kind: 'file',
  path: op.path,
  content: op.content ?? '',
  syntax: 'supervisor',
  mode: '0644',
  owner: 'root:root',
});

const fileKey = (op: SupervisorProgram, values: Values): string => `file:${values.public(op.path)}`;

export const supervisorProgram: Verbs<SupervisorProgram, Seen> = {
  keys: (op, values) => [`supervisor:${values.public(op.name)}`, fileKey(op, values)],

  async inspect(op, context) {
    const { host, values } = context;
    const [name, path] = [values.public(op.name), values.public(op.path)];
    const keys = [fileKey(op, values), ...(op.restartOn ?? []).map((key) => values.public(key))];
    return {
      name,
      path,
      file: await file.inspect(fileOf(op), context),
      processes: await processesOf(path, name, host),
      inputs: await inputsOf(keys, context),
    };
  },

  diff(op, seen, context): Difference {
    const inFile = file.diff(fileOf(op), seen.file, context);
    const commands = commandsOf(seen, workOf(op, seen, context));
    if (inFile.change !== 'change') return commands.length === 0 ? inFile : { change: 'change', commands };
    return { ...inFile, commands };
  },

  mark: (op, seen, context): Json => ({
    running: isRunning(seen.processes),
    inputs: seen.inputs,
    file: file.mark(fileOf(op), seen.file, context),
  }),

  /** Their file: that they stand still just now, or that an input has changed, is not asked about. */
  differs: (_, now, then) => !isDeepStrictEqual(asRecord(now)['file'], asRecord(then)['file']),

  drift: (op, seen, then, context) =>
    file.drift?.(fileOf(op), seen.file, asRecord(then)['file'] ?? null, context) ?? '',

  async capture(op, seen, context): Promise<Json> {
    return {
      file: await file.capture(fileOf(op), seen.file, context),
      running: isMeantToRun(seen.processes),
    };
  },

  async apply(op, seen, context) {
    const { name, path } = seen;
    if (!seen.processes)
      throw new Failure('check-failed', { what: 'supervisord' }, { say: texts.supervisordStopped });
    const work = workOf(op, seen, context);
    if (work.file)
      await mustBeTaken(path, name, context.values.public(op.content ?? '', 'supervisor'), context);
    const before = await file.capture(fileOf(op), seen.file, context);
    if (work.file) await file.apply(fileOf(op), seen.file, context);
    try {
      for (const argv of commandsOf(seen, work))
        await (speaksOfFiles(argv) ? context.must(argv) : context.run(argv));
    } catch (error) {
      // As long as it is there supervisord might not start again.
      if (work.file) await file.undo(fileOf(op), before, context);
      throw error;
    }
    await mustRun(path, name, context);
  },

  async undo(op, raw, context): Promise<Undone> {
    // Written by `capture`.
    const before = raw as unknown as Before;
    const { host, values } = context;
    const [name, path] = [values.public(op.name), values.public(op.path)];
    const processes = await processesOf(path, name, host);
    const tell = (verb: string) => supervisorctl(path, verb, allOf(name));
    if (processes && processes.length > 0) await context.must(tell('stop'));
    const undone = await file.undo(fileOf(op), before.file, context);
    if (!processes) return undone;
    await context.must(supervisorctl(path, 'reread'));
    if (processes.length > 0 || before.running) await context.must(supervisorctl(path, 'update', name));
    if (before.running) await context.must(tell('start'));
    else if (before.file !== null) await context.run(tell('stop'));
    return undone;
  },

  restart: (op, values) => supervisorctl(values.public(op.path), 'restart', allOf(values.public(op.name))),

  describe: (op, values) => texts.startPrograms(values.public(op.name)),
};

/** What has to be done. Pure. */
interface Work {
  readonly file: boolean;
  /** supervisord has to read the file. */
  readonly update: boolean;
  /** Of what it knows already. */
  readonly run: 'start' | 'restart' | undefined;
}

function workOf(op: SupervisorProgram, seen: Seen, context: Context): Work {
  const { name, path, inputs, processes } = seen;
  const isNewFile = file.diff(fileOf(op), seen.file, context).change === 'change';
  const isKnown = processes !== undefined && processes.length > 0;
  const old = oldInputs(`supervisor:${name}`, inputs, context);
  const isOld = old.some((key) => key !== `file:${path}`);
  return {
    file: isNewFile,
    update: isNewFile || !isKnown || old.includes(`file:${path}`),
    run: !isKnown ? undefined : isOld ? 'restart' : isRunning(processes) ? undefined : 'start',
  };
}

/** What supervisord finds changed in the file it starts anew by itself. */
function commandsOf({ name, path }: Seen, { update, run }: Work): string[][] {
  const tell = (verb: string) => supervisorctl(path, verb, allOf(name));
  if (!update) return run ? [tell(run)] : [];
  return [
    supervisorctl(path, 'reread'),
    ...(run === 'restart' ? [tell('stop')] : []),
    supervisorctl(path, 'update', name),
    ...(run ? [tell('start')] : []),
  ];
}

/** The others speak of processes, which are looked at afterwards. */
const speaksOfFiles = (argv: readonly string[]): boolean =>
  argv.includes('reread') || argv.includes('update');
