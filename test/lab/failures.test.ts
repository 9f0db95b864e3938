/**
 * What administrators meet: each failure is put into a real system where the guide stands just before it, and the
 * wizard goes on. Is the cause told in words? Takes about twenty minutes: six to get there, then seconds for each, and
 * up to a minute where the guide itself waits for a server.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { StepError } from '../../src/run/protocol.ts';
import { guide } from '../../steps/pretix/index.ts';
import type { Injection } from './injections/injection.ts';
import { packages } from './injections/packages.ts';
import { practice } from './injections/practice.ts';
import { pretix } from './injections/pretix.ts';
import { python } from './injections/python.ts';
import { servers } from './injections/servers.ts';
import { Lab, type Mark } from './lab.ts';
import { emptyServer, install } from './pretix.ts';

const injections: readonly Injection[] = [...packages, ...servers, ...python, ...pretix, ...practice];
const enough = 0.9;
const marks = new Map<string, Mark>();

/** One system after another, each with the guide done until a step that injections start after. */
async function prepare(): Promise<void> {
  const lab = await emptyServer({ release: 'bookworm', name: 'failures' });
  await lab.run(['useradd', '--create-home', 'alice']);
  marks.set('', await lab.mark('failures'));
  for (const step of stepsInOrder) {
    await lab.boot();
    const { code, said } = await install(lab, '--answers', '/root/answers.ini', '--until', step);
    expect(code, said).toBe(0);
    marks.set(step, await lab.mark(`failures-${step}`));
  }
  await lab.destroy();
}

const stepsInOrder = guide.chapters
  .flatMap(({ steps }) => steps.map(({ id }) => id))
  .filter((id) => injections.some(({ after }) => after === id));

interface Failed {
  readonly step: string;
  readonly error: StepError;
}

/** What the run's own record says of the step that failed. */
async function inject(injection: Injection): Promise<Failed | undefined> {
  const { after = '', network = 'private' } = injection;
  const fromMark = marks.get(after);
  if (!fromMark) throw new Error(`no system with ${after} done`);
  const lab = await Lab.create({ release: 'bookworm', name: 'failure', fromMark, network, product: true });
  try {
    await lab.boot();
    await lab.run(['bash', '-c', injection.break]);
    const { stdout } = await lab.wizard(argumentsOf(injection), {
      user: injection.guide === 'practice' ? 'alice' : 'root',
      env: { ...injection.env },
      check: false,
    });
    const records = stdout.split('\n').filter((line) => line.startsWith('{'));
    return records
      .map((line) => JSON.parse(line))
      .findLast(({ type, outcome }) => type === 'step-end' && outcome === 'failed');
  } finally {
    await lab.destroy();
  }
}

function argumentsOf({ guide, after, flags = [] }: Injection): string[] {
  const answers = guide === 'practice' ? ['--set', 'PRACTICE_BY=wizard'] : ['--answers', '/root/answers.ini'];
  return ['install', guide, '--yes', '--json', ...(after ? [] : answers), ...flags];
}

describe('the cause is told in words', () => {
  const recognised = new Map<string, string>();
  const others: string[] = [];

  beforeAll(prepare);
  afterAll(() => {
    console.log(`recognised ${recognised.size} of ${injections.length}`);
    for (const one of others) console.log(one);
  });

  test.each(injections)('$guide: $name', async (injection) => {
    const failed = await inject(injection);
    expect(failed?.step, 'the wizard was to fail').toBeDefined();
    const error = failed?.error;
    const id = error?.cause?.id;
    if (id === injection.cause) recognised.set(injection.name, id);
    else
      others.push(
        [injection.name, id, JSON.stringify(error?.values), ...(error?.lastLines ?? [])].join('\n  '),
      );
  });

  test('of nine in ten, of 25 kinds at least', () => {
    expect(new Set(recognised.values()).size).toBeGreaterThanOrEqual(25);
    expect(recognised.size / injections.length).toBeGreaterThanOrEqual(enough);
  });
});
