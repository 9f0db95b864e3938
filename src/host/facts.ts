/**
 * What is observed about the machine before anything is asked: defaults, choices and the needs of a guide look
 * at it. A fact that is not known is absent.
 *
 *     os.id os.version os.codename os.name os.platform arch hostname fqdn domain user user.home uid init cpu
 *     memory.mb memory.available.mb disk.var.mb ip ip.private python3 timezone ssh selinux docker
 */
import { statfs } from 'node:fs/promises';
import { availableParallelism, hostname, machine, networkInterfaces } from 'node:os';
import { findAccount } from './accounts.ts';
import type { Host } from './types.ts';

type Facts = Record<string, string>;
type Found = Readonly<Record<string, string | undefined>>;

/** Quick: everything at once, and nothing is waited for longer than `patience`. */
export async function observeFacts(host: Host): Promise<Facts> {
  const sources = [
    observeSystem(host),
    observeNames(host),
    observeUser(),
    observeInit(host),
    observeSizes(host),
    observeAddress(host),
    observePython(host),
    observeTimeZone(host),
    observeSession(host),
    observeSelinux(host),
    observeDocker(host),
  ];
  const found = await Promise.all(sources.map((source) => source.catch((): Found => ({}))));
  const known = found
    .flatMap((facts) => Object.entries(facts))
    .filter(([, value]) => value !== undefined && value !== '');
  return Object.fromEntries(known) as Facts;
}

/** Milliseconds for a name server or a program that does not answer. */
const patience = 120;

async function observeSystem(host: Host): Promise<Found> {
  const text = (await host.read('/etc/os-release')) ?? (await host.read('/usr/lib/os-release'));
  const lines = (text?.toString() ?? '').split('\n').map((line) => line.split(/=(.*)/s));
  const release = new Map(
    lines.map(([name = '', value = '']) => [name, value.replace(/^(["'])(.*)\1$/, '$2')]),
  );
  const [id = '', version = ''] = [release.get('ID'), release.get('VERSION_ID')];
  return {
    'os.id': id,
    'os.version': version,
    'os.codename': release.get('VERSION_CODENAME'),
    'os.name': release.get('PRETTY_NAME'),
    'os.platform': platformOf(id, version),
    arch: machine(),
    cpu: String(availableParallelism()),
  };
}

/** What has the same packages and places goes by one name: `debian13`, `ubuntu24.04`, `el9` for Red Hat's and its rebuilds. */
function platformOf(id: string, version: string): string {
  const isEnterprise = ['rhel', 'rocky', 'almalinux'].includes(id);
  return isEnterprise ? `el${version.replace(/\..*/, '')}` : `${id}${version}`;
}

async function observeNames(host: Host): Promise<Found> {
  const { code, stdout } = await host.look(['hostname', '--fqdn'], { timeout: patience });
  const full = code === 0 ? stdout.trim() : '';
  const isFull = full.includes('.') && full !== 'localhost.localdomain';
  return {
    hostname: hostname(),
    ...(isFull ? { fqdn: full, domain: full.slice(full.indexOf('.') + 1) } : {}),
  };
}

async function observeUser(): Promise<Found> {
  const uid = String(process.geteuid?.() ?? '');
  const account = await findAccount(uid);
  return { uid, user: account?.name, 'user.home': account?.home };
}

async function observeInit(host: Host): Promise<Found> {
  return { init: (await host.stat('/run/systemd/system')) ? 'systemd' : 'other' };
}

async function observeSizes(host: Host): Promise<Found> {
  const memory = (await host.read('/proc/meminfo'))?.toString() ?? '';
  const megabytes = (name: string) => {
    const kilobytes = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(memory)?.[1];
    return kilobytes === undefined ? undefined : String(Math.floor(Number(kilobytes) / 1024));
  };
  const disk = await statfs('/var');
  return {
    'memory.mb': megabytes('MemTotal'),
    'memory.available.mb': megabytes('MemAvailable'),
    'disk.var.mb': String(Math.floor((disk.bavail * disk.bsize) / 1024 / 1024)),
  };
}

/** The source address of what goes out; the address asked for is one that nobody has (RFC 5737), nothing is sent. */
async function observeAddress(host: Host): Promise<Found> {
  const { stdout } = await host.look(['ip', 'route', 'get', '192.0.2.1'], { timeout: patience });
  const routed = / src (\S+)/.exec(stdout)?.[1];
  const first = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .find(({ family, internal }) => family === 'IPv4' && !internal);
  const ip = routed ?? first?.address;
  return { ip, 'ip.private': ip === undefined ? undefined : isPrivate(ip) ? 'yes' : 'no' };
}

/** RFC 1918, and what providers put behind a translation of their own (RFC 6598). */
const isPrivate = (address: string): boolean =>
  /^(10\.|172\.(1[6-9]|2\d|3[01])\.|192\.168\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.)/.test(address);

/** The system's own: `3.11`. */
async function observePython(host: Host): Promise<Found> {
  const argv = ['/usr/bin/python3', '--version'];
  const { code, stdout } = await host.look(argv, { timeout: patience });
  return { python3: code === 0 ? /^Python (\d+\.\d+)/.exec(stdout)?.[1] : undefined };
}

/** `Europe/Paris`; the file is Debian's own, the link everybody's. */
async function observeTimeZone(host: Host): Promise<Found> {
  const named = (await host.read('/etc/timezone'))?.toString().trim();
  const target = (await host.stat('/etc/localtime'))?.target;
  return { timezone: named || /zoneinfo\/(.+)$/.exec(target ?? '')?.[1] };
}

/** Docker's own packages, which cannot be beside those of the distribution. */
async function observeDocker(host: Host): Promise<Found> {
  const isThere = await host.stat('/var/lib/dpkg/info/docker-ce.list');
  return { docker: isThere ? 'docker-ce' : undefined };
}

/** sudo takes the variables away: then one of our ancestors tells. */
async function observeSession(host: Host): Promise<Found> {
  const { SSH_CONNECTION, SSH_TTY } = process.env;
  const isSsh = Boolean(SSH_CONNECTION ?? SSH_TTY) || (await hasAncestor(host, /^sshd/, process.ppid));
  return { ssh: isSsh ? 'yes' : 'no' };
}

/** The kernel says what it does now: a file that is there only where SELinux is on. */
async function observeSelinux(host: Host): Promise<Found> {
  const enforces = (await host.read('/sys/fs/selinux/enforce'))?.toString().trim();
  const modes: Found = { '1': 'enforcing', '0': 'permissive' };
  return { selinux: modes[enforces ?? ''] ?? 'disabled' };
}

async function hasAncestor(host: Host, name: RegExp, pid: number): Promise<boolean> {
  if (pid <= 1) return false;
  const status = (await host.read(`/proc/${pid}/status`))?.toString() ?? '';
  if (name.test(/^Name:\t(.*)$/m.exec(status)?.[1] ?? '')) return true;
  return hasAncestor(host, name, Number(/^PPid:\t(\d+)$/m.exec(status)?.[1] ?? 0));
}
