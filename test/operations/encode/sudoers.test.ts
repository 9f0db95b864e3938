import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { needs } from './needs.ts';
import { run, temporary } from './run.ts';
import { carried, readBack } from './values.ts';

interface Sudoers {
  User_Specs: { User_List: { username?: string }[]; Cmnd_Specs: { Commands: { command: string }[] }[] }[];
}

// A path is never a user: it only goes into arguments.
const user = (value: string, text: string) => (value.startsWith('/') ? 'someone' : text);

test('sudo reads the exact values, as a user and as an argument', () => {
  needs('/usr/sbin/visudo', '/usr/bin/cvtsudoers');
  const file = join(temporary(), 'sudoers');
  const values = carried('sudoers');
  writeFileSync(
    file,
    values
      .map(({ value, text }) => `${user(value, text)} ALL=(root) NOPASSWD: /bin/echo -n ${text} end\n`)
      .join(''),
  );
  run('/usr/sbin/visudo', ['-cf', file]);
  const read = JSON.parse(run('/usr/bin/cvtsudoers', ['-f', 'json', file])) as Sudoers;
  const specs = read.User_Specs.flatMap((spec) => {
    const command = spec.Cmnd_Specs.flatMap((one) => one.Commands.map((each) => each.command));
    return spec.User_List.map((one) => ({ user: one.username, command }));
  });
  expect(specs).toEqual(
    values.map(({ value }) => ({ user: user(value, value), command: [`/bin/echo -n ${value} end`] })),
  );
  readBack('sudoers', 'visudo and cvtsudoers', values.length);
});
