/** A lab that is logged in to over SSH from a laptop: real sessions of a real login manager, each on a terminal. */
import { expect } from 'vitest';
import { Terminal } from '../../e2e/terminal.ts';
import { Lab, type LabOptions, type Mark } from '../lab.ts';

/** Its end of the line to the laptop, and what the laptop calls it. */
export const address = '10.9.9.1';
const sshd = 'ClientAliveInterval 1\nClientAliveCountMax 3\n';
const logind = '[Login]\nKillUserProcesses=yes\nKillExcludeUsers=\n';
const options = ['StrictHostKeyChecking=no', 'UserKnownHostsFile=/dev/null', 'LogLevel=ERROR'];

export const ada = { name: 'ada', password: 'Correct-horse-7' };

/** sshd, a login manager that kills whatever a session leaves, with nobody excluded, and an ordinary user. */
export async function withSsh(fromMark: Mark, product: LabOptions['product'] = true): Promise<Mark> {
  const lab = await Lab.create({
    release: fromMark.release,
    fromMark,
    name: 'ssh',
    network: 'own',
    product,
  });
  try {
    await lab.boot();
    // The folder of packages is shared with other labs: whoever uses it locks it.
    const own = '-o Dir::Cache=/tmp/apt';
    await shell(
      lab,
      `mkdir -p /tmp/apt/archives/partial; apt-get update -q
      apt-get ${own} install -y --no-install-recommends openssh-server`,
    );
    await lab.write('/etc/systemd/logind.conf.d/kill.conf', logind);
    await lab.write('/etc/ssh/sshd_config.d/alive.conf', sshd);
    await shell(lab, `useradd --create-home --shell /bin/bash ${ada.name}`);
    await lab.run(['chpasswd'], { input: `${ada.name}:${ada.password}\n` });
    await shell(
      lab,
      `install -d -m 700 /root/.ssh; ssh-keygen -q -t ed25519 -N '' -f /root/.ssh/id_ed25519
      cp /root/.ssh/id_ed25519.pub /root/.ssh/authorized_keys
      install -d -m 700 -o ${ada.name} -g ${ada.name} /home/${ada.name}/.ssh
      install -m 600 -o ${ada.name} -g ${ada.name} /root/.ssh/id_ed25519.pub /home/${ada.name}/.ssh/authorized_keys`,
    );
    return await lab.mark('ssh');
  } finally {
    await lab.destroy();
  }
}

export async function shell(lab: Lab, script: string): Promise<string> {
  return (await lab.run(['sh', '-ec', script], { env: { DEBIAN_FRONTEND: 'noninteractive' } })).stdout;
}

/** A lab from a mark of `withSsh`, on, with a laptop at the other end of a cable. */
export async function server(fromMark: Mark, product: LabOptions['product'] = true): Promise<Lab> {
  const lab = await Lab.create({
    release: fromMark.release,
    fromMark,
    name: 'ssh',
    network: 'private',
    product,
  });
  await lab.boot();
  await plugIn(lab);
  return lab;
}

/** The cable to the laptop: again after each boot. */
export async function plugIn(lab: Lab): Promise<void> {
  await shell(
    lab,
    `ip netns add laptop; ip link add cable type veth peer name cable-end netns laptop
    ip addr add ${address}/30 dev cable; ip link set cable up
    ip -n laptop addr add 10.9.9.2/30 dev cable-end; ip -n laptop link set cable-end up`,
  );
}

/** The laptop's command line to the server. */
export function fromLaptop(user: string, port: number, ...more: readonly string[]): string[] {
  const words = options.flatMap((option) => ['-o', option]);
  return [
    'ip',
    'netns',
    'exec',
    'laptop',
    'ssh',
    ...words,
    '-p',
    String(port),
    ...more,
    `${user}@${address}`,
  ];
}

/** What the login manager itself says it does: the experiment is about nothing else. */
export async function killsEverybody(lab: Lab): Promise<void> {
  const manager = 'org.freedesktop.login1 /org/freedesktop/login1 org.freedesktop.login1.Manager';
  const said = await shell(lab, `busctl get-property ${manager} KillUserProcesses KillExcludeUsers`);
  expect(said).toBe('b true\nas 0');
}

/** Somebody at the laptop: a window with a shell on the server. */
export class Login extends Terminal {
  readonly #lab: Lab;
  readonly user: string;
  /** Of the login manager. */
  session = '';

  private constructor(lab: Lab, user: string, port: number) {
    const command = lab.ptyCommand(fromLaptop(user, port, '-tt'), {
      env: { LANG: 'C.UTF-8', SHELL: '/bin/bash' },
    });
    const env = { PATH: process.env['PATH'] ?? '', TERM: 'xterm-256color', LANG: 'C.UTF-8' };
    super([], { size: [80, 24], cwd: '/', env, command });
    this.#lab = lab;
    this.user = user;
  }

  /** A prompt that is no other text, UTF-8, and the session that the login manager has made of it. */
  static async open(lab: Lab, user: string, port = 22): Promise<Login> {
    const login = new Login(lab, user, port);
    await login.waitFor(/[$#] $/m);
    await login.type("export LANG=C.UTF-8 PS1='ready> '; clear; echo session-$XDG_SESSION_ID-");
    await login.waitFor(/session-c?\d+-/);
    login.session = /session-(c?\d+)-/.exec(login.screen())?.[1] ?? '';
    expect(await shell(lab, `loginctl show-session ${login.session} -p Name -p Remote --value`)).toBe(
      `${user}\nyes`,
    );
    return login;
  }

  async type(line: string): Promise<void> {
    await this.press(line, '\r');
  }

  /** Types the wizard's command line. Its exit code is printed after it. */
  async wizard(...args: string[]): Promise<void> {
    await this.type(`clear; ${this.#lab.wizardArgv(args).join(' ')} --lang en; echo "exit=$?="`);
  }

  /** Waits for the end of what `wizard` started. */
  async exit(limit = 60_000): Promise<number> {
    await this.waitFor(/exit=\d+=/, limit);
    return Number(/exit=(\d+)=/.exec(this.history())?.[1]);
  }

  /** Waits until the login manager has forgotten the session and killed what was in it. */
  async isOver(): Promise<void> {
    const scope = `session-${this.session}.scope`;
    const state = async () =>
      (await this.#lab.run(['systemctl', 'is-active', scope], { check: false })).stdout;
    await expect.poll(state, { timeout: 30_000, interval: 200 }).toBe('inactive');
  }
}

/** The process of the newest engine that a user's journals name, its control group, and whether it lives. */
export async function engineOf(lab: Lab, user: string): Promise<{ pid: number; group: string }> {
  const state = user === 'root' ? '/var/lib/setup-wizard' : `/home/${user}/.local/state/setup-wizard`;
  const pid = Number(await shell(lab, `readlink ${state}/lock | cut -d' ' -f1`));
  return { pid, group: await shell(lab, `grep ^0:: /proc/${pid}/cgroup | cut -d: -f3`) };
}

export async function isAlive(lab: Lab, pid: number): Promise<boolean> {
  return (await lab.run(['kill', '-0', String(pid)], { check: false })).code === 0;
}
