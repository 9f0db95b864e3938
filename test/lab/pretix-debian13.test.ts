/** The Pretix guide on a real Debian 13: the edition on PostgreSQL. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeChanges, type Lab, type Snapshot, undeclared } from './lab.ts';
import { emptyServer, install, json, runCronLine, servesPretix, wizard } from './pretix.ts';

describe('Pretix 2026.8.0 on an empty Debian 13', () => {
  let lab: Lab;
  let empty: Snapshot;

  beforeAll(async () => {
    lab = await emptyServer({ release: 'trixie', name: 'pretix13' });
    empty = await lab.snapshot();
  });
  afterAll(async () => {
    await lab?.destroy();
  });

  test('is installed unattended, everything by the wizard, and exits with 0', async () => {
    const { code, said } = await install(lab, '--answers', '/root/answers.ini');
    expect(code, said).toBe(0);
    await servesPretix(lab);
    await runCronLine(lab);
  });

  test('is there again after a reboot, and has nothing to do when installed a second time', async () => {
    await lab.reboot();
    await servesPretix(lab);
    const { code, said } = await install(lab);
    expect(code, said).toBe(0);
    expect(said).not.toMatch(/done in|FAILED|left for you/);
    expect(await json(lab, 'verify', 'pretix')).toMatchObject({ ok: true });
  });

  test('is taken back until only declared traces are left', async () => {
    const { code, said } = await wizard(lab, 'rollback', 'pretix', '--yes');
    expect(code, said).toBe(0);
    expect(describeChanges(undeclared(await lab.changes(empty)))).toBe('');
  });
});
