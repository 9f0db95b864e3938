import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { realHost } from '../../src/host/real.ts';
import type { Host } from '../../src/host/types.ts';
import { check } from '../../src/operations/check.ts';
import { checklist } from '../../src/operations/checklist.ts';
import { produce } from '../../src/operations/produce.ts';
import type { Op } from '../../src/operations/verbs.ts';
import { temporaryFolder, testContext } from './context.ts';

const op = (more: Partial<Op<'produce'>> = {}): Op<'produce'> => ({
  kind: 'produce',
  name: 'STATIC_DIST',
  run: ['printf', 'noise\n/srv/static\n\n'],
  type: 'path',
  ...more,
});

describe('produce', () => {
  test('learns the last line once, and again when it has changed', async () => {
    const context = await testContext();
    expect(produce.diff(op(), await produce.inspect(op(), context), context)).toEqual({
      change: 'change',
      diff: '+STATIC_DIST = /srv/static\n',
    });
    await produce.apply(op(), await produce.inspect(op(), context), context);
    expect(context.learnt.get('STATIC_DIST')).toEqual({ value: '/srv/static', secret: false });
    expect(produce.diff(op(), await produce.inspect(op(), context), context)).toEqual({ change: 'none' });
    const moved = op({ run: ['echo', '/opt/static'] });
    expect(produce.diff(moved, await produce.inspect(moved, context), context)).toMatchObject({
      diff: '-STATIC_DIST = /srv/static\n+STATIC_DIST = /opt/static\n',
    });
  });

  test('is unknown while the program is not there yet, and fails if it is still missing when its step comes', async () => {
    const context = await testContext({ purpose: 'plan' });
    const missing = op({ run: ['no-such-program'] });
    const seen = await produce.inspect(missing, context);
    expect(produce.diff(missing, seen, context)).toMatchObject({ change: 'unknown' });
    await expect(produce.apply(missing, seen, context)).rejects.toMatchObject({
      code: 'command-failed',
      values: { code: '127' },
    });
  });

  test('refuses what is not of its type', async () => {
    const context = await testContext();
    for (const [type, text] of [
      ['path', 'static'],
      ['number', '12a'],
      ['text', ''],
    ] as const) {
      const wrong = op({ type, run: ['printf', text] });
      await expect(
        produce.apply(wrong, await produce.inspect(wrong, context), context),
      ).rejects.toMatchObject({ code: 'command-failed' });
    }
  });
});

describe('check', () => {
  const say = { fr: 'Démarrez le service.', en: 'Start the service.' };

  test('changes nothing where it is so, and tells what is not', async () => {
    const context = await testContext();
    const so: Op<'check'> = { kind: 'check', name: 'root', probe: { exists: '/' }, level: 'stop', say };
    expect(check.diff(so, await check.inspect(so, context), context)).toEqual({ change: 'none' });
    const not = { ...so, probe: { exists: '/no/such' } };
    expect(check.diff(not, await check.inspect(not, context), context)).toEqual({
      change: 'change',
      diff: '/no/such does not exist\n',
    });
    await expect(check.apply(not, { ok: false, problem: '' }, context)).rejects.toMatchObject({
      code: 'check-failed',
      values: { name: 'root', problem: '/no/such does not exist' },
      say,
    });
  });

  test('goes on trying for the seconds it is given, whatever the clock does', async () => {
    const path = join(await temporaryFolder(), 'x');
    let slept = 0;
    const host: Host = {
      ...realHost(),
      now: () => new Date(0),
      sleep: async () => {
        slept += 1;
        if (slept === 3) await writeFile(path, '');
      },
    };
    const context = await testContext({ host });
    const late: Op<'check'> = {
      kind: 'check',
      name: 'late',
      probe: { exists: path },
      level: 'stop',
      say,
      within: 5,
    };
    await check.apply(late, { ok: false, problem: '' }, context);
    expect(slept).toBe(3);
    const never = { ...late, probe: { exists: '/no/such' } };
    await expect(check.apply(never, { ok: false, problem: '' }, context)).rejects.toMatchObject({
      code: 'check-failed',
    });
    expect(slept).toBe(8);
  });

  test('has a title that says what is looked at', async () => {
    const { values } = await testContext();
    const port: Op<'check'> = { kind: 'check', name: 'port', probe: { portFree: '443' }, level: 'warn', say };
    expect(check.describe(port, values)).toEqual({
      fr: 'Vérifier\u00a0: le port 443 est libre',
      en: 'Check: port 443 is free',
    });
  });
});

describe('checklist', () => {
  test('is for a person, says how much there is to do, and changes nothing', async () => {
    const context = await testContext();
    const item = { id: 'licence', text: { fr: 'Déclarer la licence', en: 'Declare the licence' } };
    const one: Op<'checklist'> = { kind: 'checklist', name: 'licence-check', items: [item] };
    expect(checklist.diff(one, null, context)).toMatchObject({
      change: 'person',
      reason: { en: '1\u00a0item to do by hand' },
    });
    expect(checklist.describe(one, context.values).fr).toBe('À la main\u00a0: Déclarer la licence');
    expect(checklist.describe({ ...one, items: [item, item] }, context.values).en).toBe(
      '2\u00a0items to do by hand',
    );
    expect(await checklist.undo(one, null, context)).toEqual({});
    expect(checklist.keys(one, context.values)).toEqual(['todo:licence-check']);
  });
});
