/**
 * A state folder on a disk that has always a little more room than the time before: wherever the room ends, it is said,
 * what is there can be read, and with room again the practice guide ends as if nothing had happened.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isReport, proven } from '../../figures.ts';
import { Lab } from '../lab.ts';
import { expectSentences, run, told } from './fault.ts';

/** Kibibytes to spare. */
const sizes = Array.from({ length: isReport ? 48 : 16 }, (_, n) => n * (isReport ? 4 : 12));
const state = '/mnt/state';
const install = [
  ...['install', 'practice', '--state-dir', state],
  ...['--set', 'PRACTICE_BY=wizard', '--set', 'PRACTICE_OBSTACLE=no'],
  ...['--set', 'PRACTICE_DIR=/root/practice'],
];
const rollback = ['rollback', 'practice', '--state-dir', state];
const counted = { sizes: 0, ended: 0, told: 0, unknown: 0, wentOn: 0 };
let lab: Lab;

/** As large as what is in it, and so much more. */
const sized = (spare: string) =>
  lab.run([
    'bash',
    '-c',
    `mount -o remount,size=$(( $(df -k --output=used /mnt | tail -1) + ${spare} ))k /mnt`,
  ]);

beforeAll(async () => {
  lab = await Lab.create({ release: 'bookworm', name: 'full', network: 'private', product: true });
  await lab.boot();
  await lab.run(['mount', '-t', 'tmpfs', '-o', 'size=600m', 'tmpfs', '/mnt']);
  const { code, raw } = await run(lab, install);
  expect(code, raw.slice(-2000)).toBe(0);
  expect((await run(lab, rollback)).code).toBe(0);
}, 300_000);

afterAll(async () => {
  await lab.destroy();
  proven('faults', `state folder on a full disk, ${counted.sizes} sizes, practice`, {
    sentence: `fr, en (${counted.told} of ${counted.ended} that ended by it)`,
    'unknown to the journal': counted.unknown,
    'goes on': `${counted.wentOn} of ${counted.sizes}`,
  });
});

test.each(sizes)(
  '%i KiB to spare',
  async (spare) => {
    counted.sizes += 1;
    await sized(`${spare}`);
    const full = await run(lab, install);
    await sized('300000');
    if (full.code !== 0) {
      counted.ended += 1;
      expect(full.raw).not.toMatch(/\n {4}at |lui-même est en défaut|itself is at fault/);
      if (told(full).length > 0) expectSentences(full);
      else
        expect(full.raw, 'told by the command').toMatch(
          /could not be written: ENOSPC: no space left on device/,
        );
      counted.told += 1;
    }
    const again = await run(lab, install);
    expect(again.code, again.raw.slice(-2000)).toBe(0);
    const back = await run(lab, rollback);
    expect(back.code, back.raw.slice(-2000)).toBe(0);
    const left = (await lab.run(['ls', '-A', '/root/practice'], { check: false })).stdout;
    counted.unknown += left.split('\n').filter(Boolean).length;
    expect(left).toBe('');
    counted.wentOn += 1;
  },
  120_000,
);

test('a state folder that is read-only: the command says so, and nothing is touched', async () => {
  await lab.run(['mount', '-o', 'remount,ro', '/mnt']);
  for (const [lang, sentence] of [
    ['fr', /n’a pas pu être écrit\u00a0: EROFS/],
    ['en', /could not be written: EROFS/],
  ] as const) {
    const { code, stderr } = await lab.wizard([...install, '--yes', '--lang', lang], { check: false });
    expect([code, stderr]).toEqual([1, expect.stringMatching(sentence)]);
    expect(stderr).not.toMatch(/\n {4}at /);
  }
  await lab.run(['mount', '-o', 'remount,rw', '/mnt']);
  expect((await run(lab, install)).code).toBe(0);
  expect((await run(lab, rollback)).code).toBe(0);
  const left = (await lab.run(['ls', '-A', '/root/practice'], { check: false })).stdout;
  expect(left).toBe('');
  proven('faults', 'state folder read-only', {
    sentence: 'fr, en',
    'unknown to the journal': left.split('\n').filter(Boolean).length,
    'goes on': 'yes',
  });
}, 120_000);
