/** OnTask on a server that has a PostgreSQL already, which lets nobody in from its own addresses. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeChanges, type Lab, type Snapshot, undeclared } from './lab.ts';
import { emptyServer, install } from './ontask.ts';
import { wizard } from './wizard.ts';

let lab: Lab;
let before: Snapshot;
const rules = '/etc/postgresql/15/main/pg_hba.conf';
const closed = `local all postgres peer
local all all reject
# BEGIN setup-wizard other
host other other 127.0.0.1/32 scram-sha-256
# END setup-wizard other
`;
const until = ['--until', 'pg-probe'];

beforeAll(async () => {
  lab = await emptyServer({ release: 'bookworm', name: 'ontask-postgresql' });
  await lab.run(['apt-get', 'update']);
  await lab.run(['apt-get', 'install', '--yes', 'postgresql'], {
    env: { DEBIAN_FRONTEND: 'noninteractive' },
  });
  await lab.run(['sh', '-c', `cat >${rules}`], { input: closed });
  await lab.run(['systemctl', 'reload', 'postgresql']);
  before = await lab.snapshot();
});
afterAll(async () => {
  await lab?.destroy();
});

test('the line that is missing is asked for, with the answer that adds it', async () => {
  const { code, said } = await install(lab, '--set', 'PG_HBA=keep', ...until);
  expect(code, said).toBe(1);
  expect(said).toContain('pg_hba.conf (answer PG_HBA)');
  expect(await lab.read(rules)).toBe(closed);
});

test('with it the role gets in, what others have in the file stays, and PostgreSQL has read it', async () => {
  const { code, said } = await install(lab, '--set', 'PG_HBA=add', ...until);
  expect(code, said).toBe(0);
  const text = await lab.read(rules);
  expect(text).toContain(closed);
  expect(text).toMatch(
    /^host ontask ontask 127\.0\.0\.1\/32 scram-sha-256\nhost ontask ontask ::1\/128 scram-sha-256$/m,
  );
  const query = ['psql', '-qAtc', 'SELECT count(*) FROM pg_hba_file_rules WHERE error IS NOT NULL'];
  expect((await lab.run(query, { user: 'postgres' })).stdout.trim()).toBe('0');
});

test('is taken back: the others’ lines, roles and databases stay as they were', async () => {
  const { code, said } = await wizard(lab, 'rollback', 'ontask', '--yes');
  expect(code, said).toBe(0);
  expect(await lab.read(rules)).toBe(closed);
  const names = 'SELECT rolname FROM pg_roles UNION ALL SELECT datname FROM pg_database';
  const { stdout } = await lab.run(['psql', '-qAtc', names], { user: 'postgres' });
  expect(stdout).not.toContain('ontask');
  const changes = undeclared(await lab.changes(before)).filter(
    ({ path }) => !path.startsWith('/var/lib/postgresql/'),
  );
  expect(describeChanges(changes)).toBe('');
});
