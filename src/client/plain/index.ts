/** A run as lines that are only ever added: for a terminal without screens, a screen reader, a log. */
import type { Desk, Event, Need, View } from '../../run/protocol.ts';
import type { LiveConnection } from '../connect.ts';
import { askChecklist } from './checklist.ts';
import { askConflict } from './conflict.ts';
import { askFailure } from './failure.ts';
import { askAnswers } from './form.ts';
import { askConsent, dangerLines } from './plan.ts';
import { stillRunning, storyLines } from './story.ts';
import { Talk, type TalkOptions } from './talk.ts';
import { askTerminal } from './terminal.ts';
import { askOnTrial } from './trial.ts';

interface PlainOptions extends TalkOptions {
  readonly desk: Desk;
  /** Nothing is asked. */
  readonly unattended: boolean;
}

/** What a question has to work with. */
export interface Asking {
  readonly talk: Talk;
  readonly connection: LiveConnection;
  readonly desk: Desk;
}

const heartbeat = 30_000;

const asks: Readonly<Record<Need, (asking: Asking) => Promise<void>>> = {
  answers: askAnswers,
  consent: askConsent,
  failure: askFailure,
  checklist: askChecklist,
  conflict: askConflict,
  terminal: askTerminal,
  confirmation: askOnTrial,
};

/** Shows the run until it ends or the engine is gone. */
export async function followPlain(connection: LiveConnection, options: PlainOptions): Promise<void> {
  const talk = new Talk(options);
  const asking = { talk, connection, desk: options.desk };
  let asked = Promise.resolve();
  // The picture may be of later than the event: what came before this client is told to it all at once.
  let live = false;
  const show = (event: Event) => {
    live ||= event.type === 'live';
    talk.print(...storyLines(event, { ...connection.view(), live }, talk));
    if (event.type === 'plan' && options.unattended) talk.print(...dangerLines(event.plan, talk));
    // Who decides from now on is asked what the former window left open.
    const isPut = event.type === 'waiting' || (event.type === 'live' && event.decides);
    const { need } = connection.view();
    if (!isPut || !need || options.unattended) return;
    // Each question is put when the one before is settled, if it is still open then.
    asked = asked.then(() => put(need, asking)).catch(() => {});
  };
  const timer = setInterval(
    () => talk.print(...stillRunning(connection.view(), talk, Date.now())),
    heartbeat,
  );
  connection.events(show);
  await connection.over;
  clearInterval(timer);
  talk.close();
}

async function put(need: Need, asking: Asking): Promise<void> {
  const { talk, connection } = asking;
  const view = connection.view();
  if (view.need !== need) return;
  if (view.decides) return asks[need](asking);
  if (await talk.isYes(talk.words.plain.takeOver)) connection.send({ type: 'take-over' });
}

/** Resolves when what `pick` gives of the view is another than now, or the run has ended. */
export function untilChanged(connection: LiveConnection, pick: (view: View) => unknown): Promise<void> {
  const before = pick(connection.view());
  const { promise, resolve } = Promise.withResolvers<void>();
  const stop = connection.subscribe(() => {
    if (pick(connection.view()) !== before || connection.view().end || connection.lost()) resolve();
  });
  return promise.finally(stop);
}
