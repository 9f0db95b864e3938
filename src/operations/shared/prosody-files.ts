/** Where Prosody keeps the accounts of a host, and all that is in the name of one user. */
import type { Host } from '../../host/types.ts';
import * as texts from '../../i18n/texts/operations.ts';
import { Failure, type Op, type Values } from '../verbs.ts';
import { isHostName } from './hosts.ts';
import { peek } from './peek.ts';
import { fileName, isShut, plainName, readCredentials } from './prosody.ts';

export interface Place {
  readonly account: string;
  /** The host's folder, and the beginning of the names of this user's files in its folders. */
  readonly folder: string;
  readonly file: string;
  readonly path: string;
}

type Named = Pick<Op<'prosody-account'>, 'user' | 'host'>;

export const accountOf = ({ user, host }: Named, values: Pick<Values, 'public'>): string =>
  `${plainName(values.public(user))}@${plainName(values.public(host))}`;

export async function placeOf(
  op: Named,
  { host, values }: { readonly host: Host; readonly values: Pick<Values, 'public'> },
): Promise<Place> {
  const account = accountOf(op, values);
  const [user = '', domain = ''] = account.split('@');
  if (!isUser(values.public(op.user)) || !isHostName(domain)) {
    const say = texts.noProsodyUser(values.public(op.user), values.public(op.host));
    throw new Failure('refused-existing', { what: account }, { say });
  }
  const folder = `${await dataFolder(host)}/${fileName(domain)}`;
  const file = fileName(user);
  return { account, folder, file, path: `${folder}/accounts/${file}.dat` };
}

/** RFC 7622: a name before the `@`. */
export const isUser = (user: string): boolean => user !== '' && !/[\s"&'/:<>@\p{Cc}]/u.test(user);

async function dataFolder(host: Host): Promise<string> {
  const { stdout } = await host.look(['prosodyctl', 'about']);
  return /^Data directory:\s+(\/\S+)$/m.exec(stdout)?.[1] ?? '/var/lib/prosody';
}

export async function foldersIn(folder: string, host: Host): Promise<string[]> {
  const names = await host.list(folder);
  const stats = await Promise.all(names.map((name) => host.stat(`${folder}/${name}`)));
  return names.filter((_, index) => stats[index]?.type === 'directory');
}

/** Of this user: one at most in each folder of the host, and the halves of such. */
export async function filesOf({ folder, file }: Place, host: Host): Promise<string[]> {
  const inFolders = (await foldersIn(folder, host)).map(async (name) => {
    const names = await host.list(`${folder}/${name}`);
    return names.filter((one) => one.startsWith(`${file}.`)).map((one) => `${folder}/${name}/${one}`);
  });
  return (await Promise.all(inFolders)).flat();
}

export interface Found {
  readonly user: string;
  readonly state: 'enabled' | 'disabled' | 'unreadable';
}

/** Every account that Prosody keeps for a host, in the order of their names. Looks only. */
export async function accountsOf(domain: string, host: Host): Promise<Found[]> {
  const folder = `${await dataFolder(host)}/${fileName(plainName(domain))}/accounts`;
  const names = (await host.stat(folder))?.type === 'directory' ? await host.list(folder) : [];
  const found = names
    .filter((name) => name.endsWith('.dat'))
    .map(async (name): Promise<Found> => {
      const path = `${folder}/${name}`;
      const bytes = await peek(path, () => host.read(path));
      return { user: userIn(name), state: stateIn(bytes) };
    });
  return (await Promise.all(found)).sort((a, b) => (a.user < b.user ? -1 : 1));
}

/** `fileName` the other way round. */
function userIn(name: string): string {
  const bytes = name
    .replace(/\.dat$/, '')
    .replaceAll(/%([0-9a-f]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  return Buffer.from(bytes, 'latin1').toString();
}

function stateIn(bytes: Buffer | undefined): Found['state'] {
  const credentials = bytes && readCredentials(bytes.toString('latin1'));
  if (!credentials) return 'unreadable';
  return isShut(credentials) ? 'disabled' : 'enabled';
}
