/**
 * What is looked at beside the forms, in the background.
 *
 * 1. No answer waits for a look: `follow` returns at once.
 * 2. A look begins once its answers are there, right, and have rested for a moment; answers that change replace it.
 * 3. What was found is kept by the values that were looked at. What was not good is looked at again, later and by
 *    itself: somebody may have mended it meanwhile. A password is tried again only after an answer.
 * 4. After `stop` nothing is said any more; `settled` tells when nothing of it runs any more.
 *
 * Proven by test/run/live-checks.test.ts.
 */
import type { Resolution } from '../answers/resolve.ts';
import { holds, settle } from '../guide/conditions.ts';
import type { Guide, LiveLook } from '../guide/types.ts';
import { agreedPlan, opened } from '../journal/fold.ts';
import { StateFolder, standingInstalls } from '../journal/state.ts';
import { makeContext, type Surroundings } from './context.ts';
import { type Found, type Look, lookAt, lookingAt } from './live-checks-look.ts';
import { operationOf } from './plan.ts';
import type { Event, LiveCheck } from './protocol.ts';
import { asValues, missingIn, RunValues, type Value } from './values.ts';

interface LiveChecksOptions {
  readonly guide: Pick<Guide, 'id' | 'looks'>;
  readonly facts: Readonly<Record<string, string>>;
  readonly around: Omit<Surroundings, 'values'>;
  readonly emit: (event: Event) => void;
}

/** Milliseconds that answers rest before they are looked at; a half-typed password locks some accounts. */
const rest = 400;
const restOfPassword = 2000;
/** Milliseconds after which what was not good may have been mended. */
const stale = 20_000;

/** A look whose answers are there. */
interface Wanted {
  readonly id: string;
  readonly topic: string;
  readonly look: Look;
  readonly values: RunValues;
  /** Keyed hash of all that it looks at. */
  readonly key: string;
}

interface Kept {
  readonly found: Found;
  readonly at: number;
}

const ageOf = ({ at }: Kept): number => performance.now() - at;

const triesPassword = ({ look }: Wanted): boolean =>
  look.look === 'sql-login' && look.server.password !== undefined;

export class LiveChecks {
  readonly #options: LiveChecksOptions;
  readonly #kept = new Map<string, Kept>();
  readonly #waiting = new Map<string, NodeJS.Timeout>();
  readonly #running = new Map<string, Promise<void>>();
  #wanted: readonly Wanted[] = [];
  #said = '[]';

  constructor(options: LiveChecksOptions) {
    this.#options = options;
  }

  /** The newest answers; called with each of them. */
  follow(resolution: Pick<Resolution, 'answers' | 'problems'>): void {
    this.#want(this.#wantedBy(resolution));
  }

  stop(): void {
    this.#want([]);
  }

  async settled(): Promise<void> {
    await Promise.all(this.#running.values());
  }

  #want(wanted: readonly Wanted[]): void {
    this.#wanted = wanted;
    const due = new Map(wanted.filter((one) => this.#isDue(one)).map((one) => [one.key, one]));
    for (const [key, timer] of this.#waiting) {
      if (due.has(key)) continue;
      clearTimeout(timer);
      this.#waiting.delete(key);
    }
    for (const [key, one] of due) {
      if (this.#waiting.has(key)) continue;
      this.#waiting.set(
        key,
        setTimeout(() => this.#begin(one), this.#delayOf(one)),
      );
    }
    this.#say();
  }

  /** Nothing good is known about it. */
  #isDue(one: Wanted): boolean {
    const kept = this.#kept.get(one.key);
    const waits = kept && triesPassword(one) && ageOf(kept) < stale;
    return kept?.found.state !== 'good' && !waits && !this.#running.has(one.key);
  }

  #delayOf(one: Wanted): number {
    const kept = this.#kept.get(one.key);
    return Math.max(triesPassword(one) ? restOfPassword : rest, kept ? stale - ageOf(kept) : 0);
  }

  #wantedBy({ answers, problems }: Pick<Resolution, 'answers' | 'problems'>): Wanted[] {
    const { guide, facts, around } = this.#options;
    const known = new Map<string, Value>();
    for (const [id, value] of Object.entries(facts)) known.set(id, { value, secret: false });
    const wrong = new Set(problems.map(({ id }) => id));
    for (const [id, answer] of answers)
      if (!wrong.has(id)) for (const [name, value] of asValues(id, answer)) known.set(name, value);
    const values = new RunValues(known, around.redactor, async () => {});
    return (guide.looks ?? []).flatMap((look) => this.#wantedLook(look, values));
  }

  #wantedLook(look: LiveLook, values: RunValues): Wanted[] {
    const lookup = (name: string) => values.lookup(name);
    if (look.of.some((id) => !lookup(id)) || (look.when && !holds(look.when, lookup))) return [];
    const { when: _, ...bare } = look;
    const settled: Look = settle(bare, lookup);
    if (missingIn(settled, values).length > 0) return [];
    const key = StateFolder.fingerprint(this.#options.around.key, values.full(JSON.stringify(settled)));
    return [{ id: look.id, topic: look.topic, look: settled, values, key }];
  }

  #begin(one: Wanted): void {
    this.#waiting.delete(one.key);
    this.#running.set(one.key, this.#look(one));
  }

  async #look({ key, look, values }: Wanted): Promise<void> {
    const context = makeContext({ ...this.#options.around, values }, 'plan');
    const found = await lookAt(look, context, () => this.#claimed());
    this.#kept.set(key, { found, at: performance.now() });
    this.#running.delete(key);
    if (this.#wanted.some((one) => one.key === key && !triesPassword(one))) this.#want(this.#wanted);
    else this.#say();
  }

  /** What this guide holds on this machine since an earlier run. */
  async #claimed(): Promise<ReadonlySet<string>> {
    const { around, guide } = this.#options;
    const own = standingInstalls(await around.state.runs()).filter(
      ({ records }) => opened(records)?.guide === guide.id,
    );
    const operations = own.flatMap(({ records }) =>
      (agreedPlan(records)?.steps ?? []).flatMap((step) => step.operations),
    );
    return new Set(operations.flatMap((planned) => [...(operationOf(planned).claims ?? [])]));
  }

  #say(): void {
    const checks = this.#wanted.map((one): LiveCheck => {
      const { id, topic, key, look, values } = one;
      const found = this.#kept.get(key)?.found ?? { state: 'looking', say: lookingAt(look, { values }) };
      return { id, topic, ...found };
    });
    const said = JSON.stringify(checks);
    if (said === this.#said) return;
    this.#said = said;
    this.#options.emit({ type: 'live-checks', checks });
  }
}
