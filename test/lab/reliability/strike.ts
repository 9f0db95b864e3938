/** Stops a run in the lab at a moment, as a kernel that is short of memory or a power cut would. */
import type { Text } from '../../../src/guide/types.ts';
import { cutOff, cutOffIn } from '../../../src/i18n/texts/run.ts';
import type { JournalRecord } from '../../../src/journal/records.ts';
import type { Lab } from '../lab.ts';
import { wizard } from '../pretix.ts';

/** `engine`: the one process. `group`: all that it started too. `power`: everything. */
export type Blow = 'engine' | 'group' | 'power';

export interface Cut {
  readonly name: string;
  readonly blow: Blow;
  /** The step that is at work then. */
  readonly step: string;
  /** Shell: succeeds once it is time. `$L` holds the logs, `$J` is the journal, `$S` holds the Python packages. */
  readonly when: string;
}

/** What the client said whose engine was struck, and how long it took to get there. */
export interface Struck {
  readonly code: number;
  readonly said: string;
  readonly seconds: number;
}

const limit = 15 * 60;

const watch = (when: string, then: string) => `
end=$(($(date +%s) + ${limit}))
isTime() {
  R=$(ls -d /var/lib/setup-wizard/runs/*/ 2>/dev/null | tail -n 1)
  J=$R/journal.jsonl L=$R/logs S=/var/pretix/venv/lib/python3.11/site-packages
  P=$(readlink /var/lib/setup-wizard/lock | cut -d' ' -f1)
  test -n "$P" && test -e "/proc/$P" || { test -z "$seen" || test -L /var/lib/setup-wizard/lock || exit 1; return 1; }
  seen=yes
  ${when}
}
until isTime 2>/dev/null; do
  test "$(date +%s)" -lt "$end" || { echo "this moment did not come: ${when.replaceAll(/["$`\\]/g, "'")}"; exit 1; }
  sleep 0.01
done
${then}`;

const blows: Readonly<Record<Blow, string>> = {
  engine: 'kill -KILL "$P"',
  group: `echo 1 >"/sys/fs/cgroup$(grep '^0::' "/proc/$P/cgroup" | cut -d: -f3)/cgroup.kill"`,
  // From this instant on it does nothing more; the plug takes a moment.
  power: 'kill -STOP "$P"',
};

/** Starts the wizard and stops its run at that moment. */
export async function strike(lab: Lab, { when, blow, name }: Cut, ...args: string[]): Promise<Struck> {
  const began = Date.now();
  const client = wizard(lab, ...args);
  const blown = lab
    .run(['sh', '-c', watch(when, blows[blow])], { timeout: (limit + 10) * 1000 })
    .then(() => 'blown' as const);
  const first = await Promise.race([client, blown]);
  if (first !== 'blown') {
    await blown.catch(() => {});
    const { code, said } = await client;
    if (code === 0) throw new Error(`${name}: the run had ended before:\n${said}`);
  }
  if (blow === 'power') await lab.pullPlug();
  return { ...(await client), seconds: Math.round((Date.now() - began) / 1000) };
}

export async function recordsOf(lab: Lab): Promise<JournalRecord[]> {
  const paths = await lab.run(['sh', '-c', 'ls -d /var/lib/setup-wizard/runs/*/journal.jsonl | tail -n 1']);
  const text = await lab.read(paths.stdout.trim());
  return text
    .split('\n')
    .filter((line) => line.endsWith('}'))
    .map((line) => JSON.parse(line));
}

/** Steps that were begun again after they had ended well. */
export function doneAgain(records: readonly JournalRecord[]): string[] {
  const done = new Set<string>();
  return records.flatMap((record) => {
    if (record.type === 'step-end' && record.outcome === 'done') done.add(record.step);
    return record.type === 'step-begin' && done.has(record.step) ? [record.step] : [];
  });
}

/** The title of the step that was under way. */
function cutIn(records: readonly JournalRecord[]): Text | undefined {
  const begun = records.findLast((record) => record.type === 'step-begin');
  if (!begun || records.some(({ type, seq }) => type === 'step-end' && seq > begun.seq)) return undefined;
  const plan = records.findLast((record) => record.type === 'planned');
  return plan?.steps.find(({ id }) => id === begun.step)?.title;
}

/** What the next start has to say. */
export function sentence(records: readonly JournalRecord[], isSameBoot: boolean): string {
  const title = cutIn(records);
  return (title ? cutOffIn(title, isSameBoot) : cutOff(isSameBoot)).en;
}
