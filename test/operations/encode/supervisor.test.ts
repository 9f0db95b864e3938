import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CannotCarry, fillTemplate } from '../../../src/operations/encode/index.ts';
import { supervisorQuoted } from '../../../src/operations/encode/supervisor.ts';
import { needs } from './needs.ts';
import { readers, run, temporary } from './run.ts';
import { type Carried, carried, hostile, readBack } from './values.ts';

const fill = (template: string, values: Record<string, string>) =>
  fillTemplate(template, 'supervisor', (name) => values[name]);

const inside: Carried[] = hostile.flatMap((value) => {
  try {
    return value.isWellFormed() ? [{ value, text: supervisorQuoted(value) }] : [];
  } catch (error) {
    if (error instanceof CannotCarry) return [];
    throw error;
  }
});

test('supervisord reads back the exact values', () => {
  needs('/usr/bin/python3', '/usr/lib/python3/dist-packages/supervisor/options.py');
  const places = {
    line: carried('supervisor'),
    word: carried('supervisor-word'),
    variable: carried('supervisor-variable'),
    quoted: inside,
    // Elsewhere than in this folder there may be none.
    log: carried('supervisor-log').filter(({ value }) => !value.includes('/')),
  };
  const of = (field: 'text' | 'value') =>
    Object.fromEntries(Object.entries(places).map(([place, all]) => [place, all.map((one) => one[field])]));
  const program = join(readers, 'supervise.py');
  const read = run('/usr/bin/python3', ['-W', 'ignore', program, temporary()], JSON.stringify(of('text')));
  expect(JSON.parse(read)).toEqual(of('value'));
  readBack('supervisor', 'supervisord', places.line.length);
  readBack('supervisor-word', 'supervisord', places.word.length);
  readBack('supervisor-variable', 'supervisord', places.variable.length);
  readBack('supervisor-log', 'supervisord', places.log.length);
}, 120_000);

test('a value in a file for supervisord is written as its line is read', () => {
  const program = [
    '[program:web]',
    'command=/opt/%(program_name)s --port 87%(process_num)02d --title %TITLE% --bind=%HOST%',
    'directory=%FOLDER%',
    'stdout_logfile=/var/log/%NAME%.log ; of %(program_name)s',
    '; for %TITLE%',
    'environment=HTTP_PROXY="%PROXY%",TITLE=%TITLE%',
  ];
  const values = {
    TITLE: "it's 100%",
    HOST: '127.0.0.1',
    FOLDER: '/srv/50% off',
    NAME: 'web',
    PROXY: 'http://p%40:1',
  };
  expect(fill(program.join('\n'), values)).toBe(
    [
      '[program:web]',
      "command=/opt/%(program_name)s --port 87%(process_num)02d --title 'it'\\''s 100%%' --bind=127.0.0.1",
      'directory=/srv/50%% off',
      'stdout_logfile=/var/log/web.log ; of %(program_name)s',
      "; for it's 100%%",
      'environment=HTTP_PROXY="http://p%%40:1",TITLE="it\'s 100%%"',
    ].join('\n'),
  );
});

test.each([
  ['environment=A=%A%', '"x"'],
  ['environment=A="%A%"', 'a"b'],
  ['environment=A="%A%"', "ends with '"],
  ['environment=A=%A%', `both ' and "`],
  ['environment=A=x%A%', 'x'],
  ['directory=%A%', 'a ;b'],
  ['directory=/srv/%A%', '%(here)s'],
  ['stdout_logfile=/var/log/%A%', '100%'],
])('%s does not take %s, and says whose value it is', (template, value) => {
  const refusal = expect.objectContaining({ answer: 'A' });
  expect(() => fill(template, { A: value })).toThrow(refusal);
});

test.each(['[program:%A%]', '  B="%A%"', '%A%'])('%s is no place for a value', (template) => {
  expect(() => fill(template, { A: 'x' })).toThrow('reads no value');
});
