/** The Pretix guide on a server that was there before: what it had, it has again after the rollback. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeChanges, type Lab, type Snapshot, undeclared } from './lab.ts';
import { emptyServer, install, servesPretix, wizard } from './pretix.ts';

const settings = { env: { DEBIAN_FRONTEND: 'noninteractive' } };

/** Servers in use, and files of other content where the guide writes its own. */
async function liveIn(lab: Lab): Promise<void> {
  await lab.run(['apt-get', 'update'], settings);
  // Up to date: a package that the guide's own would upgrade is said before, and not taken back.
  await lab.run(['apt-get', '-y', 'upgrade'], settings);
  await lab.run(
    ['apt-get', 'install', '-y', '--no-install-recommends', 'apache2', 'mariadb-server', 'redis-server'],
    settings,
  );
  await lab.run(['a2enmod', '-q', 'headers']);
  await lab.write('/etc/apache2/sites-available/pretix.conf', '# a former one, not enabled\n', 0o640);
  await lab.run(['mkdir', '-m', '0755', '/etc/pretix']);
  await lab.write('/etc/pretix/pretix.cfg', '[pretix]\nurl=https://former.mon-univ.fr\n', 0o600);
  await lab.write('/etc/cron.d/pretix', '# former\n', 0o600);
  await lab.run(['mariadb'], {
    input:
      "CREATE DATABASE ksup; CREATE TABLE ksup.event (name TEXT); INSERT INTO ksup.event VALUES ('kept');",
  });
  await lab.run(['redis-cli', '-n', '5', 'SET', 'session', 'kept']);
  await lab.run(['redis-cli', 'SAVE']);
}

async function whatServersHold(lab: Lab): Promise<string> {
  const sql = 'SELECT name FROM ksup.event; SHOW DATABASES; SELECT user, host FROM mysql.user ORDER BY 1, 2;';
  const mysql = await lab.run(['mariadb', '--skip-column-names'], { input: sql });
  const redis = await lab.run([
    'sh',
    '-c',
    'redis-cli -n 5 GET session; redis-cli INFO keyspace | grep ^db | cut -d, -f1',
  ]);
  const apache = await lab.run([
    'sh',
    '-c',
    'systemctl is-active apache2; ls /etc/apache2/mods-enabled /etc/apache2/sites-enabled',
  ]);
  return [mysql.stdout, redis.stdout, apache.stdout].join('\n');
}

describe('a Debian 12 that serves others already', () => {
  let lab: Lab;
  let before: Snapshot;
  let held: string;

  beforeAll(async () => {
    lab = await emptyServer({ release: 'bookworm', name: 'livedin' });
    await liveIn(lab);
    held = await whatServersHold(lab);
    before = await lab.snapshot();
  });
  afterAll(async () => {
    await lab?.destroy();
  });

  test('gets Pretix beside what it has', async () => {
    const { code, said } = await install(lab, '--answers', '/root/answers.ini');
    expect(code, said).toBe(0);
    await servesPretix(lab);
  });

  test('has everything as it was after the rollback', async () => {
    const { code, said } = await wizard(lab, 'rollback', 'pretix', '--yes');
    expect(code, said).toBe(0);
    expect(await whatServersHold(lab)).toBe(held);
    const changes = undeclared(await lab.changes(before));
    const others = changes.filter(({ path }) => !/^\/var\/lib\/(mysql|redis)(\/|$)/.test(path));
    expect(describeChanges(others)).toBe('');
  });
});
