/** The numbered promises at the head of src/run/site.ts. */
import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { realHost } from '../../src/host/real.ts';
import { aScript, guideOf, stepOf } from './guides.ts';
import { drive, newWorld, secretsOf, testHost } from './rig.ts';
import type { World } from './world.ts';

const proxy = 'http://agent:p%40ss-canary@proxy.example.org:3128';

/** Everything the run keeps that is no secret store. */
async function kept(world: World): Promise<string> {
  const names = await readdir(`${world.state}/runs`, { recursive: true, withFileTypes: true });
  const files = names.filter((one) => one.isFile()).map((one) => `${one.parentPath}/${one.name}`);
  return files.map((file) => readFileSync(file, 'latin1')).join('\n');
}

describe('a run that was told of a proxy', () => {
  test('gives it to its programs in both spellings, whichever the session has', async () => {
    for (const name of ['http_proxy', 'HTTP_PROXY']) {
      const environment = {};
      await drive(newWorld(), { environment, site: { [name]: 'http://proxy:3128', PIP_TIMEOUT: '5' } });
      expect(environment).toEqual({
        HTTP_PROXY: 'http://proxy:3128',
        http_proxy: 'http://proxy:3128',
        PIP_TIMEOUT: '5',
      });
    }
  });

  test('goes on with it from a session that has none, and with the newest one', async () => {
    const world = newWorld();
    const site = { https_proxy: proxy };
    const { run } = await drive(world, { site, environment: {}, until: 'folder' });
    const later = {};
    await drive(world, { run, environment: later, until: 'folder' });
    expect(later).toEqual({ HTTPS_PROXY: proxy, https_proxy: proxy });
    const other = {};
    await drive(world, { run, environment: other, site: { https_proxy: 'http://other:1' } });
    expect(other).toMatchObject({ https_proxy: 'http://other:1' });
    const none = {};
    await drive(world, { run, environment: none, site: { https_proxy: '' } });
    expect(none).toEqual({});
  });

  test('keeps its password where secrets are, and nowhere else', async () => {
    const world = newWorld();
    await drive(world, { site: { http_proxy: proxy }, environment: {} });
    expect(await kept(world)).not.toMatch(/canary/);
    expect(await secretsOf(world).list()).toContain('practice/HTTP_PROXY');
  });

  test('takes the password out of what programs say, as it is written and as it is meant', async () => {
    const environment: NodeJS.ProcessEnv = {};
    const { run } = realHost({ env: environment });
    const script =
      'echo "$http_proxy $PIP_INDEX_URL $(printf p@ss-can)ary $(printf %s "$http_proxy" | base64)"';
    const echo = stepOf('echo', aScript('echo', { run: ['/bin/sh', '-c', script] }));
    const { seat, records } = await drive(newWorld(), {
      host: { ...testHost(), run },
      guide: guideOf('tiny', [echo]),
      given: { DIR: '/tmp' },
      site: { http_proxy: proxy, PIP_INDEX_URL: 'https://a:index-canary@pypi.example.org/simple' },
      environment,
    });
    const said = JSON.stringify([seat.events, records]);
    expect(said).toMatch(/proxy\.example\.org:3128/);
    expect(said).not.toMatch(/canary/);
  });
});
