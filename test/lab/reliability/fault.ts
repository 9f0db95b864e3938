/** One thing that goes wrong on a real system, put right afterwards: what was said, what was done, whether it goes on. */
import { expect } from 'vitest';
import { width } from '../../../screens/parts/width.ts';
import { summary } from '../../../screens/summary.ts';
import { failureText } from '../../../src/i18n/index.ts';
import { type Event, emptyView, foldEvent, type Text, type View } from '../../../src/run/protocol.ts';
import { proven } from '../../figures.ts';
import { type Change, describeChanges, Lab, type RunOptions, type Snapshot, undeclared } from '../lab.ts';
import { prepared, type Stop } from '../prepared.ts';
import { lasting } from './done.ts';

export interface Fault {
  readonly name: string;
  /** The last step that is done. */
  readonly after: Stop;
  /** The step that is to be done once it is put right. */
  readonly until: string;
  /** Bash, by root. */
  readonly break: string;
  readonly mend: string;
  /** Puts the disk together again, where it was taken apart for the test, and takes away what the fault put there. */
  readonly settle?: string;
  /** Once this bash succeeds, while the wizard is at work: then `break` comes, not before. */
  readonly when?: string;
  /** Before the wizard begins, where `break` comes later. */
  readonly first?: string;
  readonly network?: 'own' | 'private';
  readonly env?: Readonly<Record<string, string>>;
  /** More of it, for the run that is to fail only. */
  readonly failing?: Readonly<Record<string, string>>;
  /** Of the run that is to fail. */
  readonly flags?: readonly string[];
  /** Of the run that goes on. */
  readonly mended?: readonly string[];
  /** Id of the cause that is told, or what is said. */
  readonly cause: string | RegExp;
}

/** What a run came to, as a client folds it. */
export interface Said {
  readonly view: View;
  readonly code: number;
  readonly raw: string;
}

/** Runs the wizard and folds what it says. */
export async function run(lab: Lab, args: readonly string[], options: RunOptions = {}): Promise<Said> {
  const { code, stdout, stderr } = await lab.wizard([...args, '--yes', '--json'], {
    check: false,
    timeout: 30 * 60_000,
    ...options,
  });
  const events = stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => asEvent(JSON.parse(line)));
  return { code, view: events.reduce(foldEvent, emptyView), raw: `${stdout}\n${stderr}` };
}

/** A record stands alone in the lines; the fold takes it in its event. */
function asEvent(line: { type: Event['type']; seq: number }): Event {
  const events = [
    'live',
    'form',
    'plan',
    'output',
    'operation',
    'busy',
    'todo',
    'waiting',
    'end',
    'expected',
  ];
  // biome-ignore lint/suspicious/noExplicitAny: what the command prints is what the test is about
  return events.includes(line.type) ? (line as any) : { type: 'record', record: line as any };
}

/** What a person is told of a run that did not end well. */
export function told({ view }: Said): Text[] {
  const error = view.error?.error;
  const said = [view.end?.say, error && failureText(error), error?.cause?.say, error?.cause?.do];
  return [...said, ...view.warnings.map(({ say }) => say)].filter((text) => text !== undefined);
}

/** In both languages, not the same, and on 80 columns once wrapped. */
export function expectSentences(said: Said): void {
  const texts = told(said);
  expect(texts, said.raw.slice(-3000)).not.toEqual([]);
  for (const { fr, en } of texts)
    expect([fr.length > 20, en.length > 20, fr !== en], `${fr} ${en}`).toEqual([true, true, true]);
  for (const lang of ['fr', 'en'] as const)
    for (const line of summary(said.view, lang, false, 80).split('\n'))
      if (!/^\s*\//.test(line) && !/ \/\S{60}/.test(line)) expect(width(line), line).toBeLessThanOrEqual(80);
}

/** What a rollback left on the machine, and did not say. */
async function unknown(lab: Lab, before: Snapshot, back: Said): Promise<Change[]> {
  const said = await filesOfUpgraded(lab, back);
  const left = lasting(undeclared(await lab.changes(before)));
  return left.filter(({ path }) => path !== gunicorn && !said.has(path));
}

/** Everything is taken back but what apt upgraded: that stays, and the code says that something does. */
function expectBack({ view, code, raw }: Said): void {
  const kept = view.undone.filter(({ outcome }) => outcome === 'kept');
  expect(code, raw.slice(-3000)).toBe(kept.length > 0 ? 4 : 0);
  for (const { reason } of kept) expect(reason?.en).toMatch(staysUpgraded);
}

const staysUpgraded = /keep their new version: (.*)/;

/** Goes with the home of its user, not with a step. */
const gunicorn = '/var/pretix/.gunicorn';

/** Of the packages that the rollback says to keep their new version. */
async function filesOfUpgraded(lab: Lab, { view }: Said): Promise<Set<string>> {
  const reasons = view.undone.map(({ reason }) => reason?.en ?? '');
  const list = reasons.flatMap((text) => staysUpgraded.exec(text)?.[1] ?? []).join(', ');
  const names = [...list.matchAll(/([^ ,:]+)(?::\S+)? \S+ → /g)].map(([, name = '']) => name);
  if (names.length === 0) return new Set();
  const { stdout } = await lab.run(['dpkg', '--listfiles', ...names]);
  return new Set(stdout.split('\n').map((path) => path.replace(/^\/(bin|lib|lib64|sbin)\//, '/usr/$1/')));
}

const folders = `
# small DIR ROOM: DIR on a file system of its own with ROOM KiB to spare
small() { local size=$(( $(du -sk --apparent-size "$1" | cut -f1) * 11 / 10 + $(find "$1" | wc -l) * 4 + $2 )); mkdir -p /run/whole; cp -a "$1/." /run/whole/; chmod --reference="$1" /run/whole; chown --reference="$1" /run/whole; mount -t tmpfs -o "size=\${size}k,nr_inodes=0,mode=$(stat -c %a "$1")" tmpfs "$1"; cp -a /run/whole/. "$1/"; rm -rf /run/whole; mount -o "remount,size=$(( $(df -k --output=used "$1" | tail -1) + $2 ))k" "$1"; }
together() { mkdir -p /run/whole; cp -a "$1/." /run/whole/; umount -l "$1"; find "$1" -mindepth 1 -delete; cp -a /run/whole/. "$1/"; rm -rf /run/whole; }
set -e
`;

const bash = (lab: Lab, script: string, check = true) => lab.run(['bash', '-c', folders + script], { check });

/** Breaks, fails, says; mends, goes on; takes back: nothing is left that the journal did not know. */
export async function experience(fault: Fault): Promise<void> {
  const { after, until, network = 'private', env = {} } = fault;
  const from = await prepared(after);
  const lab = await Lab.create({
    release: 'bookworm',
    name: 'fault',
    fromMark: from.mark,
    network,
    product: true,
  });
  try {
    await lab.boot();
    const args = ['install', 'pretix', ...(after === '' ? ['--answers', '/root/answers.ini'] : [])];
    // Another build of the program copies itself into the state folder first.
    if (after !== '') await run(lab, ['install', 'pretix', '--until', after]);
    const failed = await breaking(lab, fault, [...args, '--until', until, ...(fault.flags ?? [])]);
    expect(failed.code, failed.raw.slice(-3000)).toBe(1);
    expectSentences(failed);
    expectCause(failed, fault.cause);
    await bash(lab, fault.mend);
    const went = await run(lab, ['install', 'pretix', '--until', until, ...(fault.mended ?? [])], { env });
    expect(went.code, went.raw.slice(-3000)).toBe(0);
    expect(went.view.steps.find(({ id }) => id === until)?.state).toBe('done');
    await takeBack(lab, fault.name, after, fault.settle);
  } finally {
    await lab.destroy();
  }
}

/** Takes it back to that step: nothing is left that the journal did not know. */
export async function takeBack(lab: Lab, name: string, to: Stop, settle?: string): Promise<Said> {
  const back = await run(lab, ['rollback', 'pretix', ...(to === '' ? [] : ['--to', to])]);
  expectBack(back);
  if (settle) await bash(lab, settle);
  const { snapshot } = await prepared(to);
  const left = await unknown(lab, snapshot, back);
  expect(describeChanges(left)).toBe('');
  proven('faults', name, { sentence: 'fr, en', 'unknown to the journal': left.length, 'goes on': 'yes' });
  return back;
}

async function breaking(lab: Lab, fault: Fault, args: readonly string[]): Promise<Said> {
  const { when, first = '' } = fault;
  const env = { ...fault.env, ...fault.failing };
  if (when === undefined) {
    await bash(lab, fault.break);
    return run(lab, args, { env });
  }
  await bash(lab, first);
  const wait = `end=$((SECONDS + 600)); until { ${when}; } >/dev/null 2>&1; do [ $SECONDS -lt $end ] || exit 1; sleep 0.1; done`;
  const [said] = await Promise.all([run(lab, args, { env }), bash(lab, `${wait}\n${fault.break}`)]);
  return said;
}

function expectCause(said: Said, cause: string | RegExp): void {
  const where = `${JSON.stringify(said.view.error)}\n${JSON.stringify(said.view.end)}`;
  if (typeof cause === 'string') expect(said.view.error?.error.cause?.id, where).toBe(cause);
  else
    expect(
      told(said)
        .map(({ fr, en }) => `${fr}\n${en}`)
        .join('\n'),
      where,
    ).toMatch(cause);
}
