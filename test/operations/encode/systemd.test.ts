import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { needs, needsRoot } from './needs.ts';
import { readers, run, stop, temporary, until } from './run.ts';
import { carried } from './values.ts';

// A systemd of its own, in namespaces of its own: it reads the unit for real and starts it. It must not be the first
// process there, or it would take itself for the system's.
const boot = `
mount --make-rprivate /
for root in /sys/fs/cgroup /sys/fs/cgroup/systemd /sys/fs/cgroup/unified; do
  if [ -e "$root/cgroup.procs" ]; then mkdir -p "$root/$3" && echo 0 >"$root/$3/cgroup.procs"; fi
done
mount -t tmpfs tmpfs /run && mkdir -p /run/systemd/system /run/user
export XDG_RUNTIME_DIR=/run/user SYSTEMD_UNIT_PATH="$1" HOME="$2" LC_ALL=C.UTF-8
/usr/lib/systemd/systemd --user --unit=values.target --log-target=console --log-level=warning
exit $?
`;

/** Takes away the control groups of a test, once the last of its processes is gone. */
async function removeGroups(name: string): Promise<void> {
  const roots = [
    '/sys/fs/cgroup',
    ...readdirSync('/sys/fs/cgroup').map((one) => join('/sys/fs/cgroup', one)),
  ];
  const left = () => roots.map((root) => join(root, name)).filter((path) => existsSync(path));
  await until('the control groups to be empty', () => {
    for (const path of left())
      spawnSync('/usr/bin/find', [path, '-depth', '-type', 'd', '-exec', 'rmdir', '{}', ';']);
    return left().length === 0;
  });
}

test('systemd starts a service with the exact values', async () => {
  needs(
    '/usr/bin/unshare',
    '/usr/bin/mount',
    '/usr/lib/systemd/systemd',
    '/usr/bin/systemd-analyze',
    '/usr/bin/python3',
  );
  needsRoot();
  const folder = temporary();
  const group = basename(folder);
  const units = join(folder, 'units');
  mkdirSync(units);
  const words = carried('systemd');
  const args = carried('systemd-exec');
  const lines = carried('systemd-line');
  const file = carried('env');
  const [seen, descriptions] = [join(folder, 'seen.json'), join(folder, 'descriptions')];
  writeFileSync(join(folder, 'file.env'), file.map(({ text }, index) => `F${index}=${text}\n`).join(''));
  const unit = [
    '[Unit]',
    'DefaultDependencies=no',
    'Description=values',
    '[Service]',
    'Type=oneshot',
    ...words.map(({ text }, index) => `Environment=W${index}=${text} "Q${index}=${text}"`),
    `Environment=${words.map(({ text }, index) => `A${index}=${text}`).join(' ')}`,
    `EnvironmentFile=${join(folder, 'file.env')}`,
    `ExecStart=/usr/bin/python3 ${join(readers, 'dump.py')} ${seen} ${args.map((one) => one.text).join(' ')}`,
  ];
  writeFileSync(join(units, 'values.service'), `${unit.join('\n')}\n`);
  lines.forEach(({ text }, index) => {
    const one = `[Unit]\nDefaultDependencies=no\nDescription=${text}\n[Service]\nExecStart=/bin/true\n`;
    writeFileSync(join(units, `line${index}.service`), one);
  });
  const names = lines.map((_, index) => `line${index}.service`).join(' ');
  const show = `systemctl --user show --property=Description ${names} >${descriptions}.new; mv ${descriptions}.new ${descriptions}`;
  const shown = `[Unit]\nDefaultDependencies=no\n[Service]\nType=oneshot\nExecStart=/bin/sh -c "${show}"\n`;
  writeFileSync(join(units, 'shown.service'), shown);
  writeFileSync(
    join(units, 'values.target'),
    '[Unit]\nDefaultDependencies=no\nWants=values.service shown.service\n',
  );
  expect(run('/usr/bin/systemd-analyze', ['verify', '--man=no', join(units, 'values.service')])).toBe('');

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
  const child = spawn('/usr/bin/unshare', [...isolated, units, folder, group], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stdout.on('data', (data: Buffer) => (said += data.toString()));
  child.stderr.on('data', (data: Buffer) => (said += data.toString()));
  onTestFinished(async () => {
    await stop(child);
    await removeGroups(group);
  });
  await until('systemd', () => existsSync(seen) && existsSync(descriptions)).catch((error: Error) => {
    throw new Error(`${error.message}\n${said}`);
  });
  const read = JSON.parse(readFileSync(seen, 'utf8')) as {
    arguments: string[];
    environment: Record<string, string>;
  };
  expect(read.arguments).toEqual(args.map((one) => one.value));
  for (const prefix of ['W', 'Q', 'A']) {
    expect(words.map((_, index) => read.environment[prefix + index])).toEqual(words.map((one) => one.value));
  }
  expect(file.map((_, index) => read.environment[`F${index}`])).toEqual(file.map((one) => one.value));
  // An empty Description= is shown as the name of the unit.
  const expected = lines.map(({ value }, index) => `Description=${value || `line${index}.service`}`);
  expect(readFileSync(descriptions, 'utf8').trimEnd().split(/\n\n?/)).toEqual(expected);
}, 30_000);
