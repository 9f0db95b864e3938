/** The real program on a pseudo-terminal: what a person would see, and the keys they would press. */
import { closeSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import xterm from '@xterm/headless';
import { type IPty, spawn } from 'node-pty';

export const launcher = join(import.meta.dirname, '../../dist/launcher.cjs');

export const keys = {
  up: '\u001b[A',
  down: '\u001b[B',
  right: '\u001b[C',
  left: '\u001b[D',
  enter: '\r',
  tab: '\t',
  shiftTab: '\u001b[Z',
  escape: '\u001b',
  space: ' ',
  clear: '\u0015',
  ctrlC: '\u0003',
} as const;

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** A folder with a home and a state of its own; nothing outside it is touched. */
export class World {
  readonly path = mkdtempSync(join(tmpdir(), 'setup-wizard-e2e-'));
  readonly home = this.path;
  readonly state = join(this.path, 'state');
  readonly folder = join(this.path, 'practice');
  readonly #terminals: Terminal[] = [];

  /** As after a log-in: no CI, no npm, no colour setting of whoever runs the tests. */
  env(lang: string, more: Readonly<Record<string, string>> = {}): Record<string, string> {
    return { PATH: process.env['PATH'] ?? '', HOME: this.home, TERM: 'xterm-256color', LANG: lang, ...more };
  }

  args(...words: readonly string[]): string[] {
    return ['--state-dir', this.state, ...words];
  }

  start(words: readonly string[], options: Partial<StartOptions> = {}): Terminal {
    const { lang = 'en_GB.UTF-8', size = [80, 24], env = {}, command = program } = options;
    const place = { size, cwd: this.path, env: this.env(lang, env), command };
    const terminal = new Terminal(this.args(...words), place);
    this.#terminals.push(terminal);
    return terminal;
  }

  get runs(): string[] {
    return readdirSync(join(this.state, 'runs')).sort();
  }

  /** The records of a run's journal, the newest run's by default. */
  journal(run = this.runs.at(-1) ?? ''): { type: string; pid?: number; [name: string]: unknown }[] {
    const text = readFileSync(join(this.state, 'runs', run, 'journal.jsonl'), 'utf8');
    return text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  }

  /** The process that the newest run's journal names last. */
  enginePid(): number {
    return this.journal().findLast(({ type }) => type === 'engine')?.pid ?? Number.NaN;
  }

  async destroy(): Promise<void> {
    for (const terminal of this.#terminals) terminal.kill('SIGKILL');
    try {
      process.kill(this.enginePid(), 'SIGKILL');
    } catch {
      // It ended by itself, or never was.
    }
    await pause(100);
    rmSync(this.path, { recursive: true, force: true });
  }
}

interface StartOptions {
  readonly lang: string;
  readonly size: readonly [columns: number, rows: number];
  readonly env: Readonly<Record<string, string>>;
  /** What is started. Default: the built program, with this Node. */
  readonly command?: { readonly file: string; readonly args: readonly string[] };
}

interface Place extends Omit<StartOptions, 'lang'> {
  readonly cwd: string;
}

export interface Cell {
  readonly text: string;
  /** One of the sixteen colours of a terminal. */
  readonly colour: number | undefined;
  readonly bold: boolean;
  readonly dim: boolean;
  readonly inverse: boolean;
}

function cellOf(cell: xterm.IBufferCell | undefined): Cell {
  return {
    text: cell?.getChars().replaceAll('\u00a0', ' ') || ' ',
    colour: cell?.isFgPalette() ? cell.getFgColor() : undefined,
    bold: Boolean(cell?.isBold()),
    dim: Boolean(cell?.isDim()),
    inverse: Boolean(cell?.isInverse()),
  };
}

const patience = 20_000;
const program = { file: process.execPath, args: [launcher] };

export class Terminal {
  /** All bytes so far. */
  output = '';
  /** The exit code, once it has ended. */
  readonly ended: Promise<number>;
  readonly #pty: IPty;
  readonly #screen: xterm.Terminal;
  #isOver = false;

  constructor(args: readonly string[], { size: [cols, rows], env, cwd, command = program }: Place) {
    this.#screen = new xterm.Terminal({ cols, rows, allowProposedApi: true });
    this.#pty = spawn(command.file, [...command.args, ...args], {
      name: env['TERM'] ?? 'xterm',
      cols,
      rows,
      cwd,
      env,
    });
    this.#pty.onData((data) => {
      this.output += data;
      this.#screen.write(data);
    });
    const { promise, resolve } = Promise.withResolvers<number>();
    this.#pty.onExit(({ exitCode, signal }) => {
      this.#isOver = true;
      resolve(signal ? 128 + signal : exitCode);
    });
    this.ended = promise;
  }

  get pid(): number {
    return this.#pty.pid;
  }

  get buffer(): xterm.IBuffer {
    return this.#screen.buffer.active;
  }

  /** The rows as a person sees them; a no-break space looks like any other. */
  screen(): string {
    const { baseY } = this.buffer;
    const rows = Array.from({ length: this.#screen.rows }, (_, row) =>
      (this.buffer.getLine(baseY + row)?.translateToString(true) ?? '').replaceAll('\u00a0', ' '),
    );
    return rows.join('\n').trimEnd();
  }

  /** The screen cell by cell, for a picture. */
  cells(): Cell[][] {
    const { baseY } = this.buffer;
    return Array.from({ length: this.#screen.rows }, (_, row) => {
      const line = this.buffer.getLine(baseY + row);
      return Array.from({ length: this.#screen.cols }, (_, column) => cellOf(line?.getCell(column)));
    });
  }

  /** What was printed and has not been overwritten, scrolled away or not, long lines in one piece. */
  history(): string {
    const lines = Array.from({ length: this.buffer.length }, (_, row) => this.buffer.getLine(row));
    return lines
      .map((line, row) => `${line?.isWrapped || row === 0 ? '' : '\n'}${line?.translateToString(true) ?? ''}`)
      .join('')
      .replaceAll('\u00a0', ' ');
  }

  /** The row with the cursor sign. */
  chosen(): string {
    return (
      this.screen()
        .split('\n')
        .find((row) => /^\s*[❯*] /.test(row)) ?? ''
    );
  }

  /** Waits until the screen, or what was printed before, has the text. */
  async waitFor(wanted: string | RegExp, limit = patience): Promise<void> {
    const isThere = () => {
      const text = `${this.history()}\n${this.screen()}`;
      return typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text);
    };
    await this.#until(isThere, `“${wanted}” did not come`, limit);
  }

  /** Waits until the text has gone from the screen. */
  async waitUntilGone(text: string): Promise<void> {
    await this.#until(() => !this.screen().includes(text), `“${text}” did not go`, patience);
  }

  async #until(isSo: () => boolean, otherwise: string, limit: number): Promise<void> {
    const end = Date.now() + limit;
    while (!isSo()) {
      if (this.#isOver || Date.now() > end) {
        // What the program said last is parsed a moment after it has come.
        await pause(50);
        if (isSo()) return;
        throw new Error(`${otherwise}${this.#isOver ? ', the program has ended' : ''}:\n${this.screen()}`);
      }
      await pause(20);
    }
  }

  /** One key after the other, as fast as somebody who knows the way. */
  async press(...pressed: readonly string[]): Promise<void> {
    for (const key of pressed) {
      this.#pty.write(key);
      await pause(60);
    }
  }

  /** Puts the cursor on the entry with this text. */
  async choose(text: string): Promise<void> {
    for (let tries = 0; tries < 12 && !this.chosen().includes(text); tries++) {
      const former = this.chosen();
      await this.press(keys.down);
      // On a busy machine the cursor moves later than the next key could be pressed.
      for (const end = Date.now() + 2000; Date.now() < end && this.chosen() === former; ) await pause(20);
    }
    if (!this.chosen().includes(text)) throw new Error(`“${text}” cannot be chosen:\n${this.screen()}`);
  }

  resize(columns: number, rows: number): void {
    this.#pty.resize(columns, rows);
    this.#screen.resize(columns, rows);
  }

  /** The terminal's window is closed: the kernel hangs up. */
  close(): void {
    this.kill('SIGHUP');
  }

  /** It is gone as with a lost connection: nothing can be read or written any more. */
  vanish(): void {
    // node-pty's own way also sends a signal to the first process, which is the point here not to do.
    closeSync((this.#pty as unknown as { readonly fd: number }).fd);
  }

  kill(signal: string): void {
    if (!this.#isOver) this.#pty.kill(signal);
  }
}
