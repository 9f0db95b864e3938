import type { Decision, View } from '../../src/run/protocol.ts';

/** A screen is a function of the view; what it may say back is a decision. */
export interface ScreenProps {
  readonly view: View;
  readonly send: (decision: Decision) => void;
}
