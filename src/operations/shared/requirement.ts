/** Requirements as pip reads them: as much of PEP 440 and 508 as guides need. */

import { type GitSource, normalName, parseGit } from './git-requirement.ts';

interface Requirement {
  /** Normalized: `Foo_Bar` and `foo-bar` are one. Empty where a repository of git has not said it yet. */
  readonly name: string;
  /** Where it is to come from, if that is git. */
  readonly git?: GitSource;
  readonly conditions: readonly { readonly operator: string; readonly version: string }[];
}

const form = /^\s*([A-Za-z0-9][A-Za-z0-9._-]*)\s*(\[[^\]]*\])?\s*(.*)$/;

/** `name[extra]>=1,<2`; the extras decide what else is installed, not whether this is. */
export function parseRequirement(text: string): Requirement {
  const git = parseGit(text);
  if (git) return { name: normalName(git.name ?? ''), git, conditions: [] };
  const [, name = '', , rest = ''] = form.exec(text) ?? [];
  const conditions = rest
    .replace(/;.*/, '')
    .split(',')
    .flatMap((one) => {
      const [, operator, version] = /^\s*(===|==|!=|<=|>=|~=|<|>)\s*(\S+)\s*$/.exec(one) ?? [];
      return operator !== undefined && version !== undefined ? [{ operator, version }] : [];
    });
  return { name: normalName(name), conditions };
}

export const isSatisfied = ({ conditions }: Requirement, installed: string): boolean =>
  conditions.every(({ operator, version }) => holds(operator, installed, version));

function holds(operator: string, installed: string, version: string): boolean {
  // A local version (4.6.0+build.100) matters only where it is asked for.
  const mine = version.includes('+') ? installed : withoutLocal(installed);
  const order = compareVersions(mine, version.replace(/\.\*$/, ''));
  switch (operator) {
    case '==':
    case '===':
      return version.endsWith('.*') ? startsWith(mine, version.slice(0, -2)) : order === 0;
    case '!=':
      return version.endsWith('.*') ? !startsWith(mine, version.slice(0, -2)) : order !== 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '~=':
      return order >= 0 && startsWith(mine, version.replace(/\.[^.]*$/, ''));
    default:
      return order >= 0;
  }
}

const withoutLocal = (version: string): string => version.replace(/\+.*/, '');

function startsWith(version: string, prefix: string): boolean {
  const release = releaseOf(version);
  return releaseOf(prefix).every((number, index) => (release[index] ?? 0) === number);
}

const releaseOf = (version: string): number[] =>
  (/^v?\d+(\.\d+)*/.exec(version)?.[0] ?? '').replace('v', '').split('.').map(Number);

/** Negative, zero or positive, as for sorting. */
export function compareVersions(one: string, other: string): number {
  const [a, b] = [partsOf(one), partsOf(other)];
  for (let index = 0; index < Math.max(a.release.length, b.release.length); index++) {
    const difference = (a.release[index] ?? 0) - (b.release[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.stage - b.stage || a.number - b.number || a.local.localeCompare(b.local, 'en', { numeric: true });
}

const stages: Readonly<Record<string, number>> = {
  dev: -4,
  a: -3,
  alpha: -3,
  b: -2,
  beta: -2,
  rc: -1,
  c: -1,
  pre: -1,
  post: 1,
};

function partsOf(version: string) {
  const [shown = '', local = ''] = version.toLowerCase().split('+');
  const [, stage = '', number = '0'] =
    /^v?\d+(?:\.\d+)*[-_.]?(dev|alpha|beta|a|b|rc|c|pre|post)[-_.]?(\d*)/.exec(shown) ?? [];
  return {
    release: releaseOf(shown),
    stage: stages[stage] ?? 0,
    number: Number(number || 0),
    local: local.replaceAll(/[-_]/g, '.'),
  };
}
