import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { needs } from './needs.ts';
import { run, temporary } from './run.ts';
import { carried, readBack } from './values.ts';

test('debconf reads back the exact values, from a database of its own', () => {
  needs('/usr/bin/debconf-communicate');
  const values = carried('debconf');
  const folder = temporary();
  const stanza = (name: string) => `Name: ${name}\nDriver: File\nFilename: ${join(folder, name)}\n`;
  writeFileSync(join(folder, 'rc'), `Config: c\nTemplates: t\n\n${stanza('c')}\n${stanza('t')}`);
  const env = { ...process.env, LC_ALL: 'C.UTF-8', DEBCONF_SYSTEMRC: join(folder, 'rc') };
  const questions = values.map((_, index) => `it/q${index}`);
  run('debconf-set-selections', [], questions.map((one) => `it ${one} string x\n`).join(''), env);
  // It ends with the code of its last answer.
  const speak = (lines: readonly string[]) =>
    run('sh', ['-c', 'debconf-communicate it || true'], `${['CAPB escape', ...lines].join('\n')}\n`, env)
      .replace(/\n$/, '')
      .split('\n')
      .slice(1);
  const set = speak(values.map(({ text }, index) => `SET ${questions[index]} ${text}`));
  expect(new Set(set)).toEqual(new Set(['0 value set']));
  const got = speak(questions.map((one) => `GET ${one}`)).map((line) =>
    line.replace(/^\d+ /, '').replaceAll(/\\(.)/g, (_, sign: string) => (sign === 'n' ? '\n' : sign)),
  );
  expect(got).toEqual(values.map(({ value }) => value));
  readBack('debconf', 'debconf', values.length);
}, 120_000);
