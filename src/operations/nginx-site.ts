/**
 * A site of Debian's nginx: its file, and the link that enables it.
 *
 * 1. nginx reads the new configuration only after its own test of it; if the test fails, or nginx goes on with the
 *    former configuration, file and link are as they were before the operation ends.
 * 2. `undo` puts the former file and link back. What is no link where the link goes is refused, and left by `undo`.
 *
 * Proven by test/operations/system/nginx.test.ts and test/lab/kinds.test.ts.
 */
import type { Host, Stat } from '../host/types.ts';
import * as texts from '../i18n/texts/operations.ts';
import { replaceLink } from './shared/former.ts';
import { etc, isInstalled, reload, reloadCommand, testCommand } from './shared/nginx.ts';
import { siteVerbs } from './shared/site.ts';
import { Failure } from './verbs.ts';

const fileOf = (name: string): string => `${etc}/sites-available/${name}`;
const linkOf = (name: string): string => `${etc}/sites-enabled/${name}`;
const targets = (name: string): string[] => [fileOf(name), `../sites-available/${name}`];

async function linkAt(name: string, host: Host): Promise<Stat | undefined> {
  const stat = await host.stat(linkOf(name));
  if (stat && stat.type !== 'link') throw new Failure('refused-existing', { path: linkOf(name) });
  return stat;
}

export const nginxSite = siteVerbs({
  id: 'nginx',
  syntax: 'nginx',
  title: texts.setUpNginxSite,
  fileOf,
  linkOf,
  commands: {
    enable: (name) => ['ln', '--symbolic', fileOf(name), linkOf(name)],
    test: testCommand,
    reload: reloadCommand,
  },
  isEnabled: async (name, host) => targets(name).includes((await linkAt(name, host))?.target ?? ''),

  async enabling(name, enabled, host) {
    const link = (await linkAt(name, host))?.target;
    return { enabled, ...(link === undefined ? {} : { link }) };
  },

  enable: (name, context) => replaceLink(linkOf(name), fileOf(name), context),

  async disable(name, { link }, { host }) {
    const now = await host.stat(linkOf(name));
    if (now?.type === 'link' && now.target !== link) await host.remove(linkOf(name));
  },

  async enableAgain(name, { link }, context) {
    const now = await context.host.stat(linkOf(name));
    if (link !== undefined && (!now || now.type === 'link')) await replaceLink(linkOf(name), link, context);
  },

  isInstalled,
  reload,
});
