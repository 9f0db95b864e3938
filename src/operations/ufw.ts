/**
 * ufw is on, now and whenever the machine starts.
 *
 * 1. Every port on which SSH comes in is let in first. What somebody has decided about SSH stays; if that would cut off a
 *    session, ufw stays off.
 * 2. It is on trial first: what ends the trial after a minute is armed before it begins and needs nothing of the wizard.
 *    Only when a person has said that the machine still answers, and the switch is disarmed, do ufw's files say "on".
 * 3. Until then a reboot, a power cut or the end of the engine leave it off. With nobody there it is not begun.
 * 4. `undo` has ufw off, its files, the kernel's policies and settings, and the links of its unit as they were. Empty
 *    chains of ufw stay until the next boot, as after `ufw disable`.
 *
 * Proven by test/operations/ufw.test.ts and test/lab/ufw.test.ts.
 */
import type { Text } from '../guide/types.ts';
import type { Host } from '../host/types.ts';
import * as texts from '../i18n/texts/firewall.ts';
import { makeDurable } from './shared/durable.ts';
import { neighbours, rivalTo } from './shared/firewalls.ts';
import { captureFormer, type Former } from './shared/former.ts';
import { closingPolicies, type Policies } from './shared/policies.ts';
import { findSsh } from './shared/sshd.ts';
import { restoreSettings, type Settings, settingsBefore } from './shared/sysctl.ts';
import { isEnabled, unitState } from './shared/systemd.ts';
import {
  captureRules,
  conf,
  isRunning,
  isYes,
  notInstalled,
  type RulesBefore,
  readUfw,
  restoreRules,
  rulesWithComment,
  runUfw,
  type Ufw,
} from './shared/ufw.ts';
import { wantedOf } from './shared/ufw-profile.ts';
import { type SshAccess, sshAccess } from './shared/ufw-ssh.ts';
import { arm, disarm, endTrial, startOnTrial, stopUfw, trialTime } from './shared/ufw-trial.ts';
import { type Links, restoreLinks, unitLinks } from './shared/unit-links.ts';
import {
  type Context,
  type Difference,
  Failure,
  type Json,
  type Op,
  type Undone,
  type Verbs,
} from './verbs.ts';

type UfwOn = Op<'ufw'>;

const unit = 'ufw.service';
const seconds = trialTime / 1000;

export interface Seen {
  /** Nothing: it is not installed. */
  readonly ufw: Ufw | undefined;
  /** As far as systemd is concerned. */
  readonly isAtBoot: boolean;
  readonly ssh: SshAccess;
  readonly rival: string | undefined;
  readonly notes: readonly Text[];
}

type Before = {
  readonly running: boolean;
  readonly isAtBoot: boolean;
  readonly conf: Former;
  readonly rules: RulesBefore;
  readonly policies: Policies;
  /** The file that sets them, and what they were. */
  readonly sysctl: string;
  readonly settings: Settings;
  readonly links: Links;
};

/** Of the rules for SSH: an administrator sees whose they are, and so does undo. */
const comment = 'setup-wizard:ssh';

export const ufw: Verbs<UfwOn, Seen> = {
  keys: () => ['ufw:enabled'],

  async inspect(_, { host, purpose }) {
    const found = await readUfw(host);
    const isAtBoot = await startsAtBoot(host);
    // What only matters before it is on.
    if (found?.running || purpose === 'undo')
      return {
        ufw: found,
        isAtBoot,
        ssh: { toAllow: [], ports: [], cutOff: undefined },
        rival: undefined,
        notes: [],
      };
    // Whose connections they are, others are not shown.
    if (process.geteuid?.() !== 0) throw new Failure('needs-root', { what: 'sshd' });
    return {
      ufw: found,
      isAtBoot,
      ssh: sshAccess(await findSsh(host), found),
      rival: await rivalTo(host),
      notes: await neighbours(host),
    };
  },

  diff(_, seen): Difference {
    const { ufw: found, isAtBoot, ssh, notes } = seen;
    const isOn = found?.running && found.enabled;
    if (isOn && isAtBoot) return { change: 'none' };
    if (!found?.running) refuseRisks(seen);
    const circumstances = found?.running
      ? []
      : [texts.onTrialFirst(seconds), ...(ssh.ports.length === 0 ? [texts.noSsh] : []), ...notes];
    return {
      change: 'change',
      commands: [
        ...ssh.toAllow.map((port) => ['ufw', ...letIn(port)]),
        ...(isOn ? [] : [['ufw', '--force', 'enable']]),
        ...(isAtBoot ? [] : [['systemctl', 'enable', unit]]),
      ],
      ...(circumstances.length > 0 ? { circumstances } : {}),
    };
  },

  mark: (_, { ufw: found, isAtBoot }): Json => ({
    enabled: found?.enabled ?? false,
    running: found?.running ?? false,
    boot: isAtBoot,
  }),

  capture: (_, seen, context): Promise<Json> => captureBefore(seen, context),

  async apply(_, seen, context) {
    const before = await captureBefore(seen, context);
    if (!before.running) await onTrial(seen.ssh.toAllow, before, context);
    await runUfw(['--force', 'enable'], context);
    if (!seen.isAtBoot) await context.must(['systemctl', 'enable', '--', unit]);
    await makeDurable('/etc', context);
  },

  async undo(_, raw, context): Promise<Undone> {
    // Written by `capture`.
    return putBack(raw as unknown as Before, context);
  },

  describe: () => texts.switchOn,

  attended: (_, { ufw: found }) => (found?.running ? undefined : texts.needsSomebody(seconds)),

  // It may be on without anybody having confirmed it.
  cutOff: 'undo-first',
};

async function startsAtBoot(host: Host): Promise<boolean> {
  if (!(await host.stat('/run/systemd/system'))) return true;
  const { load, file } = await unitState(host, unit);
  return load === 'not-found' || isEnabled(file);
}

function refuseRisks({ ufw: found, ssh, rival }: Seen): void {
  if (rival !== undefined) throw refused(texts.rivalIsOn(rival));
  if (found && isYes(found.setting('MANAGE_BUILTINS'))) throw refused(texts.emptiesOthers);
  if (!ssh.cutOff) return;
  const { from, port, rule } = ssh.cutOff;
  throw refused(rule === undefined ? texts.cutsOffFamily(from) : texts.cutsOffByRule(from, port, rule));
}

const unconfirmed = (say: Text): Failure => new Failure('not-confirmed', { what: 'ufw' }, { say });

const refused = (say: Text): Failure => new Failure('refused-existing', { what: 'ufw' }, { say });

async function captureBefore({ ufw: found, isAtBoot }: Seen, context: Context): Promise<Before> {
  if (!found) throw notInstalled();
  const { host } = context;
  const sysctl = found.setting('IPT_SYSCTL');
  return {
    running: found.running,
    isAtBoot,
    conf: await captureFormer(conf, await host.stat(conf), await host.read(conf), context),
    rules: await captureRules(context),
    policies: await closingPolicies(context),
    sysctl,
    settings: sysctl ? await settingsBefore(sysctl, host) : {},
    links: await unitLinks(host, unit),
  };
}

const letIn = (port: number): string[] => ['allow', `${port}/tcp`, 'comment', comment];

/** Afterwards the kernel has its rules, somebody has confirmed it, and nothing will take them away. Else all is as before. */
async function onTrial(toAllow: readonly number[], before: Before, context: Context): Promise<void> {
  try {
    for (const port of toAllow) await runUfw(letIn(port), context);
    const ports = await mustLetSshIn(context);
    const left = await arm(before.policies, context);
    await startOnTrial(context);
    const answer = await context.confirm({ say: texts.isOnTrial(ports), limit: left() });
    if (answer !== 'yes') throw unconfirmed(answer === 'no' ? texts.notConfirmed : texts.nobodyConfirmed);
    await disarm(context);
    // Confirmed too late.
    if (!(await isRunning(context.host))) throw unconfirmed(texts.nobodyConfirmed);
    await endTrial(context);
  } catch (error) {
    await putBack(before, context);
    throw error;
  }
}

/** Looked at anew: ufw's words prove nothing, and somebody may have come in since. Gives the ports of SSH. */
async function mustLetSshIn({ host }: Context): Promise<readonly number[]> {
  const ssh = await findSsh(host);
  const found = await readUfw(host);
  const access = sshAccess(ssh, found);
  refuseRisks({ ufw: found, ssh: access, rival: undefined, isAtBoot: true, notes: [] });
  if (access.toAllow.length > 0)
    throw new Failure('not-converged', { key: `ufw:${access.toAllow.join()}/tcp`, diff: '' });
  return ssh.ports;
}

async function putBack(before: Before, context: Context): Promise<Undone> {
  const { host } = context;
  // The switch stays armed until ufw is off: stopped in between, it does the rest.
  const open = before.running ? [] : await stopUfw(before.policies, context);
  await disarm(context);
  await endTrial(context);
  await restoreSettings(before.sysctl, before.settings, context);
  await restoreConf(before.conf, context);
  const ours = await rulesWithComment(comment, context);
  const kept = ours.filter((rule) => context.isNeeded(`ufw:${rule}`));
  await restoreRules(ours.filter((rule) => !kept.includes(rule)).map(wantedOf), before.rules, context);
  if (!before.isAtBoot && (await startsAtBoot(host))) await startNoMoreAtBoot(before.links, context);
  if (open.length > 0) return { left: texts.leftOpen(open.map(({ command }) => command)) };
  return kept.length > 0 ? { left: texts.sshRulesStay(kept) } : {};
}

async function startNoMoreAtBoot(links: Links, context: Context): Promise<void> {
  // It has an init script too: only systemctl keeps its links in step.
  await context.run(['systemctl', 'disable', '--', unit]);
  await restoreLinks(unit, links, context);
  await context.must(['systemctl', 'daemon-reload']);
}

const enabling = /^ENABLED=.*$/m;

/** Whether it is on, and all else as it is by now. ufw writes the file over itself: stopped in between, it leaves a part. */
async function restoreConf(former: Former, context: Context): Promise<void> {
  if (!former || !('bytes' in former)) return;
  const now = (await context.host.read(conf))?.toString('latin1');
  if (now === undefined) return;
  const then = (await context.kept(former.bytes)).toString('latin1');
  const line = enabling.exec(then)?.[0];
  const text = line !== undefined && enabling.test(now) ? now.replace(enabling, () => line) : then;
  const { mode, owner } = former;
  if (text !== now) await context.host.write(conf, Buffer.from(text, 'latin1'), { mode, owner });
}
