/** Lines of /etc/hosts as the resolver of the C library reads them. Pure. */
import { isIPv4, isIPv6 } from 'node:net';

interface HostsLine {
  readonly address: string;
  readonly names: readonly string[];
  /** Where the line begins, and its number. */
  readonly from: number;
  readonly number: number;
}

export const isAddress = (text: string): boolean => isIPv4(text) || (isIPv6(text) && !text.includes('%'));

/** RFC 1123, with or without dots. */
export const isHostName = (text: string): boolean =>
  text.length <= 253 && /^([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.|$))+(?<!\.)$/.test(text);

/**
 * The first line that gives the name an address of the same family as `address`: it is the one that counts. Nothing if
 * none does.
 */
export function firstFor(text: string, name: string, address: string): HostsLine | undefined {
  const isMeant = (one: HostsLine) =>
    isIPv4(one.address) === isIPv4(address) && one.names.includes(name.toLowerCase());
  return linesOf(text).find(isMeant);
}

/** Also where an IPv6 address is written in another way. */
export const isSameAddress = (one: string, other: string): boolean =>
  plainAddress(one) === plainAddress(other);

const plainAddress = (address: string): string =>
  isIPv6(address) ? new URL(`http://[${address}]`).hostname : address;

function linesOf(text: string): HostsLine[] {
  let from = 0;
  return text.split('\n').flatMap((line, index) => {
    const begins = from;
    from += line.length + 1;
    const [address = '', ...names] = line.replace(/#.*/, '').split(/\s+/).filter(Boolean);
    if (!isAddress(address)) return [];
    return [{ address, names: names.map((one) => one.toLowerCase()), from: begins, number: index + 1 }];
  });
}
