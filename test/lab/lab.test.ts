import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { execa } from 'execa';
import { afterEach, describe, expect, test } from 'vitest';
import { cacheFolder } from './cache.ts';
import { describeChanges, Lab, type LabOptions, undeclared } from './lab.ts';

const made: Lab[] = [];

async function newLab(options: LabOptions): Promise<Lab> {
  const lab = await Lab.create(options);
  made.push(lab);
  return lab;
}

async function bootedLab(options: LabOptions): Promise<Lab> {
  const lab = await newLab(options);
  await lab.boot();
  return lab;
}

function shellLine({ file, args }: { file: string; args: string[] }): string {
  return [file, ...args].map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
}

afterEach(async () => {
  for (const lab of made.splice(0)) await lab.destroy();
});

describe.each(['bookworm', 'trixie'] as const)('a lab of Debian %s', (release) => {
  test('is up within ten seconds and is that release', async () => {
    const lab = await newLab({ release });
    const start = performance.now();
    await lab.boot();
    expect(performance.now() - start).toBeLessThan(10_000);
    expect(await lab.read('/etc/os-release')).toContain(`VERSION_CODENAME=${release}`);
    expect((await lab.run(['systemctl', 'is-system-running'])).stdout).toBe('running');
  });

  test('installs a package from the registries the host uses', async () => {
    const lab = await bootedLab({ release });
    await lab.run(['apt-get', 'update']);
    await lab.run(['apt-get', 'install', '-y', '--no-install-recommends', 'hello']);
    expect((await lab.run(['hello'])).stdout).toBe('Hello, world!');
  });

  test('restarts by itself when a program inside asks for a reboot, and keeps its disk', async () => {
    const lab = await bootedLab({ release, network: 'private' });
    await lab.write('/srv/kept', 'yes\n');
    const first = await lab.run(['cat', '/proc/sys/kernel/random/boot_id', '/proc/1/stat']);
    await lab.reboot();
    const second = await lab.run(['cat', '/proc/sys/kernel/random/boot_id', '/proc/1/stat']);
    expect(second.stdout).not.toBe(first.stdout);
    expect(await lab.read('/srv/kept')).toBe('yes\n');
  });
});

describe('running a program in a lab', () => {
  test('gives its output and code apart, reads the given input, and has the home and rights of the user', async () => {
    const lab = await bootedLab({ release: 'bookworm', network: 'private' });
    await lab.run(['useradd', '--create-home', '--groups', 'adm', 'ada']);
    const script = 'cat /dev/stdin; id -un; id -Gn; pwd; echo $HOME $LANG $EXTRA; echo oops >&2; exit 3';
    const options = { user: 'ada', input: 'given\n', env: { EXTRA: 'more' }, check: false };
    expect(await lab.run(['sh', '-c', script], options)).toEqual({
      code: 3,
      stdout: 'given\nada\nada adm\n/home/ada\n/home/ada C.UTF-8 more',
      stderr: 'oops',
    });
  });

  test('throws with the last words of what failed, unless asked not to', async () => {
    const lab = await bootedLab({ release: 'bookworm', network: 'private' });
    await expect(lab.run(['ls', '/nowhere'])).rejects.toThrow(/code 2.*No such file/s);
  });

  test('kills the program and its children when it takes too long', async () => {
    const lab = await bootedLab({ release: 'bookworm', network: 'private' });
    const slow = lab.run(['sh', '-c', 'sleep 1234 & sleep 1234'], { timeout: 500 });
    await expect(slow).rejects.toThrow('killed after 500 ms');
    expect((await lab.run(['pgrep', 'sleep'], { check: false })).stdout).toBe('');
  });

  test('happens in a terminal of the lab when a terminal is asked for', async () => {
    const lab = await bootedLab({ release: 'bookworm', network: 'private' });
    const { file, args } = lab.ptyCommand(['sh', '-c', 'tty; stty size; echo "it\'s $TERM"; exit 7'], {
      env: { TERM: 'vt100' },
    });
    const { stdout, exitCode } = await execa('script', ['-qec', shellLine({ file, args }), '/dev/null'], {
      reject: false,
    });
    expect(stdout).toMatch(/^\/dev\/pts\/\d+\r\n\d+ \d+\r\nit's vt100/);
    expect(exitCode).toBe(7);
  });

  test('is hung up when the terminal it was started on is gone, as by a lost SSH connection', async () => {
    const lab = await bootedLab({ release: 'bookworm', network: 'private' });
    const script = 'trap "echo hup >/root/end; exit" HUP; echo ready; while :; do sleep 0.1; done';
    const terminal = spawn('script', ['-qec', shellLine(lab.ptyCommand(['sh', '-c', script])), '/dev/null']);
    await once(terminal.stdout, 'data');
    terminal.kill('SIGKILL');
    await expect.poll(() => lab.read('/root/end').catch(() => ''), { timeout: 5_000 }).toBe('hup\n');
  });
});

describe('what changed in a lab', () => {
  test('is nothing after a reboot, apart from the declared traces', async () => {
    const lab = await bootedLab({ release: 'bookworm', network: 'private' });
    const before = await lab.snapshot();
    await lab.reboot();
    expect(describeChanges(undeclared(await lab.changes(before)))).toBe('');
  });

  test('is every path that came, went, or has other content, mode, owner or type, and what was put back is not', async () => {
    const lab = await newLab({ release: 'bookworm' });
    await lab.write('/srv/there-before', 'one\n');
    const before = await lab.snapshot();
    await lab.boot();
    await lab.run([
      'sh',
      '-ec',
      `
      echo two >/srv/there-before
      mkdir /srv/new; echo x >/srv/new/file; ln -s /etc/hosts /srv/link
      rm /etc/issue; rm -r /etc/logrotate.d
      chmod 600 /etc/hosts; chown games /etc/fstab
      rm /etc/debian_version; mkdir /etc/debian_version; touch /etc/debian_version/x
      cp -p /etc/hostname /srv/keep; rm /etc/hostname; mv /srv/keep /etc/hostname
      chmod 700 /opt; chmod 755 /opt
      mv /etc/skel /etc/elks
    `,
    ]);
    await lab.shutdown();
    const found = undeclared(await lab.changes(before)).map(({ path, what }) => `${path} ${what}`);
    expect(found.filter((line) => !line.startsWith('/etc/logrotate.d/'))).toEqual([
      '/etc/debian_version type',
      '/etc/debian_version/x added',
      '/etc/elks added',
      '/etc/elks/.bash_logout added',
      '/etc/elks/.bashrc added',
      '/etc/elks/.profile added',
      '/etc/fstab owner',
      '/etc/hosts mode',
      '/etc/issue removed',
      '/etc/logrotate.d removed',
      '/etc/skel removed',
      '/etc/skel/.bash_logout removed',
      '/etc/skel/.bashrc removed',
      '/etc/skel/.profile removed',
      '/srv/link added',
      '/srv/new added',
      '/srv/new/file added',
      '/srv/there-before content',
    ]);
    expect(found).toContain('/etc/logrotate.d/apt removed');
  });

  test('does not follow a link out of the lab', async () => {
    const lab = await newLab({ release: 'bookworm', network: 'private' });
    await lab.boot();
    await lab.run(['ln', '-s', '/etc', '/srv/elsewhere']);
    const before = await lab.snapshot();
    await lab.run(['sh', '-ec', 'rm /srv/elsewhere; mkdir /srv/elsewhere; echo x >/srv/elsewhere/passwd']);
    expect((await lab.changes(before)).map(({ path, what }) => `${path} ${what}`)).toContain(
      '/srv/elsewhere/passwd added',
    );
  });
});

describe('a power cut', () => {
  test('ends everything at once, and the next boot finds what was synced', async () => {
    const lab = await bootedLab({ release: 'bookworm', network: 'private' });
    await lab.run(['sh', '-c', 'echo kept >/srv/kept && sync /srv/kept']);
    const running = lab.run(['sleep', '1234'], { check: false });
    await lab.pullPlug();
    expect((await running).code).not.toBe(0);
    await lab.boot();
    expect(await lab.read('/srv/kept')).toBe('kept\n');
    expect((await lab.run(['pgrep', 'sleep'], { check: false })).code).toBe(1);
  });
});

describe('a mark', () => {
  test('is a disk that several labs start from and then change apart, also from a mark of a mark', async () => {
    const first = await bootedLab({ release: 'bookworm', network: 'private' });
    const pristine = await first.snapshot();
    await first.write('/srv/a', 'first\n');
    await first.run(['rm', '/etc/issue']);
    const mark = await first.mark('one');
    await first.write('/srv/a', 'first, later\n');
    const second = await newLab({ release: 'bookworm', network: 'private', fromMark: mark });
    const third = await newLab({ release: 'bookworm', network: 'private', fromMark: mark });
    await second.write('/srv/a', 'second\n');
    const fourth = await bootedLab({
      release: 'bookworm',
      network: 'private',
      fromMark: await second.mark('two'),
    });
    await third.boot();
    const seen = await Promise.all([first, second, third, fourth].map((lab) => lab.read('/srv/a')));
    expect(seen).toEqual(['first, later\n', 'second\n', 'first\n', 'second\n']);
    const changes = undeclared(await fourth.changes(pristine)).map(({ path, what }) => `${path} ${what}`);
    expect(changes).toEqual(['/etc/issue removed', '/srv/a added']);
  });
});

describe('a network of its own', () => {
  test('lets labs be on together, each with all its ports and a way to the registries, also after a reboot', async () => {
    const listen = [
      'systemd-run',
      '--quiet',
      '/opt/node/bin/node',
      '-e',
      'require("net").createServer().listen(443)',
    ];
    for (const name of ['one', 'two']) {
      const lab = await bootedLab({ release: 'bookworm', name, network: 'own' });
      await lab.reboot();
      await lab.run(listen);
      await expect.poll(async () => (await lab.run(['ss', '-Htln', 'sport = 443'])).stdout).toContain(':443');
      await lab.run(['apt-get', 'update']);
    }
  });
});

describe("the host's network", () => {
  test('is refused to a second lab while the first is on', async () => {
    const first = await bootedLab({ release: 'bookworm' });
    const second = await newLab({ release: 'bookworm' });
    await expect(second.boot()).rejects.toThrow('turn it off first');
    await first.shutdown();
    await second.boot();
  });

  test('is not seen from a lab with a private network', async () => {
    const lab = await bootedLab({ release: 'bookworm', network: 'private' });
    expect((await lab.run(['ip', '-brief', 'link'])).stdout).toMatch(/^lo\b[^\n]*$/);
  });
});

describe('a destroyed lab', () => {
  test('leaves no mount, process, control group or folder on the host', async () => {
    const lab = await bootedLab({ release: 'bookworm', network: 'private' });
    await lab.destroy();
    const mounts = await execa('cat', ['/proc/self/mounts']);
    expect(mounts.stdout).not.toContain(lab.name);
    const left = await execa('find', ['/sys/fs/cgroup', cacheFolder('labs'), '-name', `*${lab.name}*`], {
      reject: false,
    });
    expect(left.stdout).toBe('');
    expect((await execa('pgrep', ['-f', `machine=${lab.name}`], { reject: false })).stdout).toBe('');
  });

  test('includes those of a process that was killed, as soon as another lab is made', async () => {
    const script = `import { Lab } from '${import.meta.dirname}/lab.ts';
      const lab = await Lab.create({ release: 'bookworm', network: 'private' }); await lab.boot(); console.log(lab.name);
      setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script]);
    const [output] = await once(child.stdout, 'data');
    const orphan = String(output).trim();
    expect(orphan).toMatch(/^bookworm-/);
    child.kill('SIGKILL');
    await once(child, 'exit');
    await newLab({ release: 'bookworm' });
    expect((await execa('cat', ['/proc/self/mounts'])).stdout).not.toContain(orphan);
    expect((await execa('pgrep', ['-f', `machine=${orphan}`], { reject: false })).stdout).toBe('');
  });
});
