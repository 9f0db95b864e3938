import { useEffect, useRef } from 'react';
import type { Decision, FormField } from '../src/run/protocol.ts';
import type { Drafts } from './form-state.ts';

/** Milliseconds without a key after which what is typed is sent, to have it checked. */
const idle = 300;

/** Sends what is typed into the focused field when the fingers rest; the result sends it at once. */
export function useDrafts(
  focused: FormField | undefined,
  drafts: Drafts,
  send: (decision: Decision) => void,
): () => void {
  const sent = useRef<Record<string, string>>({});
  const draft = focused ? drafts[focused.id] : undefined;
  if (focused && draft === undefined) delete sent.current[focused.id];
  const flush = () => {
    if (!focused || draft === undefined) return;
    const known = sent.current[focused.id] ?? focused.value;
    if (draft === known) return;
    sent.current[focused.id] = draft;
    send({ type: 'answer', id: focused.id, value: draft });
  };
  const latest = useRef(flush);
  latest.current = flush;
  useEffect(() => {
    if (draft === undefined) return undefined;
    const timer = setTimeout(() => latest.current(), idle);
    return () => clearTimeout(timer);
  }, [draft]);
  return flush;
}
