/** A checkout in whole runs: recorded, verified, shared, and undone. */
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import type { Operation } from '../../src/guide/kinds.ts';
import { anOrigin, type Origin } from '../operations/repository.ts';
import { aFile, asks, guideOf, stepOf } from './guides.ts';
import { driftsOf, leave } from './neighbours.ts';
import { agreeing, type Drive, drive, newWorld } from './rig.ts';
import type { World } from './world.ts';

const code: Operation = { kind: 'git-checkout', path: '%DIR%/app', url: '%URL%', ref: '%REF%' };
const asking = [asks('URL'), asks('REF')];
const one = guideOf('one', [stepOf('code', code), stepOf('own', aFile('app/local.env'))], asking);
/** Puts a file into the checkout that `one` has made. */
const two = guideOf('two', [stepOf('other', aFile('app/other.env'))], []);
const guides = [one, two];

interface Begun {
  readonly world: World;
  readonly origin: Origin;
  readonly given: Readonly<Record<string, string>>;
}

async function begin(ref = 'v1'): Promise<Begun> {
  const world = newWorld();
  await mkdir(world.folder, { recursive: true });
  const origin = await anOrigin();
  return { world, origin, given: { DIR: world.folder, URL: origin.url, REF: ref } };
}

async function installed(): Promise<Begun> {
  const begun = await begin();
  const { records, exit } = await drive(begun.world, { guide: one, guides, given: begun.given });
  expect(exit, JSON.stringify(records.at(-2))).toBe(0);
  return begun;
}

const back = (world: World, more: Drive = {}) => leave(world, one, { guides, ...more });
const app = ({ world }: Begun, name = '') => `${world.folder}/app${name}`;
const outcomes = ({ records }: Awaited<ReturnType<typeof drive>>) =>
  records.flatMap((record) =>
    record.type === 'undo-end' ? [`${record.key.replace(/.*\//, '')} ${record.outcome}`] : [],
  );

describe('a checkout', () => {
  test('has nothing to do the second time, without a network, and is undone wholly', async () => {
    const begun = await installed();
    const again = await drive(begun.world, {
      guide: one,
      given: { ...begun.given, URL: 'https://nowhere.invalid/x' },
    });
    expect(again.exit).toBe(0);
    expect(again.records.some(({ type }) => type === 'begin')).toBe(false);
    expect(outcomes(await back(begun.world))).toEqual(['local.env undone', 'app undone']);
    expect(existsSync(app(begun))).toBe(false);
  });

  test('with a file that somebody has changed stays when nobody is asked', async () => {
    const begun = await installed();
    await writeFile(app(begun, '/run.sh'), 'mine\n');
    const unattended = await back(begun.world);
    expect(unattended.exit).toBe(4);
    expect(outcomes(unattended)).toContain('app kept');
    expect(await readFile(app(begun, '/run.sh'), 'utf8')).toBe('mine\n');
  });

  test('with a file that somebody has changed goes when a person gives that up, and the file is kept', async () => {
    const begun = await installed();
    await writeFile(app(begun, '/run.sh'), 'mine\n');
    const overwriting = agreeing((_, need) => (need === 'conflict' ? [{ type: 'overwrite' }] : []));
    const asked = await back(begun.world, { decide: overwriting });
    expect(asked.exit).toBe(0);
    expect(asked.records.filter(({ type }) => type === 'saved')).toHaveLength(1);
    expect(existsSync(app(begun))).toBe(false);
  });

  test('that the file of another guide is in is left to that guide', async () => {
    const begun = await installed();
    const other = await drive(begun.world, { guide: two, guides, given: { DIR: begun.world.folder } });
    expect(other.exit).toBe(0);
    expect(outcomes(await back(begun.world))).toContain('app kept');
    expect(await driftsOf(begun.world, two)).toEqual([]);
    await leave(begun.world, two, { guides });
    expect(existsSync(app(begun))).toBe(false);
  });

  test('of a name that is not there fails with a cause, and leaves nothing to undo', async () => {
    const { world, given } = await begin('v9');
    const { exit, records } = await drive(world, { guide: one, given });
    expect(exit).toBe(1);
    const end = records.findLast((record) => record.type === 'step-end');
    expect(end?.error?.cause?.id).toBe('git-ref-unknown');
    expect(end?.error?.cause?.say.en).toContain('v9');
    expect((await back(world)).exit).toBe(0);
  });
});
