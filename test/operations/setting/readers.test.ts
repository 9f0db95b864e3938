/** Hostile values in files of others, read back by the real readers: the value, and what stood around it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { createContext, runInContext } from 'node:vm';
import { expect, test } from 'vitest';
import { Redactor } from '../../../src/answers/redactor.ts';
import { formats, withValue } from '../../../src/operations/shared/setting/index.ts';
import { valueText } from '../../../src/operations/shared/setting/value.ts';
import { Failure } from '../../../src/operations/verbs.ts';
import { RunValues } from '../../../src/run/values.ts';
import { needs } from '../encode/needs.ts';
import { readers, run, temporary } from '../encode/run.ts';
import { hostile, readBack } from '../encode/values.ts';
import type { Asked } from './file.ts';

interface Written {
  readonly value: string;
  readonly text: string;
}

/** Each value that the syntax takes, put into one of the files. */
function written(asked: Omit<Asked, 'value'>, files: readonly string[]): Written[] {
  return hostile.flatMap((value, index) => {
    const known = new Map([['VALUE', { value, secret: true }]]);
    const values = new RunValues(known, new Redactor(), async () => {});
    const former = files[index % files.length] ?? '';
    const wanted = { section: String(asked.section ?? ''), name: asked.name };
    try {
      const raw = valueText({ kind: 'setting', path: '/x', ...asked, value: '%VALUE%' }, values);
      const format = formats[asked.syntax];
      return [{ value, text: withValue(format, former, format.locate(former, wanted), wanted, raw) }];
    } catch (error) {
      if (error instanceof Failure && error.code === 'cannot-carry') return [];
      throw error;
    }
  });
}

function put(folder: string, all: readonly Written[], ending: string): void {
  for (const [index, { text }] of all.entries())
    writeFileSync(join(folder, `${index}.${ending}`), text, 'latin1');
}

const lines = (output: string): string[][] =>
  output
    .trimEnd()
    .split('\n')
    .map((line) => line.split(/\s+/));
const utf16 = (value: string): string => `x${Buffer.from(value, 'utf16le').swap16().toString('hex')}`;
const utf8 = (value: string): string => `x${Buffer.from(value).toString('hex')}`;

test('Java reads the values of properties and HOCON files', () => {
  needs('/usr/bin/java', '/usr/share/java/typesafe-config.jar');
  const folder = temporary();
  const inProperties = written({ syntax: 'properties', name: 'the.name' }, [
    'first=1\nthe.name=old\nlast=2\n',
    '! a\nfirst=1\n#the.name=x\nlast 2',
    'first=1\nlast=\\\n  2\r\n',
  ]);
  const inHocon = written({ syntax: 'hocon', name: 'the.name' }, [
    `first = 1\nthe { name = \${first}"x" }\nlast = 2\n`,
    'first = 1\nthe {\n  # name = x\n}\nlast = 2',
    '{"first": 1, "last": 2}',
    'first = 1\nlast = 2',
    'first = 1,the {}, last = 2\n',
  ]);
  put(folder, inProperties, 'properties');
  put(folder, inHocon, 'conf');
  const read = lines(
    run('/usr/bin/java', [
      '-cp',
      '/usr/share/java/typesafe-config.jar',
      join(readers, 'Settings.java'),
      folder,
    ]),
  );
  expect(read).toEqual(
    [...inProperties, ...inHocon].map(({ value }) => [utf16('1'), utf16(value), utf16('2'), '3']),
  );
  readBack('properties', 'a setting, Java', inProperties.length);
  readBack('hocon', 'a setting, Java', inHocon.length);
}, 240_000);

test('Lua reads the values of a section', () => {
  needs('/usr/bin/lua5.4', '/usr/bin/luac5.4');
  const folder = temporary();
  const rest = 'VirtualHost "b.org"\n  name = "b"\n  last = 2\n';
  const all = written({ syntax: 'lua', section: 'VirtualHost "a.org"', name: 'name' }, [
    `first = 1\nVirtualHost "a.org"\n  name = "old" -- x\n${rest}`,
    `first = 1\nVirtualHost "a.org"\n  --name = 'old';\n${rest}`,
    `first = 1\nVirtualHost "a.org"\n${rest}`,
  ]);
  put(folder, all, 'lua');
  expect(lines(run('/usr/bin/lua5.4', [join(readers, 'settings.lua'), folder]))).toEqual(
    all.map(({ value }) => [utf8('1'), utf8(value), utf8('b'), utf8('2')]),
  );
  run('/bin/sh', ['-c', 'cd "$1"; for file in *.lua; do luac5.4 -p "$file" || exit 1; done', 'sh', folder]);
  readBack('lua', 'a setting, Lua', all.length);
}, 240_000);

test('a script has the values in its object, and no tag that a page or a web server would read', () => {
  const all = written({ syntax: 'javascript', section: 'config.hosts', name: 'name' }, [
    "var config = { first: 1, hosts: { name: 'old' }, last: 2 };",
    "var config = {\n first: 1,\n hosts: {\n  // name: 'x',\n },\n last: 2\n}\n",
    'var config = { first: 1 };\nconfig.hosts = {};\nconfig.last = 2;\n',
  ]);
  for (const { value, text } of all) {
    const program = Buffer.from(text, 'latin1').toString();
    const page = createContext({});
    runInContext(program, page);
    expect(page['config']).toEqual({ first: 1, hosts: { name: value }, last: 2 });
    expect(program).not.toMatch(/<\/script|<!--/i);
  }
  readBack('javascript', 'a setting, Node', all.length);
}, 240_000);

test('python-dotenv, Node and the shell read the values of a .env file', () => {
  needs('/usr/bin/python3', '/usr/lib/python3/dist-packages/dotenv/__init__.py');
  const folder = temporary();
  const all = written({ syntax: 'env', name: 'NAME' }, [
    "first=1\nNAME='old\nvalue' # x\nlast=2\n",
    'first=1\n# NAME=x\nlast=2',
    'first=1\nlast=2',
  ]);
  put(folder, all, 'env');
  const read = JSON.parse(run('/usr/bin/python3', [join(readers, 'settings.py'), folder])) as string[][][];
  const wanted = all.map(({ value }) => ({ first: '1', NAME: value, last: '2' }));
  expect(read.map((pairs) => Object.fromEntries(pairs))).toEqual(wanted);
  expect(all.map(({ text }) => ({ ...parseEnv(Buffer.from(text, 'latin1').toString()) }))).toEqual(wanted);
  const show =
    'cd "$1"; i=0; while [ -e $i.env ]; do (. ./$i.env; printf "%s\\0" "$first$last$NAME"); i=$((i+1)); done';
  const shown = run('/bin/sh', ['-c', show, 'sh', folder]).split('\0').slice(0, -1);
  expect(shown).toEqual(all.map(({ value }) => `12${value}`));
  readBack('env', 'a setting, python-dotenv, Node and sh', all.length);
}, 240_000);
