/** What `doctor` found: how much it matters, what it is, what to do. */
import type { DoctorWords, Said } from '../../i18n/doctor.ts';
import type { Here } from '../here.ts';

export type Level = 'good' | 'to-know' | 'in-the-way';

export interface Finding {
  /** kebab-case, stable: for scripts. */
  readonly id: string;
  readonly topic: keyof DoctorWords['topics'];
  readonly level: Level;
  readonly say: string;
  /** Empty where there is nothing to do. */
  readonly todo: string;
}

/** One part of the examination: looks, changes nothing. */
export type Look = (at: Here, say: DoctorWords) => Promise<readonly Finding[]>;

/** Findings of a topic, a line each. */
export function about(topic: Finding['topic']) {
  const finding =
    (level: Level) =>
    (id: string, [say, todo = '']: Said): Finding => ({ id, topic, level, say, todo });
  return { good: finding('good'), know: finding('to-know'), block: finding('in-the-way') };
}
