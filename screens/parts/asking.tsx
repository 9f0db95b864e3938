/** A screen that puts one question with a few choices: all that stands around these. */
import type { ReactElement, ReactNode } from 'react';
import type { View } from '../../src/run/protocol.ts';
import { Frame } from './frame.tsx';
import { hintsOf, type KeySet } from './keys.ts';
import { line } from './line.ts';
import { isWatcher, spineOf } from './spine.ts';
import { useUi } from './ui.ts';

interface AskingProps {
  readonly view: View;
  /** The screen's own name. */
  readonly what: string;
  /** Default: those of a question with choices. */
  readonly keySet?: KeySet;
  /** What else there is to say over the keys. */
  readonly notice?: string;
  /** What a window that is too small says. Default: where one is. */
  readonly status?: string;
  readonly children: ReactNode;
}

export function Asking({
  view,
  what,
  keySet = 'choices',
  notice = '',
  status,
  children,
}: AskingProps): ReactElement {
  const ui = useUi();
  const { common } = ui.words;
  const spine = spineOf(view, ui, what);
  return (
    <Frame
      path={spine.path}
      right={spine.right}
      notice={line(
        [isWatcher(view) ? common.youWatch : common.needsPerson, notice]
          .filter(Boolean)
          .join(` ${ui.signs.between} `),
        'waits',
      )}
      hints={hintsOf(keySet, ui.words, ui.signs)}
      status={status ?? spine.status}
    >
      {children}
    </Frame>
  );
}
