import { expect, test } from 'vitest';
import {
  CannotCarry,
  type CannotCarryCode,
  encode,
  type Syntax,
  syntaxes,
} from '../../../src/operations/encode/index.ts';
import { debianPackages, needs } from './needs.ts';
import { hostile, ordinary, refused } from './values.ts';

function refusal(syntax: Syntax, value: string): [CannotCarryCode, string?] | string {
  try {
    return encode(syntax, value);
  } catch (error) {
    if (!(error instanceof CannotCarry)) throw error;
    expect(error.syntax).toBe(syntax);
    return error.character === undefined ? [error.code] : [error.code, error.character];
  }
}

test.each(syntaxes)('%s carries every ordinary value, and any other or refuses it', (syntax) => {
  expect(refused(syntax, ordinary)).toEqual([]);
  expect(refused(syntax)).toContain('\ud800');
  for (const value of hostile) refusal(syntax, value);
});

const halves = hostile.filter((value) => !value.isWellFormed());

test.each<Syntax>(['json', 'javascript', 'python', 'lua', 'hocon', 'yaml', 'properties', 'url-component'])(
  '%s refuses nothing but half surrogates',
  (syntax) => {
    expect(refused(syntax)).toEqual(halves);
  },
);

test.each<Syntax>(['plain', 'shell', 'pg-literal'])('%s refuses NUL besides', (syntax) => {
  expect(refused(syntax)).toEqual(hostile.filter((value) => halves.includes(value) || value.includes('\0')));
});

test.each<Syntax>([
  'ini',
  'systemd',
  'systemd-exec',
  'systemd-line',
  'supervisor',
  'supervisor-word',
  'supervisor-variable',
  'supervisor-log',
  'apache',
  'nginx',
  'cron',
  'sudoers',
  'env',
])('%s refuses line breaks and control characters', (syntax) => {
  expect(refusal(syntax, 'a\nb')).toEqual(['newline', '\n']);
  expect(refusal(syntax, 'a\rb')).toEqual(['newline', '\r']);
  expect(refusal(syntax, 'a\0b')).toEqual(['nul']);
  expect(refusal(syntax, 'a\x1bb')).toEqual(['control', '\x1b']);
  expect(refusal(syntax, 'a\x85b')).toEqual(['control', '\x85']);
});

test.each<[Syntax, string, [CannotCarryCode, string?] | string]>([
  ['ini', ' x', ['blank-edges']],
  ['ini', 'x\u00a0', ['blank-edges']],
  ['ini', '%(x)s ; # [a]', '%(x)s ; # [a]'],
  ['properties', ' é=x', '\\ \\u00E9\\=x'],
  ['systemd', 'a b"%$', 'a\\x20b\\x22%%$'],
  ['systemd-exec', 'a b"%$', 'a\\x20b\\x22%%$$'],
  ['systemd', '', '""'],
  ['systemd-line', 'a b"%$', 'a b"%%$'],
  ['systemd-line', 'x\\', ['character', '\\']],
  ['supervisor', '50% off', '50%% off'],
  ['supervisor', '%(here)s', ['character', '%']],
  ['supervisor', 'a ;b', ['character', ';']],
  ['supervisor', '#a', ['character', '#']],
  ['supervisor-log', 'a%b', ['character', '%']],
  ['supervisor-word', 'a ;b', "'a '';b'"],
  ['supervisor-word', '%(here)s', "'%%(''here)s'"],
  ['supervisor-variable', 'a b%', '"a b%%"'],
  ['supervisor-variable', 'a"b', "'a\"b'"],
  ['supervisor-variable', "'a", ['character', "'"]],
  ['supervisor-variable', `a'"b`, ['character', "'"]],
  ['apache', '$' + '{x}', ['character', '$']],
  ['apache', '%{x}e', ['character', '%']],
  ['apache', 'a "b" \\', '"a \\"b\\" \\\\"'],
  ['nginx', 'a$b', ['character', '$']],
  ['nginx', 'é'.repeat(2001), ['length']],
  ['cron', "it's 100%", "'it'\\''s 100\\%'"],
  ['cron', '\\%', "'\\''\\%'"],
  ['cron', 'x'.repeat(991), ['length']],
  ['sudoers', 'a b,c:d=e#', 'a\\ b\\,c\\:d\\=e\\#'],
  ['sudoers', '%wheel', ['character', '%']],
  ['sudoers', 'a*', ['character', '*']],
  ['sudoers', 'ALL', ['character', 'A']],
  ['sudoers', '', ['empty']],
  ['mysql-literal', "\\'", "'\\\\'''"],
  ['mysql-literal', 'a\rb', ['newline', '\r']],
  ['mysql-identifier', 'a`b', '`a``b`'],
  ['mysql-identifier', 'a ', ['blank-edges']],
  ['mysql-identifier', '🎟️', ['character', '🎟']],
  ['mysql-identifier', 'a'.repeat(65), ['length']],
  ['mysql-option-file', 'a"\\\n#', '"a\\"\\\\\\n#"'],
  ['mysql-option-file', 'a'.repeat(4000), ['length']],
  ['pg-literal', "\\'", " E'\\\\'''"],
  ['pg-literal', "it's", "'it''s'"],
  ['pg-identifier', '', ['empty']],
  ['pg-identifier', 'é'.repeat(32), ['length']],
  ['pg-hba', 'all', '"all"'],
  ['pg-hba', '/x', ['character', '/']],
  ['pgpass', '*:\\', '\\*\\:\\\\'],
  ['javascript', '</script>', '"\\u003c/script>"'],
  ['env', "it's", '"it\'s"'],
  ['env', `'"`, ['character', '"']],
  ['env', 'a\\b', ['character', '\\']],
  ['url-component', "a b/'é", 'a%20b%2F%27%C3%A9'],
  ['shell', "a'b", "'a'\\''b'"],
])('%s: %j', (syntax, value, expected) => {
  expect(refusal(syntax, value)).toEqual(expected);
});

test('a refusal never repeats the value, which may be a secret', () => {
  expect(() => encode('nginx', 'hunter2$')).toThrow('nginx cannot carry this value: character "$"');
});

test('a missing program is an error that names its package', () => {
  expect(debianPackages).toContain('nginx');
  expect(() => needs('/usr/bin/python3')).not.toThrow();
});
