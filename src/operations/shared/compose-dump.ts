/** What services of Compose hold, written to `kept/` before it goes or is changed. */
import type { ContainerDump } from '../../guide/kinds.ts';
import { shell } from '../encode/shell.ts';
import { type Context, Failure, type Resolved } from '../verbs.ts';
import { keepFile, stamp } from './archive.ts';
import { argvOf, silentForHours } from './called.ts';
import { containersOf } from './docker.ts';

type Dump = Resolved<ContainerDump>;

/** Of the services that run: one that does not cannot be asked. A dump that fails throws. */
export async function dumpContainers(
  dumps: readonly Dump[],
  project: string,
  context: Context,
): Promise<void> {
  const all = (await containersOf(project, context.host)) ?? [];
  for (const dump of dumps) {
    const service = context.values.public(dump.service);
    const found = all.find((one) => one.service === service && !one.isOneOff && one.state === 'running');
    if (found) await dumpOne(dump, found.name, context);
  }
}

/** The shell opens the file, then becomes the program: its text is fixed. */
async function dumpOne(dump: Dump, container: string, context: Context): Promise<void> {
  const { host, values } = context;
  const target = await context.keptPath(`${stamp(host.now())}-${values.public(dump.name)}`);
  const partial = `${target}.partial`;
  await host.write(partial, '', { mode: '0600' });
  const argv = argvOf({ run: dump.run, container }, values);
  await context.must(['sh', '-c', 'exec "$@" >"$0"', partial, ...argv], silentForHours);
  const tail = (await host.look(['tail', '--bytes=600', partial])).stdout;
  if (!tail.includes(dump.ends ?? ''))
    throw new Failure('command-failed', { command: argv.join(' '), code: '0', lastLine: tail.slice(-200) });
  const load = argvOf({ run: dump.load, container }, values);
  const restore = `${load.map(shell).join(' ')} < ${shell(target)}`;
  await keepFile(partial, target, ['test', '-s', partial], restore, context);
}
