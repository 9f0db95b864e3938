/** What pip keeps of what it fetched, in the home of the user it runs as. */
import type { Host } from '../../host/types.ts';

/** The outermost folder of that user's cache that is not there yet: pip will make it. */
export async function missingCaches(user: string, host: Host): Promise<string[]> {
  const { stdout } = await host.look(['getent', 'passwd', user]);
  const home = stdout.split(':')[5];
  if (home === undefined) return [];
  for (const folder of [`${home}/.cache`, `${home}/.cache/pip`])
    if (!(await host.stat(folder))) return [folder];
  return [];
}
