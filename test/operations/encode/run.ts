import { type ChildProcess, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** Runs a program to its end; anything but exit code 0 is an error that shows what it said. */
export function run(command: string, args: string[], input = '', environment?: NodeJS.ProcessEnv): string {
  const done = spawnSync(command, args, {
    input,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: environment ?? process.env,
  });
  if (done.error) throw done.error;
  if (done.status !== 0)
    throw new Error(`${command} ${args.join(' ')}: ${done.status}\n${done.stderr}${done.stdout}`);
  return done.stdout;
}

export function temporary(): string {
  const path = mkdtempSync(join(tmpdir(), 'encode-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

export async function until(what: string, done: () => boolean, seconds = 15): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!done()) {
    if (Date.now() > end) throw new Error(`Waited ${seconds} s for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Ends a daemon of the test and waits for its end, so that its folder can go. */
export async function stop(child: ChildProcess, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await ended;
}

export const readers: string = join(import.meta.dirname, 'readers');
