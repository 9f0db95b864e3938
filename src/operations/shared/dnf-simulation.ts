/** What dnf 4 would do: it says so in lines that are not folded (`-v`), beside its table. */
import type { Host, Ran } from '../../host/types.ts';
import * as texts from '../../i18n/texts/operations.ts';
import { Failure } from '../verbs.ts';
import type { Simulated } from './package-manager.ts';
import { packageName } from './rpm.ts';

/** A plan asks for several operations at once, and dnf lets one look after the other. */
const patience = 2 * 60_000;

/** Changes nothing. */
export const simulated = (args: readonly string[]): string[] => ['-v', '--assumeno', ...args];

/** Only root may ask. */
export async function simulateDnf(host: Host, args: readonly string[]): Promise<Simulated> {
  const ran = await host.look(['dnf', ...simulated(args)], { timeout: patience });
  if (ran.code === 127) throw new Failure('no-program', { program: 'dnf' });
  if (/superuser privileges/.test(ran.stderr)) throw new Failure('needs-root', { what: 'dnf' });
  if (/Unknown argument "-v" for command "dnf5?"/.test(ran.stderr + ran.stdout))
    throw new Failure('check-failed', { what: 'dnf' }, { say: texts.dnfOfOtherKind });
  return parseDnf(ran);
}

type Fate = 'new' | 'old' | 'come' | 'gone';

const fates: Readonly<Record<string, Fate>> = {
  installed: 'come',
  obsoleting: 'come',
  upgrade: 'new',
  downgrade: 'new',
  upgraded: 'old',
  downgraded: 'old',
  erased: 'gone',
  obsoleted: 'gone',
};

const told = /^---> Package (\S+)\.([^.\s]+) (\S+) will be (?:an? )?([a-z]+)$/;

export function parseDnf({ stdout, stderr }: Pick<Ran, 'stdout' | 'stderr'>): Simulated {
  const versions: Readonly<Record<Fate, Map<string, string>>> = {
    come: new Map(),
    gone: new Map(),
    old: new Map(),
    new: new Map(),
  };
  for (const line of stdout.split('\n')) {
    const [, name = '', architecture = '', version = '', word = ''] = told.exec(line) ?? [];
    const fate = fates[word];
    if (fate) versions[fate].set(packageName(name, architecture), version);
  }
  return {
    // It ends with 1 where it would have done something.
    possible: /^(Operation aborted|Nothing to do)\.$/m.test(`${stdout}\n${stderr}`),
    fresh: [...versions.come.keys()],
    upgraded: [...versions.new].map(([name, to]) => `${name} ${versions.old.get(name) ?? ''} → ${to}`),
    removed: [...versions.gone.keys()],
    enabled: streamsIn(stdout),
  };
}

/** Modules whose stream it would enable, `nodejs:18`. */
export function streamsIn(text: string): string[] {
  const [, rows = ''] = /^Enabling module streams:\n((?: .*\n)*)/m.exec(text) ?? [];
  return rows.split('\n').flatMap((row) => {
    const [, name, stream] = /^ (\S+)\s+(\S+)\s*$/.exec(row) ?? [];
    return name === undefined ? [] : [`${name}:${stream}`];
  });
}
