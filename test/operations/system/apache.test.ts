import { describe, expect, test } from 'vitest';
import { apacheModule } from '../../../src/operations/apache-module.ts';
import { apacheSite } from '../../../src/operations/apache-site.ts';
import type { Op } from '../../../src/operations/verbs.ts';
import { testContext } from '../context.ts';
import { type Paper, paperHost } from './machine.ts';

const etc = '/etc/apache2';
const available = {
  [`${etc}/mods-available/proxy_http.load`]: '# Depends: proxy\nLoadModule x\n',
  [`${etc}/mods-available/proxy.load`]: 'LoadModule y\n',
};

describe('an Apache module', () => {
  const op: Op<'apache-module'> = { kind: 'apache-module', name: 'proxy_http' };

  async function see(files: Paper['files'] = {}) {
    const context = await testContext({ host: paperHost({ files }) });
    const seen = await apacheModule.inspect(op, context);
    return {
      difference: apacheModule.diff(op, seen, context),
      before: await apacheModule.capture(op, seen, context),
    };
  }

  test('is enabled where it is not, also while there is no Apache', async () => {
    expect((await see()).difference).toEqual({
      change: 'change',
      commands: [['a2enmod', '--quiet', 'proxy_http']],
    });
    expect((await see({ [`${etc}/mods-enabled/proxy_http.load`]: '' })).difference).toEqual({
      change: 'none',
    });
  });

  test('is taken back with what it needs, the one that needs first, and not with what was enabled', async () => {
    const names = (before: unknown) =>
      (before as { modules: { name: string }[] }).modules.map(({ name }) => name);
    expect(names((await see(available)).before)).toEqual(['proxy_http', 'proxy']);
    expect(names((await see({ ...available, [`${etc}/mods-enabled/proxy.load`]: '' })).before)).toEqual([
      'proxy_http',
    ]);
  });

  test('stays enabled when the configuration needs it', async () => {
    const files = { ...available, '/usr/sbin/apache2ctl': '', [`${etc}/mods-enabled/proxy_http.load`]: '' };
    const programs = { a2dismod: '', a2enmod: '', 'apache2ctl configtest': { code: 1 } };
    const host = paperHost({ files, programs });
    const before = { modules: [{ name: 'proxy_http', memory: [] }] };
    const undone = await apacheModule.undo(op, before, await testContext({ host }));
    expect(undone.left?.en).toContain('proxy_http');
    expect(host.done.map(({ argv }) => argv)).toContain('a2enmod --quiet proxy_http');
  });
});

describe('an Apache site', () => {
  const op: Op<'apache-site'> = {
    kind: 'apache-site',
    name: 'pretix',
    template: 't',
    content: 'ServerName a.test\n',
  };
  const path = `${etc}/sites-available/pretix.conf`;
  const link = `${etc}/sites-enabled/pretix.conf`;

  test('is written, enabled, tested and only then read by Apache', async () => {
    const context = await testContext({ host: paperHost() });
    const difference = apacheSite.diff(op, await apacheSite.inspect(op, context), context);
    expect(difference).toMatchObject({
      change: 'change',
      commands: [
        ['a2ensite', '--quiet', 'pretix'],
        ['apache2ctl', 'configtest'],
        ['systemctl', 'reload-or-restart', 'apache2'],
      ],
    });
  });

  test('that is in place and enabled has nothing to do', async () => {
    const context = await testContext({
      host: paperHost({ files: { [path]: 'ServerName a.test\n', [link]: '' } }),
    });
    expect(apacheSite.diff(op, await apacheSite.inspect(op, context), context)).toEqual({ change: 'none' });
  });

  test('whose test fails is as it was before, and Apache is not told', async () => {
    const programs = {
      'apache2ctl configtest': { code: 1, stderr: 'Syntax error' },
      'systemctl is-active': '',
    };
    const host = paperHost({ files: { [path]: 'former', [link]: '' }, programs });
    const context = await testContext({ host });
    const apply = apacheSite.apply(op, await apacheSite.inspect(op, context), context);
    await expect(apply).rejects.toMatchObject({ code: 'command-failed' });
    expect(host.files.get(path)).toBe('former');
    expect(host.done.map(({ argv }) => argv)).toEqual(['apache2ctl configtest']);
  });
});
