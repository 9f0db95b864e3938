/** The other process: an engine, as `reachEngine` starts it. */
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { assets, guides } from 'virtual:guides';
import { realHost } from '../host/real.ts';
import type { Host } from '../host/types.ts';
import type { AccountChange } from '../journal/accounts.ts';
import { StateFolder } from '../journal/state.ts';
import { runEngine } from '../run/engine.ts';
import { commandLine } from '../run/program.ts';
import { serveSession } from '../run/server.ts';
import { type Flags, langOf, stateDir } from './here.ts';

type Given = Flags &
  Partial<AccountChange> & {
    run: string;
    kind: 'install' | 'rollback' | 'accounts';
    guide: string;
    of?: string;
    account?: string;
  };

export async function engine(argv: readonly string[]): Promise<number> {
  const given = Object.fromEntries(pairs(argv));
  // Written by `reachEngine` of this same program.
  const flags = { ...given, stateDir: given['state-dir'] } as unknown as Given;
  process.umask(0o022);
  const environment = { ...process.env };
  const host: Host = realHost({ env: environment });
  const state = stateDir(flags);
  const guide = guides.find(({ id }) => id === flags.guide);
  let stop = async () => {};
  const running = runEngine({
    host,
    environment,
    state,
    run: flags.run,
    kind: flags.kind,
    guide: flags.guide,
    title: guide?.title ?? { fr: flags.guide, en: flags.guide },
    ...(flags.of ? { of: flags.of } : {}),
    ...(flags.to ? { to: flags.to } : {}),
    ...accountIn(flags),
    guides,
    assets,
    version: __VERSION__,
    lang: langOf(flags),
    program: commandLine(`${dirname(fileURLToPath(import.meta.url))}/setup-wizard`, state),
    serve: async (session) => {
      stop = await serveSession(session, `${new StateFolder(host, state).run(flags.run)}/socket`);
    },
  });
  // What was said last leaves, also when the run ends by an error.
  return running.finally(() => stop());
}

function accountIn({ change, account: name, list }: Given): { account?: AccountChange } {
  return change && name && list ? { account: { change, name, list } } : {};
}

function pairs(argv: readonly string[]): [string, string][] {
  return argv.flatMap((word, index): [string, string][] =>
    word.startsWith('--') ? [[word.slice(2), argv[index + 1] ?? '']] : [],
  );
}
