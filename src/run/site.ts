/**
 * Proxies and certificates of the place where the machine stands, as programs are told of them.
 *
 * 1. They come with the start of a run, never in the environment of its unit, which every user may read.
 * 2. A run keeps its proxies: it is continued with them, also from a session that has none.
 * 3. What logs a proxy's user in is a secret.
 */
import type { Redactor } from '../answers/redactor.ts';
import { open, Secret } from '../answers/secret.ts';
import type { SecretStore } from '../answers/store.ts';
import { known, opened } from '../journal/fold.ts';
import type { Session } from './session.ts';

export type Site = Readonly<Record<string, string>>;

const proxies = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'FTP_PROXY', 'NO_PROXY'];

/** What programs are given: this start's variables, and the proxies that the run was told of before. */
export async function settleSite(
  given: Site,
  session: Session,
  store: SecretStore,
  redactor: Redactor,
): Promise<Site> {
  const others = Object.entries(given).filter(([name]) => !proxies.includes(name.toUpperCase()));
  const kept = await Promise.all(
    proxies.map(async (name) => [name, await settled(name, given, session, store)] as const),
  );
  const all = Object.fromEntries([...others, ...kept.flatMap(inBothCases)]);
  for (const value of Object.values(all)) for (const secret of loginIn(value)) redactor.add(secret);
  return all;
}

/** The newest: of this start, else of the run's records. */
async function settled(
  name: string,
  given: Site,
  session: Session,
  store: SecretStore,
): Promise<string | undefined> {
  const former = known(session.records).get(name);
  const secret = former?.secret === undefined ? undefined : await store.get(former.secret);
  const before = secret ? open(secret) : former?.value;
  const now = given[name.toLowerCase()] ?? given[name];
  if (now === undefined || now === before) return before;
  if (loginIn(now).length === 0) await session.append({ type: 'answer', id: name, value: now, from: 'set' });
  else {
    const handle = `${opened(session.records)?.guide}/${name}`;
    await store.set(handle, new Secret(now));
    await session.append({ type: 'answer', id: name, secret: handle, from: 'set' });
  }
  return now;
}

/** Some programs read the one, some the other; apt and curl only small letters. */
function inBothCases([name, value]: readonly [string, string | undefined]): [string, string][] {
  if (!value) return [];
  return [
    [name, value],
    [name.toLowerCase(), value],
  ];
}

/** The password of an address and what goes with it, as written and as meant. */
function loginIn(value: string): string[] {
  const [, user = '', password] = /^[a-z][a-z0-9+.-]*:\/\/([^/@:]*):([^/]*)@/i.exec(value) ?? [];
  if (!password) return [];
  return [`${user}:${password}`, password, `${decoded(user)}:${decoded(password)}`, decoded(password)];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
