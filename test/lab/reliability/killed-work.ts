/** A real engine is killed before, in the middle of and after the effect of real kinds, on a machine made for them. */
import { expect } from 'vitest';
import type { Operation } from '../../../src/guide/kinds.ts';
import { isReport, proven } from '../../figures.ts';
import { bundled } from '../bundle.ts';
import { describeChanges, Lab, type LabOptions, type Mark, type Snapshot, undeclared } from '../lab.ts';
import type { Kill, Order, Result } from './killed-runner.ts';

const program = '/var/cache/killed-runner.mjs';
/** Of the points of one operation, so many are tried, and the first and the last: each takes some ten seconds. */
const sample = 4;

export interface Example {
  readonly op: Operation;
  /** Its template, called `template`. */
  readonly template?: string;
}

export interface Machine {
  readonly name: string;
  /** Done once, with a way out to the registries; afterwards no example needs any. */
  ready(lab: Lab): Promise<Order['values']>;
  /** By kind: what its examples need beside, on a machine that no other kind sees. */
  readonly firstly?: Readonly<Record<string, string>>;
  /** Script that says what files do not show. */
  readonly look: string;
  /** Files that only say when they were written, or whose content `look` shows. */
  readonly incomparable: RegExp;
  /** What is another text each time. */
  readonly varying?: RegExp;
  /** Of the labs that it is tried in. */
  readonly options: Partial<LabOptions>;
}

export class KilledKinds {
  readonly #machine: Machine;
  #mark: Mark | undefined;
  #lab: Lab | undefined;
  #before: Snapshot | undefined;
  #looked = '';
  /** What the examples name. */
  #values: Order['values'];
  /** A test ended in the middle: what it left is no matter of the next one. */
  #isSpoilt = false;

  constructor(machine: Machine) {
    this.#machine = machine;
  }

  async prepare(): Promise<void> {
    const { name, options, ready } = this.#machine;
    const first = await Lab.create({ release: 'bookworm', name, ...options, network: 'own', product: false });
    this.#lab = first;
    await first.boot();
    this.#values = await ready(first);
    await first.write(program, await bundled(`${import.meta.dirname}/killed-runner.ts`));
    this.#mark = await first.mark(`killed-${name}`);
    await this.#fresh();
  }

  destroy = async (): Promise<void> => this.#lab?.destroy();

  async everywhere(kind: string, all: readonly Example[]): Promise<void> {
    const isOfItsOwn = kind in (this.#machine.firstly ?? {});
    if (this.#isSpoilt || isOfItsOwn) await this.#fresh(kind);
    this.#isSpoilt = true;
    const count = { points: 0, resumed: 0, undone: 0, wrong: 0 };
    const problems: string[] = [];
    for (const example of all) {
      const { kills, done } = await this.#undisturbed(example);
      for (const [index, kill] of kills.entries()) {
        count.points += 1;
        const ways: readonly Way[] = isReport ? ['resumed', 'undone'] : [index % 2 ? 'undone' : 'resumed'];
        for (const way of ways) {
          const wrong = await this.#experiment(example, kill, way, done);
          if (!wrong) count[way] += 1;
          else {
            count.wrong += 1;
            problems.push(`${JSON.stringify(kill)} ${way} ${JSON.stringify(example.op)}\n${wrong}`);
            await this.#fresh(kind);
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
    this.#isSpoilt = isOfItsOwn;
    expect(problems.join('\n\n')).toBe('');
  }

  async #shell(script: string): Promise<string> {
    if (!this.#lab) throw new Error('not prepared');
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    return (await this.#lab.run(['sh', '-ec', script], { env })).stdout;
  }

  async #fresh(kind = ''): Promise<void> {
    const { name, options, look, firstly } = this.#machine;
    await this.destroy();
    if (!this.#mark) throw new Error('not prepared');
    const lab = await Lab.create({
      release: 'bookworm',
      name,
      network: 'private',
      ...options,
      fromMark: this.#mark,
      product: false,
    });
    this.#lab = lab;
    await lab.boot();
    await this.#shell('umount /var/cache/apt/archives');
    const first = firstly?.[kind];
    if (first !== undefined) await this.#shell(first);
    this.#looked = await this.#shell(look);
    this.#before = await lab.snapshot();
  }

  /** One engine; nothing when it was killed, as it was told to be. */
  async #engine(order: Order): Promise<Result | undefined> {
    if (!this.#lab) throw new Error('not prepared');
    const argv = ['/opt/node/bin/node', program, JSON.stringify({ ...order, values: this.#values })];
    const env = { PIP_NO_INDEX: '1', PIP_FIND_LINKS: '/srv/wheels' };
    const { code, stdout, stderr } = await this.#lab.run(argv, { env, check: false });
    if (order.kill && code !== 0) return undefined;
    if (code !== 0) throw new Error(`${JSON.stringify(order)}: ${code}\n${stderr}`);
    return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
  }

  /** What differs from the machine that was there, files and all else. */
  async #differences(): Promise<string> {
    const { incomparable, varying = /(?!)/, look } = this.#machine;
    if (!this.#lab || !this.#before) throw new Error('not prepared');
    const changes = undeclared(await this.#lab.changesSinceMark(this.#before)).filter(
      ({ path }) => !incomparable.test(path),
    );
    const now = await this.#shell(look);
    const lines = (text: string) => new Set(text.split('\n'));
    const [before, after] = [lines(this.#looked), lines(now)];
    const gone = [...before].filter((line) => !after.has(line)).map((line) => `- ${line}`);
    const come = [...after]
      .filter((line) => !before.has(line))
      .map((line) => `+ ${line.replace(varying, '')}`);
    return [describeChanges(changes), ...gone, ...come].filter(Boolean).join('\n');
  }

  async #forget(): Promise<void> {
    await this.#shell('rm -rf /var/lib/setup-wizard/runs /var/lib/setup-wizard/lock');
  }

  /** What one undisturbed run does, and how many places it can be stopped at. */
  async #undisturbed(example: Example): Promise<{ kills: Kill[]; done: string }> {
    const installed = await this.#engine({ verb: 'install', ...example });
    expect(installed, JSON.stringify(installed)).toMatchObject({ exit: 0 });
    const done = await this.#differences();
    expect((await this.#engine({ verb: 'rollback', ...example }))?.exit).toBe(0);
    expect(await this.#differences()).toBe('');
    await this.#forget();
    return { kills: killsOf(installed as Result), done };
  }

  /** Kills an engine, then goes on or takes back; gives what is wrong with what is there at the end. */
  async #experiment(example: Example, kill: Kill, way: Way, done: string): Promise<string> {
    const killed = await this.#engine({ verb: 'install', ...example, kill });
    const wrong: string[] = [];
    const expected = async (what: string, result: Result | undefined, wanted: string) => {
      const found = await this.#differences();
      if (result?.exit !== 0) wrong.push(`${what} ended with ${result?.exit}: ${result?.said.join('; ')}`);
      if (found !== wanted) wrong.push(`${what} left\n${found}\ninstead of\n${wanted}`);
    };
    if (way === 'resumed') {
      const again = killed ?? (await this.#engine({ verb: 'install', ...example }));
      await expected('the next engine', again, done);
    }
    await expected('the rollback', await this.#engine({ verb: 'rollback', ...example }), '');
    await this.#forget();
    return wrong.join('\n');
  }
}

type Way = 'resumed' | 'undone';

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
