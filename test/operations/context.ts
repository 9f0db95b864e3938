/** What tests of operation kinds need: a context on the real machine that keeps everything in one temporary folder. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { Redactor } from '../../src/answers/redactor.ts';
import type { Lang } from '../../src/guide/types.ts';
import { realHost } from '../../src/host/real.ts';
import type { Host } from '../../src/host/types.ts';
import { StateFolder } from '../../src/journal/state.ts';
import type { Context, Json } from '../../src/operations/verbs.ts';
import { makeContext } from '../../src/run/context.ts';
import { RunValues } from '../../src/run/values.ts';

export interface TestContext extends Context {
  /** All that went to the step's log and the screens. */
  readonly output: () => string;
  /** Values learnt so far, secret or not. */
  readonly learnt: ReadonlyMap<string, { readonly value: string; readonly secret: boolean }>;
  readonly state: StateFolder;
}

export interface TestOptions {
  readonly values?: Readonly<Record<string, string>>;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly host?: Host;
  /** The state folder is `DIR/state`. Default: a new temporary folder that goes when the test ends. */
  readonly dir?: string;
  readonly purpose?: Context['purpose'];
  readonly lang?: Lang;
  readonly recorded?: Readonly<Record<string, Json>>;
}

/** A new folder that goes when the test ends. */
export async function temporaryFolder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'setup-wizard-test-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

/** The engine's own context, on the real host unless another is given. Same `dir`, same key and before-images. */
export async function testContext(options: TestOptions = {}): Promise<TestContext> {
  const {
    values = {},
    secrets = {},
    host = realHost(),
    purpose = 'run',
    lang = 'en',
    recorded = {},
  } = options;
  // Made by a host without a gate: a crash test counts the effects of the kind only.
  const state = new StateFolder(realHost(), join(options.dir ?? (await temporaryFolder()), 'state'));
  await state.prepare('test');
  const learnt = new Map<string, { value: string; secret: boolean }>();
  const redactor = new Redactor();
  const known = new Map<string, { value: string; secret: boolean }>();
  for (const [id, value] of Object.entries(values)) known.set(id, { value, secret: false });
  for (const [id, value] of Object.entries(secrets)) known.set(id, { value, secret: true });
  const runValues = new RunValues(known, redactor, async (id, value, secret) => {
    learnt.set(id, { value, secret });
  });
  let output = '';
  const context = makeContext(
    {
      host,
      state,
      run: 'test',
      key: await state.key(),
      values: runValues,
      redactor,
      lang,
      recorded: (key) => recorded[key],
    },
    purpose,
    (text) => {
      output += text;
    },
  );
  return { ...context, output: () => output, learnt, state };
}
