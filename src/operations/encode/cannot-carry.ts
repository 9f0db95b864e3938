export type Syntax =
  | 'plain'
  | 'ini'
  | 'properties'
  | 'systemd'
  | 'systemd-exec'
  | 'systemd-line'
  | 'supervisor'
  | 'supervisor-word'
  | 'supervisor-variable'
  | 'supervisor-log'
  | 'apache'
  | 'nginx'
  | 'cron'
  | 'sudoers'
  | 'mysql-literal'
  | 'mysql-identifier'
  | 'mysql-option-file'
  | 'pg-literal'
  | 'pg-identifier'
  | 'pg-hba'
  | 'pgpass'
  | 'python'
  | 'javascript'
  | 'json'
  | 'lua'
  | 'hocon'
  | 'env'
  | 'yaml'
  | 'shell'
  | 'url-component'
  | 'debconf';

export type CannotCarryCode =
  | 'newline'
  | 'nul'
  | 'control'
  | 'blank-edges'
  | 'character'
  | 'empty'
  | 'length';

/** The value has no faithful spelling at that place. The message never repeats the value: it may be a secret. */
export class CannotCarry extends Error {
  readonly syntax: Syntax;
  readonly code: CannotCarryCode;
  readonly character?: string;
  /** Whose value it is, where a template was filled. */
  answer?: string;

  constructor(syntax: Syntax, code: CannotCarryCode, character?: string) {
    super(
      `${syntax} cannot carry this value: ${code}${character === undefined ? '' : ` ${show(character)}`}`,
    );
    this.name = 'CannotCarry';
    this.syntax = syntax;
    this.code = code;
    if (character !== undefined) this.character = character;
  }
}

function show(character: string): string {
  return JSON.stringify(character);
}

export type Encoder = (value: string) => string;

/** Refuses every control character (C0, DEL, C1) but the ones listed in `kept`. */
export function refuseControls(syntax: Syntax, value: string, kept = ''): void {
  for (const character of value) {
    const code = character.codePointAt(0) ?? 0;
    if ((code >= 0x20 && code < 0x7f) || code > 0x9f || kept.includes(character)) continue;
    if (code === 0) throw new CannotCarry(syntax, 'nul');
    if (character === '\n' || character === '\r') throw new CannotCarry(syntax, 'newline', character);
    throw new CannotCarry(syntax, 'control', character);
  }
}

export function refuseNul(syntax: Syntax, value: string): void {
  if (value.includes('\0')) throw new CannotCarry(syntax, 'nul');
}

export function refuseEmpty(syntax: Syntax, value: string): void {
  if (value === '') throw new CannotCarry(syntax, 'empty');
}

/** Blanks at either end, in the widest sense any of the readers gives to a blank. */
export function refuseBlankEdges(syntax: Syntax, value: string): void {
  if (/^[\s\x85\ufeff]|[\s\x85\ufeff]$/u.test(value)) throw new CannotCarry(syntax, 'blank-edges');
}

/** Refuses the first match; the character reported is the first of the match. */
export function refuseMatch(syntax: Syntax, value: string, pattern: RegExp): void {
  const match = pattern.exec(value);
  if (match) throw new CannotCarry(syntax, 'character', [...match[0]][0] ?? match[0]);
}

export function refuseLonger(syntax: Syntax, text: string, bytes: number): void {
  if (Buffer.byteLength(text) > bytes) throw new CannotCarry(syntax, 'length');
}

/** Bytes of an argument or a variable, with room for its name: no program starts with one of 128 KiB. */
export const longestArgument = 100_000;

/** Words that no reader here gives a meaning to: they are written as they are. */
export const simpleWord = /^[A-Za-z0-9_./:@,+-]+$/;
