/** Labs with a product that knows two small guides beside Pretix, and what a working small guide shows. */
import { join, resolve } from 'node:path';
import { execa } from 'execa';
import { expect } from 'vitest';
import { cacheFolder } from '../cache.ts';
import { Lab, type Mark } from '../lab.ts';
import { json, servesPretix, wizard } from '../pretix.ts';
import { page } from '../web.ts';

const project = resolve(import.meta.dirname, '../../..');
const dist = () => join(cacheFolder('products'), 'small');

/** Builds the product with the guides in test/lab/guides. */
export async function buildWithSmall(): Promise<void> {
  const flags = ['--guides', join(project, 'test/lab/guides'), '--out', dist()];
  await execa(process.execPath, [join(project, 'scripts/build.mjs'), ...flags]);
}

export async function labWithSmall(name: string, fromMark: Mark): Promise<Lab> {
  const { release } = fromMark;
  const lab = await Lab.create({ release, name, fromMark, network: 'own', product: dist() });
  await lab.boot();
  return lab;
}

export type Id = 'pretix' | 'one' | 'two';

const databases = { one: '5', two: '6' } as const;

export async function settle(lab: Lab, id: Id, ...flags: string[]): Promise<void> {
  const given = id === 'pretix' ? ['--answers', '/root/answers.ini'] : [];
  const { code, said } = await wizard(lab, 'install', id, '--yes', ...given, ...flags);
  expect(code, said).toBe(0);
}

/** Gives how many effects it took back, and how many it left to another guide. */
export async function leave(lab: Lab, id: Id, ...flags: string[]): Promise<{ back: number; left: number }> {
  const { code, stdout, stderr } = await lab.wizard(['rollback', id, '--yes', '--json', ...flags], {
    check: false,
    timeout: 20 * 60_000,
  });
  expect(code, stdout.slice(-3000) + stderr).toBe(0);
  const ends = stdout.split('\n').filter((line) => line.includes('"type":"undo-end"'));
  return {
    back: ends.filter((line) => line.includes('"outcome":"undone"')).length,
    left: ends.filter((line) => line.includes('"heir":')).length,
  };
}

/** It is as its guide wants it, and it works. */
export async function expectAlive(lab: Lab, id: Id, when: string): Promise<void> {
  expect(await json(lab, 'verify', id), `${id}, ${when}`).toMatchObject({ ok: true, drifts: [] });
  if (id === 'pretix') return servesPretix(lab);
  const shown = async () => (await page(lab, `${id}.example.org`, '/')).body;
  await expect.poll(shown, { timeout: 30_000, interval: 500 }).toBe(`page of ${id}\n`);
  const redis = (...words: string[]) => lab.run(['redis-cli', '-n', databases[id], ...words]);
  expect((await redis('ping')).stdout).toBe('PONG');
  expect((await redis('get', `setup-wizard:${id}`)).stdout).toBe('1');
  expect((await lab.run(['systemctl', 'is-active', `small-${id}`])).stdout).toBe('active');
}

export const access = '/etc/shared.d/access.conf';

/** The lines of a small guide in the file that both have lines in, with their markers. */
export async function blockOf(lab: Lab, id: Id): Promise<string> {
  const text = await lab.read(access);
  return (
    new RegExp(`^# BEGIN setup-wizard ${id}\n.*?^# END setup-wizard ${id}\n`, 'ms').exec(text)?.[0] ?? ''
  );
}
