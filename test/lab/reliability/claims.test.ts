/** Pretix and two small guides on one system: what they share stays for those that need it, and goes with the last. */
import { describe, expect, test } from 'vitest';
import { proven } from '../../figures.ts';
import { describeChanges, type Mark, undeclared } from '../lab.ts';
import { prepared } from '../prepared.ts';
import { wizard } from '../pretix.ts';
import { differences } from './done.ts';
import {
  access,
  blockOf,
  buildWithSmall,
  expectAlive,
  type Id,
  labWithSmall,
  leave,
  settle,
} from './small.ts';

const minutes = 60_000;
const all: readonly Id[] = ['pretix', 'one', 'two'];

let made: Promise<Mark> | undefined;

/** The disk of a system with all three. */
function three(): Promise<Mark> {
  made ??= makeThree();
  return made;
}

async function makeThree(): Promise<Mark> {
  await buildWithSmall();
  const { mark } = await prepared('done');
  const lab = await labWithSmall('claims', mark);
  for (const id of ['one', 'two'] as const) await settle(lab, id);
  for (const id of all) await expectAlive(lab, id, 'installed');
  const installed = await lab.mark('three');
  await lab.destroy();
  return installed;
}

describe.each([
  ['pretix', 'one', 'two'],
  ['pretix', 'two', 'one'],
  ['one', 'pretix', 'two'],
  ['one', 'two', 'pretix'],
  ['two', 'pretix', 'one'],
  ['two', 'one', 'pretix'],
] as const)('taken back: %s, then %s, then %s', (...order) => {
  test(
    'the others work on, and nothing is left',
    async () => {
      const lab = await labWithSmall(`claims-${order.join('-')}`, await three());
      let well = 0;
      const steps = { back: 0, left: 0 };
      for (const [index, id] of order.entries()) {
        const done = await leave(lab, id);
        steps.back += done.back;
        steps.left += done.left;
        for (const other of order.slice(index + 1)) {
          await expectAlive(lab, other, `after ${id} went`);
          well += 1;
        }
      }
      const left = undeclared(await lab.changes((await prepared('')).empty));
      expect(describeChanges(left)).toBe('');
      proven('claims', `Pretix and two small guides: ${order.join(', ')}`, {
        orders: 1,
        'others alive': well,
        'taken back': steps.back,
        'left to another': steps.left,
        'left on the machine': left.length,
      });
      await lab.destroy();
    },
    30 * minutes,
  );
});

test.each([
  ['one', 'two'],
  ['two', 'one'],
] as const)(
  'the two small guides alone: %s goes, then %s, and nothing is left',
  async (...order) => {
    await buildWithSmall();
    const { mark, empty } = await prepared('');
    const lab = await labWithSmall(`claims-${order.join('-')}`, mark);
    for (const id of ['one', 'two'] as const) await settle(lab, id);
    await leave(lab, order[0]);
    await expectAlive(lab, order[1], `after ${order[0]} went`);
    await leave(lab, order[1]);
    expect(describeChanges(undeclared(await lab.changes(empty)))).toBe('');
    await lab.destroy();
  },
  30 * minutes,
);

test(
  'lines of one guide in a shared file go; the others’ stay byte for byte, also after somebody edited the file',
  async () => {
    const lab = await labWithSmall('claims-lines', await three());
    const own = await blockOf(lab, 'two');
    const by = '# by hand\nhost  all\tall 10.0.0.0/8  reject  \n';
    await lab.write(access, `${by}${await lab.read(access)}`);
    const hosts = await lab.read('/etc/hosts');
    await leave(lab, 'one');
    expect(await lab.read(access)).toBe(`${by}${own}`);
    expect(await lab.read('/etc/hosts')).toBe(
      hosts.replace(/# BEGIN setup-wizard one\n.*\n# END setup-wizard one\n/, ''),
    );
    await expectAlive(lab, 'two', 'after one went');
    await expectAlive(lab, 'pretix', 'after one went');
    // The folder that the guides made is not empty: it stays, and that is said.
    const { code, said } = await wizard(lab, 'rollback', 'two', '--yes');
    expect([code, said]).toEqual([4, expect.stringContaining('/etc/shared.d is not empty')]);
    expect(await lab.read(access)).toBe(by);
    await lab.destroy();
  },
  30 * minutes,
);

test(
  'what is Pretix’s alone is refused to another guide before anything changes',
  async () => {
    await buildWithSmall();
    const { mark } = await prepared('done');
    const lab = await labWithSmall('claims-refused', mark);
    for (const [given, key] of [
      [{ REDIS_DB: '1', PORT: '8402' }, 'redis:6379/1'],
      [{ REDIS_DB: '6', PORT: '8345' }, 'port:tcp/8345'],
    ] as const) {
      const flags = Object.entries(given).flatMap(([id, value]) => ['--set', `${id}=${value}`]);
      const { code, said } = await wizard(lab, 'install', 'two', '--yes', ...flags);
      expect([code, said]).toEqual([3, expect.stringContaining(key)]);
    }
    expect(describeChanges(undeclared(await differences(lab)))).toBe('');
    await expectAlive(lab, 'pretix', 'after two was refused');
    await lab.destroy();
  },
  20 * minutes,
);

test(
  'a small guide that came first goes first: Pretix keeps what that one had brought',
  async () => {
    await buildWithSmall();
    const { mark, empty } = await prepared('');
    const lab = await labWithSmall('claims-before', mark);
    await settle(lab, 'one');
    await settle(lab, 'pretix');
    await leave(lab, 'one');
    await expectAlive(lab, 'pretix', 'after one went');
    await leave(lab, 'pretix');
    expect(describeChanges(undeclared(await lab.changes(empty)))).toBe('');
    await lab.destroy();
  },
  40 * minutes,
);
