/** What a client does for its person on this side: clipboard, files, logs, and the terminal lent to a program. */
import { spawn } from 'node:child_process';
import { chownSync, closeSync, fstatSync, mkdtempSync, openSync, readSync, writeFileSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HandedOver, LogSource, TerminalTask } from '../run/protocol.ts';
import { openTerminal } from './terminal.ts';

/** Asks the terminal, also through SSH, to put the text on its clipboard. */
export function osc52(text: string): string {
  return `\u001b]52;c;${Buffer.from(text).toString('base64')}\u0007`;
}

/** A new file in the person's own folder, for nobody else to read; `name` gets a number if it is taken. */
export async function saveForPerson(name: string, text: string, folder = process.cwd()): Promise<string> {
  const dot = name.lastIndexOf('.');
  for (let copy = 1; ; copy++) {
    const free = copy === 1 ? name : `${name.slice(0, dot)}-${copy}${name.slice(dot)}`;
    const path = join(folder, free);
    try {
      writeFileSync(path, text, { mode: 0o600, flag: 'wx' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') continue;
      throw error;
    }
    giveToPerson(path);
    return path;
  }
}

/** Behind sudo the file belongs to whoever typed the command. */
function giveToPerson(path: string): void {
  const [uid, gid] = [Number(process.env['SUDO_UID']), Number(process.env['SUDO_GID'])];
  if (process.getuid?.() === 0 && uid > 0) chownSync(path, uid, gid);
}

/** The log of a step as it is now and as it grows; nothing when there is none that one may read. */
export function openLog(path: string): LogSource | undefined {
  let file: number;
  try {
    file = openSync(path, 'r');
    closeSync(file);
  } catch {
    return undefined;
  }
  return {
    size: () => withFile(path, (open) => fstatSync(open).size, 0),
    read: (from, length) =>
      withFile(
        path,
        (open) => {
          const bytes = Buffer.alloc(length);
          return bytes.subarray(0, readSync(open, bytes, 0, length, from)).toString();
        },
        '',
      ),
  };
}

function withFile<Result>(path: string, use: (file: number) => Result, missing: Result): Result {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    return missing;
  }
  try {
    return use(file);
  } finally {
    closeSync(file);
  }
}

const setpriv = '/usr/bin/setpriv';

/** The person's own shell; it begins where they are, and `exit` leads back. */
export function runShell(told: readonly string[]): Promise<HandedOver> {
  process.stdout.write(`\n${told.join('\n')}\n\n`);
  return lend([process.env['SHELL'] || '/bin/sh'], process.cwd(), process.env);
}

/** A program of a guide, as the user it has to run as. */
export async function runTask({ argv, cwd, env, as }: TerminalTask): Promise<HandedOver> {
  process.stdout.write(`\n$ ${argv.join(' ')}\n`);
  const full =
    as === undefined ? argv : [setpriv, `--reuid=${as}`, `--regid=${as}`, '--init-groups', '--', ...argv];
  return lend(full, cwd, { TERM: process.env['TERM'], ...env });
}

/** The person's editor on a text of their own; nothing when it was left as it is or the editor failed. */
export async function runEditor(text: string): Promise<string | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'setup-wizard-'));
  const path = join(folder, 'text');
  try {
    await writeFile(path, text, { mode: 0o600 });
    const editor = process.env['VISUAL'] || process.env['EDITOR'] || '/usr/bin/editor';
    // EDITOR is a command line of the person's own (`vim -u NONE`), as git and crontab take it.
    const { code } = await lend(['/bin/sh', '-c', `${editor} "$1"`, 'sh', path], process.cwd(), process.env);
    const edited = (await readFile(path, 'utf8')).replace(/\n$/, '');
    return code === 0 && edited !== text ? edited : undefined;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

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
    if (modes) await stty([modes]);
    await drainTyped();
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
  child.once('error', (error) => resolve({ code: null, signal: null, problem: error.message }));
  child.once('exit', (code, signal) => resolve({ code, signal }));
  return promise;
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
const typedAhead = 50;

/** A trailing Enter that the program left unread must not answer our next question. */
async function drainTyped(): Promise<void> {
  const terminal = openTerminal();
  terminal.setRawMode?.(true);
  terminal.on('data', () => {});
  await new Promise((resolve) => setTimeout(resolve, typedAhead));
  terminal.setRawMode?.(false);
  terminal.destroy();
}
