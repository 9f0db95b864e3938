/** What can be done on this machine; what needs the person comes first. */
import { Box } from 'ink';
import { useState } from 'react';
import { moment } from '../src/i18n/index.ts';
import type { HomeEntry } from '../src/run/protocol.ts';
import { useCommands } from './parts/commands.ts';
import { bodyHeight, Frame } from './parts/frame.tsx';
import { hintsOf } from './parts/keys.ts';
import { blank, type Line, line, lineWidth, span, spread } from './parts/line.ts';
import { type Choice, Menu } from './parts/menu.tsx';
import { Rows } from './parts/row.tsx';
import { type Ui, useUi } from './parts/ui.ts';
import { pad, width, wrap } from './parts/width.ts';

interface HomeProps {
  readonly entries: readonly HomeEntry[];
  readonly open: (entry: HomeEntry) => Promise<void>;
  readonly accounts: (entry: HomeEntry) => void;
}

const messageRows = 4;

export function Home({ entries, open, accounts }: HomeProps) {
  const ui = useUi();
  const [told, setTold] = useState<Told>({ type: 'nothing' });
  const isOpening = told.type === 'opening';
  const sorted = entries.toSorted((a, b) => rank(a) - rank(b));
  const initial = Math.max(
    0,
    sorted.findIndex(({ unfit }) => !unfit),
  );
  const [chosen, setChosen] = useState(sorted[initial]);
  useCommands(
    'home',
    {
      accounts: () => chosen?.accounts && accounts(chosen),
      quit: () => ui.leave(0),
      help: ui.help,
      language: ui.switchLanguage,
    },
    !isOpening,
  );
  const choose = (entry: HomeEntry) => {
    if (entry.unfit) return setTold({ type: 'unfit', entry });
    setTold({ type: 'opening', entry });
    open(entry).catch((error: unknown) => {
      setTold({ type: 'refused', reason: error instanceof Error ? error.message : String(error) });
    });
  };
  const height = bodyHeight(ui) - 3 - messageRows;
  const { words } = ui;
  return (
    <Frame
      path={[words.common.product]}
      right={[span(ui.host, 'past')]}
      notice={entries.some(({ unfit }) => unfit) ? line(words.home.unfitHint, 'past') : blank}
      hints={hintsOf('home', words, ui.signs, chosen?.accounts ? [] : ['accounts'])}
      status={words.common.pair(words.common.product, words.home.question)}
    >
      <Rows rows={[line(` ${words.home.question}`, 'plain', true), blank]} />
      <Box flexDirection="column" height={height} overflow="hidden" flexShrink={0}>
        <Menu
          choices={sorted.map((entry) => choiceOf(ui, entry, sorted))}
          onSelect={choose}
          onHighlight={(entry) => {
            setChosen(entry);
            setTold({ type: 'nothing' });
          }}
          height={height}
          initial={initial}
          isActive={!isOpening}
        />
        {entries.length === 0 ? <Rows rows={[line(`   ${words.home.nothing}`, 'past')]} /> : null}
      </Box>
      <Rows rows={[blank, ...tellingLines(ui, told)]} />
    </Frame>
  );
}

type Told =
  | { readonly type: 'nothing' }
  | { readonly type: 'unfit' | 'opening'; readonly entry: HomeEntry }
  | { readonly type: 'refused'; readonly reason: string };

function tellingLines(ui: Ui, told: Told): Line[] {
  const { home } = ui.words;
  if (told.type === 'nothing') return [];
  if (told.type === 'opening') return [line(` ${home.opening(ui.say(told.entry.title))}`)];
  const text =
    told.type === 'refused'
      ? home.notOpened(told.reason)
      : home.cannotRun(ui.say(told.entry.title), told.entry.unfit ? ui.say(told.entry.unfit) : '');
  return wrap(text, ui.columns - 2)
    .slice(0, messageRows)
    .map((one) => line(` ${one}`, 'waits'));
}

function rank({ action }: HomeEntry): number {
  return ['resume', 'verify', 'install', 'practice'].indexOf(action);
}

function choiceOf(ui: Ui, entry: HomeEntry, all: readonly HomeEntry[]): Choice<HomeEntry> {
  const { verbs } = ui.words.home;
  const verbCells = Math.max(...Object.values(verbs).map(width));
  const titleCells = Math.min(24, Math.max(...all.map(({ title }) => width(ui.say(title)))));
  const tone = entry.unfit ? 'past' : 'plain';
  const head: Line = [
    span(`${pad(verbs[entry.action], verbCells)}  `, tone),
    span(pad(ui.say(entry.title), titleCells, ui.signs.more), tone, !entry.unfit),
    span('  '),
  ];
  const room = ui.columns - 4 - lineWidth(head);
  const [left, right] = details(ui, entry);
  return {
    value: entry,
    key: `${entry.action} ${entry.guide}`,
    line: [...head, ...spread(left, right, room, ui.signs.more)],
  };
}

/** What is said beside the title: on its right side, and at the edge. */
function details(ui: Ui, entry: HomeEntry): [Line, Line] {
  const { home } = ui.words;
  const summary = line(ui.say(entry.summary), 'past');
  if (entry.unfit) return [line(ui.say(entry.unfit), 'past'), [span(ui.signs.failed, 'failed')]];
  if (entry.action === 'install' || entry.action === 'practice') {
    return [summary, line(home.about(entry.minutes, entry.total), 'past')];
  }
  const when = entry.since ? moment(entry.since, ui.lang, ui.now()) : '';
  const where = entry.total > 0 ? home.where(entry.done, entry.total) : '';
  const tone = entry.action === 'resume' ? 'waits' : 'past';
  return [line(home.states[entry.state](when, where), tone), []];
}
