/** The accounts of what is installed: who there is; add one, change a password, remove one. */
import { Box } from 'ink';
import { useCallback, useEffect, useReducer, useRef } from 'react';
import { inBoth } from '../src/i18n/index.ts';
import type { AccountChange, AccountsDesk, AccountsSeen, HomeEntry } from '../src/run/protocol.ts';
import { accountRows, messageRows } from './accounts-lines.ts';
import { type Asked, accountsIn, accountsReducer, atFirst } from './accounts-state.ts';
import { useCommands } from './parts/commands.ts';
import { bodyHeight, Frame } from './parts/frame.tsx';
import { hintsOf } from './parts/keys.ts';
import { blank, line } from './parts/line.ts';
import { Rows } from './parts/row.tsx';
import { useScroll } from './parts/scroll.ts';
import { TextField } from './parts/text-field.tsx';
import { useUi } from './parts/ui.ts';
import { pad, width } from './parts/width.ts';

interface AccountsProps {
  readonly entry: HomeEntry;
  readonly accounts: AccountsDesk;
  readonly onBack: () => void;
}

/** Rows under the list: what is typed, or what was said. */
const belowRows = 5;

export function Accounts({ entry, accounts: desk, onBack }: AccountsProps) {
  const ui = useUi();
  const { users } = ui.words;
  const [state, dispatch] = useReducer(accountsReducer, atFirst);
  const { seen, at, asked, removing, isWorking } = state;
  const all = accountsIn(state);
  const chosen = all[at];
  // A key may come after what it was pressed on is drawn, and before its handler is the new one.
  const latest = useRef(state);
  latest.current = state;
  const look = useCallback(
    async (on?: string) => dispatch({ type: 'seen', seen: await desk.list(), on }),
    [desk],
  );
  // The desk is made once for this screen.
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at when the screen opens.
  useEffect(() => void look(), []);

  const make = async (wanted: AccountChange, account: string, password?: string) => {
    dispatch({ type: 'working', say: inBoth(({ users: say }) => say.doing[wanted.change](account)) });
    const { ok, say } = await desk.change(wanted, password);
    await look(wanted.name);
    dispatch({ type: 'told', message: { tone: ok ? 'done' : 'failed', say } });
  };
  const ask = (next: Partial<Asked> & Pick<Asked, 'change' | 'field'>) =>
    dispatch({ type: 'ask', asked: { name: '', password: '', text: '', ...next } });
  const begin = async (change: 'passwd' | 'remove') => {
    const { current } = latest;
    const chosen = accountsIn(current)[current.at];
    if (!chosen) return;
    const refused = await desk.refusal({ change, name: chosen.name });
    if (refused) return dispatch({ type: 'told', message: { tone: 'failed', say: refused } });
    if (change === 'remove') return dispatch({ type: 'removing', account: chosen });
    ask({ change, field: 'password', name: chosen.name });
  };
  const submit = async () => {
    if (!asked) return;
    const { change, field, text } = asked;
    const name = field === 'name' ? text.trim() : asked.name;
    const wanted = { change, name };
    const refused =
      field === 'again' ? undefined : await desk.refusal(wanted, field === 'name' ? undefined : text);
    if (refused) return dispatch({ type: 'told', message: { tone: 'failed', say: refused } });
    if (field === 'name') return ask({ ...asked, field: 'password', name, text: '' });
    if (field === 'password') return ask({ ...asked, field: 'again', password: text, text: '' });
    if (text === asked.password) return make(wanted, accountOf(name), text);
    ask({ change, name, field: 'password' });
    dispatch({
      type: 'told',
      message: { tone: 'failed', say: inBoth(({ users: say }) => say.password.differ) },
    });
  };
  const accountOf = (name: string) =>
    all.find((one) => one.name === name)?.account ?? `${name}@${seen && 'host' in seen ? seen.host : ''}`;

  const isListing = !asked && !removing && !(isWorking && seen);
  const canChange = isChangeable(seen);
  useCommands(
    'accounts',
    {
      up: () => dispatch({ type: 'move', by: -1 }),
      down: () => dispatch({ type: 'move', by: 1 }),
      add: () => isChangeable(latest.current.seen) && ask({ change: 'add', field: 'name' }),
      password: () => void begin('passwd'),
      remove: () => void begin('remove'),
      back: onBack,
      quit: () => ui.leave(0),
      language: ui.switchLanguage,
      help: ui.help,
    },
    isListing,
  );
  useCommands('input', { back: () => dispatch({ type: 'list' }) }, asked !== undefined);
  useCommands(
    'confirm',
    {
      yes: () => removing && void make({ change: 'remove', name: removing.name }, removing.account),
      no: () => dispatch({ type: 'list' }),
    },
    removing !== undefined,
  );

  const height = bodyHeight(ui) - belowRows - 1;
  const rows = accountRows(state, ui);
  const start = useScroll(at, at, rows.length, height);
  const shown = rows.slice(start, start + height);
  const filler = Array.from({ length: height - shown.length }, () => blank);
  const below = rows.length - start - height;
  const title = seen && 'host' in seen ? users.title(seen.host) : ui.words.keys.commands.accounts;
  const set = removing ? 'confirm' : asked ? 'input' : 'accounts';
  const useless = chosen ? (chosen.state === 'missing' ? ['password'] : []) : ['password', 'remove'];
  return (
    <Frame
      path={[ui.say(entry.title), title]}
      right={line(all.length > 0 ? users.count(all.length) : '', 'past')}
      notice={
        removing
          ? line(users.confirm(removing.account), 'waits', true)
          : line(below > 0 ? ui.words.common.more(below) : '', 'past')
      }
      hints={hintsOf(
        set,
        ui.words,
        ui.signs,
        set === 'accounts' ? [...useless, ...(canChange ? [] : ['add'])] : [],
      )}
      status={title}
    >
      <Rows rows={[...shown, ...filler, line(` ${ui.signs.rule.repeat(ui.columns - 2)}`, 'past')]} />
      {asked ? (
        <Field
          account={accountOf(asked.name)}
          asked={asked}
          onType={(text) => dispatch({ type: 'typed', text })}
          onSubmit={submit}
        />
      ) : null}
      <Rows rows={messageRows(state, ui).slice(0, belowRows - (asked ? 2 : 0))} />
    </Frame>
  );
}

const isChangeable = (seen: AccountsSeen | undefined) => seen !== undefined && 'accounts' in seen;

interface FieldProps {
  readonly account: string;
  readonly asked: Asked;
  readonly onType: (text: string) => void;
  readonly onSubmit: () => void;
}

function Field({ account, asked, onType, onSubmit }: FieldProps) {
  const ui = useUi();
  const { field, choices, asking } = ui.words.users;
  const cells = Math.max(...Object.values(field).map(width));
  const what = asked.name === '' ? choices.add : asking[asked.change](account);
  return (
    <>
      <Rows rows={[line(` ${what}`, 'plain', true)]} />
      <Box height={1} paddingLeft={1}>
        <Rows rows={[line(`${pad(field[asked.field], cells)}  `)]} />
        <TextField
          key={asked.field}
          value={asked.text}
          onChange={onType}
          onSubmit={onSubmit}
          width={ui.columns - cells - 6}
          mask={asked.field !== 'name'}
        />
      </Box>
    </>
  );
}
