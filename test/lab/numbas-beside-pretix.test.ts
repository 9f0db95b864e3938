/** Numbas and Pretix on one Debian 13: each has its own, and the one that goes does not harm the other. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeChanges, type Lab, type Snapshot, undeclared } from './lab.ts';
import { addNumbas, install, servesNumbas } from './numbas.ts';
import { emptyServer as emptyPretixServer, install as installPretix, servesPretix } from './pretix.ts';
import { json, wizard } from './wizard.ts';

/** Apache has port 80 already, and Pretix the first three databases of Redis. */
const beside = ['--set', 'WEB_SERVER=apache', '--set', 'REDIS_DB=5'];

describe('a Debian 13 with a Pretix', () => {
  let lab: Lab;
  let before: Snapshot;

  beforeAll(async () => {
    lab = await emptyPretixServer({ release: 'trixie', name: 'numbas-pretix', network: 'own' });
    const { code, said } = await installPretix(lab, '--answers', '/root/answers.ini');
    expect(code, said).toBe(0);
    await addNumbas(lab);
    before = await lab.snapshot();
  });
  afterAll(async () => {
    await lab?.destroy();
  });

  test('refuses the Redis database that Pretix has, and nothing changes', async () => {
    const { code, said } = await install(lab, '--set', 'WEB_SERVER=apache');
    expect(code, said).toBe(3);
    expect(said).toMatch(/redis:6379\/0 already belongs to “.*Pretix/);
  });

  test('is told that Apache holds port 80, before Numbas is installed', async () => {
    const { code, said } = await install(lab, '--set', 'WEB_SERVER=nginx', '--set', 'REDIS_DB=5');
    expect(code, said).toBe(1);
    expect(said).toMatch(/holds port 80 .*WEB_SERVER/);
    expect(said).not.toContain('already belongs');
    expect((await lab.run(['ls', '/srv/numbas-lti-provider'], { check: false })).code).not.toBe(0);
    expect((await wizard(lab, 'rollback', 'numbas', '--yes')).code).toBe(0);
    expect(describeChanges(withoutPretix(await lab.changes(before)))).toBe('');
  });

  test('gets Numbas beside it, behind the same Apache', async () => {
    const { code, said } = await install(lab, ...beside);
    expect(code, said).toBe(4);
    await servesNumbas(lab, 'v4.4', 503);
    await servesPretix(lab);
    expect(await json(lab, 'verify', 'pretix')).toMatchObject({ ok: true, drifts: [] });
    expect(await json(lab, 'verify', 'numbas')).toMatchObject({ ok: true, drifts: [] });
  });

  test('has a whole Pretix, as it was, when Numbas has gone', async () => {
    const { code, said } = await wizard(lab, 'rollback', 'numbas', '--yes');
    expect(code, said).toBe(0);
    await servesPretix(lab);
    expect(await json(lab, 'verify', 'pretix')).toMatchObject({ ok: true, drifts: [] });
    expect(describeChanges(withoutPretix(await lab.changes(before)))).toBe('');
  });
});

/** Pretix goes on writing; servers' own files are compared by what they hold. */
function withoutPretix(changes: Awaited<ReturnType<Lab['changes']>>) {
  const living = /^\/var\/(lib\/(mysql|redis|postgresql)|pretix\/data\/logs)(\/|$)/;
  return undeclared(changes).filter(({ path }) => !living.test(path));
}
