/**
 * A machine with ufw, iptables, sshd and systemd as far as the kinds of ufw go: its files are real ones in a temporary
 * folder, its programs do what those of Debian were seen to do (test/lab/ufw.test.ts proves it against them).
 */
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Gate } from '../../src/host/gate.ts';
import { realHost } from '../../src/host/real.ts';
import type { Host, Ran } from '../../src/host/types.ts';

/** What of the file system is the machine's own. */
const own = /^\/(etc\/ufw|etc\/default|run\/setup-wizard-ufw|run\/systemd|etc\/systemd|proc\/sys\/net)(\/|$)/;

const fresh = {
  '/etc/default/ufw':
    'IPV6=yes\nDEFAULT_INPUT_POLICY="DROP"\nMANAGE_BUILTINS=no\nIPT_SYSCTL=/etc/ufw/sysctl.conf\n',
  '/etc/ufw/ufw.conf': '# Set to yes to start on boot.\nENABLED=no\n\nLOGLEVEL=low\n',
  '/etc/ufw/user.rules': '*filter\n### RULES ###\n-A ufw-user-limit -j REJECT\nCOMMIT\n',
  '/etc/ufw/user6.rules': '*filter\n### RULES ###\nCOMMIT\n',
  '/etc/ufw/before.rules': '*filter\nCOMMIT\n',
  '/etc/ufw/sysctl.conf': '# redirects\nnet/ipv4/conf/all/accept_redirects=0\n',
  '/proc/sys/net/ipv4/conf/all/accept_redirects': '1\n',
  '/proc/sys/net/ipv6/x': '',
  '/run/systemd/system/x': '',
};

const profiles: Readonly<Record<string, string>> = { OpenSSH: '22/tcp', 'WWW Full': '80,443/tcp' };
const listener = '0 128 0.0.0.0:22 0.0.0.0:* users:(("sshd",pid=999999,fd=3)) ino:1 sk:1 <->\n';
const files = { v4: '/etc/ufw/user.rules', v6: '/etc/ufw/user6.rules' } as const;
type Family = keyof typeof files;

export class UfwMachine {
  readonly root: string;
  /** The lines of the user's rules that the kernel has; nothing: ufw does not run. */
  kernel: Record<Family, string[]> | undefined;
  policies: Record<string, string> = { INPUT: 'ACCEPT', FORWARD: 'DROP', OUTPUT: 'ACCEPT' };
  /** The timer that switches it off. */
  isArmed = false;
  isAtBoot = true;
  rival = 'inactive';
  /** Rules of another firewall. */
  others: string[] = [];
  listening = listener;
  /** All programs that were run for an effect. */
  readonly ran: string[] = [];
  /** What stands at this place of the next `ufw` is stopped in the middle of writing its file. */
  tears: Family | undefined;
  /** An older ufw closes the machine first: it is stopped right after. */
  isHalfStarted = false;
  /** ufw says that it is well and does nothing. */
  isIdle = false;
  /** The kernel gets no rule of the user, and nothing is said of it. */
  isForgetful = false;

  constructor(root: string) {
    this.root = root;
    for (const [path, text] of Object.entries(fresh)) this.write(path, text);
    mkdirSync(this.at('/etc/systemd/system'), { recursive: true });
  }

  at(path: string): string {
    return own.test(path) ? join(this.root, path) : path;
  }

  read(path: string): string {
    return readFileSync(this.at(path), 'utf8');
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(this.at(path)), { recursive: true });
    writeFileSync(this.at(path), text, { mode: 0o640 });
  }

  /** `allow tcp 443 0.0.0.0/0 any 0.0.0.0/0 in`, of one family. */
  tuples(family: Family = 'v4'): string[] {
    return [...this.read(files[family]).matchAll(/^### tuple ### (.*)$/gm)].map(([, tuple = '']) => tuple);
  }

  /** Whether the trial, or the real thing, is on. */
  get isOn(): boolean {
    return this.kernel !== undefined;
  }

  get isEnabled(): boolean {
    return /^ENABLED=yes$/m.test(this.read('/etc/ufw/ufw.conf'));
  }

  /** The minute is over. */
  fire(): void {
    if (!this.isArmed) return;
    this.isArmed = false;
    this.#stop();
    this.policies['FORWARD'] = 'DROP';
  }

  /** What is in memory is gone; ufw starts with the machine if its file says so. */
  reboot(): void {
    this.isArmed = false;
    this.kernel = undefined;
    if (this.isEnabled && this.isAtBoot) this.#load();
  }

  host(gate?: Gate, base: Host = realHost(gate ? { gate } : {})): Host {
    const at = (path: string) => this.at(path);
    const pass = async (point: string) => gate?.(point);
    return {
      ...base,
      read: (path, most) => base.read(at(path), most),
      stat: (path) => base.stat(at(path)),
      list: (path) => base.list(at(path)),
      write: (path, bytes, { mode }) => base.write(at(path), bytes, { mode }),
      mkdir: (path, { mode }) => base.mkdir(at(path), { mode }),
      link: (path, target) => base.link(at(path), target),
      remove: (path) => base.remove(at(path)),
      rmdir: (path) => base.rmdir(at(path)),
      removeTree: (path) => base.removeTree(at(path)),
      sleep: async () => {},
      look: async (argv, options) => this.#look(argv) ?? base.look(argv, options),
      run: async (argv, options) => {
        await pass('run before');
        this.ran.push(argv.join(' '));
        const ran = this.#run(argv) ?? (await base.run(argv, options));
        await pass('run after');
        return ran;
      },
    };
  }

  #look([program = '', ...words]: readonly string[]): Ran | undefined {
    const said = words.join(' ');
    switch (program) {
      case 'iptables':
      case 'ip6tables':
        return this.#iptables(program === 'iptables' ? 'v4' : 'v6', words);
      case 'ss':
        return done(words.at(-1) === 'listening' ? this.listening : '');
      case 'ufw':
        return words[2] && profiles[words[2]]
          ? done(`Profile: x\n\nPort:\n  ${profiles[words[2]]}\n`)
          : failed();
      case 'systemctl':
        return this.#show(said);
      case 'find':
        return done(this.isAtBoot ? '/etc/systemd/system/x.wants/ufw.service\t/lib/ufw.service\n' : '');
      case 'sshd':
      case 'ip':
      case 'sync':
        return done();
      default:
        return undefined;
    }
  }

  #show(said: string): Ran {
    const file = this.isAtBoot ? 'enabled' : 'disabled';
    if (/ufw\.service$/.test(said))
      return done(`LoadState=loaded\nUnitFileState=${file}\nActiveState=active\n`);
    if (/firewalld/.test(said)) return done(`${this.rival}\n`);
    if (/setup-wizard-ufw-off/.test(said))
      return done(
        said.includes('LoadState')
          ? this.isArmed
            ? 'loaded'
            : 'not-found'
          : this.isArmed
            ? 'active'
            : 'inactive',
      );
    return done('inactive\n');
  }

  #iptables(family: Family, [flag, chain = '', ...rest]: readonly string[]): Ran {
    if (flag === '--check') {
      const line = `-A ${[chain, ...rest].join(' ')}`;
      return this.kernel?.[family].some((one) => one.replaceAll("'", '') === line) ? done() : failed();
    }
    if (chain !== '') return this.kernel ? done() : failed();
    const policies = Object.entries(this.policies).map(([name, policy]) => `-P ${name} ${policy}\n`);
    return done([...policies, ...this.others.map((line) => `${line}\n`)].join(''));
  }

  #run([program = '', ...words]: readonly string[]): Ran | undefined {
    switch (program) {
      case 'ufw':
        return this.isIdle ? done('Rules updated\n') : this.#ufw(words);
      case '/lib/ufw/ufw-init':
        return this.#init(words);
      case 'systemd-run':
        this.isArmed = true;
        return done();
      case 'systemctl':
        if (words[0] === 'stop') this.isArmed = false;
        if (words[0] === 'enable' || words[0] === 'disable') this.isAtBoot = words[0] === 'enable';
        return done();
      case 'iptables':
      case 'ip6tables':
        this.policies[words[1] ?? ''] = words[2] ?? '';
        return done();
      case 'sysctl': {
        const [name = '', value = ''] = (words.at(-1) ?? '').split('=');
        this.write(`/proc/sys/${name}`, `${value}\n`);
        return done();
      }
      default:
        return undefined;
    }
  }

  #init(words: readonly string[]): Ran {
    if (words.at(-1) === 'force-stop') this.#stop();
    else if (this.isHalfStarted) {
      this.policies['INPUT'] = 'DROP';
      throw new Error('stopped in the middle of ufw-init');
    } else if (/^ENABLED=yes$/m.test(this.read(`${words[1]}/etc/ufw/ufw.conf`))) this.#load();
    return done();
  }

  #stop(): void {
    this.kernel = undefined;
    for (const chain of Object.keys(this.policies)) this.policies[chain] = 'ACCEPT';
  }

  /** As at a boot: it sets the kernel's settings too. */
  #load(): void {
    const lines = (family: Family) =>
      this.read(files[family])
        .split('\n')
        .filter((line) => /^-A ufw6?-user-input/.test(line));
    this.kernel = this.isForgetful ? { v4: [], v6: [] } : { v4: lines('v4'), v6: lines('v6') };
    this.policies['INPUT'] = 'DROP';
    this.write('/proc/sys/net/ipv4/conf/all/accept_redirects', '0\n');
  }

  #ufw(words: readonly string[]): Ran {
    if (words.includes('enable')) {
      this.write('/etc/ufw/ufw.conf', this.read('/etc/ufw/ufw.conf').replace(/^ENABLED=.*$/m, 'ENABLED=yes'));
      if (!this.kernel) this.#load();
      return done('Firewall is active and enabled on system startup\n');
    }
    const isDelete = words[0] === 'delete';
    const position = words[0] === 'insert' ? Number(words[1]) : 0;
    const rest = words.slice(isDelete ? 1 : position ? 2 : 0);
    const families: Family[] = rest.includes('0.0.0.0/0')
      ? ['v4']
      : rest.includes('::/0')
        ? ['v6']
        : ['v4', 'v6'];
    for (const family of families) this.#change(family, rest, isDelete, position);
    return done('Rules updated\n');
  }

  #change(family: Family, words: readonly string[], isDelete: boolean, position: number): void {
    const wanted = tupleOf(words, family);
    const all = this.tuples(family);
    const found = all.findIndex((tuple) => sameTuple(tuple, wanted));
    if (isDelete ? found < 0 : found >= 0) return;
    const skipped = family === 'v6' ? this.tuples('v4').length : 0;
    if (isDelete) all.splice(found, 1);
    else if (position) all.splice(position - skipped - 1, 0, wanted);
    else all.push(wanted);
    this.#writeRules(family, all);
    if (this.kernel) this.#load();
  }

  #writeRules(family: Family, tuples: readonly string[]): void {
    const chain = family === 'v4' ? 'ufw-user-input' : 'ufw6-user-input';
    const text = [
      '*filter\n### RULES ###\n',
      ...tuples.map((tuple) => `\n### tuple ### ${tuple}\n${lineOf(tuple, chain)}\n`),
      '\n### END RULES ###\n\n### LOGGING ###\n### END LOGGING ###\nCOMMIT\n',
    ].join('');
    this.write(files[family], this.tears === family ? text.slice(0, text.length / 2) : text);
    if (this.tears === family) {
      this.tears = undefined;
      throw new Error('stopped in the middle of ufw');
    }
  }

  /** A link that enables the unit, for what is compared. */
  link(): void {
    const path = this.at('/etc/systemd/system/x.wants/ufw.service');
    mkdirSync(dirname(path), { recursive: true });
    if (!existsSync(path)) symlinkSync('/lib/ufw.service', path);
  }
}

const done = (stdout = ''): Ran => ({ code: 0, timedOut: false, stdout, stderr: '' });
const failed = (): Ran => ({ code: 1, timedOut: false, stdout: '', stderr: '' });

/** `allow 443/tcp comment x` or `allow proto tcp to ::/0 port 443`. */
function tupleOf([action = '', ...words]: readonly string[], family: Family): string {
  const any = family === 'v4' ? '0.0.0.0/0' : '::/0';
  const after = (word: string) => words[words.indexOf(word) + 1] ?? '';
  const has = (word: string) => words.includes(word);
  const plain = words[0] ?? '';
  const name = has('app') ? after('app') : profiles[plain] ? plain : '';
  const [port = '', protocol = 'any'] = name
    ? (profiles[name] ?? '').split('/')
    : has('port')
      ? [after('port'), has('proto') ? after('proto') : 'any']
      : plain.split('/');
  const comment = has('comment') ? ` comment=${Buffer.from(after('comment')).toString('hex')}` : '';
  const place = name ? `${name.replaceAll(' ', '%20')} - in` : 'in';
  return `${action} ${protocol} ${port} ${any} any ${any} ${place}${comment}`;
}

/** ufw knows a rule again whatever its action and its comment are. */
function sameTuple(one: string, other: string): boolean {
  const bare = (tuple: string) => tuple.replace(/^\S+ /, '').replace(/ comment=.*/, '');
  return bare(one) === bare(other);
}

function lineOf(tuple: string, chain: string): string {
  const [, protocol, port] = tuple.split(' ');
  const action = tuple.startsWith('deny') ? 'DROP' : 'ACCEPT';
  return `-A ${chain} -p ${protocol} --dport ${port} -j ${action}`;
}
