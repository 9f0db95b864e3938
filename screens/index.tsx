/** The screens: from a terminal and a connection to an outcome. */
import { render } from 'ink';
import type { Connection, Drift, HomeAction, HomeEntry, Lang } from '../src/run/protocol.ts';
import { App, type Outcome } from './app.tsx';
import { keyInput } from './parts/key-input.ts';

export type { Outcome } from './app.tsx';
export { summary } from './summary.ts';

export interface ScreensOptions {
  readonly lang: Lang;
  /** A stream on the controlling terminal; the caller closes it afterwards. */
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
  readonly ascii: boolean;
  readonly color: boolean;
  /** `srv-events · Debian 12`. */
  readonly host: string;
  readonly home?: readonly HomeEntry[];
  readonly open: (entry: HomeEntry, action: HomeAction) => Promise<Connection>;
  readonly verify: (entry: HomeEntry) => Promise<readonly Drift[]>;
  readonly connection?: Connection;
}

/** Shows the screens until the person leaves; then closes the connection and gives the terminal back. */
export async function runScreens({ input, output, ...options }: ScreensOptions): Promise<Outcome> {
  let outcome: Outcome = { exit: 130, view: options.connection?.view() ?? null, lang: options.lang };
  const instance = render(
    <App
      {...options}
      copy={(text) => output.write(osc52(text))}
      now={Date.now}
      onLeave={(left) => {
        outcome = left;
      }}
    />,
    {
      stdin: keyInput(input),
      stdout: output,
      alternateScreen: true,
      exitOnCtrlC: false,
      interactive: true,
      incrementalRendering: true,
      maxFps: 10,
      patchConsole: false,
    },
  );
  await instance.waitUntilExit();
  return outcome;
}

/** Asks the terminal, also through SSH, to put the text on its clipboard. */
function osc52(text: string): string {
  return `\u001b]52;c;${Buffer.from(text).toString('base64')}\u0007`;
}
