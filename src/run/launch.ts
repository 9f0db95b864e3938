/** Starts an engine as a process of its own and connects to it. */
import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { connect, type LiveConnection } from '../client/connect.ts';
import type { Host } from '../host/types.ts';
import type { AccountChange } from '../journal/accounts.ts';
import { Busy, holderOf } from '../journal/lock.ts';
import type { StateFolder } from '../journal/state.ts';
import { Failure } from '../operations/verbs.ts';
import { lingers } from './logout.ts';
import type { Program } from './program.ts';

export interface EngineArguments {
  readonly run: string;
  readonly kind: 'install' | 'rollback' | 'accounts';
  readonly guide: string;
  readonly of?: string;
  readonly to?: string;
  /** Accounts: what is done with which one, of which list. */
  readonly change?: AccountChange['change'];
  readonly account?: string;
  readonly list?: string;
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
  if (holder) return { connection: await waitForSocket(host, state, args.run), joined: true };
  await state.prepare(args.run);
  await makeSureOfRoom(host, state.run(args.run));
  if (await host.stat(socket)) await host.remove(socket);
  await start(host, state, program, args);
  const connection = await waitForSocket(host, state, args.run);
  // Two may begin the same run in the same moment: one of them did not.
  return { connection, joined: !(await decides(connection)) };
}

/** Whether the engine has made this client the one that decides. */
async function decides(connection: LiveConnection): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const stop = connection.subscribe(() => {
    if (connection.view().live || connection.lost()) resolve();
  });
  if (!connection.view().live) await promise;
  stop();
  return connection.view().decides;
}

/** An engine that cannot write its first lines could not say so either: this process still can. */
async function makeSureOfRoom(host: Host, folder: string): Promise<void> {
  await host.write(`${folder}/room`, Buffer.alloc(65_536), { mode: '0600' });
  await host.remove(`${folder}/room`);
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
  if (await host.stat('/run/systemd/system')) {
    const uid = process.getuid?.() ?? 0;
    if (uid === 0 && (await startUnit(host, args.run, argv, []))) return;
    const own = { XDG_RUNTIME_DIR: `/run/user/${uid}` };
    if (uid !== 0 && (await lingers(host)) && (await startUnit(host, args.run, argv, ['--user'], own)))
      return;
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
async function startUnit(
  host: Host,
  run: string,
  argv: readonly string[],
  manager: readonly string[],
  reach: Readonly<Record<string, string>> = {},
): Promise<boolean> {
  const env = passedEnvironment();
  const unit = [
    // A name of its own: what a killed engine left running keeps the former unit for a while.
    `--unit=setup-wizard-${run}-${process.pid}`,
    '--collect',
    '--quiet',
    '--property=KillMode=control-group',
    // A program that the kernel ends for want of memory fails its step: its engine has to say so.
    '--property=OOMPolicy=continue',
  ];
  const set = Object.keys(env).map((name) => `--setenv=${name}`);
  const { code } = await host.run(['systemd-run', ...manager, ...unit, ...set, ...argv], {
    env: { ...env, ...reach },
  });
  return code === 0;
}

/** What is of the site comes with the start of the run: every user may read the environment of a unit. */
function passedEnvironment(): Record<string, string> {
  const isPassed = (name: string) => /^(SUDO_USER|SETUP_WIZARD_\w+)$/.test(name);
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      isPassed(name) && value !== undefined ? [[name, value]] : [],
    ),
  );
}

/** The client reads the past itself, while the engine starts. */
async function waitForSocket(host: Host, state: StateFolder, run: string): Promise<LiveConnection> {
  const path = `${state.run(run)}/socket`;
  const known = await state.records(run);
  // A clock that somebody sets back would wait for ever.
  const until = performance.now() + startTimeout;
  for (;;) {
    const connection = await connect(path, known).catch(() => undefined);
    if (connection) return connection;
    // Two began in the same moment, and the other was first.
    const holder = await holderOf(host, state.lock);
    if (holder && holder.run !== run) throw new Busy(holder);
    if (performance.now() > until) break;
    await host.sleep(20);
  }
  const log =
    ((await host.read(`${state.run(run)}/engine.log`)) ?? '').toString().trim().split('\n').at(-1) ?? '';
  throw new Failure('bug', { what: `engine of ${run} does not answer ${log}` });
}
