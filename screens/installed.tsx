/** What can be done with what is installed: look whether it is still so, go on with it, take it back. */
import { useState } from 'react';
import { moment } from '../src/i18n/index.ts';
import type { Drift, HomeAction, HomeEntry } from '../src/run/protocol.ts';
import { useCommands } from './parts/commands.ts';
import { bodyHeight, Frame } from './parts/frame.tsx';
import { hintsOf } from './parts/keys.ts';
import { blank, type Line, line, span } from './parts/line.ts';
import { type Choice, Menu } from './parts/menu.tsx';
import { Rows } from './parts/row.tsx';
import { type Ui, useUi } from './parts/ui.ts';
import { wrap } from './parts/width.ts';

interface InstalledProps {
  readonly entry: HomeEntry;
  readonly open: (action: HomeAction) => Promise<void>;
  readonly verify: () => Promise<readonly Drift[]>;
  readonly onAccounts: () => void;
  readonly onBack: () => void;
}

type Told =
  | { readonly type: 'nothing' | 'working' }
  | { readonly type: 'refused'; readonly reason: string }
  | { readonly type: 'verified'; readonly drifts: readonly Drift[] };

type Chosen = HomeAction | 'verify' | 'accounts' | 'back';

export function Installed({ entry, open, verify, onAccounts, onBack }: InstalledProps) {
  const ui = useUi();
  const [told, setTold] = useState<Told>({ type: 'nothing' });
  const isWorking = told.type === 'working';
  const { installed } = ui.words;
  const { help, switchLanguage: language } = ui;
  const accounts = () => entry.accounts && onAccounts();
  useCommands('installed', { accounts, back: onBack, quit: () => ui.leave(0), language, help }, !isWorking);
  const choose = (chosen: Chosen) => {
    if (chosen === 'back') return onBack();
    if (chosen === 'accounts') return onAccounts();
    setTold({ type: 'working' });
    const work = chosen === 'verify' ? verify() : open(chosen);
    work.then(
      (drifts) => drifts && setTold({ type: 'verified', drifts }),
      (error: unknown) =>
        setTold({ type: 'refused', reason: error instanceof Error ? error.message : String(error) }),
    );
  };
  const own = entry.accounts ? (['accounts'] as const) : [];
  const choices: Choice<Chosen>[] = (['verify', 'install', ...own, 'rollback', 'back'] as const).map(
    (value) => ({
      value,
      key: value,
      line: line(installed.choices[value]),
    }),
  );
  const room = bodyHeight(ui) - choices.length - 4;
  return (
    <Frame
      path={[ui.say(entry.title)]}
      right={line(entry.since ? installed.since(moment(entry.since, ui.lang, ui.now())) : '', 'past')}
      hints={hintsOf('installed', ui.words, ui.signs, entry.accounts ? [] : ['accounts'])}
      status={ui.say(entry.title)}
    >
      <Rows rows={[line(` ${installed.question}`, 'plain', true), blank]} />
      <Menu choices={choices} onSelect={choose} isActive={!isWorking} />
      <Rows rows={[blank, ...tellingLines(told, ui).slice(0, room)]} />
    </Frame>
  );
}

function tellingLines(told: Told, ui: Ui): Line[] {
  const { installed, home } = ui.words;
  const wrapped = (text: string, indent = 1) => wrap(text, ui.columns - 1 - indent);
  switch (told.type) {
    case 'nothing':
      return [];
    case 'working':
      return [line(` ${installed.working}`, 'past')];
    case 'refused':
      return wrapped(home.notOpened(told.reason)).map((one) => line(` ${one}`, 'failed'));
    case 'verified':
      if (told.drifts.length === 0)
        return [[span(` ${ui.signs.done} `, 'done'), span(installed.asInstalled)]];
      return [
        line(` ${installed.drifts(told.drifts.length)}`, 'waits'),
        ...told.drifts.flatMap(({ title, diff }) => [
          [span(` ${ui.signs.differs} `, 'waits'), span(ui.say(title))],
          ...diff
            .trimEnd()
            .split('\n')
            .map((one) => line(`     ${one}`, 'past')),
        ]),
      ];
    default:
      return told satisfies never;
  }
}
