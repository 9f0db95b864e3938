/** While the machine is looked at, for a plan that nobody has agreed to yet. */
import type { View } from '../src/run/protocol.ts';
import { useCommands } from './parts/commands.ts';
import { Frame } from './parts/frame.tsx';
import { hintsOf } from './parts/keys.ts';
import { line } from './parts/line.ts';
import { Rows } from './parts/row.tsx';
import { isWatcher } from './parts/spine.ts';
import { useUi } from './parts/ui.ts';

export function isPlanning({ kind, busy, steps }: View): boolean {
  return kind === 'install' && busy !== null && !steps.some(({ state }) => state === 'running');
}

export function Planning({ view }: { readonly view: View }) {
  const ui = useUi();
  const { run, common } = ui.words;
  useCommands('planning', { leave: ui.askLeave, language: ui.switchLanguage, help: ui.help });
  const isUntouched = view.steps.every(({ state }) => state === 'to-come');
  const notice = isWatcher(view) ? common.youWatch : isUntouched ? run.untouched : '';
  const busy = view.busy ? ui.say(view.busy) : '';
  return (
    <Frame
      path={[ui.say(view.title)]}
      notice={line(notice, 'past')}
      hints={hintsOf('planning', ui.words, ui.signs)}
      status={common.pair(ui.say(view.title), busy)}
    >
      <Rows rows={[line(` ${ui.signs.running} ${busy}`, 'plain', true)]} />
    </Frame>
  );
}
