/**
 * ufw on trial: the kernel gets its rules, and its files go on saying "off", so that a reboot ends the trial too. What
 * ends it after a minute is a timer of systemd, or where there is none a process of its own: it needs neither the engine,
 * nor the wizard's program, nor ufw's own, which waits for other ufw's.
 */
import { join } from 'node:path';
import type { Host } from '../../host/types.ts';
import { switchTitle } from '../../i18n/texts/firewall.ts';
import { type Context, Failure } from '../verbs.ts';
import { type Policies, unsafePolicies } from './policies.ts';
import { conf, defaults, etc, isRunning } from './ufw.ts';

export const trialTime = 60_000;
/** So that what is confirmed at the last moment is not taken back at the same time. */
const margin = 1000;

const place = '/run/setup-wizard-ufw';
const script = `${place}/switch-off`;
const pidFile = `${place}/pid`;
const unit = 'setup-wizard-ufw-off';
const init = '/lib/ufw/ufw-init';

/** Its arguments: seconds to wait first, then the commands that set the policies that were there. */
const switchOff = `#!/bin/sh
PATH=/usr/sbin:/usr/bin:/sbin:/bin
echo $$ >${pidFile}
sleep "$1"
shift
trap '' HUP INT TERM
for try in 1 2 3 4 5; do
  ${init} force-stop
  iptables --list-rules ufw-user-input || ip6tables --list-rules ufw6-user-input || break
  sleep 1
done
for policy in "$@"; do
  $policy
done
`;

const hasSystemd = async (host: Host): Promise<boolean> =>
  (await host.stat('/run/systemd/system')) !== undefined;

/** Throws unless the switch is set. Gives the milliseconds that somebody has to confirm. */
export async function arm(policies: Policies, context: Context): Promise<() => number> {
  const { host } = context;
  await disarm(context);
  await host.removeTree(place);
  await host.mkdir(place, { mode: '0700' });
  await host.write(script, switchOff, { mode: '0700' });
  const began = performance.now();
  const words = ['/bin/sh', script];
  const commands = policies.map(({ command }) => command);
  const isArmed = (await hasSystemd(host))
    ? await armTimer([...words, '0', ...commands], context)
    : await armProcess([...words, String(trialTime / 1000), ...commands], context);
  if (!isArmed) throw new Failure('not-converged', { key: unit, diff: '' });
  return () => trialTime - margin - (performance.now() - began);
}

async function armTimer(argv: readonly string[], context: Context): Promise<boolean> {
  await context.must([
    'systemd-run',
    '--quiet',
    '--collect',
    `--unit=${unit}`,
    `--description=${switchTitle[context.lang]}`,
    `--on-active=${trialTime / 1000}s`,
    '--timer-property=AccuracySec=100ms',
    ...argv,
  ]);
  return (await stateOf(`${unit}.timer`, 'ActiveState', context)) === 'active';
}

/** In a session of its own, with nothing of the engine's open. */
async function armProcess(argv: readonly string[], context: Context): Promise<boolean> {
  await context.must(['setsid', '--fork', '/bin/sh', '-c', 'exec "$@" >/dev/null 2>&1', 'sh', ...argv]);
  for (let tries = 0; tries < 50; tries++) {
    if ((await switchProcess(context)) !== undefined) return true;
    await context.host.sleep(step);
  }
  return false;
}

async function stateOf(name: string, property: string, { host }: Context): Promise<string> {
  return (await host.look(['systemctl', 'show', `--property=${property}`, '--value', name])).stdout.trim();
}

/** The process of an armed switch, where it is one. */
async function switchProcess({ host }: Context): Promise<number | undefined> {
  const pid = Number((await host.read(pidFile))?.toString());
  if (!pid) return undefined;
  const words = (await host.read(`/proc/${pid}/cmdline`).catch(() => undefined))?.toString().split('\0');
  return words?.includes(script) ? pid : undefined;
}

/** Afterwards it does nothing more: it is not set, or has done all that it does. */
export async function disarm(context: Context): Promise<void> {
  if (await hasSystemd(context.host)) {
    if ((await stateOf(`${unit}.timer`, 'ActiveState', context)) === 'active')
      await context.run(['systemctl', 'stop', `${unit}.timer`]);
    // A timer that has run out keeps both until its service has ended.
    for (const one of [`${unit}.timer`, `${unit}.service`])
      await until(async () => (await stateOf(one, 'LoadState', context)) === 'not-found', context);
  }
  const pid = await switchProcess(context);
  if (pid === undefined) return;
  await context.run(['kill', '-TERM', '--', `-${pid}`]);
  await until(async () => (await switchProcess(context)) === undefined, context);
}

const longest = 30_000;
const step = 100;

async function until(isSo: () => Promise<boolean>, { host }: Context): Promise<void> {
  for (let waited = 0; !(await isSo()); waited += step) {
    if (waited >= longest) throw new Failure('not-converged', { key: unit, diff: '' });
    await host.sleep(step);
  }
}

/** The kernel gets the rules of a copy that says "on": a folder of links to the real files but for that one. */
export async function startOnTrial(context: Context): Promise<void> {
  const { host } = context;
  const copy = join(place, etc);
  for (const folder of [join(place, '/etc'), copy, join(place, '/etc/default')])
    await host.mkdir(folder, { mode: '0700' });
  for (const name of await host.list(etc)) {
    const path = join(etc, name);
    if (path !== conf && (await host.stat(path))?.type !== 'directory')
      await host.link(join(copy, name), path);
  }
  await host.link(join(place, defaults), defaults);
  const text = ((await host.read(conf)) ?? '').toString();
  await host.write(join(place, conf), `${text}\nENABLED=yes\n`, { mode: '0600' });
  await context.must([init, '--datadir', place, 'start'], { timeout: trialTime / 2 });
  if (!(await isRunning(host))) throw new Failure('not-converged', { key: 'ufw', diff: '' });
}

/** What runs is on trial, or was left so: nobody has confirmed it. */
export const isTried = async (host: Host): Promise<boolean> => (await host.stat(place)) !== undefined;

/** The switch is disarmed: nothing of it is left. */
export const endTrial = ({ host }: Context): Promise<void> => host.removeTree(place);

/**
 * Out of the kernel, with the policies that were there. A start that was stopped half-way has closed the machine, perhaps,
 * and shows no rule: the folder of the trial tells of it, and of a stop that was itself stopped. Gives the policies that
 * were left open.
 */
export async function stopUfw(policies: Policies, context: Context): Promise<Policies> {
  const { host } = context;
  if (!(await isTried(host))) {
    if (!(await isRunning(host))) return [];
    await host.mkdir(place, { mode: '0700' });
  }
  await context.run([init, 'force-stop'], { timeout: trialTime });
  if (await isRunning(host)) throw new Failure('not-converged', { key: 'ufw', diff: '' });
  const left = await unsafePolicies(policies, context);
  for (const one of policies) if (!left.includes(one)) await context.must(one.command.split(' '));
  return left;
}
