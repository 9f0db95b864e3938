/** Programs of supervisord beside those of others, as Debian's own supervisor runs them. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Op } from '../../src/operations/verbs.ts';
import { installRunner, Kinds } from './kinds.ts';
import { describeChanges, Lab, type Mark, type Snapshot, undeclared } from './lab.ts';

const path = '/etc/supervisor/conf.d/numbas_lti.conf';
const worker = `import http.server, sys
http.server.HTTPServer(('127.0.0.1', int(sys.argv[1])), http.server.SimpleHTTPRequestHandler).serve_forever()
`;
const content = `[program:numbas_lti_daphne]
command=/usr/bin/python3 /srv/app/worker.py 87%(process_num)02d
directory=/srv/app/
user=numbas_lti
autostart=true
autorestart=true
stopasgroup=true
environment=DJANGO_SETTINGS_MODULE="numbasltiprovider.settings",TITLE=%TITLE%
numprocs=4
process_name=%(program_name)s_%(process_num)02d
redirect_stderr=true
stdout_logfile=/var/log/supervisor/numbas_lti_daphne.log

[program:numbas_lti_huey]
command=/bin/sleep 1000
directory=/srv/app/
user=numbas_lti
autorestart=true
process_name=%(program_name)s_%(process_num)02d

[group:numbas_lti]
programs=numbas_lti_daphne,numbas_lti_huey
priority=999
`;
const op: Op<'supervisor-program'> = {
  kind: 'supervisor-program',
  name: 'numbas_lti',
  path,
  template: '',
  content: content.replace('%TITLE%', '"50%% off"'),
  restartOn: ['file:/srv/app/worker.py'],
};

describe.each(['bookworm', 'trixie'] as const)('on Debian %s', (release) => {
  let ready: Mark;
  let lab: Lab;
  let kinds: Kinds;
  let before: Snapshot;

  const shell = async (script: string) =>
    (await lab.run(['sh', '-ec', script], { env: { DEBIAN_FRONTEND: 'noninteractive' } })).stdout;

  async function start(): Promise<void> {
    await lab.destroy();
    lab = await Lab.create({
      release,
      fromMark: ready,
      name: 'supervisor',
      network: 'private',
      product: false,
    });
    await lab.boot();
    await until('supervisorctl status other | grep -q RUNNING');
    kinds = new Kinds(lab);
    before = await lab.snapshot();
  }

  async function until(command: string): Promise<void> {
    while ((await lab.run(['sh', '-c', command], { check: false })).code !== 0) await sleep(200);
  }

  const traces = async () => describeChanges(undeclared(await lab.changes(before)));
  const state = (name = '') =>
    shell(`supervisorctl status ${name} | sed 's/ pid.*//; s/ Not started//; s/  *$//' || true`);
  const pid = (name: string) => shell(`supervisorctl pid ${name}`);

  beforeAll(async () => {
    lab = await Lab.create({ release, name: 'supervisor', network: 'own', product: false });
    await lab.boot();
    await shell(`umount /var/cache/apt/archives; mkdir -p /var/cache/apt/archives/partial
      apt-get update -q; apt-get install -y --no-install-recommends supervisor python3
      useradd --system --create-home --home-dir /var/lib/numbas_lti --user-group numbas_lti
      mkdir -p /srv/app /var/lib/setup-wizard
      printf '[program:other]\\ncommand=/bin/sleep 4321\\n' >/etc/supervisor/conf.d/other.conf
      supervisorctl update`);
    await lab.write('/srv/app/worker.py', worker);
    await installRunner(lab);
    ready = await lab.mark('supervisor');
  });

  afterAll(() => lab?.destroy());

  const whole = [
    ...['00', '01', '02', '03'].map((number) => `numbas_lti:numbas_lti_daphne_${number} RUNNING`),
    'numbas_lti:numbas_lti_huey_00 RUNNING',
    'other RUNNING',
  ];
  const running = async () => (await state()).split('\n').map((line) => line.replace(/ +/, ' ').trim());

  test('a group of five is started, answers, survives a boot, and leaves nothing', async () => {
    await start();
    const other = await pid('other');
    await kinds.apply(op);
    expect(await running()).toEqual(whole);
    expect(await pid('other')).toBe(other);
    const ports = ['8700', '8701', '8702', '8703'].map((port) => `</dev/tcp/127.0.0.1/${port}`).join('; ');
    await lab.run(['bash', '-ec', ports]);
    const process = await pid('numbas_lti:numbas_lti_daphne_00');
    expect(
      await shell(`tr '\\0' '\\n' </proc/${process}/environ | grep TITLE; ps -o user= -p ${process}`),
    ).toBe('TITLE=50% off\nnumbas_lti');
    await lab.shutdown();
    await lab.boot();
    await until('test $(supervisorctl status | grep -c RUNNING) = 6');
    expect((await kinds.one('look', op)).difference).toEqual({ change: 'none' });
    expect(await kinds.undo(op)).toEqual([]);
    expect(await running()).toEqual(['other RUNNING']);
    expect(await traces()).toBe('');
  });

  test('what they read has changed: they alone are started anew', async () => {
    await start();
    await kinds.apply(op);
    const [other, own] = [await pid('other'), await pid('numbas_lti:numbas_lti_huey_00')];
    await shell('echo "# newer" >>/srv/app/worker.py');
    await kinds.apply(op);
    expect(await pid('numbas_lti:numbas_lti_huey_00')).not.toBe(own);
    expect(await pid('other')).toBe(other);
  });

  test('a user that does not exist is refused before the file is there; supervisor would not have started', async () => {
    await start();
    const bad = { ...op, content: op.content?.replaceAll('user=numbas_lti', 'user=www-dataa') ?? '' };
    const { failure } = await kinds.one('apply', bad);
    expect(failure).toMatchObject({ code: 'check-failed', say: expect.stringContaining('www-dataa') });
    expect(await traces()).toBe('');
    await shell(`systemctl restart supervisor; systemctl is-active supervisor`);
    await lab.write(path, bad.content);
    await lab.run(['systemctl', 'restart', 'supervisor'], { check: false });
    await sleep(2000);
    expect(await shell('systemctl is-active supervisor || true')).not.toBe('active');
    expect(await shell('journalctl -u supervisor')).toContain('Invalid user name www-dataa');
  });

  test('a program that ends says why, and is taken back', async () => {
    await start();
    await shell('echo "import sys; sys.exit(\\"no such table: users\\")" >/srv/app/worker.py');
    before = await lab.snapshot();
    const { failure, output } = await kinds.one('apply', op);
    expect(failure).toMatchObject({ code: 'command-failed', values: { code: 'FATAL' } });
    expect(output).toContain('no such table: users');
    expect(await kinds.undo(op)).toEqual([]);
    expect(await running()).toEqual(['other RUNNING']);
    expect(await traces()).toBe('');
  });

  test('a supervisor that is stopped is said, and so is one that is not there', async () => {
    await start();
    await shell('systemctl stop supervisor');
    const stopped = await kinds.one('apply', op);
    expect(stopped.failure).toMatchObject({ say: expect.stringContaining('does not answer') });
    await shell('umount /var/cache/apt/archives; apt-get purge -y supervisor');
    expect((await kinds.one('look', op)).difference).toMatchObject({ change: 'change' });
    expect((await kinds.one('apply', op)).failure).toMatchObject({
      say: expect.stringContaining('does not answer'),
    });
  });

  test('a power cut in the middle is gone over by another apply, or taken back', async () => {
    for (const way of ['apply', 'undo'] as const) {
      await start();
      const cut = kinds.apply(op).catch(() => {});
      await until(`test -e ${path}`);
      await sleep(way === 'apply' ? 200 : 1500);
      await lab.pullPlug();
      await cut;
      await lab.boot();
      await until('supervisorctl status other | grep -q RUNNING');
      if (way === 'apply') await kinds.apply(op);
      // The second of two applies found what the first had left.
      expect(await kinds.undo(...(way === 'apply' ? [op, op] : [op]))).toEqual([]);
      expect(await running()).toEqual(['other RUNNING']);
      expect(await traces()).toBe('');
    }
  });
});
