/**
 * A boolean of SELinux on a machine without SELinux: programs of the same names stand in, which keep the state in a file
 * and speak as the real ones do. It was never run against a kernel with SELinux. What is at each start is also set and
 * read by the real programs, on a policy that no kernel enforces.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Op } from '../../src/operations/verbs.ts';
import { installRunner, Kinds } from './kinds.ts';
import { Lab } from './lab.ts';

const name = 'httpd_can_network_connect';
const state = '/var/lib/selinux-stand-in';
const op: Op<'selinux-boolean'> = { kind: 'selinux-boolean', name, on: true };

let lab: Lab;
let kinds: Kinds;

beforeAll(async () => {
  lab = await Lab.create({ release: 'bookworm', name: 'selinux', network: 'private', product: false });
  await lab.boot();
  await lab.run(['mkdir', '-p', '/var/lib/setup-wizard']);
  await installRunner(lab);
  kinds = new Kinds(lab);
});
afterAll(() => lab?.destroy());

test('there is nothing to do without SELinux, and where it is disabled', async () => {
  expect((await kinds.one('apply', op)).difference).toEqual({ change: 'none' });
  for (const program of ['getsebool', 'setsebool', 'semanage']) {
    const text = readFileSync(join(import.meta.dirname, 'selinux-stand-in', program), 'utf8');
    await lab.write(`/usr/local/sbin/${program}`, text, 0o755);
  }
  expect((await kinds.one('apply', op)).difference).toEqual({ change: 'none' });
});

test.each(['off off', 'on off', 'off on'])('what was “%s” is on, and then as it was', async (former) => {
  const others = 'antivirus_can_scan_system off off\nhttpd_can_network_connect_db on on\n';
  await lab.write(state, `${others}${name} ${former}\n`);
  await kinds.apply(op);
  expect(await lab.read(state)).toContain(`${name} on on`);
  expect(await kinds.undo(op)).toEqual([]);
  expect(await lab.read(state)).toBe(`${others}${name} ${former}\n`);
});

test('a boolean that the policy does not have is told', async () => {
  expect((await kinds.one('apply', { ...op, name: 'no_such' })).failure).toMatchObject({
    code: 'cannot-look',
    values: { reason: 'Error getting active value for no_such' },
  });
});

test('what is at each start is set and read by the real setsebool and semanage', async () => {
  await lab.destroy();
  lab = await Lab.create({ release: 'bookworm', name: 'selinux', network: 'own', product: false });
  await lab.boot();
  const install = `umount /var/cache/apt/archives; mkdir -p /var/cache/apt/archives/partial /var/lib/setup-wizard
    apt-get update -q; apt-get install -y --no-install-recommends policycoreutils-python-utils selinux-policy-default`;
  await lab.run(['sh', '-ec', install], { env: { DEBIAN_FRONTEND: 'noninteractive' } });
  await installRunner(lab);
  kinds = new Kinds(lab);
  expect((await kinds.one('look', op)).difference).toEqual({ change: 'none' });
  // Only what the kernel would say: the same as what is at each start.
  const now = `#!/bin/sh
semanage boolean --list --noheading | awk -v name="$1" '$1 == name { print name " --> " substr($2, 2) }'
`;
  await lab.write('/usr/local/sbin/getsebool', now, 0o755);
  const said = async () => (await lab.run(['getsebool', name])).stdout;
  expect(await said()).toBe(`${name} --> off`);
  const { difference } = await kinds.apply(op);
  expect(difference).toMatchObject({ commands: [['setsebool', '-P', name, 'on']] });
  expect(await said()).toBe(`${name} --> on`);
  expect(await kinds.undo(op)).toEqual([]);
  expect(await said()).toBe(`${name} --> off`);
});
