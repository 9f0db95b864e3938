/**
 * A server whose only way out is a proxy with a password: apt and pip go through it, a resume from a session that knows
 * nothing of it does too, and the password stands nowhere that others may read.
 */
import { afterAll, describe, expect, test } from 'vitest';
import { filesWithCanaries, seenCanaries, watchCanaries } from '../canary.ts';
import { Lab } from '../lab.ts';
import { prepared } from '../prepared.ts';
import { expectSentences, run, takeBack, told } from './fault.ts';
import { type ForwardProxy, startProxy } from './proxy.ts';

const password = 'canary-proxy-Xy7Q';
const login = `agent:${password}`;
const closing: (() => unknown)[] = [];
afterAll(async () => {
  for (const close of closing) await close();
});

/** A lab without a route, names or cached packages, and a proxy at the other end of its link. */
async function behindProxy(
  after: 'db-login' | 'pip-tools',
): Promise<{ lab: Lab; proxy: ForwardProxy; host: string }> {
  const { mark } = await prepared(after);
  const lab = await Lab.create({
    release: 'bookworm',
    name: 'proxy',
    fromMark: mark,
    network: 'own',
    product: true,
  });
  closing.push(() => lab.destroy());
  await lab.boot();
  const { stdout } = await lab.run(['sh', '-c', 'ip -4 -o addr show host0']);
  const host = `${/inet (\d+\.\d+\.\d+)\.2/.exec(stdout)?.[1]}.1`;
  const proxy = await startProxy(host, login);
  closing.push(() => proxy.close());
  await lab.run([
    'bash',
    '-c',
    'ip route del default; mkdir -p /run/empty/partial; mount --bind /run/empty /var/cache/apt/archives; echo "nameserver 127.0.0.9" >/run/none; mount --bind /run/none /etc/resolv.conf',
  ]);
  return { lab, proxy, host };
}

describe('a server that only a proxy leads out of', () => {
  test('apt: a wrong proxy is said, the right one is kept for the resume, its password is nowhere', async () => {
    const { lab, proxy, host } = await behindProxy('db-login');
    const install = ['install', 'pretix', '--until', 'apt-packages'];
    await lab.run(['bash', '-c', 'rm -rf /var/lib/apt/lists/*']);
    const answers = (url: string) =>
      lab.write('/root/proxy.ini', `[common]\nHTTP_PROXY = ${url}\nHTTPS_PROXY = ${url}\n`, 0o600);
    await answers(`http://${host}:9`);
    const wrong = await run(lab, [...install, '--answers', '/root/proxy.ini']);
    expect(wrong.code, wrong.raw.slice(-2000)).toBe(1);
    expectSentences(wrong);
    expect(wrong.view.error?.error.cause?.id, JSON.stringify(wrong.view.error)).toBe('apt-unreachable');

    await answers(`http://agent:wrong@${host}:${proxy.port}`);
    const denied = await run(lab, [...install, '--answers', '/root/proxy.ini']);
    expect(denied.view.error?.error.cause?.id, JSON.stringify(denied.view.error)).toBe('apt-proxy-denied');
    expectSentences(denied);

    await watchCanaries(lab, [password]);
    await answers(`http://${login}@${host}:${proxy.port}`);
    // Told once: the run stops after its first step, and goes on from a session that has no proxy.
    await run(lab, ['install', 'pretix', '--until', 'db-login', '--answers', '/root/proxy.ini']);
    await lab.run(['rm', '/root/proxy.ini']);
    const resumed = await run(lab, install);
    expect(resumed.code, resumed.raw.slice(-3000)).toBe(0);
    expect(proxy.passed()).toBeGreaterThan(10);
    expect(
      (await lab.run(['systemctl', 'show', '--all', '*'], { user: 'nobody', check: false })).stdout,
    ).not.toContain(password);
    expect(await seenCanaries(lab)).not.toMatch(/^cmdline/m);
    expect(await filesWithCanaries(lab, [password])).toEqual(
      expect.not.arrayContaining([expect.stringMatching(/\.log$|journal|report/)]),
    );
    expect(resumed.raw + wrong.raw + denied.raw).not.toContain(password);

    await takeBack(lab, 'proxy only, with a password: apt', 'db-login');
    expect(told(wrong).length).toBeGreaterThan(0);
  }, 900_000);

  test('pip: a proxy from the environment is kept too', async () => {
    const { lab, proxy, host } = await behindProxy('pip-tools');
    const url = `http://${login}@${host}:${proxy.port}`;
    const env = { http_proxy: url, https_proxy: url, PIP_NO_CACHE_DIR: '1' };
    const until = (step: string) => ['install', 'pretix', '--until', step];
    const closed = await run(lab, until('pretix-install'), {
      env: { PIP_NO_CACHE_DIR: '1', PIP_RETRIES: '2' },
    });
    expect(closed.code, closed.raw.slice(-2000)).toBe(1);
    expectSentences(closed);
    expect(closed.view.error?.error.cause?.id).toBe('name-not-resolved');
    await run(lab, until('pip-tools'), { env });
    const resumed = await run(lab, until('pretix-install'));
    expect(resumed.code, resumed.raw.slice(-3000)).toBe(0);
    // pip keeps its connections.
    expect(proxy.passed()).toBeGreaterThan(0);
    expect(resumed.raw).not.toContain(password);
    await takeBack(lab, 'proxy only, from the environment: pip', 'pip-tools');
  }, 900_000);
});
