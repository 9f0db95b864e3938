/** Host names, domain names and web addresses, as strictly as the strictest file they go to. */
import { isIPv4, isIPv6 } from 'node:net';
import { domainToASCII } from 'node:url';
import type { Text } from '../guide/types.ts';
import { say } from '../i18n/texts/answers.ts';

/** Host name, IPv4 or IPv6 (without brackets). */
export function hostProblem(value: string): Text | undefined {
  if (value.includes(':') || value.startsWith('[')) return colonProblem(value);
  return isIPv4(value) ? undefined : nameProblem(value);
}

/** At least one dot, or `localhost`; no address. */
export function fqdnProblem(value: string): Text | undefined {
  if (isIPv4(value) || isIPv6(value)) return say.fqdnNotIp;
  if (value.includes('://')) return colonProblem(value);
  const problem = nameProblem(value);
  if (problem) return problem === say.host ? say.fqdn : problem;
  return value.includes('.') || value.toLowerCase() === 'localhost' ? undefined : say.fqdn;
}

/** An address of a server: http or https, a host, perhaps a port, nothing else. */
export function urlProblem(value: string): Text | undefined {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') return schemeProblem(value);
  // Whatever follows would repeat the password.
  if (url.username || url.password) return say.urlCredentials;
  if (/\s/.test(value) || hostProblem(url.hostname.replace(/^\[|\]$/g, '')) || url.port === '0')
    return say.url;
  if (value === url.origin) return undefined;
  if (url.pathname !== '/' || /[?#]/.test(value)) return say.urlBare(url.origin);
  return value === `${url.origin}/` ? say.urlSlash(url.origin) : say.instead(url.origin);
}

/** Host of a web address, or nothing if it is none. IPv6 without its brackets. */
export function hostOf(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  return new URL(url).hostname.replace(/^\[|\]$/g, '') || undefined;
}

/** `mon-univ.fr` of `inscription.mon-univ.fr`, also out of a web address; a name of two parts is its own parent. */
export function parentDomainOf(value: string): string | undefined {
  const host = value.includes('://') ? hostOf(value) : value;
  if (!host || hostProblem(host) || isIPv4(host) || isIPv6(host)) return undefined;
  const parts = host.split('.');
  return parts.length > 2 ? parts.slice(1).join('.') : host;
}

function colonProblem(value: string): Text | undefined {
  if (isIPv6(value)) return value.includes('%') ? say.zone : undefined;
  const inBrackets = /^\[(.+)\]$/.exec(value)?.[1];
  if (inBrackets && isIPv6(inBrackets)) return say.instead(inBrackets);
  const inUrl = /^https?:\/\//i.test(value) ? hostOf(value) : undefined;
  if (inUrl && !hostProblem(inUrl)) return say.instead(inUrl);
  return /^[^:]+:\d+$|\]:\d+$/.test(value) ? say.portApart : say.host;
}

function nameProblem(value: string): Text | undefined {
  if (value.length > 254) return say.host;
  if (/[^ -~]/.test(value)) return unicodeProblem(value);
  if (value.endsWith('.') && !nameProblem(value.slice(0, -1))) return say.instead(value.slice(0, -1));
  const label = /^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/;
  const labels = value.split('.');
  if (value.length > 253 || !labels.every((one) => label.test(one))) return say.host;
  return /^(\d+|0x[0-9a-f]*)$/i.test(labels.at(-1) ?? '') ? say.ipv4 : undefined;
}

function unicodeProblem(value: string): Text {
  const ascii = domainToASCII(value);
  return ascii && /^[ -~]+$/.test(ascii) && !nameProblem(ascii) ? say.unicodeName(ascii) : say.host;
}

function schemeProblem(value: string): Text {
  const whole = `https://${value}`;
  return !/^[a-z]+:/i.test(value) && urlProblem(whole) === undefined ? say.instead(whole) : say.url;
}
