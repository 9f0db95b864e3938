/** OnTask and Pretix on one Debian 12: each has its own, and the one that goes does not harm the other. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeChanges, Lab, type Snapshot, undeclared } from './lab.ts';
import { addOntask, install, servesOntask } from './ontask.ts';
import { prepared } from './prepared.ts';
import { emptyServer as emptyPretixServer, install as installPretix, servesPretix } from './pretix.ts';
import { json, wizard } from './wizard.ts';

/** Apache has port 80 already. */
const behindApache = ['--set', 'WEB_SERVER=apache'];

test('beside a Pretix that has Redis database 1, which is OnTask’s too, it is refused and nothing changes', async () => {
  const { mark } = await prepared('done');
  const lab = await Lab.create({
    release: 'bookworm',
    name: 'ontask-redis',
    network: 'own',
    fromMark: mark,
    product: true,
  });
  try {
    await lab.boot();
    await addOntask(lab);
    const before = await lab.snapshot();
    const { code, said } = await install(lab, ...behindApache);
    expect(code, said).toBe(3);
    expect(said).toMatch(/redis:6379\/1 already belongs to “.*Pretix/);
    expect(describeChanges(undeclared(await lab.changesSinceMark(before)))).toBe('');
    await servesPretix(lab);
  } finally {
    await lab.destroy();
  }
});

describe('a Debian 12 with a Pretix that has other Redis databases', () => {
  let lab: Lab;
  let before: Snapshot;
  let held: string;

  beforeAll(async () => {
    lab = await emptyPretixServer({ release: 'bookworm', name: 'ontask-pretix', network: 'own' });
    const others = ['--answers', '/root/answers.ini', '--set', 'REDIS_DB_RESULTS=3'];
    const { code, said } = await installPretix(lab, ...others);
    expect(code, said).toBe(0);
    await addOntask(lab);
    held = await whatServersHold(lab);
    before = await lab.snapshot();
  });
  afterAll(async () => {
    await lab?.destroy();
  });

  test('gets OnTask beside it, behind the same Apache', async () => {
    const { code, said } = await install(lab, ...behindApache);
    expect(code, said).toBe(0);
    await servesOntask(lab, 'apache2');
    await servesPretix(lab);
    expect(await json(lab, 'verify', 'pretix')).toMatchObject({ ok: true, drifts: [] });
  });

  test('has a whole Pretix, as it was, when OnTask has gone', async () => {
    const { code, said } = await wizard(lab, 'rollback', 'ontask', '--yes');
    expect(code, said).toBe(0);
    await servesPretix(lab);
    expect(await json(lab, 'verify', 'pretix')).toMatchObject({ ok: true, drifts: [] });
    expect(await whatServersHold(lab)).toBe(held);
    const ofPretix = /^\/var\/(lib\/(mysql|redis)|pretix\/data\/logs)(\/|$)/;
    const changes = undeclared(await lab.changes(before)).filter(({ path }) => !ofPretix.test(path));
    expect(describeChanges(changes)).toBe('');
  });
});

/** Databases, tables, accounts, and what Apache serves. */
async function whatServersHold(lab: Lab): Promise<string> {
  const sql = `SHOW DATABASES; SELECT user, host FROM mysql.user ORDER BY 1, 2;
    SELECT table_name FROM information_schema.tables WHERE table_schema = 'pretix' ORDER BY 1;`;
  const tables = await lab.run(['mariadb', '--skip-column-names'], { input: sql });
  const apache = await lab.run(['ls', '/etc/apache2/mods-enabled', '/etc/apache2/sites-enabled']);
  return `${tables.stdout}\n${apache.stdout}`;
}
