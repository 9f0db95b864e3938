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

const linkOf = (name: string): string => `${etc}/sites-enabled/${name}.conf`;
const enableCommand = (name: string): string[] => ['a2ensite', '--quiet', name];

export const apacheSite = siteVerbs({
  id: 'apache',
  syntax: 'apache',
  title: texts.setUpSite,
  fileOf: (name) => `${etc}/sites-available/${name}.conf`,
  linkOf,
  commands: {
    enable: enableCommand,
    test: ['apache2ctl', 'configtest'],
    reload: ['systemctl', 'reload-or-restart', 'apache2'],
  },
  isEnabled: async (name, host) => (await host.stat(linkOf(name))) !== undefined,
  enabling: async (name, enabled, host) => ({ enabled, memory: await readMemory('site', name, host) }),

  async enable(name, context) {
    await context.must(enableCommand(name));
  },

  async disable(name, { enabled }, { host }) {
    if (!enabled) await host.remove(linkOf(name));
  },

  async enableAgain(name, { enabled, memory = [] }, context) {
    if (enabled && !(await context.host.stat(linkOf(name)))) await context.run(enableCommand(name));
    await restoreMemory('site', name, memory, context);
  },

  isInstalled,
  reload,
});
