/** Looks for canaries in whatever was written, raw and in every other form in which a secret may stand. */
import { spawnSync } from 'node:child_process';
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** A secret whose letters at the end are found again in most forms; the signs before them differ in each. */
export interface Canary {
  readonly name: string;
  readonly value: string;
  readonly mark: string;
}

export function canary(name: string, mark: string): Canary {
  return { name, mark, value: `${name.slice(0, 2)}"q'%\\é $&;${mark}` };
}

export interface Form {
  readonly canary: string;
  readonly form: string;
  readonly bytes: string;
}

const latin1 = (bytes: Buffer): string => bytes.toString('latin1');

/** Worked out here, not by the product. As strings of one character a byte. */
export function formsOf({ name, value, mark }: Canary): Form[] {
  const bytes = Buffer.from(value);
  const inside = Buffer.from(mark);
  const swapped = Buffer.from(mark, 'utf16le').swap16();
  const percent = [...inside].map((byte) => `%${byte.toString(16)}`).join('');
  const all: [form: string, bytes: string][] = [
    ['raw, JSON, URL, SQL, shell, HTML, INI', latin1(inside)],
    ['UTF-16 LE', latin1(Buffer.from(mark, 'utf16le'))],
    ['UTF-16 BE', latin1(swapped)],
    ['hex', inside.toString('hex')],
    ['HEX', inside.toString('hex').toUpperCase()],
    ['percent', percent],
    ['PERCENT', percent.toUpperCase()],
    ...[0, 1, 2].map((offset): [string, string] => [`base64 at ${offset}`, base64Part(bytes, offset)]),
    ...[0, 1, 2].map((offset): [string, string] => [
      `base64 of the mark at ${offset}`,
      base64Part(inside, offset),
    ]),
  ];
  return all.map(([form, text]) => ({ canary: name, form, bytes: text }));
}

/** What its neighbours do not change. */
function base64Part(bytes: Buffer, offset: number): string {
  const text = Buffer.concat([Buffer.alloc(offset), bytes])
    .toString('base64')
    .replace(/=+$/, '');
  const from = Math.ceil((offset * 8) / 6);
  return text.slice(from, Math.floor(((offset + bytes.length) * 8) / 6));
}

export interface Found {
  readonly place: string;
  readonly canary: string;
  readonly form: string;
}

export class Search {
  readonly #forms: readonly Form[];
  readonly #pattern: RegExp;
  files = 0;
  bytes = 0;
  readonly found: Found[] = [];

  constructor(canaries: readonly Canary[]) {
    this.#forms = canaries.flatMap(formsOf);
    const literal = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
    this.#pattern = new RegExp(this.#forms.map(({ bytes }) => literal(bytes)).join('|'), 'g');
  }

  /** What a gzip holds is looked at too. */
  look(place: string, bytes: Buffer): void {
    this.bytes += bytes.length;
    const seen = new Set<string>();
    const piece = 1 << 26;
    for (let from = 0; from < bytes.length; from += piece) {
      for (const [hit] of latin1(bytes.subarray(from, from + piece + 200)).matchAll(this.#pattern)) {
        const { canary: name = '', form = '' } = this.#forms.find((one) => one.bytes === hit) ?? {};
        if (!seen.has(`${name} ${form}`)) this.found.push({ place, canary: name, form });
        seen.add(`${name} ${form}`);
      }
    }
    if (bytes[0] === 0x1f && bytes[1] === 0x8b) this.#unpacked(place, bytes);
  }

  #unpacked(place: string, bytes: Buffer): void {
    try {
      this.look(`${place} (unpacked)`, gunzipSync(bytes));
    } catch {
      // Not whole, or no gzip: its bytes have been looked at.
    }
  }

  /** Names count as well as contents. */
  folder(folder: string, shown = ''): void {
    for (const name of readdirSync(folder)) {
      const [path, place] = [join(folder, name), `${shown}/${name}`];
      const stat = lstatSync(path);
      this.look(`${place} (name)`, Buffer.from(name));
      if (stat.isDirectory()) this.folder(path, place);
      else if (stat.isSymbolicLink()) continue;
      else if (stat.isFile()) {
        this.files += 1;
        this.look(place, readFileSync(path));
      }
    }
  }

  places(): string[] {
    return [...new Set(this.found.map(({ place }) => place))].sort();
  }
}

/** A library for `/etc/ld.so.preload` of a lab. */
export function buildWitness(target: string): void {
  const source = join(import.meta.dirname, 'witness.c');
  const { status, stderr } = spawnSync('cc', ['-shared', '-fPIC', '-O2', '-o', target, source], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
}
