/** A screen on a made-up terminal: what it shows, what it is told, what it answers. */
import { render } from 'ink-testing-library';
import { App, type Outcome } from '../../screens/app.tsx';
import { Memory } from '../../screens/memory.ts';
import { width } from '../../screens/parts/width.ts';
import { emptyDesk, FakeConnection, noAccounts } from '../../screens/stories.tsx';
import type { AccountsDesk, Desk, Drift, HomeAction, HomeEntry, Lang, View } from '../../src/run/protocol.ts';

export const keys = {
  up: '\u001b[A',
  down: '\u001b[B',
  right: '\u001b[C',
  left: '\u001b[D',
  enter: '\r',
  tab: '\t',
  shiftTab: '\u001b[Z',
  escape: '\u001b',
  home: '\u001b[H',
  end: '\u001b[F',
  pageUp: '\u001b[5~',
  pageDown: '\u001b[6~',
  backspace: '\u007f',
  ctrl: (letter: string) => String.fromCharCode(letter.charCodeAt(0) - 96),
};

interface StageOptions {
  readonly view?: View;
  readonly home?: readonly HomeEntry[];
  readonly open?: (entry: HomeEntry, action: HomeAction) => Promise<FakeConnection>;
  readonly verify?: () => Promise<readonly Drift[]>;
  readonly accounts?: AccountsDesk;
  /** The guide whose accounts are open. */
  readonly accountsFor?: HomeEntry;
  readonly lang?: Lang;
  readonly size?: readonly [columns: number, rows: number];
  readonly ascii?: boolean;
  readonly desk?: Partial<Desk>;
  /** Default: half a minute after the newest event of the stories. */
  readonly clock?: () => number;
  /** What the screens remember from before the terminal was lent. */
  readonly places?: ReadonlyMap<string, unknown>;
}

/** Half a minute after the newest event of the stories. */
const now = Date.parse('2026-11-03T14:12:50.000Z');

/** On a busy machine a timer can be due before what it waits for had its turn: React's own work comes first. */
const pause = async (milliseconds: number) => {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve));
};

export async function stage({
  view,
  home,
  open,
  verify = async () => [],
  accounts = noAccounts,
  accountsFor,
  lang = 'en',
  size = [80, 24],
  ascii = false,
  desk = {},
  clock = () => now,
  places = new Map(),
}: StageOptions) {
  const connection = view ? new FakeConnection(view) : undefined;
  const copied: string[] = [];
  const outcomes: Outcome[] = [];
  const memory = new Memory(lang, connection);
  memory.accounts = accountsFor ?? null;
  for (const [name, place] of places) memory.places.set(name, place);
  const instance = render(
    <App
      memory={memory}
      ascii={ascii}
      color
      host="srv-events · Debian 12"
      home={home ?? []}
      open={open ?? (async () => new FakeConnection(view as View))}
      verify={verify}
      accountsOf={() => accounts}
      desk={{ ...emptyDesk, copy: (text) => void copied.push(text), ...desk }}
      now={clock}
      onLeave={(outcome) => outcomes.push(outcome)}
    />,
  );
  const resize = async ([columns, rows]: readonly [number, number]) => {
    Object.defineProperty(instance.stdout, 'columns', { value: columns, configurable: true });
    Object.defineProperty(instance.stdout, 'rows', { value: rows, configurable: true });
    instance.stdout.emit('resize');
    await pause(50);
  };
  const frames = instance.frames;
  await resize(size);
  frames.length = 0;
  const fake = connection as FakeConnection;
  const press = async (...typed: string[]) => {
    for (const key of typed) {
      instance.stdin.write(key);
      await pause(40);
    }
  };
  return {
    connection: fake,
    places: memory.places,
    copied,
    outcomes,
    frames,
    resize,
    press,
    pause,
    lines: () => (instance.lastFrame() ?? '').split('\n'),
    text: () => (instance.lastFrame() ?? '').replaceAll('\u00a0', ' '),
    line: (part: string) =>
      (instance.lastFrame() ?? '')
        .replaceAll('\u00a0', ' ')
        .split('\n')
        .find((one) => one.includes(part)) ?? '',
    show: async (change: Partial<View>) => {
      fake.show(change);
      await pause(40);
    },
    unmount: () => instance.unmount(),
  };
}

/** Frames that are larger than the terminal. */
export function tooLarge(frames: readonly string[], [columns, rows]: readonly [number, number]): string[] {
  return frames.filter((frame) => {
    const lines = frame.replace(/\n$/, '').split('\n');
    return lines.length > rows || lines.some((line) => width(line) > columns);
  });
}
