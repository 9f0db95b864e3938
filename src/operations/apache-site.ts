/**
 * A site of Debian's Apache: its file, and that it is enabled.
 *
 * 1. Apache reads the new configuration only after its own test of it; if the test fails, file and link are as they
 *    were before the operation ends.
 * 2. `undo` puts the former file and link back.
 *
 * Proven by test/operations/system/apache.test.ts and test/lab/kinds.test.ts.
 */
import * as texts from '../i18n/texts/operations.ts';
import { etc, isInstalled, readMemory, reload, restoreMemory } from './shared/apache.ts';
import { siteVerbs } from './shared/site.ts';
import type { Op } from './verbs.ts';

type ApacheSite = Op<'apache-site'>;

const linkOf = ({ name }: ApacheSite): string => `${etc}/sites-enabled/${name}.conf`;
const enableCommand = ({ name }: ApacheSite): string[] => ['a2ensite', '--quiet', name];

export const apacheSite = siteVerbs<ApacheSite>({
  id: 'apache',
  syntax: 'apache',
  title: texts.setUpSite,
  fileOf: ({ name }) => `${etc}/sites-available/${name}.conf`,
  linkOf,
  commands: {
    enable: enableCommand,
    test: ['apache2ctl', 'configtest'],
    reload: ['systemctl', 'reload-or-restart', 'apache2'],
  },
  isEnabled: async (site, host) => (await host.stat(linkOf(site))) !== undefined,
  enabling: async ({ name }, enabled, host) => ({ enabled, memory: await readMemory('site', name, host) }),

  async enable(site, context) {
    await context.must(enableCommand(site));
  },

  async disable(site, { enabled }, { host }) {
    if (!enabled) await host.remove(linkOf(site));
  },

  async enableAgain(site, { enabled, memory = [] }, context) {
    if (enabled && !(await context.host.stat(linkOf(site)))) await context.run(enableCommand(site));
    await restoreMemory('site', site.name, memory, context);
  },

  isInstalled,
  reload,
});
