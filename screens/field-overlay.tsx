/** F1 in a field: all there is to say about it, over the form. */
import { useState } from 'react';
import type { FormField, LiveCheck } from '../src/run/protocol.ts';
import { wholeChecks } from './checks.ts';
import { keyHelp, wholeHelp } from './field-help.ts';
import { useCommands } from './parts/commands.ts';
import { bodyHeight, Frame } from './parts/frame.tsx';
import { hintsOf, type KeySet } from './parts/keys.ts';
import { blank, line } from './parts/line.ts';
import { Rows } from './parts/row.tsx';
import { useUi } from './parts/ui.ts';

interface FieldOverlayProps {
  readonly field: FormField;
  /** What is in it, where it may be shown. */
  readonly value: string;
  /** The keys of the place it was asked from. */
  readonly set: KeySet;
  readonly path: readonly string[];
  readonly checks: readonly LiveCheck[];
  readonly onClose: () => void;
}

/** A line is not read well when it is wider. */
const widest = 100;

export function FieldOverlay({ field, value, set, path, checks, onClose }: FieldOverlayProps) {
  const ui = useUi();
  const [top, setTop] = useState(0);
  const cells = Math.min(ui.columns, widest);
  const rows = [
    ...wholeHelp(field, value, cells, ui),
    ...(checks.length > 0
      ? [line(` ${ui.words.form.checks}`, 'plain', true), ...wholeChecks(checks, cells, ui), blank]
      : []),
    ...keyHelp(field, set, ui),
  ];
  const height = bodyHeight(ui);
  const last = Math.max(0, rows.length - height);
  const start = Math.min(top, last);
  const scroll = (by: number) => () => setTop(Math.max(0, Math.min(last, start + by)));
  useCommands('field', {
    up: scroll(-1),
    down: scroll(1),
    pageUp: scroll(-height),
    pageDown: scroll(height),
    back: onClose,
  });
  return (
    <Frame
      path={path}
      notice={last > start ? line(ui.words.common.more(last - start), 'past') : blank}
      hints={hintsOf('field', ui.words, ui.signs, last > 0 ? [] : ['up', 'down'])}
      status={ui.say(field.ask)}
    >
      <Rows rows={rows.slice(start, start + height)} />
    </Frame>
  );
}
