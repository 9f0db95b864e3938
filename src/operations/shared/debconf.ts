/** debconf's database: asked and told in its own protocol, on standard input. */
import type { Host, Ran } from '../../host/types.ts';
import { encode } from '../encode/index.ts';
import { type Context, Failure } from '../verbs.ts';
import { commandFailed } from './failed.ts';
import { type Busy, runPatiently } from './patient.ts';

export interface Answer {
  readonly value: string;
  /** It counts as asked: the package does not ask it again. */
  readonly isSeen: boolean;
  /** Packages that have this question. */
  readonly owners: readonly string[];
  readonly type: string;
  /** As the package's templates have them, in no language. */
  readonly choices: readonly string[];
}

const isLocked = ({ stderr }: Ran): boolean => /is locked by another process/.test(stderr);
const busy: Busy = { isBusy: isLocked, holderIn: () => undefined };

/** With this debconf marks line breaks and backslashes in what it answers. */
const marked = 'CAPB escape';

/** One line for each; the code that it ends with is that of the last answer. */
function answersOf(ran: Ran, count: number): { readonly code: number; readonly text: string }[] | undefined {
  const lines = ran.stdout.replace(/\n$/, '').split('\n').slice(1);
  if (lines.length !== count) return undefined;
  return lines.map((line) => {
    const [, code = '', text = ''] = /^(\d+) ?(.*)$/.exec(line) ?? [];
    return { code: Number(code), text: unmarked(text) };
  });
}

const unmarked = (text: string): string =>
  text.replaceAll(/\\(.)/g, (_, sign: string) => (sign === 'n' ? '\n' : sign));

const script = (lines: readonly string[]): string => `${[marked, ...lines].join('\n')}\n`;

/** Looks of a plan come several at once, and debconf lets one in after the other. */
const patience = 120;

/** Nothing where there is no such question. */
export async function readAnswer(question: string, host: Host): Promise<Answer | undefined> {
  const fields = ['owners', 'type', 'choices-c'].map((field) => `METAGET ${question} ${field}`);
  const lines = [`GET ${question}`, `FGET ${question} seen`, ...fields];
  for (let tries = 0; ; tries++) {
    const ran = await host.look(['debconf-communicate', 'setup-wizard'], { stdin: script(lines) });
    if (ran.code === 127) throw new Failure('no-program', { program: 'debconf-communicate' });
    if (/Permission denied/.test(ran.stderr)) throw new Failure('needs-root', { what: 'debconf' });
    if (isLocked(ran) && tries < patience) {
      await host.sleep(500);
      continue;
    }
    const all = answersOf(ran, lines.length);
    const [value, seen, owners, type, choices] = all ?? [];
    if (!value || !seen || !owners || !type || !choices)
      throw new Failure('cannot-look', { path: question, reason: ran.stderr.trim() });
    if (value.code >= 10 && type.code >= 10) return undefined;
    return {
      value: value.text,
      isSeen: seen.text === 'true',
      owners: owners.text.split(', ').filter(Boolean),
      type: type.text,
      choices: splitChoices(choices.text),
    };
  }
}

/** `one, two\, and a half, three`. */
export function splitChoices(text: string): string[] {
  return text
    .split(/(?<!\\),\s*/)
    .map((choice) => choice.replaceAll(/\\([, ])/g, '$1').trim())
    .filter(Boolean);
}

/** A question that no package has brought yet gets a template that stands for its own until then. */
export async function registerQuestion(
  { owner, question, type }: { readonly owner: string; readonly question: string; readonly type: string },
  context: Context,
): Promise<void> {
  const argv = ['debconf-set-selections'];
  const ran = await runPatiently(argv, busy, context, { stdin: `${owner} ${question} ${type} \n` });
  if (ran.code !== 0) throw commandFailed(argv, ran, context);
}

/** Each of these has to be agreed to by debconf. */
async function tell(owner: string, lines: readonly string[], context: Context): Promise<void> {
  const argv = ['debconf-communicate', owner];
  const ran = await runPatiently(argv, busy, context, { stdin: script(lines) });
  const answers = answersOf(ran, lines.length);
  if (!answers?.every(({ code }) => code === 0)) throw commandFailed(argv, ran, context);
}

export async function setAnswer(
  { owner, question }: { readonly owner: string; readonly question: string },
  { value, isSeen }: Pick<Answer, 'value' | 'isSeen'>,
  context: Context,
): Promise<void> {
  const set = `SET ${question} ${encode('debconf', value)}`;
  await tell(owner, [set, `FSET ${question} seen ${isSeen}`], context);
}

/** The question goes with its last owner. */
export const unregisterQuestion = (owner: string, question: string, context: Context): Promise<void> =>
  tell(owner, [`UNREGISTER ${question}`], context);
