import { type ChildProcess, spawn } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';

/**
 * A control group of its own, so that two machines never meet, and all of a machine can be killed at once. Where the old
 * kind of control groups is mounted too, nspawn makes one of the same name there.
 */
export function controlGroup(name: string): string {
  const [group] = groupsNamed(name, 'cgroup2');
  if (!group) throw new Error('The lab needs a cgroup2 file system to be mounted on this machine.');
  return group;
}

function groupsNamed(name: string, fileSystem: 'cgroup' | 'cgroup2'): string[] {
  const mounts = readFileSync('/proc/self/mounts', 'utf8')
    .split('\n')
    .map((line) => line.split(' '));
  const folders = mounts.flatMap(([, folder, type]) => (type === fileSystem && folder ? [folder] : []));
  return folders.map((folder) => join(folder, `setup-wizard-lab-${name}`));
}

/** Kills every process of a machine. Waits at most five seconds, without the event loop. */
export function killMachine(name: string): void {
  const group = controlGroup(name);
  if (existsSync(group)) killAll(group);
  for (const folder of [group, ...groupsNamed(name, 'cgroup')]) if (existsSync(folder)) removeGroup(folder);
}

function killAll(group: string): void {
  writeFileSync(join(group, 'cgroup.kill'), '1');
  const populated = () => readFileSync(join(group, 'cgroup.events'), 'utf8').includes('populated 1');
  const clock = new Int32Array(new SharedArrayBuffer(4));
  for (let tries = 0; tries < 250 && populated(); tries++) Atomics.wait(clock, 0, 0, 20);
}

function removeGroup(group: string): void {
  for (const entry of readdirSync(group, { withFileTypes: true })) {
    if (entry.isDirectory()) removeGroup(join(group, entry.name));
  }
  rmdirSync(group);
}

/** One boot of a root folder: from power on until the container's manager has exited. */
export class Machine {
  /** The host's process id of the machine's process 1. */
  readonly leader: number;
  readonly name: string;
  /** Resolves when the machine is off: with true when it asked to be started again. */
  readonly off: Promise<boolean>;
  readonly #manager: ChildProcess;

  private constructor(manager: ChildProcess, off: Promise<boolean>, leader: number, name: string) {
    this.#manager = manager;
    this.off = off;
    this.leader = leader;
    this.name = name;
  }

  static async boot(name: string, root: string, options: string[], log: string): Promise<Machine> {
    const group = controlGroup(name);
    mkdirSync(group, { recursive: true });
    const manager = startManager(group, log, [`--directory=${root}`, `--machine=${name}`, ...options]);
    const askedForRestart = 133;
    const off = new Promise<boolean>((done) =>
      manager.once('exit', (code) => done(code === askedForRestart)),
    );
    try {
      const leader = await findLeader(manager);
      await waitUntilUp(leader, manager);
      manager.unref();
      return new Machine(manager, off, leader, name);
    } catch (error) {
      killMachine(name);
      throw new Error(`The lab did not boot. Its console: ${readFileSync(log, 'utf8').slice(-4000)}`, {
        cause: error,
      });
    }
  }

  /** Waits for `off`, and keeps this process alive meanwhile. */
  async untilOff(): Promise<void> {
    this.#manager.ref();
    await this.off;
  }

  /** The command that runs another one inside, as a login of this machine would: in its name spaces and control group. */
  enter(argv: string[]): [string, ...string[]] {
    const group = join(controlGroup(this.name), 'payload', 'logins');
    const join_ = 'mkdir -p "$0" && echo $$ >"$0/cgroup.procs" && exec "$@"';
    return [
      '/bin/sh',
      '-c',
      join_,
      group,
      'nsenter',
      '--target',
      String(this.leader),
      '--all',
      '--',
      ...argv,
    ];
  }

  /** Turns it off as `poweroff` would. */
  async shutdown(): Promise<void> {
    process.kill(this.leader, powerOff);
    const stuck = setTimeout(() => killMachine(this.name), 60_000);
    await this.untilOff();
    clearTimeout(stuck);
    killMachine(this.name);
  }

  /** A power cut. */
  async pullPlug(): Promise<void> {
    killMachine(this.name);
    await this.untilOff();
  }
}

/** SIGRTMIN+4, which systemd takes for "power off"; Node has no name for it. */
const powerOff = 38;

/** nspawn dies with this process, and the machine with nspawn. Neither keeps this process from ending. */
function startManager(group: string, log: string, options: string[]): ChildProcess {
  const output = openSync(log, 'a');
  const argv = ['setpriv', '--pdeathsig', 'KILL', 'systemd-nspawn', '--quiet', ...fixedOptions, ...options];
  const manager = spawn('/bin/sh', ['-c', 'echo $$ >"$0/cgroup.procs" && exec "$@"', group, ...argv], {
    detached: true,
    stdio: ['ignore', output, output],
    env: { ...process.env, SYSTEMD_NSPAWN_UNIFIED_HIERARCHY: '1', SYSTEMD_NSPAWN_TMPFS_TMP: '0' },
  });
  closeSync(output);
  return manager;
}

const fixedOptions = [
  ...['--boot', '--register=no', '--keep-unit', '--console=read-only', '--hostname=server'],
  ...['--resolv-conf=off', '--timezone=off', '--link-journal=no'],
];

async function findLeader(manager: ChildProcess): Promise<number> {
  for (const end = Date.now() + 20_000; Date.now() < end && manager.exitCode === null; await sleep(20)) {
    const { stdout } = await execa('pgrep', ['--parent', String(manager.pid)], { reject: false });
    const leader = stdout.split('\n').filter(Boolean).map(Number).find(isFirstProcess);
    if (leader) return leader;
  }
  throw new Error('systemd-nspawn started no process 1');
}

function isFirstProcess(pid: number): boolean {
  try {
    return /^NSpid:\t\d+\t1$/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

async function waitUntilUp(leader: number, manager: ChildProcess): Promise<void> {
  for (const end = Date.now() + 60_000; Date.now() < end && manager.exitCode === null; await sleep(50)) {
    const argv = ['--target', String(leader), '--all', 'systemctl', 'is-system-running'];
    const { stdout } = await execa('nsenter', argv, { reject: false });
    if (stdout === 'running' || stdout === 'degraded') return;
  }
  throw new Error('systemd is not up after a minute');
}
