import type { Answer, Resolution } from '../../answers/resolve.ts';
import type { FileSyntax } from '../../guide/kinds.ts';
import { questionIdOf } from '../../guide/names.ts';
import type { Text } from '../../guide/types.ts';
import { failureText } from '../../i18n/index.ts';
import type { PlannedStep } from '../../journal/records.ts';
import { passwordText } from '../../operations/shared/prosody.ts';
import { valueText } from '../../operations/shared/setting/value.ts';
import { Failure, type Values } from '../../operations/verbs.ts';
import { type AnyOp, operationOf } from '../plan.ts';

/** Answers that the place they go to cannot hold: a problem until another one is given. */
export type Refusals = ReadonlyMap<string, { readonly answer: Answer | undefined; readonly say: Text }>;

export function refusalsOf(
  steps: readonly PlannedStep[],
  values: Values,
  answers: ReadonlyMap<string, Answer>,
): Refusals {
  return new Map(
    carryProblems(steps, values).map(({ name, failure }) => [
      name,
      { answer: answerOf(answers, name), say: failureText(failure) },
    ]),
  );
}

/**
 * Values that the place they go to cannot hold (a `${` in an Apache directive): refused at their question.
 * `name` is the answer's, or that of a cell of a list.
 */
function carryProblems(
  steps: readonly PlannedStep[],
  values: Values,
): { readonly name: string; readonly failure: Failure }[] {
  return steps.flatMap((step) =>
    step.operations.flatMap((planned) => carryProblem(operationOf(planned), values)),
  );
}

/** Of kinds that write a file of one kind only. */
const syntaxes: Readonly<Partial<Record<AnyOp['kind'], FileSyntax>>> = {
  'apache-site': 'apache',
  'nginx-site': 'nginx',
  'supervisor-program': 'supervisor',
};

function carryProblem(op: AnyOp, values: Values): { name: string; failure: Failure }[] {
  const text = textOf(op);
  if (text === undefined || values.missing(text).length > 0) return [];
  try {
    carry(op, text, values);
    return [];
  } catch (failure) {
    if (!(failure instanceof Failure && failure.code === 'cannot-carry')) throw failure;
    return [{ name: failure.values['name'] ?? '', failure }];
  }
}

function textOf(op: AnyOp): string | undefined {
  if (op.kind === 'setting') return op.value;
  if (op.kind === 'prosody-account') return op.password;
  if (op.kind === 'debconf-answer') return op.password ?? op.value;
  return 'content' in op ? op.content : undefined;
}

/** Throws `Failure` where it cannot be written. */
function carry(op: AnyOp, text: string, values: Values): void {
  const syntax = 'syntax' in op ? op.syntax : syntaxes[op.kind];
  if (op.kind === 'setting') valueText(op, values);
  else if (op.kind === 'prosody-account') passwordText(op, values);
  else if (op.kind === 'debconf-answer') values.full(text, 'debconf');
  else if (syntax) values.full(text, syntax);
}

/** Of a cell that is no secret, the answer is its list's. */
function answerOf(answers: ReadonlyMap<string, Answer>, name: string): Answer | undefined {
  return answers.get(name) ?? answers.get(questionIdOf(name));
}

/** The same with what is still refused as problems of their fields. */
export function withRefusals(
  resolution: Resolution,
  answers: ReadonlyMap<string, Answer>,
  refusals: Refusals,
): Resolution {
  const still = [...refusals]
    .filter(([name, { answer }]) => answerOf(answers, name) === answer)
    .map(([name, { say }]) => ({ id: questionIdOf(name), say }));
  if (still.length === 0) return resolution;
  const say = new Map(still.map((refusal) => [refusal.id, refusal.say]));
  const { form } = resolution;
  const fields = form.fields.map((field) => {
    const problem = say.get(field.id) ?? field.problem;
    return problem ? { ...field, problem } : field;
  });
  return {
    ...resolution,
    problems: [...resolution.problems, ...still],
    form: { ...form, fields, open: [...form.open, ...say.keys()] },
  };
}
