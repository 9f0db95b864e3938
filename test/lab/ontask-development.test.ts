/** OnTask for development: the trial server of Django, and neither services nor a web server. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeChanges, type Lab, type Snapshot, undeclared } from './lab.ts';
import { emptyServer, install, root } from './ontask.ts';
import { wizard } from './wizard.ts';

let lab: Lab;
let empty: Snapshot;

beforeAll(async () => {
  lab = await emptyServer({ release: 'bookworm', name: 'ontask-development' });
  empty = await lab.snapshot();
});
afterAll(async () => {
  await lab?.destroy();
});

test('is installed without a web server, and nothing of it listens afterwards', async () => {
  const { code, said } = await install(lab, '--set', 'DEPLOY_KIND=development');
  expect(code, said).toBe(0);
  expect(said).toContain('Start the development server when you need it');
  const packages = await lab.run(['dpkg-query', '--show', 'nginx', 'apache2'], { check: false });
  expect(packages.stdout).toBe('');
  const units = await lab.run(['systemctl', 'list-unit-files', '--no-legend', 'ontask*'], { check: false });
  expect(units.stdout).toBe('');
  expect((await lab.run(['ss', '-H', '-l', '-t', '-n', 'sport = :8000'])).stdout).toBe('');
});

test('gives its sign-in page to whoever starts the trial server as the list says', async () => {
  const asOntask = `runuser -u ontask -- env -C ${root} DJANGO_SETTINGS_MODULE=settings.development`;
  const ask = `import time, urllib.request
for _ in range(100):
    try:
        print(urllib.request.urlopen('http://127.0.0.1:8000/login/').status)
        break
    except OSError:
        time.sleep(0.2)`;
  const { stdout } = await lab.run([
    'sh',
    '-c',
    `timeout 25 ${asOntask} /opt/ontask-venv/bin/python manage.py runserver --noreload 8000 >/dev/null 2>&1 & python3 -c "$0"; wait`,
    ask,
  ]);
  expect(stdout.trim()).toBe('200');
});

test('is taken back until only declared traces are left', async () => {
  const { code, said } = await wizard(lab, 'rollback', 'ontask', '--yes');
  expect(code, said).toBe(0);
  expect(describeChanges(undeclared(await lab.changes(empty)))).toBe('');
});
