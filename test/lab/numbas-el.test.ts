/**
 * The Numbas guide on the stand-in for Rocky Linux 9, with the stand-in for SELinux: dnf, rpm, firewalld, PostgreSQL,
 * Redis, supervisord and nginx are real. Nothing ever ran on a real system of that family.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { elLab } from './el.ts';
import { describeChanges, type Lab, type Snapshot, undeclared } from './lab.ts';
import { addNumbas, install, servesNumbas, settings } from './numbas.ts';
import { json, wizard } from './wizard.ts';

let lab: Lab;
let empty: Snapshot;

beforeAll(async () => {
  lab = await elLab({ selinux: 'enforcing', network: 'own', product: true });
  await lab.boot();
  await addNumbas(lab);
  await lab.run(['systemctl', 'enable', '--now', 'firewalld']);
  empty = await lab.snapshot();
});
afterAll(async () => {
  await lab?.destroy();
});

const said = async (...argv: string[]) => (await lab.run(argv, { check: false })).stdout;

test('is installed unattended, and leaves the consumer key to a person', async () => {
  const { code, said: lines } = await install(lab);
  expect(code, lines).toBe(4);
});

test('is installed from streams and repositories with their keys, in the places of that family', async () => {
  expect(await said('rpm', '-q', 'epel-release', 'supervisor', 'postgresql-server')).not.toContain('not');
  expect(await said('dnf', 'module', 'list', '--enabled')).toMatch(/postgresql\s+16/);
  expect(await said('ls', '/etc/nginx/conf.d', '/etc/supervisord.d')).toMatch(
    /numbas-lti\.conf[\s\S]*numbas_lti\.ini/,
  );
  expect(await said('stat', '--format=%a %U:%G', settings)).toBe('640 root:numbas_lti');
});

test('lets nginx reach Numbas and its files, and the network reach nginx, with SELinux as it was', async () => {
  expect(await said('getenforce')).toBe('Enforcing');
  expect(await said('getsebool', 'httpd_can_network_connect')).toContain('--> on');
  expect(await said('matchpathcon', '-n', '/srv/numbas-lti-static')).toContain('httpd_sys_content_t');
  for (const when of [[], ['--permanent']])
    expect((await said('firewall-cmd', ...when, '--list-services')).split(' ')).toEqual(
      expect.arrayContaining(['http', 'https', 'ssh']),
    );
});

test('serves Numbas by five processes, also after a reboot', async () => {
  await servesNumbas(lab);
  await lab.reboot();
  await servesNumbas(lab);
});

test('verifies as installed, and has nothing to do when installed a second time', async () => {
  expect(await json(lab, 'verify', 'numbas')).toMatchObject({ ok: true, drifts: [] });
  const { code, said: lines } = await install(lab);
  expect(code, lines).toBe(4);
  expect(lines).not.toMatch(/done in|FAILED/);
});

test('is taken back until only declared traces are left', async () => {
  const { code, said: lines } = await wizard(lab, 'rollback', 'numbas', '--yes');
  expect(code, lines).toBe(0);
  expect(describeChanges(undeclared(await lab.changes(empty)))).toBe('');
  expect(await said('getsebool', 'httpd_can_network_connect')).toContain('--> off');
  expect(await lab.read('/etc/selinux/targeted/contexts/files/file_contexts.local')).not.toContain('/srv/');
  expect(await said('firewall-cmd', '--list-services')).not.toContain('http');
  expect(await said('dnf', 'module', 'list', '--enabled')).not.toMatch(/postgresql\s+16/);
});
