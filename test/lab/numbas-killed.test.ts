/** One install of Numbas whose engine is killed in pip and in migrate, and which goes on where it was. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeChanges, type Lab, type Snapshot, undeclared } from './lab.ts';
import { emptyServer, servesNumbas } from './numbas.ts';
import { type Cut, doneAgain, recordsOf, sentence, strike } from './reliability/strike.ts';
import { wizard } from './wizard.ts';

let lab: Lab;
let empty: Snapshot;

beforeAll(async () => {
  lab = await emptyServer({ release: 'trixie', name: 'numbas-killed' });
  empty = await lab.snapshot();
});
afterAll(async () => {
  await lab?.destroy();
});

const packages = '/opt/numbas_lti_python/lib/python3.13/site-packages';

/** Of the largest package pip has unpacked a part, and not written its list of files yet. */
const halfInstalled = `test -e ${packages}/django/__init__.py && ! ls ${packages}/django-*.dist-info/RECORD`;

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
    when: within('0002_attempts', '0003_attempt_scaled_score', 1),
  },
  {
    name: 'engine killed, migrate goes on alone',
    step: 'migrate',
    blow: 'engine',
    when: within('0004_lticonsumer', '0005_lti_11_consumer', 0.5),
  },
  {
    name: 'engine killed while supervisord starts the programs',
    step: 'supervisord',
    blow: 'group',
    when: 'test -e /etc/supervisor/conf.d/numbas_lti.conf',
  },
];

let expected = '';

test.each(cuts)('$name: said when it goes on', async (cut) => {
  const begins = ['install', 'numbas', '--yes', '--answers', '/root/numbas.ini'];
  const { said, code } = await strike(lab, cut, ...(expected ? ['resume', 'numbas', '--yes'] : begins));
  expect(code).toBe(1);
  expect(said).toContain(expected);
  const records = await recordsOf(lab);
  expect(records.findLast(({ type }) => type === 'step-begin')).toMatchObject({ step: cut.step });
  expected = sentence(records, true);
});

test('ends as an undisturbed one, with no step done again and no migration made twice', async () => {
  const { code, said } = await wizard(lab, 'resume', 'numbas', '--yes');
  expect(code, said).toBe(4);
  expect(said).toContain(expected);
  expect(doneAgain(await recordsOf(lab))).toEqual([]);
  const query = 'SELECT count(*), count(DISTINCT (app, name)) FROM django_migrations';
  const psql = ['runuser', '-u', 'postgres', '--', 'psql', '-qAt', 'numbas_lti'];
  const [all, different] = (await lab.run(psql, { input: query })).stdout.split('|');
  expect(Number(all)).toBeGreaterThan(20);
  expect(all).toBe(different);
  await servesNumbas(lab);
  expect((await wizard(lab, 'verify', 'numbas')).code).toBe(0);
});

test('is taken back until only declared traces are left', async () => {
  const { code, said } = await wizard(lab, 'rollback', 'numbas', '--yes');
  expect(code, said).toBe(0);
  expect(describeChanges(undeclared(await lab.changes(empty)))).toBe('');
});
