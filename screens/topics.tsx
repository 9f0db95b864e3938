/** The topics of the questions, with what is still missing in each. */
import type { View } from '../src/run/protocol.ts';
import { topicsOf } from './form-state.ts';
import { useCommands } from './parts/commands.ts';
import { bodyHeight, Frame } from './parts/frame.tsx';
import { hintsOf } from './parts/keys.ts';
import { blank, type Line, line, span } from './parts/line.ts';
import { type Choice, Menu } from './parts/menu.tsx';
import { Rows } from './parts/row.tsx';
import { type Ui, useUi } from './parts/ui.ts';
import { pad, width } from './parts/width.ts';

interface TopicsProps {
  readonly view: View;
  readonly current: number;
  readonly onOpen: (topic: number) => void;
  readonly onBack: () => void;
  readonly onSubmit: () => void;
}

export function Topics({ view, current, onOpen, onBack, onSubmit }: TopicsProps) {
  const ui = useUi();
  useCommands('topics', { back: onBack, quit: ui.askLeave, language: ui.switchLanguage, help: ui.help });
  const topics = topicsOf(view.form);
  const cells = Math.max(...topics.map(({ title }) => width(ui.say(title))));
  const choices: Choice<number>[] = topics.map(({ id, title }, index) => ({
    value: index,
    key: id,
    line: [span(`${pad(ui.say(title), cells)}   `), ...stateOf(view, id, ui)],
  }));
  const go: Choice<number> = { value: topics.length, key: 'continue', line: line(ui.words.form.toPlan) };
  return (
    <Frame
      path={[ui.say(view.title), ui.words.form.title, ui.words.form.topics]}
      hints={hintsOf('topics', ui.words, ui.signs)}
      status={ui.words.form.topics}
    >
      <Rows rows={[blank]} />
      <Menu
        choices={[...choices, go]}
        initial={current}
        onSelect={(index) => (index === topics.length ? onSubmit() : onOpen(index))}
        height={bodyHeight(ui) - 1}
      />
    </Frame>
  );
}

function stateOf(view: View, topic: string, ui: Ui): Line {
  const missing = view.form.fields.filter(
    (field) => field.topic === topic && view.form.open.includes(field.id),
  );
  if (missing.length === 0) return [span(`${ui.signs.done} ${ui.words.form.complete}`, 'done')];
  const wrong = missing.filter(
    ({ value, kind, given }) => value !== '' || (kind === 'secret' && given),
  ).length;
  const { toFill, toCorrect } = ui.words.form;
  const empty = missing.length - wrong;
  const said = [...(wrong > 0 ? [toCorrect(wrong)] : []), ...(empty > 0 ? [toFill(empty)] : [])];
  return [span(said.join(` ${ui.signs.between} `), 'waits')];
}
