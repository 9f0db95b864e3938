import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { isReport } from '../../figures.ts';
import { needs, needsRoot } from './needs.ts';
import { readers, run, stop, temporary, until } from './run.ts';
import { type Carried, carried, readBack } from './values.ts';

/** Seconds: ten thousand units take their time. */
const patience = isReport ? 600 : 80;

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

test(
  'systemd starts a service with the exact values',
  async () => {
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
    const descriptions = join(folder, 'descriptions');
    const parts = { words: inParts(words), args: inParts(args), file: inParts(file) };
    const count = Math.max(...Object.values(parts).map(({ length }) => length));
    const services = Array.from({ length: count }, (_, part) => {
      const given = {
        words: parts.words[part] ?? [],
        args: parts.args[part] ?? [],
        file: parts.file[part] ?? [],
      };
      return { name: `values${part}`, seen: join(folder, `seen${part}.json`), ...given };
    });
    for (const service of services) writeService(folder, units, service);
    lines.forEach(({ text }, index) => {
      const one = `[Unit]\nDefaultDependencies=no\nDescription=${text}\n[Service]\nExecStart=/bin/true\n`;
      writeFileSync(join(units, `line${index}.service`), one);
    });
    // One call for all: a call for each takes many minutes.
    const show = `systemctl --user list-units --all --output=json >${descriptions}.new; mv ${descriptions}.new ${descriptions}`;
    const shown = `[Unit]\nDefaultDependencies=no\n[Service]\nType=oneshot\nExecStart=/bin/sh -c "${show}"\n`;
    writeFileSync(join(units, 'shown.service'), shown);
    writeFileSync(
      join(units, 'values.target'),
      '[Unit]\nDefaultDependencies=no\nWants=shown.service\n'.concat(
        services.map(({ name }) => `Wants=${name}.service\n`).join(''),
        // Loaded, not started.
        lines.map((_, index) => `After=line${index}.service\n`).join(''),
      ),
    );
    for (const { name } of services.slice(0, 3))
      expect(run('/usr/bin/systemd-analyze', ['verify', '--man=no', join(units, `${name}.service`)])).toBe(
        '',
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
    const isDone = () => existsSync(descriptions) && services.every(({ seen }) => existsSync(seen));
    await until('systemd', isDone, patience).catch((error: Error) => {
      const missing = [descriptions, ...services.map(({ seen }) => seen)].filter((path) => !existsSync(path));
      throw new Error(`${error.message}\n${missing.join('\n')}\n${said.slice(-5000)}`);
    });
    for (const service of services) {
      const read = JSON.parse(readFileSync(service.seen, 'utf8')) as Dumped;
      expect(read.arguments).toEqual(service.args.map((one) => one.value));
      for (const prefix of ['W', 'Q', 'A'])
        expect(service.words.map((_, index) => read.environment[prefix + index])).toEqual(
          service.words.map((one) => one.value),
        );
      expect(service.file.map((_, index) => read.environment[`F${index}`])).toEqual(
        service.file.map((one) => one.value),
      );
    }
    // An empty Description= is shown as the name of the unit.
    const listed = JSON.parse(readFileSync(descriptions, 'utf8')) as { unit: string; description: string }[];
    const described = new Map(listed.map(({ unit, description }) => [unit, description]));
    const names = lines.map((_, index) => `line${index}.service`);
    expect(names.map((name) => described.get(name))).toEqual(
      lines.map(({ value }, index) => value || names[index]),
    );
    readBack('systemd', 'systemd', words.length);
    readBack('systemd-exec', 'systemd', args.length);
    readBack('systemd-line', 'systemd', lines.length);
    readBack('env', 'systemd', file.length);
  },
  1500 * patience,
);

interface Dumped {
  readonly arguments: string[];
  readonly environment: Record<string, string>;
}

interface Service {
  readonly name: string;
  /** Where it writes what it was given. */
  readonly seen: string;
  readonly words: readonly Carried[];
  readonly args: readonly Carried[];
  readonly file: readonly Carried[];
}

function writeService(folder: string, units: string, { name, seen, words, args, file }: Service): void {
  const variables = join(folder, `${name}.env`);
  writeFileSync(variables, file.map(({ text }, index) => `F${index}=${text}\n`).join(''));
  const unit = [
    '[Unit]',
    'DefaultDependencies=no',
    'Description=values',
    '[Service]',
    'Type=oneshot',
    ...words.map(({ text }, index) => `Environment=W${index}=${text} "Q${index}=${text}"`),
    `Environment=${words.map(({ text }, index) => `A${index}=${text}`).join(' ')}`,
    `EnvironmentFile=${variables}`,
    `ExecStart=/usr/bin/python3 ${join(readers, 'dump.py')} ${seen} ${args.map((one) => one.text).join(' ')}`,
  ];
  writeFileSync(join(units, `${name}.service`), `${unit.join('\n')}\n`);
}

/** So few at a time that a program takes them all. */
function inParts(values: readonly Carried[]): Carried[][] {
  const parts: Carried[][] = [];
  let room = 0;
  for (const one of values) {
    if (one.text.length > room) {
      parts.push([]);
      room = 200_000;
    }
    parts.at(-1)?.push(one);
    room -= one.text.length;
  }
  return parts;
}
