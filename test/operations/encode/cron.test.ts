import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { needs, needsRoot } from './needs.ts';
import { run, stop, temporary, until } from './run.ts';
import { carried } from './values.ts';

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
  const values = carried('cron').filter(({ text }) => text.length < 900);
  const files = values.map((_, index) => join(folder, 'out', String(index)));
  const commands = values.map(({ text }, index) => {
    return `printf \\%s ${text} > ${files[index]}.new && mv ${files[index]}.new ${files[index]}`;
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
  await until('cron', () => files.every((file) => existsSync(file)));
  expect(files.map((file) => readFileSync(file, 'utf8'))).toEqual(values.map((one) => one.value));
}, 30_000);
