/** Is this value a right answer to that question? Pure; says what is wrong, where, and what to do. */
import type { Question, QuestionKind, Text } from '../guide/types.ts';
import { say } from '../i18n/texts/answers.ts';
import { fqdnProblem, hostProblem, urlProblem } from './network.ts';

/** Longest answer of any kind. */
const longest = 4096;

type Check = (value: string, question: Question) => Text | undefined;

/** Nothing, or one sentence for the person. `value` is not empty: `resolveAnswers` deals with empty answers. */
export function validate(question: Question, value: string): Text | undefined {
  return (
    unfitForAny(value) ??
    checks[question.kind](value, question) ??
    lengthProblem(question, value) ??
    patternProblem(question, value)
  );
}

/** The value as the guide's files get it: pasted blanks off, lists with one kind of separator. */
export function normalize(question: Question, value: string): string {
  if (question.kind === 'password') return value;
  const bare = value.replace(/^ +/, '').replace(/(?<! ) +$/, '');
  if (question.kind === 'fqdns') return wordsOf(bare).join(' ');
  if (question.kind === 'emails')
    return bare
      .split(',')
      .map((one) => one.trim())
      .join(',');
  return bare;
}

/** Control characters, other line ends, and the invisible marks that reorder or hide text. */
const invisible = /[\p{Cc}\p{Zl}\p{Zp}\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/u;

function unfitForAny(value: string): Text | undefined {
  if (!value.isWellFormed()) return say.notText;
  const found = invisible.exec(value);
  if (found) return say.control([...value.slice(0, found.index)].length + 1);
  return value.length > longest ? say.tooLong(longest) : undefined;
}

const checks: Record<QuestionKind, Check> = {
  text: () => undefined,
  host: (value) => hostProblem(value),
  port: (value) => (/^[1-9]\d{0,4}$/.test(value) && Number(value) <= 65535 ? undefined : say.port),
  int: integerProblem,
  url: (value) => urlProblem(value),
  email: (value) => emailProblem(value),
  emails: (value) =>
    value.includes(';') ? say.emailsSemicolon : eachProblem(value.split(','), emailProblem),
  fqdn: (value) => fqdnProblem(value),
  fqdns: (value) => eachProblem(wordsOf(value), fqdnProblem),
  path: pathProblem,
  name: (value) => (/^[a-z_][a-z0-9_-]*$/.test(value) ? undefined : say.name),
  password: (value) => (/^\s|\s$/.test(value) ? say.edges : undefined),
  choice: choiceProblem,
  // Cell by cell, where it is settled.
  list: () => undefined,
};

function integerProblem(value: string, { min, max }: Question): Text | undefined {
  if (!/^(0|-?[1-9]\d*)$/.test(value) || !Number.isSafeInteger(Number(value))) return say.integer;
  if (min !== undefined && Number(value) < min) return say.atLeast(min);
  return max !== undefined && Number(value) > max ? say.atMost(max) : undefined;
}

/** What mail programs accept without quotes, at a host that may stand in a configuration file. */
function emailProblem(value: string): Text | undefined {
  const at = value.lastIndexOf('@');
  const local = value.slice(0, Math.max(at, 0));
  const atom = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+$/;
  if (local.length > 64 || !local.split('.').every((part) => atom.test(part))) return say.email;
  const problem = fqdnProblem(value.slice(at + 1));
  return problem === say.fqdn || problem === say.host ? say.email : problem;
}

function eachProblem(
  values: readonly string[],
  check: (value: string) => Text | undefined,
): Text | undefined {
  for (const [index, value] of values.entries()) {
    const bare = value.trim();
    const problem = bare === '' ? say.emptyItem(index + 1) : check(bare);
    if (problem) return values.length === 1 || bare === '' ? problem : say.oneOfMany(index + 1, problem);
  }
  return undefined;
}

function wordsOf(value: string): string[] {
  return value.split(/[ ,]+/).filter((word) => word !== '');
}

function pathProblem(value: string): Text | undefined {
  if (!value.startsWith('/')) return say.absolute;
  return value.split('/').includes('..') ? say.dotDot : undefined;
}

function choiceProblem(value: string, { choices = [] }: Question): Text | undefined {
  const values = choices.map((choice) => choice.value);
  return values.includes(value) ? undefined : say.choice(values.join(', '));
}

const measured: readonly QuestionKind[] = ['text', 'name', 'password', 'path'];

function lengthProblem(
  { kind, min = kind === 'password' ? 1 : 0, max }: Question,
  value: string,
): Text | undefined {
  if (!measured.includes(kind)) return undefined;
  const length = [...value].length;
  if (length < min) return say.tooShort(min);
  return max !== undefined && length > max ? say.tooLong(max) : undefined;
}

function patternProblem({ pattern }: Question, value: string): Text | undefined {
  if (!pattern) return undefined;
  return new RegExp(pattern.match).exec(value)?.[0] === value ? undefined : pattern.say;
}
