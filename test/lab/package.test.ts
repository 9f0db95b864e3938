/** The lines of the README that bring it to a server, on empty Debian systems with nothing but the file they name. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { Lab, type LabOptions } from './lab.ts';

const root = resolve(import.meta.dirname, '../..');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const archive = `setup-wizard-${version}-linux-x64.tar.gz`;
const folder = `setup-wizard-${version}`;

/** The commands of the section, without their comments. */
function lines(readme: string, heading: string): string[] {
  const text = readFileSync(join(root, readme), 'utf8');
  const section = text.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  const blocks = [...section.matchAll(/```sh\n(.*?)```/gs)].map(([, block = '']) => block);
  return blocks.flatMap((block) =>
    block
      .trim()
      .split('\n')
      .map((line) => line.replace(/\s+# .*$/, '')),
  );
}

const english = lines('README.md', 'Bring it to a server');
const line = (start: string): string =>
  english.find((one) => one.startsWith(start)) ?? `echo no line ${start}; false`;

const made: Lab[] = [];

/** A system that has these files of the checkout in /srv, and no network unless `more` says so. */
async function server(
  release: LabOptions['release'],
  names: readonly string[],
  more: Partial<LabOptions> = {},
) {
  const binds = names.map((name) => `--bind-ro=${join(root, name)}:/srv/${name}`);
  const nspawn = [...binds, ...(more.nspawn ?? [])];
  const lab = await Lab.create({
    release,
    name: 'package',
    product: false,
    network: 'private',
    ...more,
    nspawn,
  });
  made.push(lab);
  await lab.boot();
  const run = (command: string, env: Record<string, string> = {}) =>
    lab.run(['sh', '-c', `cd /root && cp -n /srv/setup-wizard* . && ${command}`], { check: false, env });
  return { lab, run };
}

beforeAll(async () => {
  await execa('npm', ['run', 'package'], { cwd: root });
});
afterEach(async () => {
  for (const lab of made.splice(0)) await lab.destroy();
});

test('both READMEs say the same commands, and name the files that npm run package makes', () => {
  expect(lines('README.fr.md', 'L’apporter sur un serveur')).toEqual(english);
  for (const name of [archive, 'setup-wizard.tgz']) {
    expect(existsSync(join(root, name))).toBe(true);
    expect(english.join('\n')).toContain(name);
  }
});

test('no line makes npm fetch the package of that name from a registry', () => {
  const all = english.filter((one) => one.startsWith('npx'));
  expect(all.length).toBeGreaterThan(0);
  for (const one of all) expect(one).toContain('-p file:./setup-wizard.tgz setup-wizard');
});

describe.each(['bookworm', 'trixie'] as const)('an empty Debian %s', (release) => {
  const practice = '--set PRACTICE_OBSTACLE=no --set PRACTICE_BY=wizard --yes';

  test('without Node and network: the archive works, is resumed from its kept copy, and is taken back', async () => {
    const { lab, run } = await server(release, [archive]);
    expect((await run('command -v node npm')).code).not.toBe(0);
    expect((await run(line('tar xzf setup-wizard-'))).code).toBe(0);
    const start = line(`${folder}/`);
    expect((await run(`${start} --version`)).stdout).toBe(version);
    expect(
      (await run(`ln -s /root/${folder}/setup-wizard /usr/local/bin/sw && cd / && sw --version`)).stdout,
    ).toBe(version);
    expect((await run(`${start} list`)).stdout).toContain('practice');
    const doctor = await run(`${start} doctor --json`);
    expect({ code: doctor.code, ok: JSON.parse(doctor.stdout).ok }).toEqual({ code: 0, ok: true });
    const half = await run(`${start} install practice ${practice} --until settings`);
    const kept = /^ *(\/var\/lib\/setup-wizard\/program\/\S+)/m.exec(half.stdout)?.[1] ?? 'nothing';
    await lab.run(['rm', '-r', `/root/${folder}`, '/usr/local/bin/sw']);
    const resumed = await run(`${kept} resume practice --yes`);
    expect({ code: resumed.code, stderr: resumed.stderr }).toEqual({ code: 0, stderr: '' });
    expect((await run(`${kept} report practice`)).stdout).toContain('practice.ini');
    expect((await run(`${kept} rollback practice --yes`)).code).toBe(0);
    expect((await run('test -e /root/setup-wizard-practice')).code).not.toBe(0);
  });

  test('with a Node that is new enough: npx runs the file without a network, at once', async () => {
    const npm = '/usr/lib/node_modules/npm';
    const { run } = await server(release, ['setup-wizard.tgz'], { nspawn: [`--bind-ro=${npm}:/opt/npm`] });
    const path = { PATH: '/usr/local/bin:/opt/node/bin:/usr/bin:/bin' };
    await run(
      'printf "#!/bin/sh\\nexec node /opt/npm/bin/npx-cli.js \\"\\$@\\"\\n" > /usr/local/bin/npx && chmod 755 /usr/local/bin/npx',
    );
    const began = performance.now();
    expect((await run(`${line('npx --yes -p file:')} --version`, path)).stdout).toBe(version);
    expect(performance.now() - began).toBeLessThan(30_000);
    expect((await run(`${line('tar xzf setup-wizard.tgz')} list`, path)).stdout).toContain('practice');
    const keyring =
      'find /root/.npm/_npx -path "*setup-wizard/node_modules/keytar/prebuilds/linux-x64/keytar.node"';
    expect((await run(keyring)).stdout).not.toBe('');
  });

  test('with the Node of the distribution: told what to do, exit 3', async () => {
    const { lab, run } = await server(release, ['setup-wizard.tgz'], { network: 'host' });
    await lab.run(['apt-get', 'update']);
    await lab.run(['apt-get', 'install', '-y', '--no-install-recommends', 'nodejs']);
    const { code, stderr } = await run(`${line('tar xzf setup-wizard.tgz')} list`);
    expect({ code, said: stderr.includes('this is Node ') }).toEqual({ code: 3, said: true });
    expect(stderr).toContain(line('npx --yes -p node@24'));
  });
});
