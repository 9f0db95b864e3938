/** Numbas configured by upstream's own form: on this machine only, filled in beforehand, completed afterwards. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { said } from '../e2e/said.ts';
import { keys } from '../e2e/terminal.ts';
import { describeChanges, type Lab, type Snapshot, undeclared } from './lab.ts';
import { emptyServer, servesNumbas, settings } from './numbas.ts';
import { onScreen } from './screen.ts';
import { json, wizard } from './wizard.ts';

let lab: Lab;
let empty: Snapshot;

beforeAll(async () => {
  lab = await emptyServer({ release: 'trixie', name: 'numbas-form' });
  empty = await lab.snapshot();
});
afterAll(async () => {
  await lab?.destroy();
});

test('unattended, the form is left to a person, and what needs it waits', async () => {
  const given = ['--answers', '/root/numbas.ini', '--set', 'SETTINGS_BY=person'];
  const { code, said: lines } = await wizard(lab, 'install', 'numbas', '--yes', ...given);
  expect(code, lines).toBe(4);
  expect(lines).toMatch(/Configuring the Numbas LTI provider.*\n.*left for you/);
  expect(await lab.read(settings)).toContain('written by setup-wizard');
});

test('a person is lent the terminal, sends the form that is filled in already, and the rest is done', async () => {
  const words = said('en');
  const terminal = onScreen(lab, ['resume', 'numbas', '--lang', 'en']);
  await terminal.waitFor(words.lend, 60_000);
  await terminal.press(keys.enter);
  await terminal.waitFor('ssh -L 8000:127.0.0.1:8000', 60_000);
  await expect.poll(() => listening(lab), { timeout: 30_000 }).toEqual(['127.0.0.1:8000']);
  expect(await sendForm(lab)).toContain('sent');
  await terminal.waitFor('Setup is finished', 120_000);
  await terminal.press(keys.ctrlC);
  await terminal.waitFor(words.checklist, 240_000);
  await terminal.press(keys.escape);
  const state = async () => (await json(lab, 'status'))[0].state;
  await expect.poll(state, { timeout: 60_000, interval: 1000 }).toBe('needs-person');
  terminal.close();
  await servesNumbas(lab);
  expect(await lab.read(settings)).toContain('BEGIN setup-wizard numbas');
  expect(await json(lab, 'verify', 'numbas')).toMatchObject({ ok: true, drifts: [] });
});

test('is taken back until only declared traces are left', async () => {
  const { code, said: lines } = await wizard(lab, 'rollback', 'numbas', '--yes');
  expect(code, lines).toBe(0);
  expect(describeChanges(undeclared(await lab.changes(empty)))).toBe('');
});

async function listening(lab: Lab): Promise<string[]> {
  const { stdout } = await lab.run(['ss', '-Hltn', 'sport = :8000']);
  return stdout.split('\n').map((line) => line.split(/\s+/)[3] ?? '');
}

/** What a browser sends: every field as the page shows it, and the password of the administrator. */
async function sendForm(lab: Lab): Promise<string> {
  const { stdout } = await lab.run(['python3', '-c', browser], {
    input: await lab.read('/root/superuser-password'),
  });
  return stdout;
}

const browser = `
import re, sys, urllib.parse, urllib.request
from html.parser import HTMLParser
class Form(HTMLParser):
    def __init__(self):
        super().__init__()
        self.fields, self.select = {}, None
    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == 'input' and given.get('name'):
            if given.get('type') != 'checkbox' or 'checked' in given:
                self.fields[given['name']] = given.get('value', 'on') or ''
        if tag == 'select':
            self.select = given.get('name')
        if tag == 'option' and 'selected' in given:
            self.fields[self.select] = given.get('value', '')
page = urllib.request.urlopen('http://127.0.0.1:8000/').read().decode()
form = Form()
form.feed(page)
expected = {'DB_NAME': 'numbas_lti', 'DB_ENGINE': 'postgresql', 'DOMAIN': 'numbas.mon-univ.fr', 'SU_NAME': 'superuser'}
assert expected.items() <= form.fields.items() and 'DEBUG' not in form.fields, form.fields
form.fields.update(SU_PASS=sys.stdin.read())
data = urllib.parse.urlencode(form.fields).encode()
print('sent', urllib.request.urlopen('http://127.0.0.1:8000/', data).status)
`;
