/** The guide that CONTRIBUTING.md writes, built into a copy of this project, on a real empty Debian. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Copy } from '../sixth-guide.ts';
import { describeChanges, Lab, type Snapshot, undeclared } from './lab.ts';
import { json, wizard } from './wizard.ts';

const conf = '/etc/logwatch/conf/logwatch.conf';
const answers = `[logwatch]
MAIL_TO = dsi@mon-univ.fr
MAIL_FROM = logwatch@serveur.mon-univ.fr
`;

const copy = new Copy();
let lab: Lab;
let empty: Snapshot;

beforeAll(async () => {
  await copy.run('scripts/build.mjs');
  lab = await Lab.create({
    release: 'bookworm',
    name: 'sixth',
    network: 'own',
    product: `${copy.folder}/dist`,
  });
  await lab.boot();
  await lab.write('/root/answers.ini', answers);
  empty = await lab.snapshot();
});
afterAll(async () => {
  await lab?.destroy();
  copy.remove();
});

test('is installed unattended, and Logwatch makes the report that was asked for', async () => {
  const { code, said } = await wizard(lab, 'install', 'logwatch', '--yes', '--answers', '/root/answers.ini');
  expect(code, said).toBe(0);
  expect((await lab.run(['cat', conf])).stdout).toContain('MailTo = dsi@mon-univ.fr');
  const { stdout } = await lab.run(['logwatch', '--range', 'today', '--output', 'stdout']);
  expect(stdout).toContain('Logwatch End');
});

test('has nothing to do the second time, and a file that was edited is named', async () => {
  const { code, said } = await wizard(lab, 'install', 'logwatch', '--yes');
  expect(code, said).toBe(0);
  expect(said).not.toMatch(/done in|FAILED|left for you/);
  expect(await json(lab, 'verify', 'logwatch')).toMatchObject({ ok: true, drifts: [] });
  await lab.run(['sed', '-i', 's/^Detail = Low/Detail = High/', conf]);
  expect(await json(lab, 'verify', 'logwatch')).toMatchObject({
    ok: false,
    drifts: [{ key: `file:${conf}` }],
  });
  await lab.run(['sed', '-i', 's/^Detail = High/Detail = Low/', conf]);
});

test('is taken back until only declared traces are left', async () => {
  const { code, said } = await wizard(lab, 'rollback', 'logwatch', '--yes');
  expect(code, said).toBe(0);
  expect(describeChanges(undeclared(await lab.changes(empty)))).toBe('');
});
