/** Rollback found something that is no longer as the run left it. Keeping it is the default. */
import { useState } from 'react';
import type { Decision, View } from '../src/run/protocol.ts';
import { Asking } from './parts/asking.tsx';
import { useCommands } from './parts/commands.ts';
import { bodyHeight } from './parts/frame.tsx';
import { blank, type Line, line, type Tone } from './parts/line.ts';
import { type Choice, Menu } from './parts/menu.tsx';
import type { ScreenProps } from './parts/props.ts';
import { Rows } from './parts/row.tsx';
import { type Ui, useUi } from './parts/ui.ts';
import { chop, clean, wrap } from './parts/width.ts';

type Answer = 'keep' | 'overwrite' | 'keepAll' | 'overwriteAll' | 'back' | 'sure';

export function ConflictScreen({ view, send }: ScreenProps) {
  const ui = useUi();
  const [sureOf, setSureOf] = useState<'overwrite' | 'overwriteAll' | undefined>();
  const [top, setTop] = useState(0);
  const { conflict: words } = ui.words;
  const choices = sureOf ? confirmChoices(ui) : choicesOf(view, ui);
  const head = headLines(view, ui);
  const asked = line(` ${sureOf ? words.confirm : words.question}`, 'plain', true);
  const room = Math.max(3, bodyHeight(ui) - head.length - choices.length - 2);
  const diff = diffLines(view.conflict?.diff ?? '', ui);
  const last = Math.max(0, diff.length - room);
  const from = Math.min(top, last);
  useCommands('conflict', {
    back: () => (sureOf ? setSureOf(undefined) : ui.askLeave()),
    quit: ui.askLeave,
    language: ui.switchLanguage,
    help: ui.help,
    pageUp: () => setTop(Math.max(0, from - room)),
    pageDown: () => setTop(Math.min(last, from + room)),
  });
  const choose = (answer: Answer) => {
    if (answer === 'overwrite' || answer === 'overwriteAll') return setSureOf(answer);
    setSureOf(undefined);
    const decision = decisionOf(answer, sureOf);
    if (!decision) return;
    setTop(0);
    send(decision);
  };
  return (
    <Asking
      view={view}
      what={words.title}
      keySet="conflict"
      notice={last > from ? ui.words.common.more(last - from) : ''}
    >
      <Rows rows={[...head, ...diff.slice(from, from + room), blank, asked]} />
      <Menu
        key={`${view.conflict?.key} ${sureOf}`}
        choices={choices}
        onSelect={choose}
        isActive={view.decides}
        height={choices.length}
      />
    </Asking>
  );
}

function decisionOf(answer: Answer, sureOf: 'overwrite' | 'overwriteAll' | undefined): Decision | undefined {
  if (answer === 'keep') return { type: 'keep' };
  if (answer === 'keepAll') return { type: 'keep', all: true };
  if (answer !== 'sure') return undefined;
  return sureOf === 'overwriteAll' ? { type: 'overwrite', all: true } : { type: 'overwrite' };
}

/** One answer for all is offered where more are known to come. */
function choicesOf({ conflict }: View, { words }: Ui): Choice<Answer>[] {
  const others = conflict?.others ?? 0;
  const all: [Answer, string][] = [
    ['keep', words.conflict.keep],
    ['overwrite', words.conflict.overwrite],
    ['keepAll', words.conflict.keepAll(others)],
    ['overwriteAll', words.conflict.overwriteAll(others)],
  ];
  return all
    .slice(0, others > 0 ? all.length : 2)
    .map(([value, text]) => ({ value, key: value, line: line(text) }));
}

function confirmChoices({ words }: Ui): Choice<Answer>[] {
  return [
    { value: 'back', key: 'back', line: line(words.conflict.confirmNo) },
    { value: 'sure', key: 'sure', line: line(words.conflict.confirmYes, 'waits') },
  ];
}

function headLines({ conflict }: View, ui: Ui): Line[] {
  if (!conflict) return [];
  const wrapped = (text: string) => wrap(text, ui.columns - 2).map((one) => line(` ${one}`));
  return [
    ...wrapped(ui.say(conflict.title)).map((one) => one.map((part) => ({ ...part, bold: true }))),
    ...chop(conflict.key, ui.columns - 3).map((one) => line(`   ${one}`, 'past')),
    ...wrapped(ui.words.conflict.sentence),
    blank,
  ];
}

const tones: Readonly<Record<string, Tone>> = { '+': 'done', '-': 'failed', '±': 'waits' };

function diffLines(diff: string, { columns }: Ui): Line[] {
  const lines = diff === '' ? [] : diff.trimEnd().split('\n');
  return lines.flatMap((raw) => {
    const text = clean(raw);
    return chop(text, columns - 4).map((one) => line(`   ${one}`, tones[text.slice(0, 1)] ?? 'past'));
  });
}
