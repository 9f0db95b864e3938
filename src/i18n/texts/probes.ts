/** What a probe looks for, and what it saw instead. */
import type { Text } from '../../guide/types.ts';

/** A command, an address: the same in every language. */
export const verbatim = (text: string): Text => ({ fr: text, en: text });

export const all = (texts: readonly Text[]): Text => ({
  fr: texts.map(({ fr }) => fr).join(', '),
  en: texts.map(({ en }) => en).join(', '),
});

export const exists = (path: string): Text => ({ fr: `${path} existe`, en: `${path} exists` });

export const doesNotExist = (path: string): Text => ({
  fr: `${path} n’existe pas`,
  en: `${path} does not exist`,
});

export const answers = (address: string): Text => ({ fr: `${address} répond`, en: `${address} answers` });

export const redisAnswers = (address: string): Text => ({
  fr: `Redis répond (${address})`,
  en: `Redis answers (${address})`,
});

export const portIsFree = (port: string): Text => ({
  fr: `le port ${port} est libre`,
  en: `port ${port} is free`,
});

export const isActive = (service: string): Text => ({
  fr: `${service} est actif`,
  en: `${service} is active`,
});

export const portIsHeld = (port: string, holder: string): Text => ({
  fr: `le port ${port} est tenu par ${holder}`,
  en: `port ${port} is held by ${holder}`,
});

export const notInTime = (program: string): Text => ({
  fr: `${program}\u00a0: pas fini à temps`,
  en: `${program}: did not end in time`,
});

export const insteadOf = (what: string, seen: string, wanted: string): Text => ({
  fr: `${what}\u00a0: «\u00a0${seen}\u00a0» au lieu de «\u00a0${wanted}\u00a0»`,
  en: `${what}: “${seen}” instead of “${wanted}”`,
});

export const lacks = (what: string, wanted: string): Text => ({
  fr: `${what}\u00a0: «\u00a0${wanted}\u00a0» n’y est pas`,
  en: `${what}: “${wanted}” is not in it`,
});

export const holds = (what: string, unwanted: string): Text => ({
  fr: `${what}\u00a0: «\u00a0${unwanted}\u00a0» y est`,
  en: `${what}: “${unwanted}” is in it`,
});

export const restartedWithin = (service: string, seconds: number): Text => ({
  fr: `${service}\u00a0: redémarré en moins de ${seconds}\u00a0s`,
  en: `${service}: restarted within ${seconds}\u00a0s`,
});
