/** Numbers, durations and dates as a person reads them. Pure: "now" is always given. */
import type { Lang } from '../guide/types.ts';

/** `one` or `many`, by each language's own rule: in French zero is singular. */
export function plural(lang: Lang, count: number, one: string, many: string): string {
  const isOne = lang === 'fr' ? Math.abs(count) < 2 : count === 1;
  return isOne ? one : many;
}

/** `12 changements`, `1 change`. */
export function counted(lang: Lang, count: number, one: string, many: string): string {
  return `${count}\u00a0${plural(lang, count, one, many)}`;
}

/** `4 s`, `1 min 4 s`, `2 h 5 min`. */
export function duration(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 60) return `${seconds}\u00a0s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}\u00a0min ${seconds % 60}\u00a0s`;
  return `${Math.floor(minutes / 60)}\u00a0h ${minutes % 60}\u00a0min`;
}

/** `0:04`, `12:30`, `1:02:03`: what stands in a column. */
export function clock(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const minutes = Math.floor(seconds / 60);
  const two = (count: number) => String(count).padStart(2, '0');
  if (minutes < 60) return `${minutes}:${two(seconds % 60)}`;
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}

/** Time between two ISO 8601 moments; nothing if one is missing. */
export function between(began: string, ended: string | number): number | undefined {
  const from = Date.parse(began);
  const to = typeof ended === 'number' ? ended : Date.parse(ended);
  return Number.isNaN(from) || Number.isNaN(to) ? undefined : Math.max(0, to - from);
}

const day = 86_400_000;

/** `aujourd’hui à 9 h 05`, `yesterday at 23:41`, `le 3 nov.`. */
export function moment(iso: string, lang: Lang, now: number): string {
  const then = new Date(iso);
  if (Number.isNaN(then.getTime())) return '';
  const days = Math.round((startOfDay(now) - startOfDay(then.getTime())) / day);
  if (days === 0) return lang === 'fr' ? `aujourd’hui à ${hour(then, lang)}` : `today at ${hour(then, lang)}`;
  if (days === 1) return lang === 'fr' ? `hier à ${hour(then, lang)}` : `yesterday at ${hour(then, lang)}`;
  return lang === 'fr' ? `le ${date(then, lang, now)}` : `on ${date(then, lang, now)}`;
}

function startOfDay(time: number): number {
  const start = new Date(time);
  start.setHours(0, 0, 0, 0);
  return start.getTime();
}

function hour(then: Date, lang: Lang): string {
  const minutes = String(then.getMinutes()).padStart(2, '0');
  if (lang === 'fr') return `${then.getHours()}\u00a0h\u00a0${minutes}`;
  return `${String(then.getHours()).padStart(2, '0')}:${minutes}`;
}

function date(then: Date, lang: Lang, now: number): string {
  const isThisYear = then.getFullYear() === new Date(now).getFullYear();
  const options: Intl.DateTimeFormatOptions = {
    day: 'numeric',
    month: 'short',
    ...(isThisYear ? {} : { year: 'numeric' }),
  };
  return new Intl.DateTimeFormat(lang === 'fr' ? 'fr-FR' : 'en-GB', options).format(then);
}

/** `88, 124–131`: lines of the published source. */
export function lineRanges(ranges: readonly (readonly [number, number])[]): string {
  return ranges.map(([from, to]) => (from === to ? String(from) : `${from}–${to}`)).join(', ');
}
