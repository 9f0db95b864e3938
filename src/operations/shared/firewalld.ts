/** What firewalld says of its zones: now (runtime), and at each start of it (permanent). */
import type { Host, Ran } from '../../host/types.ts';
import { Failure } from '../verbs.ts';

export type State = 'running' | 'stopped' | 'absent';

/** Exit codes of firewall-cmd. */
const notRunning = 252;
const notAuthorized = 253;

export async function firewalldState(host: Host): Promise<State> {
  const ran = await host.look(['firewall-cmd', '--state']);
  if (ran.code === 127) return 'absent';
  if (ran.code === notRunning) return 'stopped';
  mustAnswer(ran, ran.code === 0);
  return 'running';
}

/** Only root is told. */
function mustAnswer(ran: Ran, isAnswer: boolean): void {
  if (ran.code === notAuthorized) throw new Failure('needs-root', { what: 'firewalld' });
  if (!isAnswer)
    throw new Failure('cannot-look', { what: 'firewalld', reason: `${ran.stderr}${ran.stdout}`.trim() });
}

/** That of the interface which leads out, else the default one. */
export async function zoneOutwards(host: Host): Promise<string> {
  const device = await deviceOutwards(host);
  if (device !== undefined) {
    const ran = await host.look(['firewall-cmd', `--get-zone-of-interface=${device}`]);
    if (ran.code === 0) return ran.stdout.trim();
  }
  const ran = await host.look(['firewall-cmd', '--get-default-zone']);
  mustAnswer(ran, ran.code === 0);
  return ran.stdout.trim();
}

async function deviceOutwards(host: Host): Promise<string | undefined> {
  for (const family of ['-4', '-6']) {
    const { stdout } = await host.look(['ip', family, '-o', 'route', 'show', 'default']);
    const device = / dev (\S+)/.exec(stdout)?.[1];
    if (device !== undefined) return device;
  }
  return undefined;
}

/** Words of a command about one service of one zone. */
export function aboutService(
  zone: string,
  service: string,
  verb: 'add' | 'remove' | 'query',
  isPermanent: boolean,
): string[] {
  const permanent = isPermanent ? ['--permanent'] : [];
  return ['firewall-cmd', ...permanent, `--zone=${zone}`, `--${verb}-service=${service}`];
}

/** Throws for a zone or a service that it does not know. */
export async function lets(argv: readonly string[], host: Host): Promise<boolean> {
  const ran = await host.look(argv);
  mustAnswer(ran, ran.code === 0 || (ran.code === 1 && ran.stdout.trim() === 'no'));
  return ran.code === 0;
}
