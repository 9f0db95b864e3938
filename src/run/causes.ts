/**
 * What a failure probably comes from, in words.
 *
 * 1. The guide's own causes come before the common ones; in each list the first that matches counts.
 * 2. What is looked at is bounded: the values of the failure and the end of what the step said.
 * 3. `{name}` in a sentence is what the group of that name matched, and nothing where it matched nothing.
 *
 * Proven by test/run/causes.test.ts, and on real systems by test/lab/failures.test.ts.
 */
import type { KnownCause, Text } from '../guide/types.ts';
import { accounts } from './causes/accounts.ts';
import { databases } from './causes/databases.ts';
import { dnf } from './causes/dnf.ts';
import { docker } from './causes/docker.ts';
import { files } from './causes/files.ts';
import { firewall } from './causes/firewall.ts';
import { git } from './causes/git.ts';
import { network } from './causes/network.ts';
import { packages } from './causes/packages.ts';
import { programs } from './causes/programs.ts';
import { prosody } from './causes/prosody.ts';
import { python } from './causes/python.ts';
import { services } from './causes/services.ts';
import { web } from './causes/web.ts';
import type { Cause, StepError } from './protocol.ts';

/** Known to all guides: what is behind other messages first, then the nearest, then the most general. */
export const commonCauses: readonly KnownCause[] = [
  ...firewall,
  ...files,
  ...packages,
  ...dnf,
  ...docker,
  ...services,
  ...prosody,
  ...databases,
  ...git,
  ...network,
  ...python,
  ...web,
  ...accounts,
  ...programs,
];

export interface Failed extends Pick<StepError, 'code' | 'values'> {
  readonly step: string;
  /** Lines that the step said, the last ones at least. */
  readonly said: readonly string[];
}

/** The first known cause that fits, if any. */
export function causeOf(failed: Failed, own: readonly KnownCause[] = []): Cause | undefined {
  const text = lookedAt(failed);
  for (const known of [...own, ...commonCauses]) {
    if (!applies(known, failed)) continue;
    const found = new RegExp(known.match, 'm').exec(text);
    if (found) return inWords(known, found.groups ?? {});
  }
  return undefined;
}

const applies = ({ steps, codes }: KnownCause, { step, code }: Failed): boolean =>
  (steps?.includes(step) ?? true) && (codes?.includes(code) ?? true);

const lastLines = 300;
const longestLine = 1_000;

/** One line for each value (`name: value`), then what was said. A command is our own word: it proves nothing. */
function lookedAt({ values, said }: Failed): string {
  const { command: _, ...others } = values;
  const named = Object.entries(others).flatMap(([name, value]) => `${name}: ${value}`.split('\n'));
  const heard = said.slice(-lastLines).filter((line) => !line.startsWith('$ '));
  return [...named, ...heard].map((line) => line.slice(0, longestLine)).join('\n');
}

type Groups = Readonly<Record<string, string | undefined>>;

function inWords({ id, say, do: toDo }: KnownCause, groups: Groups): Cause {
  const fill = (text: string) => text.replaceAll(/\{([a-z]+)\}/g, (_, name: string) => groups[name] ?? '');
  const both = ({ fr, en }: Text): Text => ({ fr: fill(fr), en: fill(en) });
  return { id, say: both(say), do: both(toDo) };
}
