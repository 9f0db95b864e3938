/** What the form remembers while it is open: where one is, what is typed and not yet kept by the engine. */
import type { Form, FormField } from '../src/run/protocol.ts';

export interface Place {
  readonly topic: number;
  /** After the last field of the last topic comes the button. */
  readonly field: number;
}

export type Drafts = Readonly<Record<string, string>>;

export interface FormState {
  readonly place: Place;
  /** What lies over the form. */
  readonly over: 'topics' | 'help' | 'list' | null;
  /** Lines of the last paste that were put on one; said until the next key. */
  readonly joined: number;
  readonly drafts: Drafts;
  /** Fields that were left once: only these say what is wrong with them. */
  readonly visited: ReadonlySet<string>;
  /** Secrets that the person wants to see. */
  readonly shown: ReadonlySet<string>;
  /** The person wanted to go on: every problem is said. */
  readonly isComplaining: boolean;
  /** The engine's next form tells whether one can go on. */
  readonly isSubmitted: boolean;
}

type FormAction =
  | { readonly type: 'move'; readonly by: number; readonly form: Form }
  | { readonly type: 'open'; readonly topic: number }
  | { readonly type: 'over'; readonly over: FormState['over'] }
  | { readonly type: 'joined'; readonly lines: number }
  | { readonly type: 'typed'; readonly id: string; readonly value: string }
  | { readonly type: 'forget'; readonly id: string }
  | { readonly type: 'visited'; readonly id: string }
  | { readonly type: 'shown'; readonly id: string }
  | { readonly type: 'submitted'; readonly form: Form }
  /** The engine sent a form: what it holds now is what counts. */
  | { readonly type: 'heard'; readonly form: Form };

/** Topics that have a question now. */
export function topicsOf(form: Form): Form['topics'] {
  return form.topics.filter(({ id }) => form.fields.some(({ topic }) => topic === id));
}

/** The questions of a topic, in order. */
export function fieldsOf(form: Form, topic: number): FormField[] {
  const id = topicsOf(form)[topic]?.id;
  return form.fields.filter((field) => field.topic === id);
}

/** `former`: where one was when the terminal was lent to an editor. */
export function openForm(form: Form, former?: Pick<FormState, 'place' | 'over'>): FormState {
  const first = form.fields.some(({ from }) => from === 'person') ? firstOpen(form) : undefined;
  return {
    place: first ?? { topic: 0, field: 0 },
    over: null,
    ...former,
    joined: 0,
    drafts: {},
    visited: new Set(),
    shown: new Set(),
    isComplaining: false,
    isSubmitted: false,
  };
}

/** What stands in the field: what is being typed, else what the engine keeps. */
export function draftOf(drafts: Drafts, field: FormField): string {
  return drafts[field.id] ?? field.value;
}

/** The place of the first question that still has a problem. */
export function firstOpen(form: Form): Place | undefined {
  const places = topicsOf(form).flatMap((_, topic) =>
    fieldsOf(form, topic).map((field, index) => ({ id: field.id, place: { topic, field: index } })),
  );
  return places.find(({ id }) => form.open.includes(id))?.place;
}

export function formReducer(state: FormState, action: FormAction): FormState {
  switch (action.type) {
    case 'move':
      return { ...state, joined: 0, place: moved(state.place, action.by, action.form) };
    case 'open':
      return { ...state, place: { topic: action.topic, field: 0 }, over: null };
    case 'over':
      return { ...state, over: action.over, joined: 0 };
    case 'joined':
      return { ...state, joined: action.lines };
    case 'typed':
      return { ...state, joined: 0, drafts: { ...state.drafts, [action.id]: action.value } };
    case 'forget':
      return { ...state, drafts: without(state.drafts, action.id) };
    case 'visited':
      return { ...state, visited: new Set([...state.visited, action.id]) };
    case 'shown':
      return { ...state, shown: toggled(state.shown, action.id) };
    case 'submitted':
      return complained({ ...state, isSubmitted: true }, action.form);
    case 'heard':
      return heard(state, action.form);
    default:
      return action satisfies never;
  }
}

function heard(state: FormState, form: Form): FormState {
  const topic = Math.min(state.place.topic, Math.max(0, topicsOf(form).length - 1));
  const fields = fieldsOf(form, topic);
  const place = { topic, field: Math.min(state.place.field, lastPlace(form, topic)) };
  const focused = fields[place.field]?.id;
  const kept = Object.entries(state.drafts).filter(([id]) => id === focused);
  const next = { ...state, place, drafts: Object.fromEntries(kept) };
  return state.isSubmitted ? complained(next, form) : next;
}

/** Leads to the first problem, if there is one. */
function complained(state: FormState, form: Form): FormState {
  const place = firstOpen(form);
  if (!place) return { ...state, isComplaining: false };
  return { ...state, place, isComplaining: true, isSubmitted: false, over: null };
}

function moved(place: Place, by: number, form: Form): Place {
  const field = place.field + by;
  if (field < 0) {
    const topic = place.topic - 1;
    return topic < 0 ? place : { topic, field: fieldsOf(form, topic).length - 1 };
  }
  if (field <= lastPlace(form, place.topic)) return { ...place, field };
  return place.topic + 1 < topicsOf(form).length ? { topic: place.topic + 1, field: 0 } : place;
}

function lastPlace(form: Form, topic: number): number {
  const isLastTopic = topic >= topicsOf(form).length - 1;
  return fieldsOf(form, topic).length - (isLastTopic ? 0 : 1);
}

function without(drafts: Drafts, id: string): Drafts {
  return Object.fromEntries(Object.entries(drafts).filter(([one]) => one !== id));
}

function toggled(set: ReadonlySet<string>, id: string): ReadonlySet<string> {
  return set.has(id) ? new Set([...set].filter((one) => one !== id)) : new Set([...set, id]);
}

/** The value beside the present one among those that can be chosen. */
export function nextChoice(field: FormField, value: string, by: number): string | undefined {
  if (field.kind !== 'choice') return undefined;
  const fit = field.choices.filter(({ unfit }) => !unfit).map((choice) => choice.value);
  const index = fit.indexOf(value);
  if (index < 0) return fit[by > 0 ? 0 : fit.length - 1];
  return fit[index + by];
}
