/** A setting in whole runs: recorded, verified, changed by others, shared, and undone. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { Redactor } from '../../src/answers/redactor.ts';
import type { Operation } from '../../src/guide/kinds.ts';
import { refusalsOf } from '../../src/run/install/refusals.ts';
import { RunValues } from '../../src/run/values.ts';
import { aFile, asks, guideOf, stepOf } from './guides.ts';
import { driftsOf, leave } from './neighbours.ts';
import { agreeing, type Drive, drive, newWorld } from './rig.ts';
import type { World } from './world.ts';

const path = '%DIR%/app.env';
const set = (name: string, value: string): Operation => ({
  kind: 'setting',
  path,
  syntax: 'env',
  name,
  value,
});
const one = guideOf(
  'one',
  [stepOf('secret', set('SECRET', '%PW%')), stepOf('address', set('URL', 'https://%HOST%/'))],
  [asks('HOST'), asks('PW', { kind: 'password' })],
);
const two = guideOf('two', [stepOf('other', set('COLOUR', 'red'))]);
/** Would write the file anew, with the settings of others in it. */
const whole = guideOf('whole', [stepOf('file', aFile('app.env', 'mine\n'))]);
const guides = [one, two, whole];

const former = '# ours\n#SECRET=x\nURL=https://old/ # where\nLAST=1';

async function installed(): Promise<{
  world: World;
  file: string;
  settle: (more?: Drive) => ReturnType<typeof drive>;
}> {
  const world = newWorld();
  await mkdir(world.folder, { recursive: true });
  const file = `${world.folder}/app.env`;
  await writeFile(file, former);
  const given = { DIR: world.folder, HOST: 'new', PW: 's3cret-value' };
  const settle = (more: Drive = {}) => drive(world, { guide: one, guides, given, ...more });
  expect((await settle()).exit).toBe(0);
  return { world, file, settle };
}

const text = (file: string) => readFile(file, 'utf8');
const back = (world: World, guide = one, more: Drive = {}) => leave(world, guide, { guides, ...more });
const outcomes = ({ records }: Awaited<ReturnType<typeof drive>>) =>
  records.flatMap((record) =>
    record.type === 'undo-end' ? [`${record.key.replace(/.*\//, '')} ${record.outcome}`] : [],
  );

describe('settings in a file of others', () => {
  test('are done once, verified, in no journal with their secret, and undone to the byte', async () => {
    const { world, file, settle } = await installed();
    expect(await text(file)).toBe('# ours\nSECRET=s3cret-value\nURL=https://new/ # where\nLAST=1');
    expect((await settle()).records.some(({ type }) => type === 'begin')).toBe(false);
    expect(await driftsOf(world, one)).toEqual([]);
    for (const run of await readdir(`${world.state}/runs`))
      expect(await text(`${world.state}/runs/${run}/journal.jsonl`)).not.toContain('s3cret');
    expect(outcomes(await back(world))).toEqual(['URL undone', 'SECRET undone']);
    expect(await text(file)).toBe(former);
  });

  test('go from among what others have written since, and nobody is asked', async () => {
    const { world, file } = await installed();
    await writeFile(file, `FIRST=0\n${await text(file)}\nNEXT=2\n`);
    expect(await driftsOf(world, one)).toEqual([]);
    expect((await back(world)).exit).toBe(0);
    expect(await text(file)).toBe(`FIRST=0\n${former}\nNEXT=2\n`);
  });

  test('that somebody has changed stay when nobody is asked, and drift', async () => {
    const { world, file } = await installed();
    await writeFile(file, (await text(file)).replace('https://new/', 'https://theirs/'));
    expect(await driftsOf(world, one)).toEqual([expect.stringMatching(/app\.env#\/URL$/)]);
    const unattended = await back(world);
    expect(unattended.exit).toBe(4);
    expect(outcomes(unattended)).toEqual(['URL kept', 'SECRET undone']);
    expect(await text(file)).toBe('# ours\n#SECRET=x\nURL=https://theirs/ # where\nLAST=1');
  });

  test('that somebody has changed go when a person gives that up, and the file is kept', async () => {
    const { world, file } = await installed();
    await writeFile(file, (await text(file)).replace('s3cret-value', 'theirs'));
    const overwriting = agreeing((_, need) => (need === 'conflict' ? [{ type: 'overwrite' }] : []));
    const asked = await back(world, one, { decide: overwriting });
    expect(asked.exit).toBe(0);
    expect(asked.records.filter(({ type }) => type === 'saved')).toHaveLength(1);
    expect(await text(file)).toBe(former);
  });

  test('of two guides are two things, and neither takes the file from the other', async () => {
    const { world, file } = await installed();
    expect((await drive(world, { guide: two, guides, given: { DIR: world.folder } })).exit).toBe(0);
    expect(await text(file)).toContain('\nLAST=1\nCOLOUR=red');
    const other = await drive(world, { guide: whole, guides, given: { DIR: world.folder } });
    expect(other.exit).not.toBe(0);
    expect((await back(world)).exit).toBe(0);
    expect(await text(file)).toBe(`${former}\nCOLOUR=red`);
    expect((await back(world, two)).exit).toBe(0);
    expect(await text(file)).toBe(former);
  });

  test('that would be a guess fail with a sentence, and leave nothing to undo', async () => {
    const { world, file } = await installed();
    await back(world);
    await writeFile(file, 'URL=a\nURL=b\n');
    const { exit, records } = await drive(world, {
      guide: one,
      guides,
      given: { DIR: world.folder, HOST: 'new', PW: 'x' },
    });
    expect(exit).toBe(1);
    const end = records.findLast((record) => record.type === 'step-end');
    expect(end?.error?.say?.en).toContain('sets URL several times (lines 1, 2): keep one of them');
    expect((await back(world)).exit).toBe(0);
    expect(await text(file)).toBe('URL=a\nURL=b\n');
  });
});

describe('a value that cannot stand there is refused at its question', () => {
  const refused = (op: Operation, value: string) => {
    const known = new Map([['PW', { value, secret: true }]]);
    const values = new RunValues(known, new Redactor(), async () => {});
    const planned = { id: 'one', key: 'one', op };
    const steps = [{ id: 'one', operations: [planned] }];
    return [...refusalsOf(steps as never, values, new Map())].map(([name, { say }]) => `${name}: ${say.en}`);
  };
  const account: Operation = { kind: 'prosody-account', user: 'a', host: 'b.test', password: '%PW%' };

  test.each<[Operation, string, RegExp]>([
    [set('A', 'x%PW%'), 'a\nb', /^PW: .* the syntax env does not take a line break\./],
    [set('A', '%PW%'), 'a\'"', /^PW: .* the syntax env does not take the character/],
    [account, 'a\nb', /^PW: .* the syntax prosodyctl does not take a line break\./],
    [account, '', /^PW: .* does not take an empty value\./],
  ])('%j', (op, value, sentence) => {
    expect(refused(op, value)).toEqual([expect.stringMatching(sentence)]);
    expect(refused(op, 'plain')).toEqual([]);
  });
});
