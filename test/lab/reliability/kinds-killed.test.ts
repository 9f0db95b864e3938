/** Every real kind on its real system: a real engine is killed before, in the middle of and after the effect. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isReport, proven } from '../../figures.ts';
import { makeAptRepositories } from '../apt-stubs.ts';
import { bundled } from '../bundle.ts';
import { describeChanges, Lab, type Mark, type Snapshot, undeclared } from '../lab.ts';
import { makeRepositories } from '../rpm-stubs.ts';
import { makeKeys } from '../signing-keys.ts';
import { examples, firstly, look, ready, readyRepositories } from './killed-kinds.ts';
import type { Kill, Order, Result } from './killed-runner.ts';

const program = '/var/cache/killed-runner.mjs';
/** Of the points of one operation, so many are tried, and the first and the last: each takes some ten seconds. */
const sample = 4;

type Example = (typeof examples)[keyof typeof examples][number];

let mark: Mark;
let lab: Lab;
let before: Snapshot;
let looked: string;
/** Of the key that signs repositories. */
let fingerprint: string;
/** A test ended in the middle: what it left is no matter of the next one. */
let isSpoilt = false;

const shell = async (script: string) =>
  (await lab.run(['sh', '-ec', script], { env: { DEBIAN_FRONTEND: 'noninteractive' } })).stdout;

async function fresh(kind?: string): Promise<void> {
  await lab?.destroy();
  lab = await Lab.create({
    release: 'bookworm',
    fromMark: mark,
    name: 'kinds',
    network: 'private',
    product: false,
  });
  await lab.boot();
  await shell('umount /var/cache/apt/archives');
  const first = Object.entries(firstly).find(([name]) => name === kind)?.[1];
  if (first !== undefined) await shell(first);
  before = await lab.snapshot();
  looked = await shell(look);
}

beforeAll(async () => {
  const first = await Lab.create({ release: 'bookworm', name: 'kinds', network: 'own', product: false });
  lab = first;
  await first.boot();
  await shell(ready);
  fingerprint = (await makeKeys(first)).one;
  await makeRepositories(first);
  await makeAptRepositories(first);
  await shell(readyRepositories);
  await first.write(program, await bundled(`${import.meta.dirname}/killed-runner.ts`));
  mark = await first.mark('killed-kinds');
  await fresh();
});
afterAll(() => lab?.destroy());

const packages = { PIP_NO_INDEX: '1', PIP_FIND_LINKS: '/srv/wheels' };

/** One engine; nothing when it was killed, as it was told to be. */
async function engine(order: Order): Promise<Result | undefined> {
  const argv = ['/opt/node/bin/node', program, JSON.stringify({ ...order, values: { KEY: fingerprint } })];
  const { code, stdout, stderr } = await lab.run(argv, { env: packages, check: false });
  if (order.kill && code !== 0) return undefined;
  if (code !== 0) throw new Error(`${JSON.stringify(order)}: ${code}\n${stderr}`);
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
}

/**
 * Databases and accounts are compared by what is in them; Python's bytecode and git's index hold when files were written, and git
 * keeps what it has fetched.
 */
const incomparable =
  /^\/var\/lib\/(mysql|postgresql|redis|prosody|setup-wizard)\/|\.pyc$|^\/srv\/[\w/]+\/\.git\//;

/** What PostgreSQL keeps of the same password is another text each time. */
const salted = /SCRAM-SHA-256\$.*/;

/** What differs from the machine that was there, files and all else. */
async function differences(): Promise<string> {
  const changes = undeclared(await lab.changesSinceMark(before)).filter(
    ({ path }) => !incomparable.test(path),
  );
  const now = await shell(look);
  const lines = (text: string) => new Set(text.split('\n'));
  const gone = [...lines(looked)].filter((line) => !lines(now).has(line)).map((line) => `- ${line}`);
  const come = [...lines(now)]
    .filter((line) => !lines(looked).has(line))
    .map((line) => `+ ${line.replace(salted, '')}`);
  return [describeChanges(changes), ...gone, ...come].filter(Boolean).join('\n');
}

const forget = () => shell('rm -rf /var/lib/setup-wizard/runs /var/lib/setup-wizard/lock');

/** What one undisturbed run does, and how many places it can be stopped at. */
async function undisturbed(example: Example): Promise<{ kills: Kill[]; done: string }> {
  const installed = await engine({ verb: 'install', ...example });
  expect(installed, JSON.stringify(installed)).toMatchObject({ exit: 0 });
  const done = await differences();
  expect((await engine({ verb: 'rollback', ...example }))?.exit).toBe(0);
  expect(await differences()).toBe('');
  await forget();
  return { kills: killsOf(installed as Result), done };
}

function killsOf({ points, programs }: Result): Kill[] {
  const all = Array.from({ length: points }, (_, index) => index + 1);
  const few = all.filter(
    (point) => point === 1 || point === points || point % Math.ceil(points / sample) === 0,
  );
  const longest = Math.max(0, ...programs);
  return [
    ...few.map((point) => ({ point })),
    ...programs.flatMap((time, index) =>
      time === longest
        ? [false, true].map((wholly) => ({ program: index + 1, after: Math.floor(time / 2), with: wholly }))
        : [],
    ),
  ];
}

type Way = 'resumed' | 'undone';

/** Kills an engine, then goes on or takes back; gives what is wrong with what is there at the end. */
async function experiment(example: Example, kill: Kill, way: Way, done: string): Promise<string> {
  const killed = await engine({ verb: 'install', ...example, kill });
  const wrong: string[] = [];
  const expected = async (what: string, result: Result | undefined, wanted: string) => {
    const found = await differences();
    if (result?.exit !== 0) wrong.push(`${what} ended with ${result?.exit}: ${result?.said.join('; ')}`);
    if (found !== wanted) wrong.push(`${what} left\n${found}\ninstead of\n${wanted}`);
  };
  if (way === 'resumed') {
    const again = killed ?? (await engine({ verb: 'install', ...example }));
    await expected('the next engine', again, done);
  }
  await expected('the rollback', await engine({ verb: 'rollback', ...example }), '');
  await forget();
  return wrong.join('\n');
}

describe('an engine that is killed around the effect of a real kind', () => {
  test.each(Object.entries(examples))('%s', async (kind, all) => {
    if (isSpoilt || kind in firstly) await fresh(kind);
    isSpoilt = true;
    const count = { points: 0, resumed: 0, undone: 0, wrong: 0 };
    const problems: string[] = [];
    for (const example of all) {
      const { kills, done } = await undisturbed(example);
      for (const [index, kill] of kills.entries()) {
        count.points += 1;
        const ways: readonly Way[] = isReport ? ['resumed', 'undone'] : [index % 2 ? 'undone' : 'resumed'];
        for (const way of ways) {
          const wrong = await experiment(example, kill, way, done);
          if (!wrong) count[way] += 1;
          else {
            count.wrong += 1;
            problems.push(`${JSON.stringify(kill)} ${way} ${JSON.stringify(example.op)}\n${wrong}`);
            await fresh();
          }
        }
      }
    }
    console.log(kind, JSON.stringify(count));
    proven('enumeration', `real kind ${kind}`, {
      points: count.points,
      continued: count.resumed,
      'taken back': count.undone,
    });
    isSpoilt = kind in firstly;
    expect(problems.join('\n\n')).toBe('');
  });
});
