/** What every command works with: flags, language, machine, and a way to leave with a sentence. */
import { existsSync } from 'node:fs';
import { assets, guides } from 'virtual:guides';
import { longestFile } from '../answers/answers-text.ts';
import type { Guide, Lang } from '../guide/types.ts';
import { observeFacts } from '../host/facts.ts';
import { realHost } from '../host/real.ts';
import type { Host } from '../host/types.ts';
import { words } from '../i18n/index.ts';
import { jsonText } from '../journal/json-text.ts';
import { StateFolder } from '../journal/state.ts';
import type { Machine } from '../run/machine.ts';
import { rootState } from '../run/program.ts';
import { printed } from '../run/shown.ts';

/** Ends a command with a sentence for the person. */
export class Leave extends Error {
  readonly exit: number;
  constructor(exit: number, sentence = '') {
    super(sentence);
    this.exit = exit;
  }
}

export interface Flags {
  readonly lang?: Lang;
  readonly stateDir?: string;
  readonly answers?: string;
  readonly set?: readonly string[];
  readonly literal?: readonly string[];
  readonly yes?: boolean;
  readonly plain?: boolean;
  readonly json?: boolean;
  readonly until?: string;
  readonly to?: string;
  readonly note?: string;
  readonly markdown?: boolean;
}

/** What every command works with. */
export interface Here extends Machine {
  readonly flags: Flags;
  readonly words: ReturnType<typeof words>;
}

export function langOf(flags: Flags): Lang {
  const locale = process.env['LC_ALL'] || process.env['LC_MESSAGES'] || process.env['LANG'] || '';
  return flags.lang ?? (locale.toLowerCase().startsWith('fr') ? 'fr' : 'en');
}

/** A terminal that would show typography as rubbish. */
export function isAscii(): boolean {
  const charset = process.env['LC_ALL'] || process.env['LC_CTYPE'] || process.env['LANG'] || '';
  return !/utf-?8/i.test(charset) || process.env['TERM'] === 'linux';
}

/** A terminal that cannot move its cursor. */
export function isDumb(): boolean {
  return process.env['TERM'] === 'dumb' || !process.env['TERM'];
}

/** A person who listens: announced by a variable, or the speech of the Linux console is on. */
export function isScreenReader(): boolean {
  const announced = ['SCREEN_READER', 'INK_SCREEN_READER', 'ACCESSIBLE'].some((name) =>
    /^(1|true|yes)$/i.test(process.env[name] ?? ''),
  );
  return announced || (process.env['TERM'] === 'linux' && existsSync('/sys/accessibility/speakup/synth'));
}

export function stateDir(flags: Flags): string {
  if (flags.stateDir)
    return flags.stateDir.startsWith('/') ? flags.stateDir : `${process.cwd()}/${flags.stateDir}`;
  if (process.getuid?.() === 0) return rootState;
  const base = process.env['XDG_STATE_HOME'] || `${process.env['HOME']}/.local/state`;
  return `${base}/setup-wizard`;
}

/** `LANG` of an answers file's [common]: less than --lang, more than the locale. */
async function langInFile(host: Host, path: string | undefined): Promise<Lang | undefined> {
  const text =
    path === undefined ? '' : ((await host.read(path, longestFile).catch(() => undefined)) ?? '').toString();
  const found = /^[ \t]*LANG[ \t]*=[ \t]*(fr|en)[ \t]*$/m.exec(text)?.[1];
  return found === 'fr' || found === 'en' ? found : undefined;
}

export async function here(flags: Flags): Promise<Here> {
  const host = realHost();
  const lang = flags.lang ?? (await langInFile(host, flags.answers)) ?? langOf(flags);
  const state = new StateFolder(host, stateDir(flags));
  // Nearly every command needs both: the journals are read while other programs are asked for the facts.
  const [facts] = await Promise.all([observeFacts(host), state.look().catch(() => {})]);
  return {
    host,
    state,
    facts,
    guides,
    assets,
    lang,
    flags,
    words: words(lang, isAscii()),
  };
}

export function print(text: string): void {
  process.stdout.write(`${printed(text)}\n`);
}

export function printJson(value: unknown): void {
  print(jsonText(value, 2));
}

export function guideNamed({ words: say }: Here, name: string): Guide {
  const guide = guides.find(({ id }) => id === name);
  if (!guide) throw new Leave(2, say.cli.unknownGuide(name, guides.map(({ id }) => id).join(', ')));
  return guide;
}
