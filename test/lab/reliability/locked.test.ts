/** Somebody else has the package manager: it is waited for, on the screen it is said who has it, and on it goes. */
import { expect, test } from 'vitest';
import { Lab } from '../lab.ts';
import { prepared } from '../prepared.ts';
import { run, takeBack } from './fault.ts';

/** Holds the lock that apt and dpkg take, as another apt would, until it is told to end. */
const holder = `
use Fcntl;
$0 = 'unattended-upgr';
open(my $lock, '>>', '/var/lib/dpkg/lock-frontend') or die;
my $whole = pack('s s l! l! i', F_WRLCK, 0, 0, 0, 0);
fcntl($lock, F_SETLK, $whole) or die;
sleep 1 until -e '/run/let-go';
`;

test('apt locked by another program: waited for, named, and gone on', async () => {
  const { mark } = await prepared('db-login');
  const lab = await Lab.create({
    release: 'bookworm',
    name: 'locked',
    fromMark: mark,
    network: 'own',
    product: true,
  });
  try {
    await lab.boot();
    await lab.write('/run/holder.pl', holder);
    await lab.run(['systemd-run', '--quiet', '--unit=holder', 'perl', '/run/holder.pl']);
    const log = '/var/lib/setup-wizard/runs/*/logs/apt-packages.log';
    const [said] = await Promise.all([
      run(lab, ['install', 'pretix', '--until', 'apt-packages']),
      lab.run(
        [
          'bash',
          '-c',
          `end=$((SECONDS + 120)); until grep -q 'package manager (process' ${log} 2>/dev/null; do [ $SECONDS -lt $end ] || break; sleep 0.2; done; sleep 3; touch /run/let-go; grep -q 'package manager (process' ${log}`,
        ],
        { check: false },
      ),
    ]);
    expect(said.code, said.raw.slice(-3000)).toBe(0);
    // What the client was sent: the reason, and who it is.
    expect(said.raw).toMatch(/package manager \(process \d+ \(unattended-upgr\)\): waiting/);
    const back = await takeBack(lab, 'apt locked by another', 'db-login');
    expect(back.code, back.raw.slice(-2000)).toBe(0);
  } finally {
    await lab.destroy();
  }
}, 900_000);
