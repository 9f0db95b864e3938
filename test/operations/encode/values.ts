import { existsSync } from 'node:fs';
import { expect } from 'vitest';
import { CannotCarry, encode, type Syntax } from '../../../src/operations/encode/index.ts';
import { isReport, proven } from '../../figures.ts';
import { canary, generated } from './generate.ts';

/** Values any context of a guide has to carry: no syntax may refuse one. */
export const ordinary = ['tickets', 'shop.example.org', 'admin@example.org', '5432', 'a-b_c.d'];

/** Short mixtures of everything some reader gives a meaning to, the same on every run. */
function mixtures(count: number): string[] {
  const alphabet = [...`'"\\\\%%$\`{}()[]#;:=,/*?@!<>&|~^+- \tnsxA0é`];
  let state = 20261121;
  const next = (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const one = () => Array.from({ length: 2 + next(9) }, () => alphabet[next(alphabet.length)]).join('');
  return [...new Set(Array.from({ length: count }, one))];
}

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: these are values, not templates.
/** What a person could type, or paste, to leave the place the value is written at. */
const listed = [
  ...ordinary,
  '',
  ' ',
  ' leading',
  'trailing ',
  '\tleading tab',
  'trailing tab\t',
  'inner tab\there',
  'two words',
  'two  blanks',
  "'",
  '"',
  '`',
  "''",
  '""',
  '"""',
  "it's",
  'say "hi"',
  `both ' and "`,
  `"quoted"`,
  "'quoted'",
  '\\',
  '\\\\',
  '\\\\\\',
  'ends with \\',
  'ends with \\\\',
  '\\leading',
  'C:\\new\\table',
  "\\'",
  '\\"',
  '\\n',
  '\\N',
  '\\s',
  '\\%',
  '\\\\%',
  '\\\\\\%d',
  '\\x41\\101\\u0041',
  '\\${x}',
  '%',
  '%%',
  '%%%',
  '100%',
  '%h',
  '%i%n',
  '%(x)s',
  '%(process_num)02d',
  '%NAME%',
  '%{X-Forwarded-For}i',
  '%s%n%s',
  '$',
  '$$',
  'ends with $',
  '$x',
  '$HOME',
  '${x}',
  '${HOME}',
  '${',
  'a$b$c',
  '$(id)',
  '$1',
  '$&',
  '`id`',
  '; id',
  ';',
  ';;',
  'a;b',
  'a ; b',
  'a ;b',
  '#',
  '# comment',
  'a#b',
  'a # b',
  '&& id',
  '| id',
  '> /tmp/x',
  '</script>',
  '<!-- x -->',
  '<%= x %>',
  '{{ x }}',
  '{% x %}',
  '{a,b}',
  '[section]',
  '[a]',
  '=',
  '= x',
  'a=b',
  'K=V',
  ':',
  ': x',
  'a:b',
  'a: b',
  'a,b',
  ',',
  '!',
  '!x',
  '!!',
  '!include /etc/passwd',
  '!!python/object/apply:os.system [id]',
  '@',
  '@/etc/passwd',
  '@include x',
  '*',
  '*:*',
  'a*b?[c]',
  '~',
  '~x',
  '^',
  '^.*$',
  '/',
  '/srv/www',
  '/^.*$',
  '-',
  '--help',
  '-x',
  '- x',
  '+',
  '+group',
  '%wheel',
  '#0',
  'ALL',
  'ADMIN',
  'all',
  'null',
  'true',
  'no',
  '1e3',
  '0x41',
  '?',
  '&anchor',
  '*alias',
  '|',
  '>',
  '(x)',
  '*/',
  '/* x */',
  ']]>',
  ']]',
  '--',
  '-- x',
  "'; DROP TABLE x; --",
  "' OR '1'='1",
  '"; DROP TABLE x; --',
  '`; DROP TABLE x; --',
  "\\'; DROP TABLE x; --",
  "'$(id)'",
  `'"'"'`,
  'EOF',
  'é',
  'Événement à Orléans',
  'Ünïcödé ß',
  '日本語',
  '🎟️ tickets',
  '👩‍👩‍👧',
  'e\u0301',
  '\u00a0nbsp',
  'nbsp\u00a0inside',
  'ideographic\u3000',
  'zero\u200bwidth',
  'right\u202eto left',
  'line\u2028separator',
  'paragraph\u2029separator',
  '\ufeffbom',
  'bom inside\ufeff x',
  'next\u0085line',
  '\ufffd',
  '\ufffe\uffff',
  'newline\ninside',
  'newline\n# comment',
  'x\n[section]\ny=z',
  'x\nk0=overwritten',
  "x'\nid\n'",
  '\n',
  'trailing newline\n',
  '\nleading newline',
  'cr\rinside',
  'trailing cr\r',
  'crlf\r\ninside',
  'x\\\ncontinued',
  'nul\0inside',
  '\0',
  'bell\x07',
  'backspace\b',
  'escape\x1b[31m',
  'form\ffeed',
  'vertical\vtab',
  'unit\x1fseparator',
  'edge\x1c',
  'delete\x7f',
  'substitute\x1a',
  '\ud800',
  'half \udc00 pair',
  'long'.repeat(15),
  'a'.repeat(63),
  'a'.repeat(64),
  'é'.repeat(40),
  'a'.repeat(255),
  'a'.repeat(1000),
  'a'.repeat(4094),
  `${'x'.repeat(4085)}\\\\"k0=overwritten`,
  'long words '.repeat(900).trim(),
  `${'"'.repeat(3000)}`,
  'é'.repeat(20000),
  ...mixtures(250),
  ...generated(isReport ? 10_000 : 700),
];
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: see above.

/** Each once: names that are made twice would be refused. */
export const hostile = [...new Set(listed)];

export interface Carried {
  value: string;
  text: string;
}

/** The values `syntax` carries, encoded. Anything thrown that is not CannotCarry goes through. */
export function carried(syntax: Syntax, values = hostile): Carried[] {
  return values.flatMap((value) => {
    try {
      return [{ value, text: encode(syntax, value) }];
    } catch (error) {
      if (error instanceof CannotCarry) return [];
      throw error;
    }
  });
}

/** Says in the report how many values a real reader read back, and that none was executed. */
export function readBack(syntax: Syntax, reader: string, read: number): void {
  const executed = existsSync(canary) ? 1 : 0;
  expect(executed).toBe(0);
  const refusals = hostile.length - carried(syntax).length;
  proven('hostile', `${syntax}: ${reader}`, {
    values: hostile.length,
    'read back': read,
    refused: refusals,
    executed,
  });
}

export function refused(syntax: Syntax, values = hostile): string[] {
  const ok = new Set(carried(syntax, values).map((one) => one.value));
  return values.filter((value) => !ok.has(value));
}
