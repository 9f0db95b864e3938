import { describe, expect, it } from 'vitest';
import { coverage, rangeProblem } from '../../src/guide/coverage.ts';
import { tiny, withStep } from './tiny.ts';

describe('coverage', () => {
  it('counts lines that no step, erratum or note covers; blank ones need none', () => {
    expect(coverage(tiny)).toEqual({ guide: 'tiny', lines: 7, uncovered: [4, 7] });
  });

  it('lets a range cover nothing beyond the next heading', () => {
    const guide = { ...withStep({ source: [[2, 7]] }), errata: [], notes: [] };
    expect(coverage(guide).uncovered).toEqual([5, 6, 7]);
  });

  it('lets a range begin with its heading', () => {
    expect(rangeProblem([5, 7], tiny.source)).toBeUndefined();
    expect(rangeProblem([2, 4], tiny.source)).toBeUndefined();
  });

  it.each([
    [[0, 2], 'lines 0–2 are not lines of the source'],
    [[3, 2], 'lines 3–2 are not lines of the source'],
    [[2, 5], 'lines 2–5 cross the heading at 5'],
  ] as const)('refuses the range %j', (range, problem) => {
    expect(rangeProblem(range, tiny.source)).toBe(problem);
  });
});
