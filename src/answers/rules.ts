/** Rules across answers. */
import { holds, type Lookup } from '../guide/conditions.ts';
import type { Rule } from '../guide/types.ts';
import { hostOf } from './network.ts';
import type { Problem, Settled } from './resolve.ts';

/** One problem per rule that is broken, under the first of its answers that is asked. */
export function ruleProblems(
  rules: readonly Rule[],
  settled: ReadonlyMap<string, Settled>,
  lookup: Lookup,
): Problem[] {
  return rules.flatMap((rule) => {
    const asked = rule.of.flatMap((id) => settled.get(id) ?? []);
    const first = asked[0];
    // A wrong answer already has its own sentence.
    if (!first || asked.some((one) => one.problem) || (rule.when && !holds(rule.when, lookup))) return [];
    return isKept(rule, asked) ? [] : [{ id: first.question.id, say: rule.say }];
  });
}

function isKept({ rule, of }: Rule, asked: readonly Settled[]): boolean {
  const given = asked.filter((one) => one.text !== '');
  switch (rule) {
    case 'differs':
      return new Set(given.map((one) => one.text)).size === given.length;
    case 'sameHost':
      return new Set(given.map((one) => hostNamed(one.text))).size <= 1;
    case 'atMostOne':
      return given.filter((one) => !switchedOff.includes(one.text)).length <= 1;
    case 'pair': {
      const there = asked.filter((one) => one.text !== '' || one.generated).length;
      return there === 0 || there === of.length;
    }
    default:
      return rule satisfies never;
  }
}

/** Choices that mean "not this one". */
const switchedOff = ['no', 'none', 'off', 'false', '0'];

function hostNamed(text: string): string {
  return (text.includes('://') ? (hostOf(text) ?? text) : text).toLowerCase();
}
