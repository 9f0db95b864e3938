/** The one place that knows all screens: which is seen, in which language, and what lies over it. */
import { Box, useApp, useInput, useWindowSize } from 'ink';
import { type ReactElement, useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type {
  AccountsDesk,
  Connection,
  Desk,
  Drift,
  HomeAction,
  HomeEntry,
  Lang,
  View,
} from '../src/run/protocol.ts';
import { Accounts } from './accounts.tsx';
import { ChecklistScreen } from './checklist.tsx';
import { ConflictScreen } from './conflict.tsx';
import { FailureScreen } from './failure.tsx';
import { Finished } from './finished.tsx';
import { Home } from './home.tsx';
import { Installed } from './installed.tsx';
import { LogScreen } from './log.tsx';
import type { Memory } from './memory.ts';
import { Help, Leave, Lost } from './overlays.tsx';
import type { KeySet } from './parts/keys.ts';
import type { ScreenProps } from './parts/props.ts';
import { speech, type Ui, UiProvider, useUi } from './parts/ui.ts';
import { PlanScreen } from './plan.tsx';
import { Questions } from './questions.tsx';
import { Run } from './run.tsx';
import { exitOf, type ScreenName, screenOf } from './screen-of.ts';
import { TerminalScreen } from './terminal.tsx';
import { TrialScreen } from './trial.tsx';

/** What a person leaves behind. `view` is null when no run was opened. */
export interface Outcome {
  readonly exit: number;
  readonly view: View | null;
  readonly lang: Lang;
}

interface AppProps {
  /** What outlives a loan of the terminal. */
  readonly memory: Memory;
  readonly ascii: boolean;
  readonly color: boolean;
  readonly host: string;
  readonly home?: readonly HomeEntry[];
  readonly open: (entry: HomeEntry, action: HomeAction) => Promise<Connection>;
  readonly verify: (entry: HomeEntry) => Promise<readonly Drift[]>;
  readonly accountsOf: (entry: HomeEntry) => AccountsDesk;
  readonly desk: Desk;
  readonly now: () => number;
  /** Called once. */
  readonly onLeave: (outcome: Outcome) => void;
}

type Overlay = { readonly help: KeySet } | 'leave' | null;

const screens: Readonly<Record<ScreenName, (props: ScreenProps) => ReactElement>> = {
  questions: Questions,
  plan: PlanScreen,
  run: Run,
  failure: FailureScreen,
  checklist: ChecklistScreen,
  conflict: ConflictScreen,
  terminal: TerminalScreen,
  trial: TrialScreen,
  finished: Finished,
};

export function App({ home = [], open, verify, accountsOf, memory, ...props }: AppProps) {
  const [connection, setConnection] = useState(memory.connection);
  const [installed, setInstalled] = useState(memory.installed);
  const [lang, setLang] = useState(memory.lang);
  const [accounts, setAccounts] = useState(memory.accounts);
  const accountsDesk = useMemo(() => accounts && accountsOf(accounts), [accounts, accountsOf]);
  Object.assign(memory, { connection, installed, accounts, lang });
  const [overlay, setOverlay] = useState<Overlay>(null);
  const [isReading, setReading] = useState(false);
  const { columns, rows } = useWindowSize();
  const { exit } = useApp();
  const { ascii, color, host, desk, now, onLeave } = props;
  const ui = useMemo<Ui>(() => {
    const leave = (code: number) => {
      const view = connection?.view() ?? null;
      // Nobody is left to answer: the engine ends now, resumable, and lets go of the machine's lock.
      if (view?.need && view.decides) connection?.send({ type: 'stop' });
      connection?.close();
      onLeave({ exit: code, view, lang });
      exit();
    };
    return {
      ...speech(lang, ascii),
      ...{ color, host, desk, memory, now, columns, rows, leave },
      active: true,
      switchLanguage: () => setLang(lang === 'fr' ? 'en' : 'fr'),
      help: (set) => setOverlay({ help: set }),
      readOutput: setReading,
      askLeave: () => {
        const view = connection?.view();
        if (!view || view.end) leave(view ? exitOf(view) : 0);
        else setOverlay('leave');
      },
    };
  }, [lang, ascii, color, host, desk, memory, now, columns, rows, connection, onLeave, exit]);
  const under = useMemo(() => (overlay === null ? ui : { ...ui, active: false }), [ui, overlay]);
  useInput((input, key) => {
    if (!(key.ctrl && input === 'c')) return;
    if (overlay === 'leave') ui.leave(connection ? exitOf(connection.view()) : 0);
    else ui.askLeave();
  });
  const begin = async (entry: HomeEntry, action: HomeAction) => setConnection(await open(entry, action));
  const choose = async (entry: HomeEntry) =>
    entry.action === 'verify' ? setInstalled(entry) : begin(entry, 'install');
  const close = () => setOverlay(null);
  if (!connection) {
    return (
      <Covered
        ui={ui}
        under={under}
        overlay={overlay && overlay !== 'leave' ? <Help set={overlay.help} onClose={close} /> : null}
      >
        {accounts && accountsDesk ? (
          <Accounts entry={accounts} accounts={accountsDesk} onBack={() => setAccounts(null)} />
        ) : installed ? (
          <Installed
            entry={installed}
            open={(action) => begin(installed, action)}
            verify={() => verify(installed)}
            onAccounts={() => setAccounts(installed)}
            onBack={() => setInstalled(null)}
          />
        ) : (
          <Home entries={home} open={choose} accounts={setAccounts} />
        )}
      </Covered>
    );
  }
  return <RunApp {...{ connection, ui, under, overlay, isReading }} onClose={close} />;
}

interface RunAppProps {
  readonly connection: Connection;
  readonly ui: Ui;
  readonly under: Ui;
  readonly overlay: Overlay;
  readonly isReading: boolean;
  readonly onClose: () => void;
}

function RunApp({ connection, ui, under, overlay, isReading, onClose }: RunAppProps) {
  const subscribe = useCallback((listener: () => void) => connection.subscribe(listener), [connection]);
  const view = useSyncExternalStore(subscribe, () => connection.view());
  const isLost = useSyncExternalStore(subscribe, () => connection.lost?.() === true);
  const [isGoingBack, setGoingBack] = useState(false);
  const send = useCallback<ScreenProps['send']>(
    (decision) => {
      if (decision.type === 'rollback') setGoingBack(true);
      connection.send(decision);
    },
    [connection],
  );
  // Who chose to take it all back goes on to that run; there is nothing to read in between.
  const { leave } = ui;
  useEffect(() => {
    if (isGoingBack && view.end) leave(exitOf(view));
  }, [isGoingBack, view, leave]);
  const name = screenOf(view);
  if (isLost && !view.end) {
    return (
      <UiProvider value={ui}>
        <Lost view={view} />
      </UiProvider>
    );
  }
  const Screen = screens[name];
  return (
    <Covered ui={ui} under={under} overlay={covering(overlay, view, send, onClose)}>
      <Reading view={view} isReading={isReading}>
        <Screen view={view} send={send} />
      </Reading>
    </Covered>
  );
}

interface ReadingProps {
  readonly view: View;
  readonly isReading: boolean;
  readonly children: ReactElement;
}

/** Who reads the output goes on reading when the run needs them: no key of theirs answers what comes up below. */
function Reading({ view, isReading, children }: ReadingProps) {
  const ui = useUi();
  const under = useMemo(() => (isReading ? { ...ui, active: false } : ui), [ui, isReading]);
  const log = isReading ? <LogScreen view={view} onClose={() => ui.readOutput(false)} /> : null;
  return (
    <Covered ui={ui} under={under} overlay={log}>
      {children}
    </Covered>
  );
}

/** What lies over a screen; nobody is asked whether to stop what has ended. */
function covering(
  overlay: Overlay,
  view: View,
  send: ScreenProps['send'],
  onClose: () => void,
): ReactElement | null {
  if (overlay === null) return null;
  if (overlay !== 'leave') return <Help set={overlay.help} onClose={onClose} />;
  return view.end ? null : <Leave view={view} send={send} onClose={onClose} />;
}

interface CoveredProps {
  readonly ui: Ui;
  readonly under: Ui;
  readonly overlay: ReactElement | null;
  readonly children: ReactElement;
}

/** A screen under an overlay stays as it is, cursor and typed text included, and hears no key. */
function Covered({ ui, under, overlay, children }: CoveredProps) {
  return (
    <>
      <Box display={overlay ? 'none' : 'flex'} flexDirection="column">
        <UiProvider value={overlay ? under : ui}>{children}</UiProvider>
      </Box>
      {overlay ? <UiProvider value={ui}>{overlay}</UiProvider> : null}
    </>
  );
}
