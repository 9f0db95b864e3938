/** What a step says: to its log, to the clients, and the end of it kept for its error. */
import type { KnownCause } from '../guide/types.ts';
import { StepLog } from '../host/log.ts';
import { Recent } from '../host/output.ts';
import { logIncomplete } from '../i18n/texts/faults.ts';
import { causeOf } from './causes.ts';
import type { Surroundings } from './context.ts';
import type { StepError } from './protocol.ts';
import type { Session } from './session.ts';
import { shownLines } from './shown.ts';

/** Lines that an error shows; all that is remembered is looked through for its cause. */
const shownInError = 8;
const remembered = 64_000;

export class StepOutput {
  readonly #step: string;
  readonly #session: Session;
  readonly #log: StepLog;
  readonly #recent = new Recent(remembered);

  constructor(step: string, session: Session, { state, run }: Pick<Surroundings, 'state' | 'run'>) {
    this.#step = step;
    this.#session = session;
    this.#log = new StepLog(`${state.logs(run)}/${step}.log`);
  }

  readonly say = (text: string): void => {
    this.#log.write(text);
    this.#recent.add(text);
    this.#session.emit({ type: 'output', step: this.#step, text });
  };

  /** The failure with its likely cause and the lines before it. */
  failed(
    failure: Omit<StepError, 'cause' | 'lastLines' | 'remedies'>,
    causes: readonly KnownCause[] = [],
  ): Omit<StepError, 'remedies'> & { lastLines: string[] } {
    const { code, values, say } = failure;
    this.#log.write(`${code} ${Object.values(values).join(' ')}\n`);
    // The guide's own sentence does not say what was seen.
    if (say && values['problem']) this.#recent.add(`${values['problem']}\n`);
    const said = shownLines(String(this.#recent));
    const cause = causeOf({ code, values, step: this.#step, said }, causes);
    return { ...failure, ...(cause ? { cause } : {}), lastLines: said.slice(-shownInError) };
  }

  /** What is missing in the log is said in the journal. */
  async close(): Promise<void> {
    this.#log.close();
    const { lost, path } = this.#log;
    if (lost > 0) await this.#session.append({ type: 'warning', step: this.#step, say: logIncomplete(path) });
  }
}
