import { mkdirSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const { SETUP_WIZARD_LAB_CACHE } = process.env;

/** Where roots, labs, marks and package caches live: outside the checkout, kept between runs. */
export const cacheDir = SETUP_WIZARD_LAB_CACHE || '/var/cache/setup-wizard-lab';

/** A folder of the cache, created when missing. */
export function cacheFolder(...parts: string[]): string {
  const folder = join(cacheDir, ...parts);
  mkdirSync(folder, { recursive: true });
  return folder;
}

/**
 * Takes a lock that all processes of this machine share, and waits for it. The kernel frees it when its holder dies, as
 * it is a listening abstract socket. Returns what gives it back.
 */
export async function takeLock(name: string): Promise<() => Promise<void>> {
  for (;;) {
    const giveBack = await tryLock(name);
    if (giveBack) return giveBack;
    await sleep(100);
  }
}

/** The same without waiting: nothing when somebody has it. */
export async function tryLock(name: string): Promise<(() => Promise<void>) | undefined> {
  const server = await listen(`\0setup-wizard-lab:${name}`);
  return server && (() => new Promise((done) => server.ref().close(() => done())));
}

function listen(address: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer().unref();
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error),
    );
    server.listen(address, () => resolve(server));
  });
}
