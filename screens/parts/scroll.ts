/** Which part of a long list of lines is seen. */
import { useRef } from 'react';

/** The first line shown so that `from` to `to` are seen, moving as little as can be. */
export function windowStart(former: number, from: number, to: number, total: number, height: number): number {
  const last = Math.max(0, total - height);
  let start = Math.min(Math.max(0, former), last);
  if (to >= start + height) start = to - height + 1;
  if (from < start) start = from;
  return Math.min(Math.max(0, start), last);
}

/** Keeps a position inside a list. */
export function clamp(position: number, total: number): number {
  return Math.max(0, Math.min(position, total - 1));
}

/** The first line shown, remembered between two frames. */
export function useScroll(from: number, to: number, total: number, height: number): number {
  const former = useRef(0);
  former.current = windowStart(former.current, from, to, total, height);
  return former.current;
}
