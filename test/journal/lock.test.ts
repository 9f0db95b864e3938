import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { readdir, readFile, readlink, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { realHost } from '../../src/host/real.ts';
import type { Host } from '../../src/host/types.ts';
import { Busy, bootId, holderOf, takeLock } from '../../src/journal/lock.ts';

const host = realHost();

function newPath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'setup-wizard-lock-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return join(folder, 'lock');
}

/** When a living process began, in the kernel's own words. */
async function beganOf(pid: number): Promise<string> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}

async function deadPid(): Promise<number> {
  const child = spawn('/bin/true');
  await once(child, 'exit');
  return child.pid ?? 0;
}

/** A lock that a process left when it was killed. */
async function leftBehind(path: string): Promise<void> {
  await symlink(`${await deadPid()} ${await bootId(host)} 12345 0001-dead`, path);
}

describe('a lock', () => {
  test('names its holder until it is given back', async () => {
    const path = newPath();
    expect(await holderOf(host, path)).toBeUndefined();
    const release = await takeLock(host, path, '0001-x');
    expect(await holderOf(host, path)).toEqual({
      pid: process.pid,
      boot: await bootId(host),
      began: await beganOf(process.pid),
      run: '0001-x',
    });
    await release();
    expect(await holderOf(host, path)).toBeUndefined();
    expect(await readdir(join(path, '..'))).toEqual([]);
  });

  test('of a living process is refused, with who holds it', async () => {
    const path = newPath();
    await takeLock(host, path, '0001-x');
    const refusal = await takeLock(host, path, '0002-y').catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(Busy);
    expect((refusal as Busy).holder).toMatchObject({ pid: process.pid, run: '0001-x' });
    expect(await readlink(path)).toContain(' 0001-x');
  });

  for (const [what, target] of [
    ['a process that is gone', async () => `${await deadPid()} ${await bootId(host)} 1 0001-x`],
    [
      'another boot, whose number a process has now',
      async () => `${process.pid} 00000000-0000 ${await beganOf(process.pid)} 0001-x`,
    ],
    ['an earlier process of the same number', async () => `${process.pid} ${await bootId(host)} 1 0001-x`],
    ['nobody that can be made out', async () => 'rubbish'],
    [
      'a process that was gone before it could say when it began',
      async () => `1 ${await bootId(host)} undefined x`,
    ],
  ] as const) {
    test(`of ${what} is taken over`, async () => {
      const path = newPath();
      await symlink(await target(), path);
      expect(await holderOf(host, path)).toBeUndefined();
      const release = await takeLock(host, path, '0002-y');
      expect((await holderOf(host, path))?.run).toBe('0002-y');
      await release();
      expect(await readdir(join(path, '..'))).toEqual([]);
    });
  }

  test('of a zombie is taken over: nobody is left in it', async () => {
    const path = newPath();
    // The shell becomes `sleep` before its child ends, and never asks how it did.
    const parent = spawn('/bin/sh', ['-c', 'sleep 2 & echo $!; exec sleep 60'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    onTestFinished(() => void parent.kill('SIGKILL'));
    const [text] = (await once(parent.stdout, 'data')) as [Buffer];
    const pid = Number(text.toString());
    while (!(await readFile(`/proc/${pid}/stat`, 'utf8')).includes(') Z ')) await host.sleep(5);
    await symlink(`${pid} ${await bootId(host)} ${await beganOf(pid)} 0001-x`, path);
    expect(await holderOf(host, path)).toBeUndefined();
  });

  test('is given back by its holder only', async () => {
    const path = newPath();
    const release = await takeLock(host, path, '0001-x');
    await rm(path);
    await takeLock(host, path, '0002-y');
    await release();
    expect((await holderOf(host, path))?.run).toBe('0002-y');
  });
});

/** Living processes that a test may speak for. */
const living = [process.pid, process.ppid, 1];

/** Lets others go first, now and then: another order each time, the same for the same seed. */
function dawdling(seed: number): Host {
  let state = seed;
  const pause = async () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    for (let turn = (state >> 8) % 6; turn > 0; turn--) await new Promise(setImmediate);
  };
  return {
    ...host,
    stat: async (path) => {
      const stat = await host.stat(path);
      await pause();
      return stat;
    },
    link: async (path, target) => {
      await pause();
      await host.link(path, target);
    },
    rename: async (from, to) => {
      await pause();
      await host.rename(from, to);
    },
    remove: async (path) => {
      await pause();
      await host.remove(path);
    },
    sleep: pause,
  };
}

describe('of several that want the lock at once', () => {
  for (const [what, prepare] of [
    ['free', async () => {}],
    ['left behind by a dead process', leftBehind],
  ] as const) {
    test(`exactly one gets it when it is ${what}`, async () => {
      for (let seed = 1; seed <= 60; seed++) {
        const path = newPath();
        await prepare(path);
        const taken = await Promise.allSettled(
          living.map((pid, index) => takeLock(dawdling(seed * 31 + index), path, `000${index}-x`, pid)),
        );
        const refused = taken.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
        expect(refused.filter((reason) => !(reason instanceof Busy))).toEqual([]);
        expect(refused.length, `seed ${seed}`).toBe(living.length - 1);
        const winner = taken.findIndex(({ status }) => status === 'fulfilled');
        expect((await holderOf(host, path))?.run).toBe(`000${winner}-x`);
        expect(await readdir(join(path, '..'))).toEqual(['lock']);
      }
    });
  }

  test('one that saw the dead holder long ago does not take away what a living one has since', async () => {
    const path = newPath();
    await leftBehind(path);
    const saw = Promise.withResolvers<void>();
    const goesOn = Promise.withResolvers<void>();
    const away: string[] = [];
    const slow: Host = {
      ...host,
      stat: async (asked) => {
        const stat = await host.stat(asked);
        saw.resolve();
        await goesOn.promise;
        return stat;
      },
      rename: async (from) => void away.push(from),
      remove: async (asked) => {
        if (asked === path) away.push(asked);
        await host.remove(asked);
      },
    };
    const late = takeLock(slow, path, '0002-late', process.ppid).catch((error: unknown) => error);
    await saw.promise;
    await takeLock(host, path, '0001-first');
    goesOn.resolve();
    expect(await late).toBeInstanceOf(Busy);
    expect(away).toEqual([]);
    expect((await holderOf(host, path))?.run).toBe('0001-first');
  });

  test('one that died while it took over a dead holder’s lock stands in nobody’s way', async () => {
    const path = newPath();
    await leftBehind(path);
    for (let nth = 1; nth < 20; nth++) {
      let points = 0;
      const dying = realHost({
        gate: () => {
          points += 1;
          if (points >= nth) throw new Error('killed');
        },
      });
      // Its boot is over when the next one comes.
      const other: Host = {
        ...dying,
        read: async (asked) => (asked.endsWith('boot_id') ? Buffer.from(`gone-${nth}`) : host.read(asked)),
      };
      await takeLock(other, path, '0001-x').catch(() => {});
    }
    const release = await takeLock(host, path, '0002-y');
    expect((await holderOf(host, path))?.run).toBe('0002-y');
    await release();
    expect(await holderOf(host, path)).toBeUndefined();
  });
});
