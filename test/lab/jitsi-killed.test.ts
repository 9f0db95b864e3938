/** One install of Jitsi Meet whose engine is killed at its tenderest moments, and which goes on where it was. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { debconf, emptyServer, hostFile, letsInAccountsOnly, moderator, servesMeet } from './jitsi.ts';
import { describeChanges, type Lab, type Snapshot, undeclared } from './lab.ts';
import { type Cut, doneAgain, recordsOf, sentence, strike } from './reliability/strike.ts';
import { wizard } from './wizard.ts';

let lab: Lab;
let empty: Snapshot;
let former: string;

beforeAll(async () => {
  lab = await emptyServer(
    { release: 'bookworm', name: 'jitsi-killed' },
    { BEHIND_NAT: 'no', FIREWALL: 'elsewhere' },
  );
  empty = await lab.snapshot();
  former = await debconf(lab);
});
afterAll(async () => {
  await lab?.destroy();
});

const cuts: readonly Cut[] = [
  {
    name: 'engine killed, one question answered',
    step: 'debconf-preseed',
    blow: 'group',
    when: 'grep -q "^Name: jitsi-videobridge/jvb-hostname" /var/cache/debconf/config.dat',
  },
  {
    name: 'engine and dpkg killed, packages half unpacked',
    step: 'install-jitsi',
    blow: 'group',
    when: 'grep -q "Unpacking jicofo" "$L/install-jitsi.log"',
  },
  {
    name: 'engine and dpkg killed, in the middle of a package’s own script',
    step: 'install-jitsi',
    blow: 'group',
    when: 'test -e /etc/prosody/conf.avail/meet.mon-univ.fr.cfg.lua',
  },
  {
    name: 'power cut, Prosody’s file changed and Prosody not restarted',
    step: 'prosody-auth',
    blow: 'power',
    when: `grep -q '^    authentication = "internal_hashed" --' ${hostFile()}`,
  },
  {
    name: 'engine killed, the first of two accounts made',
    step: 'prosody-users',
    blow: 'engine',
    when: `test -e /var/lib/prosody/*/accounts/${moderator.user}.dat`,
  },
];

let expected = '';

test.each(cuts)('$name: said when it goes on', async (cut) => {
  const begins = ['install', 'jitsi', '--yes', '--answers', '/root/jitsi.ini'];
  const { said, code } = await strike(lab, cut, ...(expected ? ['resume', 'jitsi', '--yes'] : begins));
  expect(code).not.toBe(0);
  if (cut.blow === 'power') await lab.boot();
  expect(said).toContain(expected);
  const records = await recordsOf(lab);
  expect(records.findLast(({ type }) => type === 'step-begin')).toMatchObject({ step: cut.step });
  expected = sentence(records, cut.blow !== 'power');
});

test('ends as an undisturbed one, with no step done again', async () => {
  const { code, said } = await wizard(lab, 'resume', 'jitsi', '--yes');
  expect(code, said).toBe(0);
  expect(said).toContain(expected);
  expect(doneAgain(await recordsOf(lab))).toEqual([]);
  await servesMeet(lab);
  await letsInAccountsOnly(lab);
  expect((await wizard(lab, 'verify', 'jitsi')).code).toBe(0);
});

test('is taken back until only declared traces are left, and debconf has forgotten', async () => {
  const { code, said } = await wizard(lab, 'rollback', 'jitsi', '--yes');
  expect(code, said).toBe(0);
  expect(describeChanges(undeclared(await lab.changes(empty)))).toBe('');
  expect(await debconf(lab)).toBe(former);
});
