/** What a server or an answer may have wrong for Numbas: it is told in words, and nothing stays behind. */
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { elLab } from './el.ts';
import { answerTlsOn } from './injections/injection.ts';
import { describeChanges, Lab, type Mark, type Snapshot, undeclared } from './lab.ts';
import { addNumbas, emptyServer, install, root } from './numbas.ts';
import { wizard } from './wizard.ts';

let lab: Lab | undefined;
afterEach(async () => {
  await lab?.destroy();
});

describe('on Debian 13', () => {
  let mark: Mark;
  let on: Lab;
  let before: Snapshot;

  beforeAll(async () => {
    const empty = await emptyServer({ release: 'trixie', name: 'numbas-empty' });
    mark = await empty.mark('numbas-empty');
    await empty.destroy();
  });
  beforeEach(async () => {
    const place = { release: 'trixie', name: 'numbas-refused', network: 'own' } as const;
    on = await Lab.create({ ...place, fromMark: mark, product: true });
    lab = on;
    await on.boot();
    before = await on.snapshot();
  });

  const given = (...answers: string[]) => answers.flatMap((answer) => ['--set', answer]);

  async function expectRefused(reason: RegExp, ...answers: string[]): Promise<void> {
    const { code, said } = await install(on, ...given(...answers));
    expect(code, said).toBe(1);
    expect(said).toMatch(reason);
    expect((await on.run(['ls', root], { check: false })).code).not.toBe(0);
  }

  /** Takes back what was done until then. */
  async function expectNothingLeft(): Promise<void> {
    const { code, said } = await wizard(on, 'rollback', 'numbas', '--yes');
    expect(code, said).toBe(0);
    expect(describeChanges(undeclared(await on.changesSinceMark(before)))).toBe('');
  }

  test('a branch from before 4.0, one that does not exist, and a Python that is too old are told apart', async () => {
    await expectRefused(/branch is from before 4\.0/, 'BRANCH=other', 'REF=v3_STABLE');
    await expectRefused(/neither a branch nor a tag .*v9_STABLE/, 'BRANCH=other', 'REF=v9_STABLE');
    await on.write('/usr/local/bin/python3.9', oldPython, 0o755);
    before = await on.snapshot();
    await expectRefused(
      /needs Django 6, and so Python 3\.12; \/usr\/local\/bin\/python3\.9 is a Python 3\.9/,
      'BRANCH=v4_STABLE',
      'PYTHON=/usr/local/bin/python3.9',
    );
    await expectNothingLeft();
  });

  test('another program on a port of the web processes is named before Numbas is fetched', async () => {
    await on.run(['bash', '-c', answerTlsOn(8702)]);
    before = await on.snapshot();
    await expectRefused(/another hundred[\s\S]*:8702/);
    await expectNothingLeft();
  });
});

/** Says what a Python of before would say of itself. */
const oldPython = `#!/bin/sh
echo 3.9
`;

test('RHEL 7 is refused with the reason and a way, before anything changes', async () => {
  lab = await elLab({ system: 'rocky-9', network: 'own', product: true });
  await lab.boot();
  await addNumbas(lab);
  await lab.write(
    '/etc/os-release',
    'ID="rhel"\nVERSION_ID="7.9"\nPRETTY_NAME="Red Hat Enterprise Linux 7.9"\n',
  );
  const before = await lab.snapshot();
  const { code, said } = await install(lab);
  expect(code, said).toBe(3);
  expect(said).toMatch(/RHEL 7 has not been maintained since June 2024.*Debian 13/);
  expect(describeChanges(undeclared(await lab.changes(before)))).toBe('');
});
