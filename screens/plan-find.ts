/** Searching a plan: also in what is folded. */
import type { Plan } from '../src/run/protocol.ts';
import { type Line, type Span, span } from './parts/line.ts';
import { indexOfPlace, type Place, placeOf, type Shown, type Speech } from './plan-line.ts';
import { treeLines } from './plan-tree.ts';

export interface Finds {
  /** Places that match, in the order of the plan. */
  readonly places: readonly Place[];
  /** Which of them the cursor is on; -1 if it is elsewhere. */
  readonly current: number;
  readonly next: Place | undefined;
  readonly previous: Place | undefined;
  /** The match on which the cursor is, else the next one. */
  readonly nearest: Place | undefined;
}

/** Wide enough that nothing stands beside anything, and each part begins a line of its own. */
const searched = 100;

/** What the query finds, seen from the cursor; after the last match comes the first. */
export function findIn(plan: Plan, shown: Shown, speech: Speech, query: string, cursor: Place): Finds {
  const wanted = plainly(query.trim());
  const all = treeLines(plan, { ...shown, unfolded: { has: () => true } }, { ...speech, columns: searched });
  const matches = [...all.entries()].filter(
    ([, { text }]) => wanted !== '' && plainly(text).includes(wanted),
  );
  const places = matches.map(([, one]) => placeOf(one));
  const here = indexOfPlace(all, cursor);
  const current = matches.findIndex(([index]) => index === here);
  const after = matches.findIndex(([index]) => index > here);
  const before = matches.findLastIndex(([index]) => index < here);
  const next = places[Math.max(0, after)];
  return { places, current, next, previous: places.at(before), nearest: places[current] ?? next };
}

/** What has to be unfolded, and no more, for a place to be seen. */
export function nodesHiding(place: Place, plan: Plan, shown: Shown, speech: Speech): readonly string[] {
  const counts = place.path.map((_, count) => count);
  const needed = counts.find((count) => {
    const open = place.path.slice(0, count);
    const has = (node: string) => open.includes(node) || shown.unfolded.has(node);
    return treeLines(plan, { ...shown, unfolded: { has } }, speech).some(({ ids }) => ids.includes(place.id));
  });
  return place.path.slice(0, needed);
}

/** The same line with what was found in it set off. */
export function highlighted(drawn: Line, query: string): Line {
  const wanted = plainly(query.trim());
  return wanted === '' ? drawn : drawn.flatMap((one) => markIn(one, wanted));
}

function markIn(one: Span, wanted: string): Span[] {
  const at = plainly(one.text).indexOf(wanted);
  if (at < 0) return [one];
  const end = at + wanted.length;
  return [
    { ...one, text: one.text.slice(0, at) },
    span(one.text.slice(at, end), 'accent', true),
    ...markIn({ ...one, text: one.text.slice(end) }, wanted),
  ];
}

/** Without accents, capitals and typography, sign by sign: what is found can be shown at its place. */
function plainly(text: string): string {
  return Array.from({ length: text.length }, (_, index) => plainSign(text.charAt(index))).join('');
}

function plainSign(sign: string): string {
  if (sign === '\u00a0') return ' ';
  if (sign === '’') return "'";
  const plain = sign.normalize('NFD').charAt(0).toLowerCase();
  return plain.length === 1 ? plain : sign;
}
