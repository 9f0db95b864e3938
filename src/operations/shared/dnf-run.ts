/** Runs dnf. Its locks, and those of rpm, are waited for. */
import type { Ran } from '../../host/types.ts';
import type { Context } from '../verbs.ts';
import { commandFailed } from './failed.ts';
import { type Busy, runPatiently } from './patient.ts';

/** It would wait itself, for ever and with one line: so it ends, and is tried again. */
export const noWait = '--setopt=exit_on_lock=True';
export const unattended = ['-y', noWait];
const lockHeld = 200;

const busy: Busy = {
  isBusy: ({ code, stdout, stderr }) =>
    code === lockHeld || /can't create transaction lock/.test(`${stdout}\n${stderr}`),
  holderIn({ stdout, stderr }) {
    const [, pid, name] = /application with PID (\d+) is: (\S{1,80})/.exec(`${stdout}\n${stderr}`) ?? [];
    return pid === undefined ? undefined : `process ${pid} (${name})`;
  },
};

export const runDnf = (args: readonly string[], context: Context): Promise<Ran> =>
  runPatiently(['dnf', ...args], busy, context);

export async function mustDnf(args: readonly string[], context: Context): Promise<Ran> {
  const ran = await runDnf(args, context);
  if (ran.code !== 0) throw commandFailed(['dnf', ...args], ran, context);
  return ran;
}

/** What is installed can be told and taken away without any repository. */
export const offline = ['-C', '--disablerepo=*'];

/** As what somebody wanted, or as what came along. */
export const markArguments = (mark: 'manual' | 'auto', names: readonly string[]): string[] => [
  ...offline,
  'mark',
  mark === 'manual' ? 'install' : 'remove',
  ...unattended,
  ...names,
];
