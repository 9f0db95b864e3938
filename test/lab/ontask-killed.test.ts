/** One install of OnTask whose engine is killed in pip and in migrate, and which goes on where it was. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeChanges, type Lab, type Snapshot, undeclared } from './lab.ts';
import { emptyServer, servesOntask } from './ontask.ts';
import { type Cut, doneAgain, recordsOf, sentence, strike } from './reliability/strike.ts';
import { wizard } from './wizard.ts';

let lab: Lab;
let empty: Snapshot;

beforeAll(async () => {
  lab = await emptyServer({ release: 'bookworm', name: 'ontask-killed' });
  empty = await lab.snapshot();
});
afterAll(async () => {
  await lab?.destroy();
});

const packages = '/opt/ontask-venv/lib/python3.11/site-packages';

/** Of the largest package pip has unpacked a part, and not written its list of files yet. */
const halfInstalled = `test -e ${packages}/django/__init__.py && ! ls ${packages}/Django-*.dist-info/RECORD`;

/** The stand-in's migrations take seconds. */
const within = (before: string, one: string, seconds: number) =>
  `grep -q '${before}.* OK' "$L/migrate.log" && ! grep -q '${one}.* OK' "$L/migrate.log" && sleep ${seconds}`;

const cuts: readonly Cut[] = [
  {
    name: 'engine and pip killed, a package half installed',
    step: 'pip-install',
    blow: 'group',
    when: halfInstalled,
  },
  {
    name: 'engine and migrate killed, a migration half done',
    step: 'migrate',
    blow: 'group',
    when: within('0002_workflows', '0003_names', 1),
  },
  {
    name: 'engine killed, migrate goes on alone',
    step: 'migrate',
    blow: 'engine',
    when: within('0003_names', '0004_actions', 0.5),
  },
];

let expected = '';

test.each(cuts)('$name: said when it goes on', async (cut) => {
  const begins = ['install', 'ontask', '--yes', '--answers', '/root/ontask.ini'];
  const { said, code } = await strike(lab, cut, ...(expected ? ['resume', 'ontask', '--yes'] : begins));
  expect(code).toBe(1);
  expect(said).toContain(expected);
  const records = await recordsOf(lab);
  expect(records.findLast(({ type }) => type === 'step-begin')).toMatchObject({ step: cut.step });
  expected = sentence(records, true);
});

test('ends as an undisturbed one, with no step done again and no migration made twice', async () => {
  const { code, said } = await wizard(lab, 'resume', 'ontask', '--yes');
  expect(code, said).toBe(0);
  expect(said).toContain(expected);
  expect(doneAgain(await recordsOf(lab))).toEqual([]);
  const query = 'SELECT count(*), count(DISTINCT (app, name)) FROM django_migrations';
  const counted = await lab.run(['runuser', '-u', 'postgres', '--', 'psql', '-qAt', 'ontask'], {
    input: query,
  });
  const [all, different] = counted.stdout.split('|');
  expect(Number(all)).toBeGreaterThan(40);
  expect(all).toBe(different);
  await servesOntask(lab);
  expect((await wizard(lab, 'verify', 'ontask')).code).toBe(0);
});

test('is taken back until only declared traces are left', async () => {
  const { code, said } = await wizard(lab, 'rollback', 'ontask', '--yes');
  expect(code, said).toBe(0);
  expect(describeChanges(undeclared(await lab.changes(empty)))).toBe('');
});
