/**
 * Systems on which the wizard has done the Pretix guide until some step, made by one install and kept for as long as
 * the product does not change: one install serves many experiments.
 */
import { createHash } from 'node:crypto';
import {
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { cacheFolder, takeLock } from './cache.ts';
import type { Entry, Lab, Mark, Snapshot } from './lab.ts';
import { emptyServer, install } from './pretix.ts';
import { ensureRoot } from './root.ts';

/** After which steps there is a disk: `''` is the empty server, `done` the whole guide. */
export const stops = [
  ...[
    '',
    'sizing',
    'db-login',
    'conf-file',
    'pip-tools',
    'pip-extra',
    'db-backup',
    'migrate',
    'updatestyles',
  ],
  ...['unit-worker', 'cron', 'apache-vhost', 'api-verify', 'done'],
] as const;

export type Stop = (typeof stops)[number];

/** A disk of a system, what was on it then, and what was on the empty server it began as. */
export interface Prepared {
  readonly mark: Mark;
  readonly snapshot: Snapshot;
  readonly empty: Snapshot;
}

/** The disk after a step. The first call makes all of them: some six minutes. */
export async function prepared(stop: Stop): Promise<Prepared> {
  const unlock = await takeLock('prepared');
  try {
    const folder = folderOfAll();
    if (!existsSync(join(folder, complete))) await makeAll(folder);
    utimesSync(join(folder, complete), new Date(), new Date());
    return await readStop(folder, stop);
  } finally {
    await unlock();
  }
}

/** A file that stands in a folder with all stops; its time is that of the last use. */
const complete = 'complete';
const project = resolve(import.meta.dirname, '../..');

/** `SETUP_WIZARD_LAB_PREPARED=newest` takes what is there, whichever build of the product made it. */
function folderOfAll(): string {
  const all = cacheFolder('prepared');
  const folders = readdirSync(all).map((name) => join(all, name));
  const whole = folders.filter((folder) => lastUse(folder) > 0);
  const newestFirst = whole.toSorted((a, b) => lastUse(b) - lastUse(a));
  if (process.env['SETUP_WIZARD_LAB_PREPARED'] === 'newest' && newestFirst[0]) return newestFirst[0];
  return join(all, keyOfBuild());
}

function keyOfBuild(): string {
  const hash = createHash('sha256');
  const parts = [
    'dist/main.js',
    'test/lab/pretix.ts',
    'test/lab/ksup.ts',
    'test/lab/root.ts',
    'test/lab/prepared.ts',
  ];
  for (const part of parts) hash.update(readFileSync(join(project, part)));
  return hash.digest('hex').slice(0, 12);
}

const lastUse = (folder: string): number =>
  statSync(join(folder, complete), { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** Those that nobody has used for a day, and what was never finished: whoever calls holds the lock. */
function removeOld(): void {
  const all = cacheFolder('prepared');
  for (const name of readdirSync(all)) {
    const folder = join(all, name);
    if (lastUse(folder) < Date.now() - 24 * 3_600_000) rmSync(folder, { recursive: true, force: true });
  }
}

async function makeAll(folder: string): Promise<void> {
  removeOld();
  const unfinished = cacheFolder('prepared', '.unfinished');
  const lab = await emptyServer({ release: 'bookworm', name: 'prepared', network: 'own' });
  try {
    for (const stop of stops) {
      if (stop !== '') await installUntil(lab, stop);
      const snapshot = await lab.snapshot();
      const place = join(unfinished, `stop-${stop}`);
      await lab.mark(stop, place);
      writeFileSync(join(place, 'snapshot.json'), JSON.stringify([...snapshot]));
      await lab.boot();
    }
    writeFileSync(join(unfinished, complete), '');
    renameSync(unfinished, folder);
  } finally {
    await lab.destroy();
  }
}

async function installUntil(lab: Lab, stop: Stop): Promise<void> {
  const flags = stop === 'done' ? [] : ['--until', stop];
  const { code, said } = await install(lab, '--answers', '/root/answers.ini', ...flags);
  if (code !== 0) throw new Error(`The guide until ${stop}: ${said}`);
}

async function readStop(folder: string, stop: Stop): Promise<Prepared> {
  await ensureRoot('bookworm');
  const past = stops.slice(0, stops.indexOf(stop) + 1).toReversed();
  const written = past.map((one) => join(folder, `stop-${one}`, 'written'));
  return {
    mark: { release: 'bookworm', written },
    snapshot: readSnapshot(folder, stop),
    empty: readSnapshot(folder, ''),
  };
}

function readSnapshot(folder: string, stop: Stop): Snapshot {
  const entries: [string, Entry | null][] = JSON.parse(
    readFileSync(join(folder, `stop-${stop}`, 'snapshot.json'), 'utf8'),
  );
  return new Map(entries.map(([path, entry]) => [path, entry ?? undefined]));
}
