/** One install of Pretix whose engine is killed again and again; then each kill once more, and taken back. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { awaitingProgram } from '../../../src/i18n/texts/run.ts';
import { describeChanges, type Lab } from '../lab.ts';
import { prepared } from '../prepared.ts';
import { wizard } from '../pretix.ts';
import { type End, expectCut, goOn } from './cut-ends.ts';
import { kills } from './cuts.ts';
import { labFrom, leftAfterRollback } from './done.ts';
import { recordsOf, sentence, strike } from './strike.ts';

const resume = ['resume', 'pretix', '--yes'];
let end: End | undefined;

describe('an install whose engine is killed again and again', () => {
  let lab: Lab;
  let expected = '';
  beforeAll(async () => {
    lab = await labFrom((await prepared('db-login')).mark, 'kills');
  });
  afterAll(async () => {
    await lab?.destroy();
  });

  for (const cut of kills) {
    test(`${cut.name}: said when it goes on`, async () => {
      const { said, code, seconds } = await strike(lab, cut, ...resume);
      console.log(`${cut.name}: ${seconds} s`);
      expect(code).toBe(1);
      expect(said).toContain(expected);
      expected = sentence(await recordsOf(lab), true);
    });
  }

  test('ends as an undisturbed one, with no step done again', async () => {
    end = await goOn(lab, resume, expected);
    expect([end.again, describeChanges([...end.different])]).toEqual([[], '']);
  });
});

describe('from the same kills back to the empty machine', () => {
  for (const cut of kills) {
    test(cut.name, async () => {
      const lab = await labFrom((await prepared(cut.from)).mark, 'kill-back');
      try {
        await strike(lab, cut, ...resume);
        const began = Date.now();
        const left = await leftAfterRollback(lab);
        console.log(`${cut.name}: taken back in ${Math.round((Date.now() - began) / 1000)} s`);
        expectCut(cut.name, end, left);
      } finally {
        await lab.destroy();
      }
    });
  }
});

test('an apt that goes on without its engine is waited for, and said to be', async () => {
  const lab = await labFrom((await prepared('db-login')).mark, 'orphan');
  try {
    // It ignores what systemd asks of what is left in a unit, and needs nobody to read what it says.
    const alone = '/var/log/apt-alone.log';
    const stubborn = `#!/bin/sh\ntrap '' TERM HUP PIPE\nexec /usr/bin/apt-get "$@" >>${alone} 2>&1\n`;
    await lab.write('/usr/local/sbin/apt-get', stubborn, 0o755);
    const until = ['install', 'pretix', '--yes', '--until', 'apt-packages'];
    const when = `test "$(grep -c '^Unpacking' ${alone})" -ge 10`;
    await strike(lab, { name: 'apt goes on', step: 'apt-packages', blow: 'engine', when }, ...until);
    const isAlone = (await lab.run(['pgrep', '-x', 'apt-get'])).stdout;
    const { code, said } = await wizard(lab, ...until);
    expect(isAlone).not.toBe('');
    expect(code, said).toBe(0);
    expect(said).toContain(awaitingProgram.en);
    expect((await lab.run(['dpkg', '--audit'])).stdout).toBe('');
  } finally {
    await lab.destroy();
  }
});
