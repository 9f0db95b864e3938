/** A server with ufw and SSH and a laptop that logs in, with a product that knows a guide of a firewall. */
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { execa } from 'execa';
import { expect } from 'vitest';
import { keys } from '../../e2e/terminal.ts';
import { cacheFolder } from '../cache.ts';
import { installRunner } from '../kinds.ts';
import { Lab, type Mark, type Release } from '../lab.ts';
import { fromLaptop, Login, plugIn, server, shell, withSsh } from '../reliability/ssh.ts';

const project = resolve(import.meta.dirname, '../../..');
/** Several checkouts may be tested at once. */
export const product = join(cacheFolder('products'), `wall-${process.pid}`);

export async function buildWithWall(): Promise<void> {
  const flags = ['--guides', import.meta.dirname, '--out', product];
  await execa(process.execPath, [join(project, 'scripts/build.mjs'), ...flags]);
}

export const forgetWall = () => rmSync(product, { recursive: true, force: true });

/** The port on which SSH listens: not the usual one. */
export const port = 2222;

export async function withUfw(release: Release): Promise<Mark> {
  const lab = await Lab.create({ release, name: 'ufw', network: 'own', product: false });
  try {
    await lab.boot();
    // The folder of packages is shared with other labs: whoever uses it locks it.
    await shell(
      lab,
      `mkdir -p /tmp/apt/archives/partial; apt-get update -q
      apt-get -o Dir::Cache=/tmp/apt install -y --no-install-recommends ufw nftables netcat-openbsd
      mkdir -p /var/lib/setup-wizard`,
    );
    await installRunner(lab);
    const mark = await withSsh(await lab.mark('ufw'), false);
    const last = await Lab.create({
      release,
      name: 'ufw',
      fromMark: mark,
      network: 'private',
      product: false,
    });
    await last.write('/etc/ssh/sshd_config.d/port.conf', `Port ${port}\n`);
    const done = await last.mark('ufw-ssh');
    await last.destroy();
    return done;
  } finally {
    await lab.destroy();
  }
}

export const turnOn = (mark: Mark): Promise<Lab> => server(mark, product);

/** On again after it went off by itself, or was cut off. */
export async function turnOnAgain(lab: Lab): Promise<void> {
  await lab.boot();
  await plugIn(lab);
}

export async function canLogIn(lab: Lab, at = port): Promise<boolean> {
  const ssh = fromLaptop('root', at, '-o', 'BatchMode=yes', '-o', 'ConnectTimeout=3');
  return (await lab.run([...ssh, 'true'], { check: false })).code === 0;
}

/** Whether a packet of the laptop reaches a port at all: nothing listens there. */
export async function isClosedSilently(lab: Lab, at: number): Promise<boolean> {
  const probe = ['ip', 'netns', 'exec', 'laptop', 'nc', '-z', '-v', '-w', '2', '10.9.9.1', String(at)];
  return /timed out/.test((await lab.run(probe, { check: false })).stderr);
}

/** What the kernel, the files and systemd say. */
export async function stateOf(lab: Lab) {
  const isSo = async (script: string) => (await lab.run(['sh', '-c', script], { check: false })).code === 0;
  return {
    running: await isSo('iptables -S ufw-user-input'),
    enabled: await isSo("grep -qx 'ENABLED=yes' /etc/ufw/ufw.conf"),
    armed: await isSo('systemctl is-active setup-wizard-ufw-off.timer'),
  };
}

export const off = { running: false, enabled: false, armed: false };
export const on = { running: true, enabled: true, armed: false };
export const onTrial = { running: true, enabled: false, armed: true };

export const rulesOf = (lab: Lab) => shell(lab, 'ufw show added | tail -n +2');

/** Somebody at the laptop who begins the guide, or goes on with it, until the firewall is on trial. */
export async function begin(lab: Lab, command: 'install' | 'resume' = 'install'): Promise<Login> {
  const login = await Login.open(lab, 'root', port);
  await login.wizard(command, 'wall');
  if (command === 'install') await agree(login);
  await login.waitFor('Undone by itself in', 60_000);
  expect(await stateOf(lab)).toEqual(onTrial);
  return login;
}

export async function agree(login: Login): Promise<void> {
  await login.waitFor('Continue to the plan');
  await login.press(keys.enter);
  await login.waitFor('Enter apply');
  await login.press(keys.enter);
  await login.waitFor('Apply these');
  await login.press('y');
}
