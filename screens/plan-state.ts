/** Where one is in the plan, and what is unfolded. */
import type { TreeLine } from './plan-tree.ts';

export interface PlanState {
  readonly cursor: number;
  readonly unfolded: ReadonlySet<string>;
  readonly onlyChanges: boolean;
  /** `errata`: all differences from the guide; `confirm`: one key from execution. */
  readonly part: 'tree' | 'errata' | 'confirm';
}

export type PlanAction =
  | { readonly type: 'move'; readonly by: number; readonly total: number }
  | { readonly type: 'unfold' | 'fold'; readonly lines: readonly TreeLine[] }
  | { readonly type: 'filter' }
  | { readonly type: 'part'; readonly part: PlanState['part'] };

export function planReducer(state: PlanState, action: PlanAction): PlanState {
  switch (action.type) {
    case 'move':
      return { ...state, cursor: Math.max(0, Math.min(state.cursor + action.by, action.total - 1)) };
    case 'unfold':
      return unfold(state, action.lines);
    case 'fold':
      return fold(state, action.lines);
    case 'filter':
      return { ...state, onlyChanges: !state.onlyChanges, cursor: 0 };
    case 'part':
      return {
        ...state,
        part: action.part,
        cursor: action.part === state.part || action.part === 'confirm' ? state.cursor : 0,
      };
    default:
      return action satisfies never;
  }
}

/** Unfolds the node under the cursor; a second time, goes into it. */
function unfold(state: PlanState, lines: readonly TreeLine[]): PlanState {
  const node = lines[state.cursor]?.node;
  if (node === undefined) return state;
  if (state.unfolded.has(node)) return { ...state, cursor: Math.min(state.cursor + 1, lines.length - 1) };
  return { ...state, unfolded: new Set([...state.unfolded, node]) };
}

/** Folds the node under the cursor; a folded one leads to what holds it. */
function fold(state: PlanState, lines: readonly TreeLine[]): PlanState {
  const node = lines[state.cursor]?.node;
  if (node === undefined) return state;
  const head = lines.findIndex((one) => one.node === node && one.isHead);
  if (state.unfolded.has(node)) {
    return { ...state, cursor: head, unfolded: new Set([...state.unfolded].filter((one) => one !== node)) };
  }
  const rank = rankOf(node);
  const above = lines.slice(0, head).findLastIndex((one) => one.isHead && rankOf(one.node) < rank);
  return { ...state, cursor: Math.max(0, above) };
}

function rankOf(node: string): number {
  return ['chapter', 'step', 'operation'].indexOf(node.split(' ')[0] ?? '');
}
