/** The guide's placeholders: one form per topic, checked while one types. */
import { useEffect, useReducer } from 'react';
import type { FormField, View } from '../src/run/protocol.ts';
import { checksOf } from './checks.ts';
import { FieldOverlay } from './field-overlay.tsx';
import { FormFrame, formPath } from './form-frame.tsx';
import {
  draftOf,
  type FormState,
  fieldsOf,
  formReducer,
  nextChoice,
  openForm,
  topicsOf,
} from './form-state.ts';
import { ListEditor } from './list-editor.tsx';
import { useCommands } from './parts/commands.ts';
import type { ScreenProps } from './parts/props.ts';
import { onOneLine } from './parts/text-field.tsx';
import { type Ui, useUi } from './parts/ui.ts';
import { Topics } from './topics.tsx';
import { useDrafts } from './use-drafts.ts';

/** Name under which the place in the form outlives a loan of the terminal. */
const placeName = 'questions';

export function Questions({ view, send }: ScreenProps) {
  const ui = useUi();
  const { form } = view;
  const [state, dispatch] = useReducer(formReducer, undefined, () => openForm(form, takePlace(ui)));
  useEffect(() => dispatch({ type: 'heard', form }), [form]);
  const focused = fieldsOf(form, state.place.topic)[state.place.field];
  const flush = useDrafts(focused, state.drafts, send);
  useWatched(focused, state, view, send);

  const leaveField = () => {
    flush();
    if (focused) dispatch({ type: 'visited', id: focused.id });
    // Emptied where an answer is needed: what the engine puts there is shown, also when that is what it had.
    if (focused && !focused.optional && state.drafts[focused.id] === '')
      dispatch({ type: 'forget', id: focused.id });
  };
  const move = (by: number) => {
    leaveField();
    dispatch({ type: 'move', by, form });
  };
  const submit = () => {
    leaveField();
    send({ type: 'submit' });
    dispatch({ type: 'submitted', form });
  };
  const cycle = (by: number) => {
    const value = focused ? nextChoice(focused, draftOf(state.drafts, focused), by) : undefined;
    if (focused && value !== undefined) dispatch({ type: 'typed', id: focused.id, value });
  };
  const generate = () => {
    if (!focused?.canGenerate) return;
    dispatch({ type: 'forget', id: focused.id });
    send({ type: 'generate', id: focused.id });
  };
  const over = (name: FormState['over']) => () => dispatch({ type: 'over', over: name });
  const editor = async () => {
    if (focused?.kind !== 'text') return;
    leaveField();
    keepPlace(ui, state);
    const { id } = focused;
    // The screens are drawn anew before the text comes: nothing but `send` is of use then.
    const edited = await ui.desk.edit(draftOf(state.drafts, focused));
    if (edited !== undefined) send({ type: 'answer', id, value: onOneLine(edited) });
  };
  const validate = () => {
    if (!focused) return submit();
    return focused.kind === 'list' ? dispatch({ type: 'over', over: 'list' }) : move(1);
  };
  useCommands(
    'questions',
    {
      next: () => move(1),
      previous: () => move(-1),
      validate,
      topics: () => {
        leaveField();
        dispatch({ type: 'over', over: 'topics' });
      },
      left: () => cycle(-1),
      right: () => cycle(1),
      reveal: () => focused?.kind === 'secret' && dispatch({ type: 'shown', id: focused.id }),
      generate,
      editor,
      language: ui.switchLanguage,
      help: focused ? over('help') : ui.help,
    },
    state.over === null && view.decides,
  );
  if (state.over === 'topics') {
    const open = (topic: number) => dispatch({ type: 'open', topic });
    const { topic } = state.place;
    return <Topics view={view} current={topic} onOpen={open} onBack={over(null)} onSubmit={submit} />;
  }
  if (state.over === 'list' && focused?.kind === 'list') {
    const path = [...formPath(view, state, ui), ui.say(focused.ask)];
    const keep = () => keepPlace(ui, state);
    return (
      <ListEditor field={focused} view={view} path={path} send={send} keepPlace={keep} onClose={over(null)} />
    );
  }
  if (state.over === 'help' && focused)
    return <Explained view={view} state={state} field={focused} onClose={over(null)} />;
  return (
    <FormFrame
      view={view}
      state={state}
      onType={(id, value) => dispatch({ type: 'typed', id, value })}
      onJoined={(lines) => dispatch({ type: 'joined', lines })}
    />
  );
}

/** Asked for again with each form: a secret that is being looked at may have been made anew. */
function useWatched(
  focused: FormField | undefined,
  state: FormState,
  { form }: View,
  send: ScreenProps['send'],
): void {
  const isKept = focused?.kind === 'secret' && focused.given && state.drafts[focused.id] === undefined;
  const watched = isKept && state.shown.has(focused.id) ? focused.id : undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `form` is what it is sent again for.
  useEffect(() => {
    if (watched !== undefined) send({ type: 'reveal', id: watched });
  }, [form, watched, send]);
}

interface ExplainedProps {
  readonly view: View;
  readonly state: FormState;
  readonly field: FormField;
  readonly onClose: () => void;
}

function Explained({ view, state, field, onClose }: ExplainedProps) {
  const ui = useUi();
  const topic = topicsOf(view.form)[state.place.topic]?.id;
  return (
    <FieldOverlay
      field={field}
      value={shownValue(field, state, view)}
      set="questions"
      path={formPath(view, state, ui)}
      checks={checksOf(view, topic)}
      onClose={onClose}
    />
  );
}

/** What is in a field, if it may be shown. */
function shownValue(field: FormField, state: FormState, view: View): string {
  if (field.kind === 'choice' || field.kind === 'list') return '';
  if (field.kind === 'text') return draftOf(state.drafts, field);
  return state.shown.has(field.id) ? state.drafts[field.id] || (view.revealed[field.id] ?? '') : '';
}

type Kept = Pick<FormState, 'place' | 'over'>;

function keepPlace(ui: Ui, { place, over }: FormState): void {
  ui.memory.places.set(placeName, { place, over } satisfies Kept);
}

/** Once: who comes to the form again later begins where something is missing. */
function takePlace(ui: Ui): Kept | undefined {
  const kept = ui.memory.places.get(placeName);
  ui.memory.places.delete(placeName);
  // Only `keepPlace` puts something there.
  return kept as Kept | undefined;
}
