/** What systemd knows about a unit. */
import type { Host } from '../../host/types.ts';
import { type Context, Failure } from '../verbs.ts';

export interface UnitState {
  /** `loaded`, `not-found`, `masked`… */
  readonly load: string;
  /** `enabled`, `disabled`, `static`…; empty for a unit that is not there. */
  readonly file: string;
  /** `active`, `inactive`, `failed`, `activating`… */
  readonly active: string;
  readonly restarts: string;
  /** The file was changed and systemd still holds the former text. */
  readonly needsReload: boolean;
  /** Files in a folder of /etc for this unit alone. */
  readonly dropIns: readonly string[];
}

const properties = [
  'LoadState',
  'UnitFileState',
  'ActiveState',
  'NRestarts',
  'NeedDaemonReload',
  'DropInPaths',
];

export async function unitState(host: Host, unit: string): Promise<UnitState> {
  const ran = await host.look(['systemctl', 'show', `--property=${properties.join()}`, '--', unit]);
  if (ran.code !== 0) throw new Failure('cannot-look', { what: 'systemd', reason: ran.stderr.trim() });
  const found = new Map(
    ran.stdout
      .split('\n')
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
  return {
    load: found.get('LoadState') ?? '',
    file: found.get('UnitFileState') ?? '',
    active: found.get('ActiveState') ?? '',
    restarts: found.get('NRestarts') ?? '0',
    needsReload: found.get('NeedDaemonReload') === 'yes',
    dropIns: (found.get('DropInPaths') ?? '')
      .split(' ')
      .filter((path) => path.startsWith(`/etc/systemd/system/${unit}.d/`)),
  };
}

/** States in which nothing more can or need be done to have the unit started at boot. */
export const isEnabled = (file: string): boolean =>
  ['enabled', 'static', 'generated', 'indirect', 'alias'].includes(file);

/** Said to the person: the unit's own last words. */
export async function sayLastLines(unit: string, context: Context): Promise<void> {
  const argv = ['journalctl', '--unit', unit, '--lines=100', '--no-pager', '--output=cat'];
  const { stdout } = await context.host.look(argv);
  for (const line of stdout.trimEnd().split('\n')) context.say(line);
}

const steadyFor = 3000;

/** Active, and still so after three seconds without a restart; otherwise throws. */
export async function mustStayActive(unit: string, context: Context): Promise<void> {
  const first = await unitState(context.host, unit);
  if (first.active === 'active') {
    await context.host.sleep(steadyFor);
    const then = await unitState(context.host, unit);
    if (then.active === 'active' && then.restarts === first.restarts) return;
  }
  await sayLastLines(unit, context);
  const { active } = await unitState(context.host, unit);
  throw new Failure('command-failed', { command: `systemctl start ${unit}`, code: active, lastLine: '' });
}

/** 252; 0 where it does not say. */
async function versionOf(host: Host): Promise<number> {
  const { stdout } = await host.look(['systemctl', '--version']);
  return Number(/^systemd (\d+)/.exec(stdout)?.[1] ?? 0);
}

/** systemd reads a copy under the right name first: a unit that it cannot load never replaces one that it can. */
export async function verifyUnit(name: string, text: string, context: Context): Promise<void> {
  const { host } = context;
  const folder = `/run/setup-wizard-verify-${host.random(6).toString('hex')}`;
  await host.mkdir(folder, { mode: '0700' });
  try {
    await host.write(`${folder}/${name}`, text, { mode: '0644' });
    const alone = (await versionOf(host)) >= 250 ? ['--recursive-errors=no'] : [];
    await context.must(['systemd-analyze', 'verify', '--man=no', ...alone, `${folder}/${name}`]);
  } finally {
    await host.removeTree(folder);
  }
}
