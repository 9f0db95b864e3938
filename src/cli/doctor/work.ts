/** Who else is at work: package managers, and runs of the wizard. */
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Host } from '../../host/types.ts';
import { commandLine, keptCommand } from '../../run/program.ts';
import { unreadableReason } from '../../run/unreadable.ts';
import type { Here } from '../here.ts';
import { about, type Finding, type Look } from './finding.ts';

const runs = about('runs');

export const lookAtWork: Look = async (at, say) => {
  const holder = await packageManager(at.host);
  return [
    holder ? runs.know('packages', say.packagesBusy(holder)) : runs.good('packages', say.packagesFree()),
    ...(await otherRuns(at, say)),
  ];
};

const otherRuns: Look = async (at, say) => {
  try {
    const { runs: stored, unreadable } = await at.state.look();
    const bad = unreadable.map((one) => runs.block('journal', say.journals(unreadableReason(one)[at.lang])));
    const open = (await at.state.summaries(stored)).filter(
      ({ state }) => state !== 'done' && state !== 'rolled-back',
    );
    if (open.length === 0) return bad.length > 0 ? bad : [runs.good('runs', say.noRuns())];
    const command = await resumeCommand(at);
    const unfinished = open.map(({ run, guide, state }): Finding => {
      const resume = `${command} resume ${guide}`;
      return state === 'running'
        ? runs.know('run-active', say.active(run, resume))
        : runs.know('run-unfinished', say.unfinished(run, at.words.cli.states[state], resume));
    });
    return [...bad, ...unfinished];
  } catch (error) {
    // Another user's folder: `lookAtState` has said so.
    if (error instanceof Error && 'code' in error) return [];
    throw error;
  }
};

async function resumeCommand({ host, state }: Here): Promise<string> {
  const here = dirname(fileURLToPath(import.meta.url));
  return commandLine(
    (await keptCommand(host, state.program, here, __VERSION__)) ?? 'setup-wizard',
    state.path,
  );
}

/** The name of the process that holds dpkg's lock: the kernel's list of locks says it without touching the lock. */
async function packageManager(host: Host): Promise<string> {
  const file = await stat('/var/lib/dpkg/lock-frontend').catch(() => undefined);
  if (!file) return '';
  const locks = (await host.read('/proc/locks').catch(() => undefined))?.toString() ?? '';
  const held = locks.split('\n').map((line) => line.trim().split(/\s+/));
  const pid = held.find((fields) => fields[5]?.endsWith(`:${file.ino}`))?.[4];
  if (!pid) return '';
  const name = (await host.read(`/proc/${pid}/comm`).catch(() => undefined))?.toString().trim();
  return `${name ?? '?'} (${pid})`;
}
