/** EJ with Rocket.Chat, set through its API or by a person: a small server stands in for Rocket.Chat. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Browser } from './browser.ts';
import { filesWithCanaries, seenCanaries, watchCanaries } from './canary.ts';
import {
  canaries,
  deploy,
  emptyServer,
  install,
  name,
  rocketName,
  rocketPassword,
  secretFiles,
  servesEj,
} from './ej.ts';
import { describeChanges, type Lab, type Snapshot, undeclared } from './lab.ts';
import { openItems, wizard } from './wizard.ts';

const account = { username: 'ej-admin', password: rocketPassword };
const wanted = {
  Accounts_iframe_enabled: true,
  Accounts_iframe_url: `https://${name}/talks/login/?next=/talks/`,
  Accounts_Iframe_api_url: `https://${name}/talks/api-login/`,
  Accounts_Iframe_api_method: 'POST',
  Accounts_AllowUsernameChange: false,
  Accounts_AllowEmailChange: false,
  Accounts_AllowPasswordChange: false,
};
const before = {
  Accounts_iframe_enabled: false,
  Accounts_iframe_url: '',
  Accounts_Iframe_api_url: '',
  Accounts_Iframe_api_method: 'POST',
  Accounts_AllowUsernameChange: true,
  Accounts_AllowEmailChange: true,
  Accounts_AllowPasswordChange: true,
};

const ask = `
const { path, fields, account } = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));
const post = (path, fields, headers = {}) => fetch('http://127.0.0.1:3000' + path, {
  method: 'POST', body: JSON.stringify(fields), headers: { 'content-type': 'application/json', ...headers } });
const main = async () => {
  if (!account) return (await post(path, fields)).json();
  const { data } = await (await post('/api/v1/login', account)).json();
  const headers = { 'X-User-Id': data.userId, 'X-Auth-Token': data.authToken };
  if (fields) return (await post(path, fields, headers)).json();
  return (await fetch('http://127.0.0.1:3000' + path, { headers })).json();
};
main().then((answer) => console.log(JSON.stringify(answer)));`;

async function api(lab: Lab, given: { path: string; fields?: object; account?: object }): Promise<object> {
  const { stdout } = await lab.run(['/opt/node/bin/node', '-e', ask], { input: JSON.stringify(given) });
  return JSON.parse(stdout);
}

/** What a person does in the browser the first time. */
const makesAccount = (lab: Lab) => api(lab, { path: '/setup-wizard', fields: account });

async function settings(lab: Lab): Promise<object> {
  const found: Record<string, unknown> = {};
  // One after the other: the stand-in is no database.
  for (const id of Object.keys(wanted)) {
    const { value } = (await api(lab, { path: `/api/v1/settings/${id}`, account })) as { value: unknown };
    found[id] = value;
  }
  return found;
}

const script = async (lab: Lab) =>
  (
    await lab.run(
      ['docker', 'exec', 'ej-mongo', 'cat', '/data/db/rocketchat/settings.Custom_Script_Logged_In'],
      { check: false },
    )
  ).stdout;

async function showsEachOther(lab: Lab): Promise<void> {
  const chat = await new Browser(lab, rocketName).get('/');
  expect(chat).toMatchObject({ status: 200, names: `DNS:${rocketName}` });
  expect(chat.body).toContain(`https://${rocketName}`);
  const { headers, status } = await new Browser(lab, name).get('/talks/login/?next=/talks/');
  expect(status).toBe(200);
  expect(headers['access-control-allow-origin']).toBe(`https://${rocketName}`);
  expect(headers['content-security-policy']).toContain(`https://${rocketName}`);
}

async function isTakenBack(lab: Lab, empty: Snapshot): Promise<void> {
  const { code, said } = await wizard(lab, 'rollback', 'ej', '--yes');
  expect(code, said).toBe(0);
  expect(describeChanges(undeclared(await lab.changes(empty)))).toBe('');
  const kept = await lab.run(['sh', '-c', 'ls /var/lib/setup-wizard/kept/*']);
  expect(kept.stdout).toMatch(/-rocketchat\.archive/);
  expect(kept.stdout).toMatch(/volume-ej_db_rocketchat-.*\.tar\.gz/);
}

describe('Rocket.Chat set by the wizard, on Debian 12', () => {
  let lab: Lab;
  let empty: Snapshot;

  beforeAll(async () => {
    lab = await emptyServer({ release: 'bookworm', name: 'ej-rocket' }, true);
    empty = await lab.snapshot();
  });
  afterAll(async () => {
    await lab?.destroy();
  });

  test('waits for its first account, which only a person makes, and all else is done', async () => {
    await watchCanaries(lab, canaries);
    const { code, said } = await install(lab, '--set', 'ROCKET_BY=wizard');
    expect(code, said).toBe(4);
    expect(await openItems(lab, 'ej')).toContain('rocket-wizard');
    await servesEj(lab);
    await showsEachOther(lab);
  });

  test('goes on once that is there, and has every setting as the guide wants it', async () => {
    await makesAccount(lab);
    expect(await settings(lab)).toEqual(before);
    const { code, said } = await install(lab, '--set', 'ROCKET_BY=wizard');
    expect(code, said).toBe(0);
    expect(await settings(lab)).toEqual(wanted);
    expect(await script(lab)).toContain('customised');
    expect((await wizard(lab, 'verify', 'ej')).code).toBe(0);
    await servesEj(lab);
  });

  test('shows no secret in a command line, and has them nowhere but where they belong', async () => {
    const lines = (await seenCanaries(lab)).split('\n').filter(Boolean);
    expect(lines.filter((line) => !line.startsWith('environ '))).toEqual([]);
    const found = await filesWithCanaries(lab, canaries);
    // What a container was given is in what Docker and containerd keep of it.
    expect(found.filter((path) => !/^\/var\/lib\/(docker|containerd)\//.test(path))).toEqual([
      `${deploy}/config.env`,
      ...secretFiles,
    ]);
  });

  test('gives the former settings and script back when the run goes back to before', async () => {
    const { code, said } = await wizard(lab, 'rollback', 'ej', '--to', 'rocket-permissions', '--yes');
    expect(code, said).toBe(0);
    expect(await settings(lab)).toEqual(before);
    expect(await script(lab)).not.toContain('customised');
  });

  test('is taken back until only declared traces are left', () => isTakenBack(lab, empty));
});

describe('Rocket.Chat set by a person, on Debian 13', () => {
  let lab: Lab;
  let empty: Snapshot;

  beforeAll(async () => {
    lab = await emptyServer({ release: 'trixie', name: 'ej-rocket' }, true);
    empty = await lab.snapshot();
  });
  afterAll(async () => {
    await lab?.destroy();
  });

  test('is a list for that person, each value computed', async () => {
    const { code, said } = await install(lab);
    expect(code, said).toBe(4);
    expect(await openItems(lab, 'ej')).toContain('rocket-wizard');
    await makesAccount(lab);
    const again = await install(lab);
    expect(again.code, again.said).toBe(4);
    const list = await lab.wizard(['todo', 'ej', '--lang', 'en'], { check: false });
    expect(list.stdout).toContain(wanted.Accounts_iframe_url);
    expect(list.stdout).toContain(wanted.Accounts_Iframe_api_url);
    await showsEachOther(lab);
  });

  test('is proven item by item, and what is not so yet is said', async () => {
    const open = await openItems(lab, 'ej');
    expect(open).toEqual(expect.arrayContaining(['rocket-iframe-2', 'rocket-lock-email']));
    const early = await wizard(lab, 'tick', 'ej', 'rocket-lock-email');
    expect(early.code, early.said).not.toBe(0);
    for (const [id, value] of Object.entries(wanted))
      await api(lab, { path: `/api/v1/settings/${id}`, fields: { value }, account });
    const ticked = await wizard(lab, 'tick', 'ej', 'rocket-lock-email');
    expect(ticked.code, ticked.said).toBe(0);
    expect(await openItems(lab, 'ej')).not.toContain('rocket-lock-email');
  });

  test('is taken back until only declared traces are left', () => isTakenBack(lab, empty));
});
