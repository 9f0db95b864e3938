/**
 * A site of nginx: its file, and the link that enables it on Debian.
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
import { Failure, type Op } from './verbs.ts';

type NginxSite = Op<'nginx-site'>;

/** Where every file is read as it is, and none has to be enabled. */
const isPlain = ({ folder = '' }: NginxSite): boolean => folder !== '';

const fileOf = (site: NginxSite): string =>
  isPlain(site) ? `${etc}/${site.folder}/${site.name}.conf` : `${etc}/sites-available/${site.name}`;
const linkOf = ({ name }: NginxSite): string => `${etc}/sites-enabled/${name}`;
const targets = (site: NginxSite): string[] => [fileOf(site), `../sites-available/${site.name}`];

async function linkAt(site: NginxSite, host: Host): Promise<Stat | undefined> {
  if (isPlain(site)) return undefined;
  const stat = await host.stat(linkOf(site));
  if (stat && stat.type !== 'link') throw new Failure('refused-existing', { path: linkOf(site) });
  return stat;
}

export const nginxSite = siteVerbs<NginxSite>({
  id: 'nginx',
  syntax: 'nginx',
  title: texts.setUpNginxSite,
  fileOf,
  linkOf,
  commands: {
    enable: (site) => ['ln', '--symbolic', fileOf(site), linkOf(site)],
    test: testCommand,
    reload: reloadCommand,
  },

  async isEnabled(site, host) {
    return isPlain(site) || targets(site).includes((await linkAt(site, host))?.target ?? '');
  },

  async enabling(site, enabled, host) {
    const link = (await linkAt(site, host))?.target;
    return { enabled, ...(link === undefined ? {} : { link }) };
  },

  enable: (site, context) => replaceLink(linkOf(site), fileOf(site), context),

  async disable(site, { link }, { host }) {
    const now = isPlain(site) ? undefined : await host.stat(linkOf(site));
    if (now?.type === 'link' && now.target !== link) await host.remove(linkOf(site));
  },

  async enableAgain(site, { link }, context) {
    if (link === undefined) return;
    const now = await context.host.stat(linkOf(site));
    if (!now || now.type === 'link') await replaceLink(linkOf(site), link, context);
  },

  isInstalled,
  reload,
});
