/** Starts an engine as a process of its own and connects to it. */
import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { connect, type LiveConnection } from '../client/connect.ts';
import type { Host } from '../host/types.ts';
import { Busy, holderOf } from '../journal/lock.ts';
import type { StateFolder } from '../journal/state.ts';
import { Failure } from '../operations/verbs.ts';
import type { Program } from './program.ts';

export interface EngineArguments {
  readonly run: string;
  readonly kind: 'install' | 'rollback';
  readonly guide: string;
  readonly of?: string;
  readonly to?: string;
  readonly lang: string;
}

const startTimeout = 20_000;
/** Node would let short-lived memory grow past 100 MB before it collects, under a step that says very much. */
const youngMemory = '--max-semi-space-size=8';

/** A run that has a living engine is joined; else an engine is started. Throws `Busy` for another run's. */
export async function reachEngine(
  host: Host,
  state: StateFolder,
  program: Program,
  args: EngineArguments,
): Promise<{ connection: LiveConnection; joined: boolean }> {
  const socket = `${state.run(args.run)}/socket`;
  const holder = await holderOf(host, state.lock);
  if (holder && holder.run !== args.run) throw new Busy(holder);
  if (holder) return { connection: await waitForSocket(host, state, args.run, socket), joined: true };
  await state.prepare(args.run);
  if (await host.stat(socket)) await host.remove(socket);
  await start(host, state, program, args);
  return { connection: await waitForSocket(host, state, args.run, socket), joined: false };
}

async function start(host: Host, state: StateFolder, program: Program, args: EngineArguments): Promise<void> {
  const argv = [
    program.node,
    youngMemory,
    program.main,
    '__engine',
    '--state-dir',
    state.path,
    ...flags(args),
  ];
  const isRoot = process.getuid?.() === 0;
  if (isRoot && (await host.stat('/run/systemd/system'))) {
    const ran = await host.run([...systemdRun(args.run), ...argv], { env: passedEnvironment() });
    if (ran.code === 0) return;
  }
  const log = openSync(`${state.run(args.run)}/engine.log`, 'a', 0o600);
  const [file = '', ...rest] = argv;
  spawn(file, rest, { detached: true, stdio: ['ignore', log, log], cwd: '/' }).unref();
  closeSync(log);
}

function flags(args: EngineArguments): string[] {
  return Object.entries(args).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}`, String(value)],
  );
}

/** Its own unit: survives the login it was started from, whatever logind is told to kill. */
function systemdRun(run: string): string[] {
  const set = Object.keys(passedEnvironment()).map((name) => `--setenv=${name}`);
  return [
    'systemd-run',
    `--unit=setup-wizard-${run}`,
    '--collect',
    '--quiet',
    '--property=KillMode=control-group',
    ...set,
  ];
}

const passed =
  /^(https?_proxy|no_proxy|PIP_\w+|SSL_CERT_(FILE|DIR)|REQUESTS_CA_BUNDLE|GIT_\w+|SUDO_USER|SETUP_WIZARD_\w+)$/i;

function passedEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      passed.test(name) && value !== undefined ? [[name, value]] : [],
    ),
  );
}

async function waitForSocket(
  host: Host,
  state: StateFolder,
  run: string,
  path: string,
): Promise<LiveConnection> {
  const until = Date.now() + startTimeout;
  for (;;) {
    const connection = await connect(path).catch(() => undefined);
    if (connection) return connection;
    if (Date.now() > until) break;
    await host.sleep(20);
  }
  const log =
    ((await host.read(`${state.run(run)}/engine.log`)) ?? '').toString().trim().split('\n').at(-1) ?? '';
  throw new Failure('bug', { what: `engine of ${run} does not answer ${log}` });
}
