/** The screens: from a terminal and a connection to an outcome. */
import { render } from 'ink';
import type {
  AccountsDesk,
  Connection,
  Desk,
  Drift,
  HomeAction,
  HomeEntry,
  Lang,
} from '../src/run/protocol.ts';
import { App, type Outcome } from './app.tsx';
import { Memory } from './memory.ts';
import { keyInput } from './parts/key-input.ts';

export type { Outcome } from './app.tsx';
export { summary } from './summary.ts';

/** What the screens need of the terminal they are shown on, and what the client does beside it. */
interface Workplace {
  readonly output: NodeJS.WriteStream;
  /** A stream of its own on the controlling terminal, opened anew after each loan. */
  openInput(): NodeJS.ReadStream;
  /** Its programs have the terminal to themselves: nothing of ours reads or draws while they run. */
  readonly desk: Desk;
}

interface ScreensOptions {
  readonly lang: Lang;
  readonly place: Workplace;
  readonly ascii: boolean;
  readonly color: boolean;
  /** `srv-events · Debian 12`. */
  readonly host: string;
  readonly home?: readonly HomeEntry[];
  readonly open: (entry: HomeEntry, action: HomeAction) => Promise<Connection>;
  readonly verify: (entry: HomeEntry) => Promise<readonly Drift[]>;
  readonly accountsOf: (entry: HomeEntry) => AccountsDesk;
  /** Whose accounts are shown first. */
  readonly accounts?: HomeEntry;
  readonly connection?: Connection;
}

/** Shows the screens until the person leaves; then closes the connection and gives the terminal back. */
export async function runScreens({ place, accounts, ...options }: ScreensOptions): Promise<Outcome> {
  const memory = new Memory(options.lang, options.connection);
  memory.accounts = accounts ?? null;
  for (;;) {
    const shown = await showOnce(place, options, memory);
    if (!('borrow' in shown)) return shown;
    await shown.borrow();
  }
}

/** Until the person leaves, or another program needs the terminal. */
async function showOnce(
  place: Workplace,
  options: Omit<ScreensOptions, 'place' | 'accounts'>,
  memory: Memory,
): Promise<Outcome | { readonly borrow: () => Promise<void> }> {
  let outcome: Outcome = { exit: 130, view: memory.connection?.view() ?? null, lang: memory.lang };
  let borrow: (() => Promise<void>) | undefined;
  const input = place.openInput();
  // Before the first frame: a key typed ahead would be echoed, and everything drawn after it one line too low.
  input.setRawMode?.(true);
  const lend = <Result,>(work: () => Promise<Result>): Promise<Result> => {
    const { promise, resolve, reject } = Promise.withResolvers<Result>();
    borrow = () => work().then(resolve, reject);
    instance.unmount();
    return promise;
  };
  const desk: Desk = {
    ...place.desk,
    shell: (told) => lend(() => place.desk.shell(told)),
    edit: (text) => lend(() => place.desk.edit(text)),
    run: (task) => lend(() => place.desk.run(task)),
  };
  // The alternate screen begins where the cursor is; the first line has to begin at its left.
  place.output.write('\r');
  const instance = render(
    <App
      {...options}
      memory={memory}
      desk={desk}
      now={Date.now}
      onLeave={(left) => {
        outcome = left;
      }}
    />,
    {
      stdin: keyInput(input),
      stdout: place.output,
      alternateScreen: true,
      exitOnCtrlC: false,
      interactive: true,
      incrementalRendering: true,
      maxFps: 10,
      patchConsole: false,
    },
  );
  await instance.waitUntilExit();
  input.setRawMode?.(false);
  // Closed, nothing of ours can take a key that is meant for the next program.
  input.destroy();
  return borrow ? { borrow } : outcome;
}
