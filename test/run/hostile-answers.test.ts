/** Hostile answers to the questions of real guides, the whole way to the plan: refused with a sentence, or carried. */
import { expect, test } from 'vitest';
import { normalize, validate } from '../../src/answers/validate.ts';
import { isList } from '../../src/guide/lists.ts';
import type { Guide, Question } from '../../src/guide/types.ts';
import { Failure } from '../../src/operations/verbs.ts';
import type { AnyOp } from '../../src/run/plan.ts';
import type { RunValues } from '../../src/run/values.ts';
import { guide as practice } from '../../steps/practice/index.ts';
import { guide as pretix } from '../../steps/pretix/index.ts';
import { hostile as common } from '../answers/hostile.ts';
import { isReport, proven } from '../figures.ts';
import { generated } from '../operations/encode/generate.ts';
import { hostile } from '../operations/encode/values.ts';
import { debian12, planOf } from '../steps/plan-of.ts';

const values = [...new Set([...hostile, ...common, ...generated(isReport ? 10_000 : 700)])];
/** Accepted values of a question that go on into a plan: all of them look alike to it. */
const planned = isReport ? 100 : 6;

type Given = Readonly<Record<string, string>>;

const base: readonly (readonly [Guide, Given])[] = [
  [
    pretix,
    {
      REVERSE_PROXY_URL: 'https://inscription.mon-univ.fr',
      DSI_EMAIL: 'dsi@mon-univ.fr',
      SMTP_USER: 'pretix',
      SMTP_PASSWORD: 'secret',
      ORG_NAME: 'Université Kosmos',
      LICENCE_BY: 'wizard',
      LICENCE_CONFIRMED: 'yes',
      ORGANIZER_BY: 'wizard',
      TOKEN_BY: 'wizard',
      KSUP_BY: 'wizard',
      KSUP_UNIT: 'tomcat9.service',
    },
  ],
  [practice, { PRACTICE_DIR: '/home/alice/exercise', PRACTICE_NAME: 'Alice' }],
];

const vendor = { EDITION: 'vendor-4.6.0', VENDOR_VERSION: '4.6.0', PYTHON: '/opt/python3.9/bin/python3' };
const administrator = { DB_ADMIN: 'password', DB_ADMIN_USER: 'dba', DB_ADMIN_PASSWORD: 'secret' };
const certificate = { TLS: 'files', TLS_CERT: '/etc/ssl/a.pem', TLS_KEY: '/etc/ssl/a.key' };
/** What else has to be answered for a question to be asked. */
const askedWith: Readonly<Record<string, Given>> = {
  PIP_EXTRA_INDEX: vendor,
  VENDOR_VERSION: vendor,
  DB_ADMIN_USER: administrator,
  DB_ADMIN_PASSWORD: administrator,
  TLS_CERT: certificate,
  TLS_KEY: certificate,
  SOURCE: { ...administrator, BDD_HOST: 'db.mon-univ.fr' },
  SOURCE_HERE: { DB_USER_MODE: 'shared', BDD_PASSWORD: 'secret' },
};

for (const [guide, given] of base) {
  const questions = guide.questions.filter((one) => !isList(one) && one.kind !== 'choice' && !one.later);
  test.each(questions.map((one) => [one.id, one] as const))(`${guide.id} %s`, (id, question) => {
    const accepted = values.filter((value) => isAccepted(question, value));
    const sample = spread(accepted);
    let [carried, refused] = [0, values.length - accepted.length];
    for (const value of sample) {
      const plan = planOf(guide, debian12, { ...given, ...askedWith[id], [id]: value });
      const { problems, form } = plan.resolution;
      expect(form.fields.map((field) => field.id)).toContain(id);
      // No other answer stands in its way.
      expect(problems.filter((problem) => problem.id !== id)).toEqual([]);
      const text = normalize(question, value);
      const wrong = plan.operations.flatMap(({ op }) => troubles(op, plan.values, id, text));
      expect(wrong, JSON.stringify(value)).toEqual([]);
      if (plan.operations.length > 0) carried += 1;
      else refused += 1;
    }
    proven('hostile', `answers: ${guide.id} ${id}`, {
      values: values.length - accepted.length + sample.length,
      'read back': carried,
      refused,
      executed: 0,
    });
  });
}

/** The same number of them from all over the list. */
const spread = (all: readonly string[]): string[] =>
  all.filter((_, index) => index % Math.max(1, Math.floor(all.length / planned)) === 0);

function isAccepted(question: Question, value: string): boolean {
  const text = normalize(question, value);
  if (text === '') return false;
  const problem = validate(question, text);
  if (!problem) return true;
  for (const sentence of [problem.fr, problem.en]) {
    expect(sentence.length).toBeGreaterThan(10);
    expect(sentence.length).toBeLessThan(5000);
    expect(sentence).not.toMatch(/[\p{Cc}\u200b-\u200f\u202a-\u202e\u2066-\u2069]/u);
  }
  return false;
}

/** What a value does to an operation that it should not. */
function troubles(op: AnyOp, known: RunValues, id: string, value: string): string[] {
  return stringsOf(op).flatMap(({ text, where }) => {
    if (!text.includes(`%${id}%`) || known.missing(text).length > 0 || known.isSecret(text)) return [];
    const syntax =
      where === 'content' || where === 'stdin' ? ('syntax' in op ? op.syntax : undefined) : undefined;
    try {
      const filled = known.public(text, syntax);
      const isOption = where === 'run' && filled.startsWith('-') && !text.startsWith('-');
      return [
        ...(isOption ? [`${op.kind} ${where} ${text}: an option`] : []),
        ...(syntax === undefined && !filled.includes(value) ? [`${op.kind} ${where} ${text}: changed`] : []),
      ];
    } catch (error) {
      // Refused at the question, in `withRefusals`.
      if (error instanceof Failure && error.code === 'cannot-carry' && where === 'content') return [];
      return [`${op.kind} ${where} ${text}: ${String(error)}`];
    }
  });
}

/** Every text of an operation with the field it is in. */
function stringsOf(value: unknown, where = ''): { text: string; where: string }[] {
  if (typeof value === 'string') return [{ text: value, where }];
  if (Array.isArray(value)) return value.flatMap((one) => stringsOf(one, where));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => stringsOf(one, key));
}
