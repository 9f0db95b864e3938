import { refuseNul } from './cannot-carry.ts';

/** Nothing around the value has a meaning: it is the whole file, or prose. */
export function plain(value: string): string {
  refuseNul('plain', value);
  return value;
}

/** RFC 3986: everything but the unreserved characters, so `!'()*` too, is written as %XX. */
export function urlComponent(value: string): string {
  return encodeURIComponent(value).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
