import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { nginxSite } from '../../../src/operations/nginx-site.ts';
import type { Json, Op } from '../../../src/operations/verbs.ts';
import { testContext } from '../context.ts';
import { needs, needsRoot } from '../encode/needs.ts';
import { temporary } from '../encode/run.ts';
import { type Paper, paperHost } from './machine.ts';

const file = '/etc/nginx/sites-available/ontask';
const link = '/etc/nginx/sites-enabled/ontask';
const op: Op<'nginx-site'> = { kind: 'nginx-site', name: 'ontask', template: 't', content: 'server { }\n' };

/** On this paper a link holds its target as its text. */
function aHost({ files = {}, links = {}, programs = {} }: Paper & { links?: Record<string, string> } = {}) {
  const host = paperHost({ files: { ...files, ...links }, programs });
  const made = new Set(Object.keys(links));
  return {
    ...host,
    link: async (path: string, target: string) => {
      made.add(path);
      await host.link(path, target);
    },
    rename: async (from: string, to: string) => {
      if (made.delete(from)) made.add(to);
      await host.rename(from, to);
    },
    stat: async (path: string) => {
      const stat = await host.stat(path);
      const target = host.files.get(path) ?? '';
      return stat && made.has(path) ? { ...stat, type: 'link' as const, target } : stat;
    },
  };
}

const running = {
  'systemctl is-active': '',
  'systemctl show --property=MainPID': '77\n',
  'systemctl reload': '',
};
const children = '/proc/77/task/77/children';

/** nginx that takes up its new configuration, or does not. */
function reloading(workers: string, logged = '') {
  const given: Record<string, string> = { [children]: '78 79 ' };
  const host = aHost({
    files: given,
    programs: {
      'nginx -t': '',
      'tail --bytes=+1 /var/log/nginx/error.log': logged,
      ...running,
      'systemctl reload': () => {
        host.files.set(children, workers);
        return '';
      },
    },
  });
  return host;
}

async function apply(host: ReturnType<typeof aHost>, site = op) {
  const context = await testContext({ host });
  const seen = await nginxSite.inspect(site, context);
  const before: Json = await nginxSite.capture(site, seen, context);
  const done = nginxSite.apply(site, seen, context);
  return { context, before, done };
}

describe('an nginx site', () => {
  test('is written, linked, tested and only then read by nginx', async () => {
    const context = await testContext({ host: aHost() });
    expect(nginxSite.diff(op, await nginxSite.inspect(op, context), context)).toMatchObject({
      change: 'change',
      commands: [
        ['ln', '--symbolic', file, link],
        ['nginx', '-t'],
        ['systemctl', 'reload', 'nginx'],
      ],
    });
    const host = reloading('80 81 ');
    await (await apply(host)).done;
    expect(host.files.get(link)).toBe(file);
    expect(host.done.map(({ argv }) => argv)).toEqual(['nginx -t', 'systemctl reload nginx']);
  });

  test.each([file, '../sites-available/ontask'])(
    'that is in place and linked (%s) has nothing to do',
    async (target) => {
      const host = aHost({ files: { [file]: 'server { }\n' }, links: { [link]: target } });
      const context = await testContext({ host });
      expect(nginxSite.diff(op, await nginxSite.inspect(op, context), context)).toEqual({ change: 'none' });
    },
  );

  test('whose test fails is as it was before, and nginx is not told', async () => {
    const host = aHost({
      files: { [file]: 'former' },
      links: { [link]: '/srv/other' },
      programs: { ...running, 'nginx -t': { code: 1, stderr: '[emerg] unknown directive' } },
    });
    const { done } = await apply(host);
    await expect(done).rejects.toMatchObject({ code: 'command-failed' });
    expect(host.files.get(file)).toBe('former');
    expect(host.files.get(link)).toBe('/srv/other');
    expect(host.done.map(({ argv }) => argv)).toEqual(['nginx -t']);
  });

  test('that nginx does not take up, although it ended well, is as it was before, with nginx’s own words', async () => {
    const words = 'nginx: [emerg] bind() to 0.0.0.0:443 failed (98: Address already in use)';
    const host = reloading('78 79 ', `${words}\n[emerg] still could not bind()\n`);
    const { done, context } = await apply(host);
    await expect(done).rejects.toMatchObject({ code: 'command-failed', values: { lastLine: words } });
    expect(context.output()).toContain(words);
    expect(host.files.has(file) || host.files.has(link)).toBe(false);
  });

  test('is done only when no worker of the former configuration answers any more', async () => {
    const host = reloading('80 81 ');
    const titles = [
      'nginx: worker process',
      'nginx: worker process',
      'nginx: worker process is shutting down',
    ];
    let asked = 0;
    const read = host.read;
    host.read = async (path: string) =>
      path === '/proc/78/cmdline' ? Buffer.from(titles[asked++] ?? '') : read(path);
    await (await apply(host)).done;
    expect(asked).toBe(3);
  });

  test('is undone to the former file and link, or to nothing', async () => {
    const former = { files: { [file]: 'former' }, links: { [link]: '/srv/other' } };
    for (const given of [{}, former]) {
      const host = aHost({ ...given, programs: { 'nginx -t': '' } });
      const { context, before, done } = await apply(host);
      await done;
      expect(host.files.get(link)).toBe(file);
      expect(await nginxSite.undo(op, before, context)).toEqual({});
      expect([host.files.get(file), host.files.get(link)]).toEqual(
        'files' in given ? ['former', '/srv/other'] : [undefined, undefined],
      );
    }
  });

  test('in a folder of which nginx reads every file needs no link, and has the key that it has elsewhere', async () => {
    const plain = { ...op, folder: 'conf.d' };
    const path = '/etc/nginx/conf.d/ontask.conf';
    const context = await testContext({ host: aHost() });
    expect(nginxSite.keys(plain, context.values)).toEqual(['nginx:site/ontask', `file:${path}`]);
    expect(nginxSite.keys({ ...op, folder: '' }, context.values)).toEqual(nginxSite.keys(op, context.values));
    expect(nginxSite.diff(plain, await nginxSite.inspect(plain, context), context)).toMatchObject({
      commands: [
        ['nginx', '-t'],
        ['systemctl', 'reload', 'nginx'],
      ],
    });
    for (const former of [undefined, 'former']) {
      const host = aHost({ files: former ? { [path]: former } : {}, programs: { 'nginx -t': '' } });
      const { context: run, before, done } = await apply(host, plain);
      await done;
      expect(nginxSite.diff(plain, await nginxSite.inspect(plain, run), run)).toEqual({ change: 'none' });
      expect([...host.files.keys()].filter((file) => file.includes('sites-'))).toEqual([]);
      await nginxSite.undo(plain, before, run);
      expect(host.files.get(path)).toBe(former);
    }
  });

  test('in such a folder whose test fails is as it was before', async () => {
    const host = aHost({ programs: { 'nginx -t': { code: 1, stderr: '[emerg] unknown directive' } } });
    const { done } = await apply(host, { ...op, folder: 'conf.d' });
    await expect(done).rejects.toMatchObject({ code: 'command-failed' });
    expect([...host.files]).toEqual([]);
  });

  test('is refused where a file stands in the place of its link, and undo leaves that', async () => {
    const host = aHost({ files: { [link]: 'mine' } });
    const context = await testContext({ host });
    await expect(nginxSite.inspect(op, context)).rejects.toMatchObject({
      code: 'refused-existing',
      values: { path: link },
    });
    await nginxSite.undo(op, { file: null, enabled: false }, context);
    expect(host.files.get(link)).toBe('mine');
  });

  test('is tested by the real nginx, which says nothing of a port that is held', () => {
    needs('/usr/sbin/nginx', '/usr/bin/unshare', '/usr/bin/python3');
    needsRoot();
    const folder = temporary();
    mkdirSync(join(folder, 'sites-enabled'));
    const config = `pid ${folder}/pid; error_log ${folder}/log; events {}\nhttp { access_log off; include ${folder}/sites-enabled/*; }\n`;
    writeFileSync(join(folder, 'nginx.conf'), config);
    const tested = (site: string) => {
      writeFileSync(join(folder, 'sites-enabled/ontask'), site);
      const hold = `ip link set lo up 2>/dev/null; exec python3 -c 'import socket, subprocess, sys
s = socket.socket(); s.bind(("127.0.0.1", 80)); s.listen()
sys.exit(subprocess.call(sys.argv[1:]))' "$@"`;
      const nginx = ['/usr/sbin/nginx', '-t', '-c', `${folder}/nginx.conf`, '-e', `${folder}/log`];
      return spawnSync('unshare', ['--net', 'sh', '-c', hold, 'sh', ...nginx], { encoding: 'utf8' });
    };
    expect(tested('server { listen 127.0.0.1:80; }')).toMatchObject({ status: 0 });
    const broken = tested('server { listen 127.0.0.1:80; no_such on; }');
    expect(broken.status).toBe(1);
    expect(broken.stderr).toContain(`unknown directive "no_such" in ${folder}/sites-enabled/ontask:1`);
  });
});
