/** Who listens on this machine. Read from the kernel: needs no right and no program. */
import type { Host } from '../../host/types.ts';

/** `443`, `tcp/443`, `udp/10000`. */
function readPort(text: string): { readonly protocol: 'tcp' | 'udp'; readonly port: number } {
  const [, protocol = 'tcp', port] = /^(?:(tcp|udp)\/)?(\d+)$/.exec(text) ?? [];
  if (port === undefined) throw new Error(`${text}: tcp/443?`);
  return { protocol: protocol === 'udp' ? 'udp' : 'tcp', port: Number(port) };
}

/** The program that holds a port, as far as we may see; nothing if it is free. */
export async function portHolder(text: string, host: Host): Promise<string | undefined> {
  const { protocol, port } = readPort(text);
  const tables = await Promise.all(['', '6'].map((version) => host.read(`/proc/net/${protocol}${version}`)));
  if (!tables.some((table) => isListed(table?.toString() ?? '', protocol, port))) return undefined;
  const flags = protocol === 'udp' ? '-Hlunp' : '-Hltnp';
  const { stdout } = await host.look(['ss', flags, `sport = :${port}`]);
  return /users:\(\("([^"]+)"/.exec(stdout)?.[1] ?? 'taken';
}

/** Listening (TCP) or bound (UDP). */
const states = { tcp: '0A', udp: '07' };

/** Lines: number, local address as hexadecimal `ADDRESS:PORT`, remote address, state. */
function isListed(table: string, protocol: 'tcp' | 'udp', port: number): boolean {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return table.split('\n').some((line) => {
    const [, local = '', , state] = line.trim().split(/\s+/);
    return local.endsWith(suffix) && state === states[protocol];
  });
}
