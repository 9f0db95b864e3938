/** The same with real processes and SIGKILL: locks of the dead, sockets that stay behind, programs that go on. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { connect, type LiveConnection } from '../../src/client/connect.ts';
import { realHost } from '../../src/host/real.ts';
import { Busy, holderOf, takeLock } from '../../src/journal/lock.ts';
import { StateFolder } from '../../src/journal/state.ts';
import type { Event } from '../../src/run/protocol.ts';
import { newWorld } from '../run/rig.ts';
import { practiceAnswers, type World } from '../run/world.ts';
import { seen } from './cuts.ts';

const node = fileURLToPath(new URL('../../node_modules/.bin/node', import.meta.url));
const script = fileURLToPath(new URL('engine-process.ts', import.meta.url));
const host = realHost();

interface Engine {
  readonly process: ChildProcess;
  readonly connection: LiveConnection;
  readonly exit: Promise<number | null>;
}

/** Starts an engine and gives it its answers. */
async function startEngine(world: World, run: string, of?: string): Promise<Engine> {
  const child = spawn(node, [script, world.root, run, ...(of ? [of] : [])], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const exit = once(child, 'exit').then(([code]) => code as number | null);
  const connection = await reach(`${world.state}/runs/${run}/socket`);
  const given = Object.entries(practiceAnswers(world)).map(([id, value]) => ({
    id,
    value,
    from: 'set' as const,
  }));
  connection.send({ type: 'start', unattended: true, given: of ? [] : given });
  return { process: child, connection, exit };
}

async function reach(socket: string): Promise<LiveConnection> {
  for (let attempt = 0; attempt < 1000; attempt++) {
    const connection = await connect(socket).catch(() => undefined);
    if (connection) return connection;
    await host.sleep(20);
  }
  throw new Error('the engine does not answer');
}

/** Kills the engine once it has said this, as the kernel would that is short of memory. */
async function killAt({ process, connection, exit }: Engine, when: (event: Event) => boolean): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  connection.events((event) => {
    if (when(event)) resolve();
  });
  await Promise.race([promise, exit]);
  process.kill('SIGKILL');
  await exit;
  await connection.over;
}

test('an engine killed again and again in an install and in its rollback is taken over each time', async () => {
  const world = newWorld();
  await mkdir(world.home);
  const former = await seen(world);
  const state = new StateFolder(host, world.state);
  const run = await state.newRun('practice');
  const begins = (step: string) => (event: Event) =>
    event.type === 'record' && event.record.type === 'step-begin' && event.record.step === step;
  const isWorking = (event: Event) => event.type === 'output' && event.text.includes('building part');

  for (const [at, when] of [
    ['folder', begins('folder')],
    ['settings', begins('settings')],
    ['the long work', isWorking],
  ] as const) {
    const engine = await startEngine(world, run);
    const { pid } = engine.process;
    expect((await holderOf(host, state.lock))?.pid, at).toBe(pid);
    await expect(takeLock(host, state.lock, 'another'), at).rejects.toThrow(Busy);
    await killAt(engine, when);
    expect(engine.connection.lost(), at).toBe(true);
    expect((await host.stat(state.lock))?.target, at).toContain(`${pid} `);
    expect(await holderOf(host, state.lock), at).toBeUndefined();
  }
  const last = await startEngine(world, run);
  expect(await last.exit).toBe(0);
  expect(await readFile(`${world.folder}/work.done`, 'utf8')).toBe('6000 parts\n');
  expect(await host.stat(state.lock)).toBeUndefined();
  expect((await state.summaries()).map((one) => one.state)).toEqual(['done']);

  const back = await state.newRun('practice');
  for (const step of ['by-hand', 'long-work', 'folder'])
    await killAt(await startEngine(world, back, run), begins(step));
  expect(await (await startEngine(world, back, run)).exit).toBe(0);
  expect(await seen(world)).toEqual(former);
  expect((await state.summaries()).map((one) => one.state)).toEqual(['rolled-back', 'rolled-back']);
}, 90_000);
