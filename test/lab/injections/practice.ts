/** The practice guide, as a user without rights. */
import type { Injection } from './injection.ts';

const smooth = ['--set', 'PRACTICE_OBSTACLE=no'];
const inFolder = (path: string) => [...smooth, '--set', `PRACTICE_DIR=${path}`];

export const practice: readonly Injection[] = [
  { name: 'obstacle on purpose', guide: 'practice', break: 'true', cause: 'practice-obstacle' },
  {
    name: 'no right in the folder',
    guide: 'practice',
    flags: inFolder('/srv/practice'),
    break: 'true',
    cause: 'not-allowed',
  },
  {
    name: 'folder above missing',
    guide: 'practice',
    flags: inFolder('/home/alice/not/there/practice'),
    break: 'true',
    cause: 'folder-missing',
  },
  {
    name: 'practice folder is a file',
    guide: 'practice',
    flags: smooth,
    break: 'touch /home/alice/setup-wizard-practice',
    cause: 'folder-in-the-way',
  },
  {
    name: 'practice folder in a file',
    guide: 'practice',
    flags: inFolder('/home/alice/.bashrc/practice'),
    break: 'true',
    cause: 'not-a-folder',
  },
  {
    name: 'disk of the exercise full',
    guide: 'practice',
    flags: inFolder('/mnt/practice'),
    break: 'mount -t tmpfs -o size=16k tmpfs /mnt; chown alice /mnt',
    cause: 'disk-full',
  },
  {
    name: 'practice read-only',
    guide: 'practice',
    flags: inFolder('/mnt/practice'),
    break: 'mount -t tmpfs -o ro tmpfs /mnt',
    cause: 'read-only',
  },
  {
    name: 'long work killed',
    guide: 'practice',
    flags: smooth,
    break: `systemd-run --quiet --unit=killer sh -c 'until pkill -9 -f "[w]ork.sh"; do sleep 0.05; done'`,
    cause: 'killed',
  },
  {
    name: 'long work ended',
    guide: 'practice',
    flags: smooth,
    break: `systemd-run --quiet --unit=killer sh -c 'until pkill -TERM -f "[w]ork.sh"; do sleep 0.05; done'`,
    cause: 'ended-by-signal',
  },
  {
    name: 'folder of somebody else',
    guide: 'practice',
    flags: inFolder('/root/private/practice'),
    break: 'true',
    cause: 'needs-root',
  },
  {
    name: 'long work may not run its program',
    guide: 'practice',
    flags: smooth,
    break: `chmod 700 /usr/bin/sleep`,
    cause: 'permission-denied',
  },
  {
    name: 'long work finds its program gone',
    guide: 'practice',
    flags: smooth,
    break: `mv /usr/bin/sleep /usr/bin/sleep.away`,
    cause: 'program-missing',
  },
];
