/**
 * The machine's own name: /etc/hostname, and what the kernel says.
 *
 * 1. systemd-hostnamed is asked where it answers, so that who listens to it hears of it; else the file is written and
 *    the kernel told. Both are looked at afterwards. The pretty name is not touched.
 * 2. `undo` brings back the file with its bytes, mode and owner, or none, and the name that the kernel had.
 *
 * Proven by test/operations/host-name.test.ts and test/lab/host-name.test.ts.
 */
import type { Host, Stat } from '../host/types.ts';
import * as texts from '../i18n/texts/operations.ts';
import { unifiedDiff } from './shared/diff.ts';
import { makeDurable } from './shared/durable.ts';
import { captureFormer, type Former, restoreFormer } from './shared/former.ts';
import { isAddress, isHostName } from './shared/hosts.ts';
import {
  type Context,
  type Difference,
  Failure,
  type Json,
  type Op,
  type Undone,
  type Values,
  type Verbs,
} from './verbs.ts';

type HostName = Op<'host-name'>;

export interface Seen {
  readonly name: string;
  readonly stat: Stat | undefined;
  readonly bytes: Buffer | undefined;
  /** What the machine is called when it starts. */
  readonly fixed: string | undefined;
  readonly kernel: string;
  readonly hasService: boolean;
}

interface Before {
  readonly file: Former;
  readonly kernel: string;
}

const path = '/etc/hostname';
const kernelPath = '/proc/sys/kernel/hostname';
/** Of the kernel. */
const longest = 64;

export const hostName: Verbs<HostName, Seen> = {
  keys: () => ['host-name'],

  async inspect(op, { host, values }) {
    const [stat, bytes, kernel, service] = await Promise.all([
      host.stat(path),
      host.read(path),
      kernelName(host),
      host.look(['hostnamectl', '--static']),
    ]);
    const name = values.public(op.name);
    return { name, stat, bytes, fixed: nameIn(bytes), kernel, hasService: service.code === 0 };
  },

  diff(_, seen): Difference {
    const { name, bytes, fixed, kernel, hasService } = seen;
    if (!isHostName(name) || name.length > longest || isAddress(name))
      throw new Failure('refused-existing', { what: name }, { say: texts.noHostName(name) });
    if (fixed === name && kernel === name) return { change: 'none' };
    return {
      change: 'change',
      commands: [hasService ? serviceCommand(name) : kernelCommand(name)],
      diff: fixed === name ? '' : unifiedDiff(path, bytes?.toString(), `${name}\n`),
    };
  },

  mark: (_, { fixed = null, kernel }): Json => ({ fixed, kernel }),

  async capture(_, { stat, bytes, kernel }, context): Promise<Json> {
    return { file: await captureFormer(path, stat, bytes, context), kernel } satisfies Before;
  },

  async apply(_, { name, stat, fixed, kernel, hasService }, context) {
    const { host } = context;
    if (hasService && (fixed !== name || kernel !== name)) await context.run(serviceCommand(name));
    if (nameIn(await host.read(path)) !== name) await writeName(name, stat, context);
    if ((await kernelName(host)) !== name) await context.must(kernelCommand(name));
    await makeDurable('/etc', context);
  },

  async undo(_, raw, context): Promise<Undone> {
    // Written by `capture`.
    const { file, kernel } = raw as unknown as Before;
    await restoreFormer(path, file, context);
    if ((await kernelName(context.host)) !== kernel) await context.run(kernelCommand(kernel));
    // The program takes fewer names than the kernel.
    const now = await kernelName(context.host);
    return now === kernel ? {} : { left: texts.hostNameUntilRestart(now, kernel) };
  },

  describe: (op: HostName, values: Values) => texts.hostNameTitle(values.public(op.name)),

  // It may be there without being on the disk.
  cutOff: 'again',
};

const serviceCommand = (name: string): string[] => ['hostnamectl', '--static', 'set-hostname', name];
const kernelCommand = (name: string): string[] => ['hostname', '--', name];

async function kernelName(host: Host): Promise<string> {
  return (await host.read(kernelPath))?.toString().replace(/\n$/, '') ?? '';
}

/** hostname(5): the first line that is no comment. */
function nameIn(bytes: Buffer | undefined): string | undefined {
  const lines = bytes?.toString().split('\n') ?? [];
  return lines.map((line) => line.trim()).find((line) => line !== '' && !line.startsWith('#'));
}

/** A link is replaced by a file, as systemd does it. */
async function writeName(name: string, stat: Stat | undefined, { host }: Context): Promise<void> {
  const { mode, owner } = stat?.type === 'file' ? stat : { mode: '0644', owner: 'root:root' };
  await host.write(path, `${name}\n`, { mode, owner });
}
