/**
 * A transaction of dnf that was cut off: rpm itself knows no half-installed package. What dnf's history says was to come
 * is completed, versions that were to go are taken away, and files that rpm had not given their names yet are removed.
 */
import type { Text } from '../../guide/types.ts';
import type { Host } from '../../host/types.ts';
import * as texts from '../../i18n/texts/operations.ts';
import type { Context } from '../verbs.ts';
import { markArguments, runDnf, unattended } from './dnf-run.ts';
import type { Around } from './package-manager.ts';
import { mustRpm, packageName, rpmInstalled } from './rpm.ts';

/** One package of a transaction. */
interface Item {
  /** `Install`, `Upgrade`, `Upgraded`, `Removed`. */
  readonly action: string;
  /** As dnf writes it, with its epoch. */
  readonly id: string;
  readonly name: string;
  /** As rpm writes it, without. */
  readonly whole: string;
}

interface Cut {
  readonly number: string;
  readonly items: readonly Item[];
}

/** The newest transaction, if it never came to its end. */
export async function cutTransaction(host: Host): Promise<Cut | undefined> {
  return parseCut((await host.look(['dnf', '-q', 'history', 'info', 'last'])).stdout);
}

const altered = /^[ *]*([A-Z][a-z]+) +(\S+?-(?:\d+:)?[^-\s]+-[^-\s]+\.\w+)(?: |$)/;
const parts = /^(.+)-(?:\d+:)?([^-]+-[^-]+\.(\w+))$/;

/** Pure. What dnf found when a transaction ended is missing of one that did not. */
export function parseCut(text: string): Cut | undefined {
  if (!/^End rpmdb *:[ *]*$/m.test(text)) return undefined;
  const items = text.split('\n').flatMap((line): Item[] => {
    const [, action = '', id = ''] = altered.exec(line) ?? [];
    const [, name, rest, architecture = ''] = parts.exec(id) ?? [];
    if (name === undefined) return [];
    return [{ action, id, name: packageName(name, architecture), whole: `${name}-${rest}` }];
  });
  return { number: /^Transaction ID *: *(\d+)/m.exec(text)?.[1] ?? '', items };
}

const isComing = ({ action }: Item): boolean => ['Install', 'Upgrade', 'Downgrade'].includes(action);
const isReplaced = ({ action }: Item): boolean => ['Upgraded', 'Downgraded'].includes(action);

/** Says what it could not complete. Of a transaction that is none of ours it only says that it is there. */
export async function repairRpm(context: Context, around: Around): Promise<Text | undefined> {
  const cut = await cutTransaction(context.host);
  if (!cut) return undefined;
  const ours = [...around.wanted, ...around.fresh];
  if (!cut.items.some(({ name }) => ours.includes(name))) {
    context.say(texts.otherTransactionCut(cut.number)[context.lang]);
    return undefined;
  }
  const coming = cut.items.filter(isComing);
  if (coming.length === 0) return undefined;
  context.say(texts.completesTransaction(cut.number)[context.lang]);
  await eraseReplaced(cut.items, context);
  await complete(coming, context);
  await removeNameless(around, context);
  await markAlong(around, context);
  const there = await wholesOf(context.host);
  const lost = coming.filter(({ whole }) => !there.includes(whole)).map(({ name }) => name);
  return lost.length > 0 ? texts.notCompleted(lost) : undefined;
}

const wholesOf = async (host: Host): Promise<string[]> =>
  (await rpmInstalled(host)).map(({ whole }) => whole);

/** The former version, where the new one is there: the transaction had not come to it. */
async function eraseReplaced(items: readonly Item[], context: Context): Promise<void> {
  const installed = await rpmInstalled(context.host);
  const count = (name: string) => installed.filter((one) => one.name === name).length;
  const replaced = items.filter(
    (item) => isReplaced(item) && count(item.name) > 1 && installed.some(({ whole }) => whole === item.whole),
  );
  const wholes = replaced.map(({ whole }) => whole);
  if (wholes.length > 0) await mustRpm(['rpm', '--erase', '--nodeps', ...wholes], context);
}

/** What is there of an upgrade gets its scripts run; what rpm does not know may have left files. */
async function complete(coming: readonly Item[], context: Context): Promise<void> {
  const there = await wholesOf(context.host);
  const missing = coming.filter(({ whole }) => !there.includes(whole)).map(({ id }) => id);
  const upgraded = coming.filter(({ action, whole }) => action !== 'Install' && there.includes(whole));
  const noMore = '--setopt=install_weak_deps=False';
  if (missing.length > 0) await runDnf(['install', noMore, ...unattended, ...missing], context);
  if (upgraded.length > 0)
    await runDnf(['reinstall', ...unattended, ...upgraded.map(({ id }) => id)], context);
}

/** dnf records why a package is there only at the end. */
async function markAlong({ wanted, fresh }: Around, context: Context): Promise<void> {
  const installed = await rpmInstalled(context.host);
  const along = fresh.filter((name) => !wanted.includes(name) && installed.some((one) => one.name === name));
  if (along.length > 0) await runDnf(markArguments('auto', along), context);
}

const places = ['/boot', '/etc', '/opt', '/srv', '/usr', '/var'];
const hour = 3600;

/** Until a package is whole its files are named `NAME;HEX`, the number being the second its transaction began. */
async function removeNameless({ surroundings }: Around, { host }: Context): Promise<void> {
  const at = (surroundings as { readonly at?: number } | undefined)?.at;
  if (at === undefined) return;
  const argv = ['find', ...places, '-xdev', '!', '-type', 'd', '-name', '*;*', '-print'];
  const { stdout } = await host.look(argv, { timeout: hour * 1000 });
  const now = host.now().getTime() / 1000;
  for (const path of stdout.split('\n')) {
    const second = Number.parseInt(/;([0-9a-f]{8})$/.exec(path)?.[1] ?? '', 16);
    if (second >= at - 1 && second <= now) await host.remove(path);
  }
}
