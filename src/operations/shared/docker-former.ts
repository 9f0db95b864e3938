/** Programs that an earlier engine has begun in a container: they go on in there when it is killed. */
import type { Host } from '../../host/types.ts';
import * as texts from '../../i18n/texts/docker.ts';
import type { Context } from '../verbs.ts';

/** Seconds until they are ended. */
const patience = 120;
const marker = 'SETUP_WIZARD';

/** In the environment of every effect in a container, so that it is found again. */
export const effectMark = ['--env', `${marker}=1`];

/** Waits until none of them is left; ends them after a while. */
export async function awaitFormer(container: string, context: Context): Promise<void> {
  const { host } = context;
  for (let second = 0; ; second++) {
    const left = await formerIn(container, host);
    if (left.length === 0) return;
    if (second === 0) context.say(texts.waitsForFormer(container)[context.lang]);
    if (second === patience) await context.run(['kill', ...left]);
    if (second === 2 * patience) await context.run(['kill', '-KILL', ...left]);
    await host.sleep(1000);
  }
}

async function formerIn(container: string, host: Host): Promise<string[]> {
  const { code, stdout } = await host.look(['docker', 'top', container, '-eo', 'pid']);
  if (code !== 0) return [];
  const pids = stdout.split(/\s+/).filter((word) => /^\d+$/.test(word));
  const marked = await Promise.all(
    pids.map(async (pid) => {
      const environment = (await host.read(`/proc/${pid}/environ`))?.toString() ?? '';
      return environment.split('\0').includes(`${marker}=1`) ? [pid] : [];
    }),
  );
  return marked.flat();
}
