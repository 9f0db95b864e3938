/** What a server or an answer may have wrong for OnTask: it is told in words, and nothing stays behind. */
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { said } from '../e2e/said.ts';
import { keys } from '../e2e/terminal.ts';
import { answerTlsOn } from './injections/injection.ts';
import { describeChanges, Lab, type Mark, type Snapshot, undeclared } from './lab.ts';
import { emptyServer, install, root } from './ontask.ts';
import { repositoryUrl } from './ontask-upstream.ts';
import { onScreen } from './screen.ts';
import { wizard } from './wizard.ts';

let lab: Lab | undefined;
afterEach(async () => {
  await lab?.destroy();
});

describe('on Debian 12', () => {
  let mark: Mark;
  let on: Lab;
  let before: Snapshot;

  beforeAll(async () => {
    const empty = await emptyServer({ release: 'bookworm', name: 'ontask-empty' });
    mark = await empty.mark('ontask-empty');
    await empty.destroy();
  });
  beforeEach(async () => {
    on = await Lab.create({
      release: 'bookworm',
      name: 'ontask-refused',
      network: 'own',
      fromMark: mark,
      product: true,
    });
    lab = on;
    await on.boot();
    before = await on.snapshot();
  });

  /** Takes back what was done until then. */
  async function expectNothingLeft(): Promise<void> {
    const { code, said } = await wizard(on, 'rollback', 'ontask', '--yes');
    expect(code, said).toBe(0);
    expect(describeChanges(undeclared(await on.changesSinceMark(before)))).toBe('');
  }

  test('a tag that the repository does not have is named, and another one is taken then', async () => {
    const tagged = (tag: string) => install(on, '--set', 'RELEASE=other', '--set', `TAG=${tag}`, ...until);
    const until = ['--until', 'source-get'];
    const wrong = await tagged('Version_99_9');
    expect(wrong.code, wrong.said).toBe(1);
    expect(wrong.said).toContain('Version_99_9');
    expect(wrong.said).toContain(repositoryUrl);
    const right = await tagged('Version_11_2');
    expect(right.code, right.said).toBe(0);
    expect(await on.read(`${root}/ontask/__init__.py`)).toContain("'11.2'");
    await expectNothingLeft();
  });

  test('a name that does not resolve is said after the run and beside its question, and stops nobody', async () => {
    const given = ['--set', 'DOMAIN=nowhere.invalid'];
    const { code, said: lines } = await install(on, ...given, '--until', 'tls-advice');
    expect(code, lines).toBe(0);
    expect(lines).toContain('WARNING: The name nowhere.invalid does not resolve from this machine');
    await expectNothingLeft();
    const terminal = onScreen(on, ['install', 'ontask', '--lang', 'en', ...given]);
    await terminal.waitFor(said('en').answers, 60_000);
    await terminal.press(keys.escape);
    await terminal.choose('Public address');
    await terminal.press(keys.enter);
    await terminal.waitFor(/nowhere\.invalid does not exist in the DNS|No name server answered/);
    terminal.close();
  });

  test('another server on port 443 is named before anything is installed', async () => {
    await on.run(['bash', '-c', answerTlsOn(443)]);
    before = await on.snapshot();
    const { code, said } = await install(on);
    expect(code, said).toBe(1);
    expect(said).toContain('holds port 443');
    expect((await on.run(['ls', root], { check: false })).code).not.toBe(0);
    await expectNothingLeft();
  });

  test('a PostgreSQL that is too old is told, with the one that is needed', async () => {
    await on.write('/usr/local/bin/psql', oldPostgresql, 0o755);
    before = await on.snapshot();
    const { code, said } = await install(on);
    expect(code, said).toBe(1);
    expect(said).toContain('OnTask 11.1 needs PostgreSQL 12');
    await expectNothingLeft();
  });
});

/** Debian’s own psql, on a server that says it is one of ten years ago. */
const oldPostgresql = `#!/bin/bash
exec /usr/bin/psql "\${@//current_setting(\\'server_version_num\\')/\\'90624\\'}"
`;

test('on Debian 13, Python 3.13 is refused with the reason, before anything changes', async () => {
  lab = await emptyServer({ release: 'trixie', name: 'ontask-trixie' });
  const before = await lab.snapshot();
  const { code, said } = await install(lab);
  expect(code, said).toBe(2);
  expect(said).toContain('OnTask 11.1 needs a Python 3.9 to 3.12');
  expect(describeChanges(undeclared(await lab.changes(before)))).toBe('');
});
