/** Operation kinds on the machine of a lab. */
import { bundled } from './bundle.ts';
import type { AnyOp, Order, Result } from './kind-runner.ts';
import type { Lab } from './lab.ts';

/** A folder that a boot does not empty, and where traces are declared. */
const program = '/var/cache/kind-runner.mjs';

let runner: Promise<string> | undefined;

/** Puts the program that runs kinds on the lab's disk. */
export async function installRunner(lab: Lab): Promise<void> {
  runner ??= bundled(`${import.meta.dirname}/kind-runner.ts`);
  await lab.write(program, await runner);
}

/** Carries out orders one after the other in one program. */
export async function order(lab: Lab, orders: readonly Order[]): Promise<Result[]> {
  const input = orders.map((one) => `${JSON.stringify(one)}\n`).join('');
  const { stdout } = await lab.run(['/opt/node/bin/node', program], { input, timeout: 1_200_000 });
  return stdout.split('\n').map((line) => JSON.parse(line) as Result);
}

/** One machine, and the secrets that its operations name. */
export class Kinds {
  readonly #lab: Lab;
  readonly #secrets: Readonly<Record<string, string>>;

  constructor(lab: Lab, secrets: Readonly<Record<string, string>> = {}) {
    this.#lab = lab;
    this.#secrets = secrets;
  }

  async one(verb: Order['verb'], op: AnyOp): Promise<Result> {
    const [result] = await order(this.#lab, [{ verb, op, secrets: this.#secrets }]);
    if (!result) throw new Error('no answer');
    return result;
  }

  /** Applies an operation and applies it again: the second time there must be nothing to do. */
  async apply(op: AnyOp): Promise<Result> {
    const [first, second] = await order(this.#lab, [
      { verb: 'apply', op, secrets: this.#secrets },
      { verb: 'apply', op, secrets: this.#secrets },
    ]);
    if (!first || first.failure) throw new Error(`${JSON.stringify(first?.failure)}\n${first?.output}`);
    if (first.difference?.change === 'change' && first.remaining?.change !== 'none')
      throw new Error(`not converged: ${JSON.stringify(first)}`);
    if (second?.difference?.change !== 'none') throw new Error(`not idempotent: ${JSON.stringify(second)}`);
    return first;
  }

  /** Takes operations back, newest first; gives what was left. */
  async undo(...ops: readonly AnyOp[]): Promise<string[]> {
    const orders = ops.toReversed().map((op): Order => ({ verb: 'undo', op, secrets: this.#secrets }));
    const results = await order(this.#lab, orders);
    const failed = results.find((result) => result.failure);
    if (failed) throw new Error(`${JSON.stringify(failed.failure)}\n${failed.output}`);
    return results.flatMap((result) => result.left ?? []);
  }
}
