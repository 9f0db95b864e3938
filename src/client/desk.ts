/** What a client does for its person on this side: clipboard, files, logs, and the terminal lent to a program. */
import { chownSync, closeSync, fstatSync, mkdtempSync, openSync, readSync, writeFileSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { quoted } from '../i18n/index.ts';
import { type Desk, type HandedOver, type LogSource, oneLine, type TerminalTask } from '../run/protocol.ts';
import { lend } from './lend.ts';

/** The desk on this process' own terminal. Whoever lends it has closed what reads from it. */
export const desk: Desk = {
  copy: (text) => process.stdout.write(osc52(text)),
  save: (name, text) => saveForPerson(name, text),
  log: openLog,
  shell: runShell,
  edit: runEditor,
  run: runTask,
};

/** Asks the terminal, also through SSH, to put the text on its clipboard. */
function osc52(text: string): string {
  return `\u001b]52;c;${Buffer.from(text).toString('base64')}\u0007`;
}

/** A new file in the person's own folder, for nobody else to read; `name` gets a number if it is taken. */
async function saveForPerson(name: string, text: string): Promise<string> {
  const dot = name.lastIndexOf('.');
  for (let copy = 1; ; copy++) {
    const free = copy === 1 ? name : `${name.slice(0, dot)}-${copy}${name.slice(dot)}`;
    const path = join(process.cwd(), free);
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
function openLog(path: string): LogSource | undefined {
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

/** The person's own shell; it begins where they are, and `exit` leads back. */
function runShell(told: readonly string[]): Promise<HandedOver> {
  process.stdout.write(`\n${told.join('\n')}\n\n`);
  return lend([process.env['SHELL'] || '/bin/sh'], process.cwd(), process.env);
}

/** A program of a guide, as the user it has to run as. */
async function runTask({ argv, cwd, env, as }: TerminalTask): Promise<HandedOver> {
  process.stdout.write(`\n$ ${oneLine(argv.map(quoted).join(' '))}\n`);
  const full = as === undefined ? argv : ['/usr/sbin/runuser', '-u', as, '--', ...argv];
  return lend(full, cwd, { TERM: process.env['TERM'], ...env });
}

/** The person's editor on a text of their own; nothing when it was left as it is or the editor failed. */
async function runEditor(text: string): Promise<string | undefined> {
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
