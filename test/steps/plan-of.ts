/** A guide's plan for given answers and facts, without a machine: what a golden plan is made of. */
import { generateSecrets } from '../../src/answers/generate.ts';
import { Redactor } from '../../src/answers/redactor.ts';
import { type Answer, type Resolution, resolveAnswers } from '../../src/answers/resolve.ts';
import { Secret } from '../../src/answers/secret.ts';
import { questionOf } from '../../src/guide/lists.ts';
import type { Guide } from '../../src/guide/types.ts';
import { type AnyOp, operationOf, resolvePlan } from '../../src/run/plan.ts';
import { asValues, missingIn, RunValues, type Value } from '../../src/run/values.ts';
import { assets } from './all.ts';

export const debian12 = {
  'os.id': 'debian',
  'os.version': '12',
  python3: '3.11',
  init: 'systemd',
  cpu: '2',
  ip: '192.0.2.10',
};
export const debian13 = { ...debian12, 'os.version': '13', python3: '3.13' };

export interface Planned {
  readonly resolution: Resolution;
  /** `step: kind key`, one per operation. */
  readonly lines: readonly string[];
  readonly operations: readonly { readonly step: string; readonly op: AnyOp }[];
  /** Names that no question and no step gives with these answers. */
  readonly missing: readonly string[];
  readonly values: RunValues;
}

/** Secrets are given by their question's kind. */
export function answer(guide: Guide, given: Readonly<Record<string, string>>): Map<string, Answer> {
  return new Map(
    Object.entries(given).map(([id, value]) => {
      const isSecret = questionOf(guide, id)?.kind === 'password';
      return [id, isSecret ? { secret: new Secret(value), from: 'file' } : { value, from: 'file' }];
    }),
  );
}

export function planOf(
  guide: Guide,
  facts: Readonly<Record<string, string>>,
  given: Readonly<Record<string, string>>,
): Planned {
  const resolution = resolveAnswers(guide, facts, answer(guide, given));
  const generated = generateSecrets(guide, resolution, (bytes) => Buffer.alloc(bytes, 7));
  const values = valuesOf(facts, [...resolution.answers, ...generated]);
  // As the engine does: nothing is planned while an answer is wrong.
  const isWrong = resolution.problems.length > 0;
  const steps = isWrong
    ? []
    : resolvePlan(guide, assets, (name) => values.lookup(name) ?? facts[name], values);
  const operations = steps.flatMap((step) =>
    step.operations.map((planned) => ({ step: step.id, key: planned.key, op: operationOf(planned) })),
  );
  const produced = operations.flatMap(({ op }) => givenBy(op));
  return {
    resolution,
    lines: operations.map(({ step, key, op }) => `${step}: ${op.kind} ${key}`),
    operations,
    missing: operations
      .flatMap(({ step, op }) => missingIn(op, values).map((name) => ({ step, name })))
      .filter(({ name }) => !produced.includes(name))
      .map(({ step, name }) => `${step}: ${name}`),
    values,
  };
}

function valuesOf(
  facts: Readonly<Record<string, string>>,
  answers: readonly (readonly [string, Answer])[],
): RunValues {
  const known = new Map<string, Value>(
    Object.entries(facts).map(([id, value]) => [id, { value, secret: false }]),
  );
  for (const [id, answer] of answers)
    for (const [name, value] of asValues(id, { value: '', ...answer })) known.set(name, value);
  return new RunValues(known, new Redactor(), async () => {});
}

function givenBy(op: AnyOp): string[] {
  if (op.kind === 'produce') return [op.name];
  if (op.kind === 'script') return (op.gives ?? []).map(({ id }) => id);
  if (op.kind === 'checklist') return op.items.flatMap(({ gives }) => gives ?? []);
  return [];
}
