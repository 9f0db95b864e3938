/**
 * A real engine with a guide of one operation, for a lab: bundled and copied into it. It kills itself at the point it is
 * told, of those that lie between the `begin` and the `end` of its effect, or in the middle of a program.
 */
import type { Operation } from '../../../src/guide/kinds.ts';
import type { Guide } from '../../../src/guide/types.ts';
import { realHost } from '../../../src/host/real.ts';
import type { Host } from '../../../src/host/types.ts';
import { StateFolder } from '../../../src/journal/state.ts';
import { runEngine } from '../../../src/run/engine.ts';
import { rollbackTarget, unfinishedRun } from '../../../src/run/machine.ts';
import type { Decision, Event } from '../../../src/run/protocol.ts';
import type { Session } from '../../../src/run/session.ts';
import { tiny } from '../../guide/tiny.ts';

export type Kill =
  /** At the nth gate, the first being 1. */
  | { readonly point: number }
  /** So long after the nth program has begun, with the program or leaving it at work. */
  | { readonly program: number; readonly after: number; readonly with: boolean };

export interface Order {
  readonly verb: 'install' | 'rollback';
  readonly op: Operation;
  readonly template?: string;
  /** Answers that are no secret. */
  readonly values?: Readonly<Record<string, string>>;
  readonly kill?: Kill;
}

export interface Result {
  readonly exit: number;
  /** Gates between `begin` and `end`. */
  readonly points: number;
  /** Milliseconds that each program took. */
  readonly programs: readonly number[];
  /** What was said on the way: warnings, errors, what was not taken back. */
  readonly said: readonly string[];
}

const text = { fr: 'x', en: 'x' };
const { verb, op, template = '', values = {}, kill }: Order = JSON.parse(process.argv[2] ?? '');
const place = '/var/lib/setup-wizard';

const guide: Guide = {
  ...tiny,
  id: 'one',
  questions: [
    { id: 'PW', kind: 'password', topic: 'all', ask: text },
    ...Object.keys(values).map((id) => ({ id, kind: 'text' as const, topic: 'all', ask: text })),
  ],
  chapters: [{ id: 'all', title: text, steps: [{ id: 'it', title: text, source: [], do: [op] }] }],
  errata: [],
  notes: [],
};

let isOpen = false;
let points = 0;
const programs: number[] = [];
const said: string[] = [];

const die = () => process.kill(process.pid, 'SIGKILL');

function gate(): void {
  if (!isOpen) return;
  points += 1;
  if (kill && 'point' in kill && kill.point === points) die();
}

function started(pid: number): void {
  if (!kill || !('program' in kill) || !isOpen || programs.length + 1 !== kill.program) return;
  setTimeout(() => {
    if (kill.with) process.kill(-pid, 'SIGKILL');
    die();
  }, kill.after);
}

const real = realHost({ gate });
const host: Host = {
  ...real,
  async run(argv, options) {
    const began = Date.now();
    const ran = await real.run(argv, {
      ...options,
      onStart(pid) {
        options?.onStart?.(pid);
        started(pid);
      },
    });
    if (isOpen) programs.push(Date.now() - began);
    return ran;
  },
};

function heard(event: Event): void {
  if (event.type !== 'record') return;
  const { record } = event;
  if (record.type === 'begin' || record.type === 'undo-begin') isOpen = true;
  if (record.type === 'end' || record.type === 'undo-end') isOpen = false;
  if (record.type === 'warning') said.push(record.say.en);
  if (record.type === 'step-end' && record.error) said.push(JSON.stringify(record.error));
  if (record.type === 'undo-end' && record.outcome !== 'undone')
    said.push(`${record.outcome}: ${record.reason?.en}`);
}

/** A firewall is not switched on with nobody there. */
const isAttended = op.kind === 'ufw';
let hash = '';

/** Somebody who goes on, agrees and confirms. */
function answerTo(event: Event): Decision | undefined {
  if (event.type === 'plan') hash = event.plan.hash;
  if (!isAttended || event.type !== 'waiting') return undefined;
  if (event.need === 'answers') return { type: 'submit' };
  if (event.need === 'consent') return { type: 'consent', hash };
  if (event.need === 'confirmation') return { type: 'confirm' };
  return event.need === null ? undefined : { type: 'stop' };
}

async function serve(session: Session): Promise<void> {
  const client = {
    send(event: Event) {
      heard(event);
      const answer = answerTo(event);
      if (answer) setImmediate(() => session.deliver(client, answer));
    },
  };
  session.attach(client, session.records.length);
  const answers = { PW: 'pa%ss;w\'or\\d"1', ...values };
  const given = Object.entries(answers).map(([id, value]) => ({ id, value, from: 'set' as const }));
  session.deliver(client, { type: 'start', unattended: !isAttended, given });
}

const state = new StateFolder(host, place);
await state.prepare();
const runs = await state.runs();
const target = verb === 'rollback' ? rollbackTarget(runs, 'one') : undefined;
const former = unfinishedRun(runs, 'one');
const continued = former?.records.some((record) => record.type === 'opened' && record.kind === verb);
const run = former && continued ? former.id : await state.newRun('one');
const exit = await runEngine({
  host,
  state: place,
  run,
  kind: verb,
  guide: 'one',
  title: text,
  ...(target ? { of: target.id } : {}),
  guides: [guide],
  assets: { template },
  version: 'test',
  lang: 'en',
  program: '/nowhere/setup-wizard',
  serve,
});
const result: Result = { exit, points, programs, said };
console.log(JSON.stringify(result));
process.exit(0);
