/** What an operation kind is given to work with. One context per operation: it knows where output goes. */
import type { Redactor } from '../answers/redactor.ts';
import type { Lang } from '../guide/types.ts';
import type { Host, Ran, RunOptions } from '../host/types.ts';
import { StateFolder } from '../journal/state.ts';
import { notQuiet } from '../operations/shared/called.ts';
import { type Context, Failure, type Json } from '../operations/verbs.ts';
import { forgetChild, noteChild } from './orphan.ts';
import type { RunValues } from './values.ts';

export interface Surroundings {
  readonly host: Host;
  readonly state: StateFolder;
  readonly run: string;
  readonly key: Buffer;
  readonly values: RunValues;
  readonly redactor: Redactor;
  readonly lang: Lang;
  readonly recorded: (key: string) => Json | undefined;
}

/** Seconds. Where an operation names no limit of its own: a program that waits for somebody waits for ever. */
const longestSilence = 3600;

/** Output of an operation: to the step's log and to the screens. */
type Sink = (text: string) => void;

export function makeContext(
  around: Surroundings,
  purpose: Context['purpose'],
  sink: Sink = () => {},
): Context {
  const { state, values, redactor, key } = around;
  const host = noting(around.host, `${state.run(around.run)}/child`);
  const before = `${state.run(around.run)}/before`;
  const run = async (argv: readonly string[], options: RunOptions = {}): Promise<Ran> => {
    const streams = { stdout: redactor.stream(), stderr: redactor.stream() };
    sink(`$ ${argv.join(' ')}${options.as ? ` (${options.as})` : ''}\n`);
    const onOutput: RunOptions['onOutput'] = (text, from) => {
      const shown = streams[from].write(text);
      if (shown !== '') sink(shown);
      options.onOutput?.(text, from);
    };
    const act = (limit: RunOptions) => host.run(argv, { ...limit, ...options, onOutput });
    try {
      return await notQuiet(redactor.redact(argv.join(' ')), longestSilence, act);
    } finally {
      sink(streams.stdout.end() + streams.stderr.end());
    }
  };
  return {
    host,
    values,
    lang: around.lang,
    purpose,
    recorded: around.recorded,
    run,
    redact: (text) => redactor.redact(text),
    say: (text) => sink(redactor.redact(`${text}\n`)),
    isNeeded: () => false,
    fingerprint: (bytes) => StateFolder.fingerprint(key, bytes),
    async must(argv, options) {
      const ran = await run(argv, options);
      if (ran.code !== 0) throw new Failure('command-failed', failedValues(argv, ran, redactor));
      return ran;
    },
    async keep(bytes) {
      const reference = StateFolder.fingerprint(key, bytes);
      const path = `${before}/${reference}`;
      if (!(await host.read(path))?.equals(bytes)) await host.write(path, bytes, { mode: '0600' });
      return reference;
    },
    async kept(reference) {
      // A rollback reads the before-images of the run it takes back: each reference is found by its name, which
      // is made of what was saved. Other bytes are never put back.
      for (const id of [around.run, ...(await state.ids()).reverse()]) {
        const bytes = await host.read(`${state.run(id)}/before/${reference}`);
        if (bytes && StateFolder.fingerprint(key, bytes) === reference) return bytes;
      }
      throw new Failure('bug', { what: `before-image ${reference} is missing` });
    },
    async keptPath(name) {
      const folder = `${state.kept}/${around.run}`;
      if (!(await host.stat(folder))) await host.mkdir(folder, { mode: '0700' });
      return `${folder}/${name.replaceAll('/', '_')}`;
    },
    // Only what takes away tells: what is saved before an effect has its own record.
    async saved() {},
    async lend() {
      throw new Failure('bug', { what: 'a terminal lent outside of a step' });
    },
    async confirm() {
      throw new Failure('bug', { what: 'a confirmation outside of a step' });
    },
    async withSecretFile(text, owner, use) {
      const { folder, mode, prefix } = passing(around);
      const path = `${folder}/${prefix}${host.random(12).toString('hex')}`;
      if (!(await host.stat(folder))) await host.mkdir(folder, { mode });
      try {
        await host.write(path, text, { mode: '0600', ...(owner ? { owner } : {}) });
        return await use(path);
      } finally {
        await host.remove(path);
      }
    },
  };
}

/** Whatever it runs is noted while it runs, for the engine that comes after a killed one. */
function noting(host: Host, child: string): Host {
  return {
    ...host,
    async run(argv, options = {}) {
      const onStart = (pid: number) => {
        noteChild(child, pid);
        options.onStart?.(pid);
      };
      const ran = await host.run(argv, { ...options, onStart });
      forgetChild(child);
      return ran;
    },
  };
}

/**
 * Where secrets pass to programs. Root: in memory, reachable by the owner of the file. Others: in their own state
 * folder. The names tell which state folder they are of.
 */
function passing({ state, key }: Pick<Surroundings, 'state' | 'key'>) {
  const prefix = `${StateFolder.fingerprint(key, 'passing').slice(0, 12)}-`;
  return process.getuid?.() === 0
    ? { folder: '/run/setup-wizard', mode: '0711', prefix }
    : { folder: `${state.secrets}/passing`, mode: '0700', prefix };
}

/** Takes away what a killed engine was passing on. */
export async function forgetPassing(around: Pick<Surroundings, 'host' | 'state' | 'key'>): Promise<void> {
  const { folder, prefix } = passing(around);
  for (const name of await around.host.list(folder))
    if (name.startsWith(prefix)) await around.host.remove(`${folder}/${name}`);
}

function failedValues(argv: readonly string[], ran: Ran, redactor: Redactor): Record<string, string> {
  const words = redactor.redact(`${ran.stderr}\n${ran.stdout}`).trim().split('\n');
  return {
    command: redactor.redact(argv.join(' ')),
    code: String(ran.signal ?? ran.code),
    lastLine: words.at(-1) ?? '',
    ...(ran.timedOut ? { timedOut: 'yes' } : {}),
  };
}
