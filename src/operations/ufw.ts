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
 * Proven by test/operations/ufw.test.ts and test/lab/ufw-trial.test.ts.
 */
import type { Text } from '../guide/types.ts';
import * as texts from '../i18n/texts/firewall.ts';
import { makeDurable } from './shared/durable.ts';
import { neighbours, rivalTo } from './shared/firewalls.ts';
import { findSsh } from './shared/sshd.ts';
import { isLoaded, isRunning, isYes, readUfw, runUfw, type Ufw } from './shared/ufw.ts';
import { type Before, captureBefore, comment, putBack, startsAtBoot, unit } from './shared/ufw-before.ts';
import { decidingOn } from './shared/ufw-rules.ts';
import { type SshAccess, sshAccess } from './shared/ufw-ssh.ts';
import { arm, disarm, endTrial, isTried, startOnTrial, trialTime } from './shared/ufw-trial.ts';
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

const seconds = trialTime / 1000;

export interface Seen {
  /** Nothing: it is not installed. */
  readonly ufw: Ufw | undefined;
  /** It runs, on trial for another run. */
  readonly isTried: boolean;
  /** As far as systemd is concerned. */
  readonly isAtBoot: boolean;
  readonly ssh: SshAccess;
  readonly rival: string | undefined;
  readonly notes: readonly Text[];
}

export const ufw: Verbs<UfwOn, Seen> = {
  keys: () => ['ufw:enabled'],

  async inspect(_, { host, purpose }) {
    const found = await readUfw(host);
    const isAtBoot = await startsAtBoot(host);
    // What only matters before it is on.
    if (found?.running || purpose === 'undo')
      return {
        ufw: found,
        isTried: found?.running === true && (await isTried(host)),
        isAtBoot,
        ssh: { toAllow: [], ports: [], cutOff: undefined },
        rival: undefined,
        notes: [],
      };
    // Whose connections they are, others are not shown.
    if (process.geteuid?.() !== 0) throw new Failure('needs-root', { what: 'sshd' });
    return {
      ufw: found,
      isTried: false,
      isAtBoot,
      ssh: sshAccess(await findSsh(host), found),
      rival: await rivalTo(host),
      notes: await neighbours(host),
    };
  },

  diff(_, seen): Difference {
    const { ufw: found, isAtBoot, ssh, notes } = seen;
    const isOn = found?.running && found.enabled;
    if (seen.isTried) throw refused(texts.triedElsewhere);
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

  capture: (_, { ufw: found, isAtBoot }, context): Promise<Json> => captureBefore(found, isAtBoot, context),

  async apply(_, seen, context) {
    const before = await captureBefore(seen.ufw, seen.isAtBoot, context);
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

function refuseRisks({ ufw: found, ssh, rival }: Pick<Seen, 'ufw' | 'ssh' | 'rival'>): void {
  if (rival !== undefined) throw refused(texts.rivalIsOn(rival));
  if (found && isYes(found.setting('MANAGE_BUILTINS'))) throw refused(texts.emptiesOthers);
  if (!ssh.cutOff) return;
  const { from, port, rule } = ssh.cutOff;
  throw refused(rule === undefined ? texts.cutsOffFamily(from) : texts.cutsOffByRule(from, port, rule));
}

const unconfirmed = (say: Text): Failure => new Failure('not-confirmed', { what: 'ufw' }, { say });

const refused = (say: Text): Failure => new Failure('refused-existing', { what: 'ufw' }, { say });

const letIn = (port: number): string[] => ['allow', `${port}/tcp`, 'comment', comment];

/** Afterwards the kernel has its rules, somebody has confirmed it, and nothing will take them away. Else all is as before. */
async function onTrial(toAllow: readonly number[], before: Before, context: Context): Promise<void> {
  try {
    for (const port of toAllow) await runUfw(letIn(port), context);
    const ports = await mustLetSshIn(context);
    const left = await arm(before.policies, context);
    await startOnTrial(context);
    await mustHaveLoaded(ports, context);
    const answer = await context.confirm({ say: texts.isOnTrial(ports), limit: left() });
    if (answer !== 'yes') throw unconfirmed(answer === 'no' ? texts.notConfirmed : texts.nobodyConfirmed);
    await disarm(context);
    // Confirmed too late.
    if (!(await isRunning(context.host))) throw unconfirmed(texts.nobodyConfirmed);
    await endTrial(context);
  } catch (error) {
    await putBack(before, context);
    // What went wrong is said last, not how it was taken back.
    const said = error instanceof Failure ? error.values['lastLine'] : undefined;
    if (said) context.say(said);
    throw error;
  }
}

/** Looked at anew: ufw's words prove nothing, and somebody may have come in since. Gives the ports of SSH. */
async function mustLetSshIn({ host }: Context): Promise<readonly number[]> {
  const found = await readUfw(host);
  const ssh = sshAccess(await findSsh(host), found);
  refuseRisks({ ufw: found, ssh, rival: undefined });
  if (ssh.toAllow.length > 0)
    throw new Failure('not-converged', { key: `ufw:${ssh.toAllow.join()}/tcp`, diff: '' });
  return ssh.ports;
}

/** The kernel lets them in as the files say. */
async function mustHaveLoaded(ports: readonly number[], { host }: Context): Promise<void> {
  const found = await readUfw(host);
  for (const family of found?.families ?? []) {
    for (const port of ports) {
      const rule = decidingOn(found?.rules[family] ?? [], { protocol: 'tcp', port });
      if (!(await isLoaded(host, family, rule?.lines ?? [])))
        throw new Failure('not-converged', { key: `ufw:${port}/tcp`, diff: '' });
    }
  }
}
