/** A site of a web server: its file, and that it is enabled. What differs between servers is a `SiteServer`. */
import type { FileSyntax } from '../../guide/kinds.ts';
import type { Text } from '../../guide/types.ts';
import type { Host } from '../../host/types.ts';
import { file } from '../file.ts';
import type { Context, Difference, Json, Op, Undone, Verbs } from '../verbs.ts';

type Site = Op<'apache-site'> | Op<'nginx-site'>;

export interface Seen {
  readonly file: Awaited<ReturnType<typeof file.inspect>>;
  readonly enabled: boolean;
}

/** How it was enabled, or not. */
export interface Enabling {
  readonly enabled: boolean;
  /** What Apache's tools remember of it. */
  readonly memory?: readonly string[];
  /** Where nginx's link led; nothing where there was none. */
  readonly link?: string;
}

interface Before extends Enabling {
  readonly file: Json;
}

export interface SiteServer<S extends Site> {
  /** Begins its keys: `nginx`. */
  readonly id: string;
  readonly syntax: FileSyntax;
  readonly title: (name: string) => Text;
  readonly fileOf: (site: S) => string;
  readonly linkOf: (site: S) => string;
  /** What a person would type to enable it, to test the configuration, and to have it read. */
  readonly commands: Record<'enable', (site: S) => readonly string[]> &
    Record<'test' | 'reload', readonly string[]>;
  /** Throws where something stands in the way. */
  readonly isEnabled: (site: S, host: Host) => Promise<boolean>;
  readonly enabling: (site: S, enabled: boolean, host: Host) => Promise<Enabling>;
  readonly enable: (site: S, context: Context) => Promise<void>;
  /** Before the former file comes back. */
  readonly disable: (site: S, before: Enabling, context: Context) => Promise<void>;
  /** After the former file has come back. */
  readonly enableAgain: (site: S, before: Enabling, context: Context) => Promise<void>;
  readonly isInstalled: (host: Host) => Promise<boolean>;
  /** Has the configuration read, if the server runs. */
  readonly reload: (context: Context) => Promise<void>;
}

export function siteVerbs<S extends Site>(server: SiteServer<S>): Verbs<S, Seen> {
  const { commands } = server;
  const fileOf = (op: S): Op<'file'> => ({
    kind: 'file',
    path: server.fileOf(op),
    content: op.content ?? '',
    syntax: server.syntax,
    mode: '0644',
    owner: 'root:root',
  });

  async function putBack(op: S, before: Before, context: Context): Promise<Undone> {
    await server.disable(op, before, context);
    const undone = await file.undo(fileOf(op), before.file, context);
    await server.enableAgain(op, before, context);
    return undone;
  }

  return {
    keys: (op) => [`${server.id}:site/${op.name}`, `file:${server.fileOf(op)}`],

    async inspect(op, context) {
      return {
        file: await file.inspect(fileOf(op), context),
        enabled: await server.isEnabled(op, context.host),
      };
    },

    diff(op, seen, context): Difference {
      const inFile = file.diff(fileOf(op), seen.file, context);
      if (inFile.change !== 'none' && inFile.change !== 'change') return inFile;
      if (inFile.change === 'none' && seen.enabled) return inFile;
      const enable = seen.enabled ? [] : [commands.enable(op)];
      return {
        ...(inFile.change === 'change' ? inFile : {}),
        change: 'change',
        commands: [...enable, commands.test, commands.reload],
      };
    },

    drift(op, seen, then, context) {
      const left = typeof then === 'object' && then !== null && 'file' in then ? then : undefined;
      const inFile = file.drift?.(fileOf(op), seen.file, left?.['file'] ?? null, context) ?? '';
      return inFile + (left?.['enabled'] === seen.enabled ? '' : `-${server.linkOf(op)}\n`);
    },

    mark: (op, seen, context): Json => ({
      file: file.mark(fileOf(op), seen.file, context),
      enabled: seen.enabled,
    }),

    async capture(op, seen, context): Promise<Json> {
      const enabling = await server.enabling(op, seen.enabled, context.host);
      return { file: await file.capture(fileOf(op), seen.file, context), ...enabling };
    },

    async apply(op, seen, context) {
      const enabling = await server.enabling(op, seen.enabled, context.host);
      const before = { file: await file.capture(fileOf(op), seen.file, context), ...enabling };
      await file.apply(fileOf(op), seen.file, context);
      try {
        if (!seen.enabled) await server.enable(op, context);
        await context.must(commands.test);
        await server.reload(context);
      } catch (error) {
        await putBack(op, before, context);
        throw error;
      }
    },

    async undo(op, raw, context): Promise<Undone> {
      // Written by `capture`.
      const undone = await putBack(op, raw as unknown as Before, context);
      const isRead =
        (await server.isInstalled(context.host)) && (await context.run(commands.test)).code === 0;
      if (isRead) await server.reload(context);
      return undone;
    },

    describe: ({ name }) => server.title(name),

    // It may be enabled without the server having read it.
    cutOff: 'again',
  };
}
