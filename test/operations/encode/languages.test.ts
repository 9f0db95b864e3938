import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import type { Syntax } from '../../../src/operations/encode/index.ts';
import { needs } from './needs.ts';
import { readers, run, temporary } from './run.ts';
import { carried, readBack } from './values.ts';

const values = (syntax: Syntax) => carried(syntax).map((one) => one.value);
const texts = (syntax: Syntax) => carried(syntax).map((one) => one.text);
const lines = (syntax: Syntax) => texts(syntax).map((text, index) => `k${index}=${text}\n`);

test('configparser, Python, PyYAML, python-dotenv and urllib read back the exact values', () => {
  needs(
    '/usr/bin/python3',
    '/usr/lib/python3/dist-packages/yaml/__init__.py',
    '/usr/lib/python3/dist-packages/dotenv/__init__.py',
  );
  const syntaxes: Syntax[] = ['ini', 'python', 'yaml', 'env', 'url-component'];
  const asked = Object.fromEntries(syntaxes.map((syntax) => [syntax, texts(syntax)]));
  const read = run('/usr/bin/python3', [join(readers, 'read.py'), temporary()], JSON.stringify(asked));
  expect(JSON.parse(read)).toEqual(Object.fromEntries(syntaxes.map((syntax) => [syntax, values(syntax)])));
  for (const syntax of syntaxes) readBack(syntax, 'Python', values(syntax).length);
}, 120_000);

test('java.util.Properties and Typesafe Config read back the exact values', () => {
  needs('/usr/bin/java', '/usr/share/java/typesafe-config.jar');
  const folder = temporary();
  const files = [join(folder, 'app.properties'), join(folder, 'app.conf')];
  writeFileSync(join(folder, 'app.properties'), lines('properties').join(''));
  writeFileSync(join(folder, 'app.conf'), lines('hocon').join(''));
  const jar = '/usr/share/java/typesafe-config.jar';
  const output = run('/usr/bin/java', ['-cp', jar, join(readers, 'Read.java'), ...files]).split('\n');
  const take = () => output.splice(0, Number(output.shift()));
  const hex = (value: string) => Buffer.from(value, 'utf16le').swap16().toString('hex');
  expect(take()).toEqual(values('properties').map(hex));
  expect(take()).toEqual(values('hocon').map(hex));
  for (const syntax of ['properties', 'hocon'] as const) readBack(syntax, 'Java', values(syntax).length);
}, 120_000);

test('JavaScript and JSON read back the exact values, and no script element ends early', () => {
  const program = `[${texts('javascript').join(',\n')}]`;
  expect([...(runInNewContext(program) as string[])]).toEqual(values('javascript'));
  expect(program).not.toMatch(/<\/script|<!--/i);
  expect(JSON.parse(`[${texts('json').join(',')}]`)).toEqual(values('json'));
  for (const syntax of ['javascript', 'json'] as const) readBack(syntax, 'Node', values(syntax).length);
}, 120_000);

test('Lua reads back the exact values', () => {
  needs('/usr/bin/lua5.4');
  const print =
    'for _, v in ipairs(values) do print((v:gsub(".", function(c) return ("%02x"):format(c:byte()) end))) end';
  const file = join(temporary(), 'config.lua');
  writeFileSync(file, `values = {\n${texts('lua').join(',\n')}\n}\n${print}\n`);
  const read = run('/usr/bin/lua5.4', [file]).slice(0, -1).split('\n');
  expect(read).toEqual(values('lua').map((value) => Buffer.from(value).toString('hex')));
  readBack('lua', 'Lua', read.length);
}, 120_000);

test('the shell and Node agree with the others about a .env file', () => {
  const file = lines('env').join('');
  const parsed = parseEnv(file);
  expect(values('env').map((_, index) => parsed[`k${index}`])).toEqual(values('env'));
  const print = values('env').map((_, index) => `printf '%s\\0' "$k${index}"\n`);
  const read = run('/bin/sh', [], `${file}${print.join('')}`);
  expect(read.split('\0').slice(0, -1)).toEqual(values('env'));
  readBack('env', 'sh and Node', values('env').length);
}, 120_000);

test('the shell reads back the exact values', () => {
  const read = run('/bin/sh', [], `printf '%s\\0' ${texts('shell').join(' \\\n')}\n`);
  expect(read.split('\0').slice(0, -1)).toEqual(values('shell'));
  readBack('shell', 'sh', values('shell').length);
}, 120_000);

test('a file holds the exact values', () => {
  const read = run('/bin/cat', [], texts('plain').join('\0')).split('\0');
  expect(read).toEqual(values('plain'));
  readBack('plain', 'cat', read.length);
}, 120_000);
