/** Rollback found something that is no longer as the run left it. Keeping it is the default. */
import { useState } from 'react';
import { Asking } from './parts/asking.tsx';
import { useCommands } from './parts/commands.ts';
import { blank, type Line, line } from './parts/line.ts';
import { type Choice, Menu } from './parts/menu.tsx';
import type { ScreenProps } from './parts/props.ts';
import { Rows } from './parts/row.tsx';
import { useUi } from './parts/ui.ts';
import { chop, wrap } from './parts/width.ts';

type Answer = 'keep' | 'overwrite' | 'back' | 'sure';

export function ConflictScreen({ view, send }: ScreenProps) {
  const ui = useUi();
  const { conflict } = ui.words;
  const [isSure, setSure] = useState(false);
  useCommands('choices', {
    back: () => (isSure ? setSure(false) : ui.askLeave()),
    quit: ui.askLeave,
    language: ui.switchLanguage,
    help: ui.help,
  });
  const choose = (answer: Answer) => {
    if (answer === 'keep') send({ type: 'keep' });
    if (answer === 'sure') send({ type: 'overwrite' });
    setSure(answer === 'overwrite');
  };
  const choices: Choice<Answer>[] = isSure
    ? [
        { value: 'back', key: 'back', line: line(conflict.confirmNo) },
        { value: 'sure', key: 'sure', line: line(conflict.confirmYes, 'waits') },
      ]
    : [
        { value: 'keep', key: 'keep', line: line(conflict.keep) },
        { value: 'overwrite', key: 'overwrite', line: line(conflict.overwrite) },
      ];
  const wrapped = (text: string, tone: 'plain' | 'past' = 'plain'): Line[] =>
    wrap(text, ui.columns - 2).map((one) => line(` ${one}`, tone));
  return (
    <Asking view={view} what={conflict.title}>
      <Rows
        rows={[
          blank,
          ...(view.conflict
            ? wrapped(ui.say(view.conflict.title)).map((one) => one.map((s) => ({ ...s, bold: true })))
            : []),
          ...chop(view.conflict?.key ?? '', ui.columns - 3).map((one) => line(`   ${one}`, 'past')),
          blank,
          ...wrapped(conflict.sentence),
          blank,
          line(` ${isSure ? conflict.confirm : conflict.question}`, 'plain', true),
        ]}
      />
      <Menu key={String(isSure)} choices={choices} onSelect={choose} isActive={view.decides} />
    </Asking>
  );
}
