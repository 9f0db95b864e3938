/** Where one is in the plan, what is unfolded, and what is searched for. */
import { indexOfPlace, type Place, placeOf, type TreeLine } from './plan-line.ts';

export interface PlanState {
  readonly cursor: Place;
  readonly unfolded: ReadonlySet<string>;
  readonly onlyChanges: boolean;
  /** `find`: a search is being typed; `errata`: all differences from the guide; `confirm`: one key from execution. */
  readonly part: 'tree' | 'find' | 'errata' | 'confirm';
  readonly query: string;
  /** Said over the keys until the next one. */
  readonly said: string;
}

export type PlanAction =
  | { readonly type: 'move'; readonly by: number; readonly lines: readonly TreeLine[] }
  | { readonly type: 'unfold' | 'fold'; readonly lines: readonly TreeLine[] }
  | { readonly type: 'unfoldAll'; readonly nodes: ReadonlySet<string> }
  | { readonly type: 'foldAll' }
  | { readonly type: 'filter' }
  | { readonly type: 'part'; readonly part: PlanState['part'] }
  | { readonly type: 'type'; readonly query: string }
  | { readonly type: 'goTo'; readonly place: Place; readonly unfold: readonly string[] }
  | { readonly type: 'endFind' }
  | { readonly type: 'say'; readonly said: string };

export function planReducer(former: PlanState, action: PlanAction): PlanState {
  const state = former.said === '' ? former : { ...former, said: '' };
  switch (action.type) {
    case 'move':
      return { ...state, cursor: moved(state.cursor, action.by, action.lines) };
    case 'unfold':
      return unfold(state, action.lines);
    case 'fold':
      return fold(state, action.lines);
    case 'unfoldAll':
      return { ...state, unfolded: action.nodes };
    case 'foldAll':
      return { ...state, unfolded: new Set() };
    case 'filter':
      return { ...state, onlyChanges: !state.onlyChanges };
    case 'part':
      // A search begins anew: nothing has to be deleted first.
      return { ...state, part: action.part, query: action.part === 'find' ? '' : state.query };
    case 'type':
      return { ...state, query: action.query };
    case 'goTo':
      return {
        ...state,
        part: 'tree',
        cursor: action.place,
        unfolded: new Set([...state.unfolded, ...action.unfold]),
      };
    case 'endFind':
      return { ...state, part: 'tree', query: '' };
    case 'say':
      return { ...state, said: action.said };
    default:
      return action satisfies never;
  }
}

function moved(cursor: Place, by: number, lines: readonly TreeLine[]): Place {
  const index = Math.min(indexOfPlace(lines, cursor) + by, lines.length - 1);
  const to = lines[Math.max(0, index)];
  return to ? placeOf(to) : cursor;
}

/** Unfolds the node under the cursor; a second time, goes into it. */
function unfold(state: PlanState, lines: readonly TreeLine[]): PlanState {
  const node = lines[indexOfPlace(lines, state.cursor)]?.path.at(-1);
  if (node === undefined) return state;
  if (state.unfolded.has(node)) return { ...state, cursor: moved(state.cursor, 1, lines) };
  return { ...state, unfolded: new Set([...state.unfolded, node]) };
}

/** Folds the node under the cursor; a folded one leads to what holds it. */
function fold(state: PlanState, lines: readonly TreeLine[]): PlanState {
  const path = lines[indexOfPlace(lines, state.cursor)]?.path ?? [];
  const node = path.at(-1);
  if (node === undefined) return state;
  if (!state.unfolded.has(node)) {
    return path.length > 1 ? { ...state, cursor: { id: '', path: path.slice(0, -1) } } : state;
  }
  const unfolded = new Set([...state.unfolded].filter((one) => one !== node));
  return { ...state, cursor: { id: '', path }, unfolded };
}
