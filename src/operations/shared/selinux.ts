/** What SELinux says of a boolean. */
import type { Host } from '../../host/types.ts';
import { Failure } from '../verbs.ts';

export interface BooleanState {
  /** Now, until the machine starts again. */
  readonly current: boolean;
  /** At each start. */
  readonly persistent: boolean;
}

/** Nothing where SELinux is not there or disabled. */
export async function booleanState(name: string, host: Host): Promise<BooleanState | undefined> {
  const ran = await host.look(['getsebool', name]);
  if (ran.code === 127 || /SELinux is disabled/.test(ran.stderr)) return undefined;
  const [, current] = / --> (on|off)\b/.exec(ran.stdout) ?? [];
  if (ran.code !== 0 || current === undefined) throw cannotLook(name, `${ran.stderr}${ran.stdout}`);
  return { current: current === 'on', persistent: await isPersistent(name, host) };
}

/** `name   (off  ,   on)  Description`: what is now, and what is at each start. */
async function isPersistent(name: string, host: Host): Promise<boolean> {
  const ran = await host.look(['semanage', 'boolean', '--list', '--noheading']);
  if (ran.code === 127) throw new Failure('no-program', { program: 'semanage' });
  if (/cannot be accessed|Permission denied/.test(ran.stderr))
    throw new Failure('needs-root', { what: name });
  const line = ran.stdout.split('\n').find((one) => one.split(/\s/)[0] === name) ?? '';
  const [, persistent] = /\s\((?:on|off)\s*,\s*(on|off)\)/.exec(line) ?? [];
  if (ran.code !== 0 || persistent === undefined) throw cannotLook(name, ran.stderr);
  return persistent === 'on';
}

const cannotLook = (name: string, words: string): Failure =>
  new Failure('cannot-look', { what: `SELinux ${name}`, reason: words.trim() });

/** Persistent: now and at each start, for which the whole policy is built anew. */
export function setBoolean(name: string, on: boolean, isPersistent: boolean): string[] {
  return ['setsebool', ...(isPersistent ? ['-P'] : []), name, on ? 'on' : 'off'];
}
