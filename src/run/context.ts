/** What an operation kind is given to work with. One context per operation: it knows where output goes. */
import type { Redactor } from '../answers/redactor.ts';
import type { Lang } from '../guide/types.ts';
import type { Host, Ran, RunOptions } from '../host/types.ts';
import { StateFolder } from '../journal/state.ts';
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

/** Output of an operation: to the step's log and to the screens. */
type Sink = (text: string) => void;

export function makeContext(
  around: Surroundings,
  purpose: Context['purpose'],
  sink: Sink = () => {},
): Context {
  const { host, state, values, redactor, key } = around;
  const before = `${state.run(around.run)}/before`;
  const run = async (argv: readonly string[], options: RunOptions = {}): Promise<Ran> => {
    const streams = { stdout: redactor.stream(), stderr: redactor.stream() };
    sink(`$ ${argv.join(' ')}${options.as ? ` (${options.as})` : ''}\n`);
    const child = `${state.run(around.run)}/child`;
    const ran = await host.run(argv, {
      ...options,
      onStart: (pid) => {
        noteChild(child, pid);
        options.onStart?.(pid);
      },
      onOutput: (text, from) => {
        const shown = streams[from].write(text);
        if (shown !== '') sink(shown);
        options.onOutput?.(text, from);
      },
    });
    forgetChild(child);
    sink(streams.stdout.end() + streams.stderr.end());
    return ran;
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
    fingerprint: (bytes) => StateFolder.fingerprint(key, bytes),
    async must(argv, options) {
      const ran = await run(argv, options);
      if (ran.code !== 0) throw new Failure('command-failed', failedValues(argv, ran, redactor));
      return ran;
    },
    async keep(bytes) {
      const reference = StateFolder.fingerprint(key, bytes);
      const path = `${before}/${reference}`;
      if (!(await host.stat(path))) await host.write(path, bytes, { mode: '0600' });
      return reference;
    },
    async kept(reference) {
      // A rollback reads the before-images of the run it takes back: each reference is found by its name.
      for (const id of [around.run, ...(await state.ids()).reverse()]) {
        const bytes = await host.read(`${state.run(id)}/before/${reference}`);
        if (bytes) return bytes;
      }
      throw new Failure('bug', { what: `before-image ${reference} is missing` });
    },
    async keptPath(name) {
      const folder = `${state.kept}/${around.run}`;
      if (!(await host.stat(folder))) await host.mkdir(folder, { mode: '0700' });
      return `${folder}/${name.replaceAll('/', '_')}`;
    },
    async lend() {
      throw new Failure('bug', { what: 'a terminal lent outside of a step' });
    },
    async withSecretFile(text, owner, use) {
      const folder = await secretFolder(around);
      const path = `${folder}/${host.random(12).toString('hex')}`;
      try {
        await host.write(path, text, { mode: '0600', ...(owner ? { owner } : {}) });
        return await use(path);
      } finally {
        await host.remove(path);
      }
    },
  };
}

/** Root: in memory, reachable by the owner of the file. Others: in their own state folder. */
async function secretFolder(around: Surroundings): Promise<string> {
  const isRoot = process.getuid?.() === 0;
  const path = isRoot ? '/run/setup-wizard' : `${around.state.secrets}/passing`;
  if (!(await around.host.stat(path))) await around.host.mkdir(path, { mode: isRoot ? '0711' : '0700' });
  return path;
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
