/** The terminal lent to a program, and taken back sound whatever became of the program. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { HandedOver } from '../run/protocol.ts';
import { openTerminal } from './terminal.ts';

/**
 * Gives the terminal to a program until it ends. What it is sent (Ctrl-C, Ctrl-\, Ctrl-Z) is not for us; the
 * terminal is put back as it was, also after a crash; what was typed and not read goes nowhere.
 */
export async function lend(
  [file = '', ...args]: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<HandedOver> {
  const ignored = ['SIGINT', 'SIGQUIT', 'SIGTSTP'] as const;
  const ignore = () => {};
  for (const signal of ignored) process.on(signal, ignore);
  const modes = await stty(['-g']);
  try {
    return await ended(file, args, cwd, env);
  } finally {
    takeForeground();
    if (modes) await stty([modes]);
    await drainTyped();
    // A program that was interrupted leaves its line open.
    process.stdout.write('\n');
    for (const signal of ignored) process.off(signal, ignore);
  }
}

function ended(
  file: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<HandedOver> {
  const { promise, resolve } = Promise.withResolvers<HandedOver>();
  const child = spawn(file, args, { cwd, env, stdio: 'inherit' });
  const waking = setInterval(() => wakeIfStopped(child), 500);
  child.once('error', (error) => resolve({ code: notStarted, signal: null, problem: error.message }));
  child.once('exit', (code, signal) => resolve({ code, signal }));
  return promise.finally(() => clearInterval(waking));
}

/** How shells report a program that could not be started. */
const notStarted = 127;

/** Ctrl-Z stops a program for a shell to continue it; here is none, and the terminal would seem dead. */
function wakeIfStopped(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    const [, state] = /\) (\S)[^)]*$/.exec(readFileSync(`/proc/${child.pid}/stat`, 'utf8')) ?? [];
    if (state === 'T') child.kill('SIGCONT');
  } catch {
    // It has just ended.
  }
}

/**
 * A shell makes its own process group the terminal's; killed, it cannot give that back, and reading would fail.
 * Node has no call for it: one of the two that base systems have is asked.
 */
function takeForeground(): void {
  // Fields after the name: state, parent, group, session, terminal, the terminal's group.
  const [, , group, , , foreground] = readFileSync('/proc/self/stat', 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  if (foreground === group || foreground === '-1') return;
  const perl = `use POSIX; $SIG{TTOU} = 'IGNORE'; tcsetpgrp(0, ${group})`;
  const python = `import os, signal; signal.signal(signal.SIGTTOU, signal.SIG_IGN); os.tcsetpgrp(0, ${group})`;
  const { status } = spawnSync('perl', ['-e', perl], { stdio: ['inherit', 'ignore', 'ignore'] });
  if (status !== 0) spawnSync('python3', ['-c', python], { stdio: ['inherit', 'ignore', 'ignore'] });
}

/** `stty` on the terminal; its words, or nothing where there is no terminal. */
function stty(args: readonly string[]): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  const child = spawn('stty', args, { stdio: ['inherit', 'pipe', 'ignore'] });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  child.once('error', () => resolve(''));
  child.once('close', (code) => resolve(code === 0 ? said.trim() : ''));
  return promise;
}

/** Milliseconds in which what was typed ahead comes in. */
const typedAhead = 150;

/** A trailing Enter that the program left unread must not answer our next question. */
async function drainTyped(): Promise<void> {
  const terminal = openTerminal();
  terminal.setRawMode?.(true);
  terminal.on('data', () => {});
  await new Promise((resolve) => setTimeout(resolve, typedAhead));
  terminal.setRawMode?.(false);
  terminal.destroy();
}
