/** How ufw was before it was switched on, and the way back to that. */
import type { Host } from '../../host/types.ts';
import * as texts from '../../i18n/texts/firewall.ts';
import type { Context, Undone } from '../verbs.ts';
import { captureFormer, type Former } from './former.ts';
import { closingPolicies, type Policies } from './policies.ts';
import { restoreSettings, type Settings, settingsBefore } from './sysctl.ts';
import { isEnabled, unitState } from './systemd.ts';
import {
  captureRules,
  conf,
  notInstalled,
  type RulesBefore,
  restoreRules,
  rulesWithComment,
  type Ufw,
} from './ufw.ts';
import { wantedOf } from './ufw-profile.ts';
import { disarm, endTrial, stopUfw } from './ufw-trial.ts';
import { type Links, restoreLinks, unitLinks } from './unit-links.ts';

export const unit = 'ufw.service';
/** Of the rules for SSH: an administrator sees whose they are, and so does undo. */
export const comment = 'setup-wizard:ssh';

export type Before = {
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

export async function startsAtBoot(host: Host): Promise<boolean> {
  if (!(await host.stat('/run/systemd/system'))) return true;
  const { load, file } = await unitState(host, unit);
  return load === 'not-found' || isEnabled(file);
}

export async function captureBefore(
  found: Ufw | undefined,
  isAtBoot: boolean,
  context: Context,
): Promise<Before> {
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

export async function putBack(before: Before, context: Context): Promise<Undone> {
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
