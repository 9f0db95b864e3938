/**
 * Where people come in over SSH: the ports that sshd, or systemd for it, listens on, and those of its sessions, which may
 * have been opened when it listened elsewhere. Of the engine itself nobody can tell which session it came from.
 */
import { isIPv4 } from 'node:net';
import type { Host } from '../../host/types.ts';
import { Failure } from '../verbs.ts';

export interface Session {
  readonly port: number;
  /** The person's end, and this machine's. */
  readonly from: string;
  readonly to: string;
  readonly interface: string;
}

export interface Ssh {
  readonly ports: readonly number[];
  readonly sessions: readonly Session[];
}

export async function findSsh(host: Host): Promise<Ssh> {
  const listening = await socketsOf(host, 'listening');
  const daemons = await Promise.all(listening.map((one) => isDaemons(host, one)));
  const open = [...listening.filter((_, index) => daemons[index]), ...(await socketUnits(host))];
  const configured = open.length > 0 ? await configuredPlaces(host) : [];
  const ports = new Set([...open, ...configured].filter(isReachable).map(({ port }) => port));
  const sessions = await sessionsOf(host, ports);
  const all = new Set([...ports, ...sessions.map(({ port }) => port)]);
  return { ports: [...all].sort((a, b) => a - b), sessions };
}

interface Place {
  readonly address: string;
  readonly port: number;
}

interface Socket extends Place {
  readonly from: Place;
  readonly pids: readonly number[];
}

const isLoopback = (address: string): boolean => /^(127\.|::1$)/.test(address);
const isReachable = ({ address }: Place): boolean => !isLoopback(address);

/** Of root's processes that are called sshd: what a session forwards for its user is that user's. */
async function socketsOf(host: Host, state: 'listening' | 'established'): Promise<Socket[]> {
  const argv = ['ss', '--no-header', '--tcp', '--numeric', '--processes', '--extended', 'state', state];
  const { code, stdout, stderr } = await host.look(argv);
  if (code !== 0) throw new Failure('cannot-look', { what: 'ss', reason: stderr.trim() });
  return stdout.split('\n').flatMap((line) => {
    const [, address, port, from, fromPort] = /(\S+):(\d+)\s+(\S+):(\d+|\*)/.exec(line) ?? [];
    const pids = [...line.matchAll(/\("sshd(?:-session)?",pid=(\d+)/g)].map(([, pid]) => Number(pid));
    if (address === undefined || from === undefined || pids.length === 0 || / uid:\d/.test(line)) return [];
    const peer = { address: plainAddress(from), port: Number(fromPort) };
    return [{ address: plainAddress(address), port: Number(port), from: peer, pids }];
  });
}

/** `[::ffff:192.0.2.1]` and `192.0.2.1%eth0` without what is around the address. */
function plainAddress(text: string): string {
  const bare = text.replace(/%[^\]]*/, '').replace(/^\[(.*)\]$/, '$1');
  const mapped = /^::ffff:(.*)$/i.exec(bare)?.[1] ?? '';
  return isIPv4(mapped) ? mapped : bare;
}

/** Not a session, which listens for what its person wants forwarded. */
async function isDaemons(host: Host, { pids }: Socket): Promise<boolean> {
  const titles = await Promise.all(pids.map((pid) => titleOf(host, pid)));
  return titles.some((title) => !/^sshd(-session)?: (?!\/)/.test(title));
}

/** `sshd: ada@pts/0`. Who has not logged in yet stands there without a terminal: `sshd: root [priv]`. */
async function isLoggedIn(host: Host, { pids }: Socket): Promise<boolean> {
  const titles = await Promise.all(pids.map((pid) => titleOf(host, pid)));
  return titles.some((title) => /^sshd(-session)?: [^[]+@[^[]+$/.test(title));
}

async function titleOf(host: Host, pid: number): Promise<string> {
  return (await readProcess(host, pid, 'cmdline')).replaceAll('\0', ' ').trim();
}

/** What ends meanwhile says nothing. */
async function readProcess(host: Host, pid: number, name: string): Promise<string> {
  try {
    return ((await host.read(`/proc/${pid}/${name}`)) ?? '').toString();
  } catch {
    return '';
  }
}

/** systemd listens until somebody comes. */
async function socketUnits(host: Host): Promise<Place[]> {
  const argv = ['systemctl', 'show', '--property=ActiveState,Listen', 'ssh.socket', 'sshd.socket'];
  const { stdout } = await host.look(argv);
  return stdout.split('\n\n').flatMap((unit) =>
    /^ActiveState=active$/m.test(unit)
      ? [...unit.matchAll(/^Listen=(.*):(\d+) \(Stream\)$/gm)].map(([, address = '', port]) => ({
          address: plainAddress(address),
          port: Number(port),
        }))
      : [],
  );
}

/** Where it will listen when it is started again. */
async function configuredPlaces(host: Host): Promise<Place[]> {
  const { stdout } = await host.look(['sshd', '-T']);
  return [...stdout.matchAll(/^listenaddress (.*):(\d+)$/gm)].map(([, address = '', port]) => ({
    address: plainAddress(address),
    port: Number(port),
  }));
}

async function sessionsOf(host: Host, ports: ReadonlySet<number>): Promise<Session[]> {
  const open = (await socketsOf(host, 'established')).filter(({ from }) => !isLoopback(from.address));
  const loggedIn = await Promise.all(open.map((one) => isLoggedIn(host, one)));
  const all = open.filter((_, index) => loggedIn[index]);
  const told = all.every(({ port }) => ports.has(port)) ? [] : await toldSessions(host, all);
  const isIn = ({ address, port, from }: Socket) =>
    ports.has(port) || told.includes([from.address, from.port, address, port].join(' '));
  const interfaces = await interfacesOf(host);
  return all.filter(isIn).map(({ address, port, from }) => ({
    port,
    from: from.address,
    to: address,
    interface: interfaces.get(address) ?? '',
  }));
}

/** What sshd tells the programs of its sessions of the connection; a connection that it made itself is none. */
async function toldSessions(host: Host, sockets: readonly Socket[]): Promise<string[]> {
  const pids = [...new Set(sockets.flatMap((socket) => socket.pids))];
  const { stdout } = await host.look(['ps', '--no-headers', '-o', 'pid', '--ppid', pids.join(',')]);
  const texts = stdout
    .split(/\s+/)
    .filter(Boolean)
    .map((pid) => readProcess(host, Number(pid), 'environ'));
  return (await Promise.all(texts)).flatMap((text) =>
    text.split('\0').flatMap((one) => /^SSH_CONNECTION=(.*)$/.exec(one)?.[1] ?? []),
  );
}

/** `2: eth0    inet 192.0.2.1/24 …`. */
async function interfacesOf(host: Host): Promise<Map<string, string>> {
  const { stdout } = await host.look(['ip', '-o', 'address', 'show']);
  const found = stdout.matchAll(/^\d+: (\S+)\s+inet6? ([^\s/]+)/gm);
  return new Map([...found].map(([, name = '', address = '']) => [address, name]));
}
