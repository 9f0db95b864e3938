import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { needs, needsRoot } from './needs.ts';
import { run, stop, temporary, until } from './run.ts';
import { type Carried, carried, readBack } from './values.ts';

// The real cron, alone with one crontab: @reboot entries run as soon as it starts.
const boot = `
mount --make-rprivate /
mount -t tmpfs tmpfs /run
mount --bind "$1/cron.d" /etc/cron.d
mount --bind "$1/spool" /var/spool/cron
mount --bind /dev/null /etc/crontab
exec /usr/sbin/cron -f
`;

test('cron hands the exact values to the shell', async () => {
  needs('/usr/sbin/cron', '/usr/bin/crontab', '/usr/bin/unshare', '/usr/bin/mount');
  needsRoot();
  const folder = temporary();
  for (const name of ['cron.d', 'spool', 'spool/crontabs', 'out']) mkdirSync(join(folder, name));
  const values = carried('cron').filter(({ text }) => Buffer.byteLength(text) < 850);
  const entries = packed(values);
  const files = entries.map((_, index) => join(folder, 'out', String(index)));
  const commands = entries.map((some, index) => {
    const words = some.map(({ text }) => text).join(' ');
    return `printf "\\%s\\\\0" ${words} >${files[index]}.new && mv ${files[index]}.new ${files[index]}`;
  });
  const own = join(folder, 'crontab');
  writeFileSync(own, commands.map((command) => `* * * * * ${command}\n`).join(''));
  run('/usr/bin/crontab', ['-n', own]);
  writeFileSync(
    join(folder, 'cron.d', 'values'),
    commands.map((command) => `@reboot root ${command}\n`).join(''),
  );

  const isolated = [
    '--mount',
    '--pid',
    '--fork',
    '--mount-proc',
    '--kill-child',
    '/bin/sh',
    '-c',
    boot,
    'boot',
  ];
  const child = spawn('/usr/bin/unshare', [...isolated, folder], { stdio: 'ignore' });
  onTestFinished(() => stop(child));
  await until('cron', () => files.every((file) => existsSync(file)), 100);
  const read = files.flatMap((file) => readFileSync(file, 'utf8').split('\0').slice(0, -1));
  expect(read).toEqual(entries.flat().map((one) => one.value));
  readBack('cron', 'cron', read.length);
}, 120_000);

/** As many values to a command as fit into a line of cron. */
function packed(values: readonly Carried[]): Carried[][] {
  const entries: Carried[][] = [];
  let room = 0;
  for (const one of values) {
    const size = Buffer.byteLength(one.text) + 1;
    if (size > room) {
      entries.push([]);
      room = 850;
    }
    entries.at(-1)?.push(one);
    room -= size;
  }
  return entries;
}
