/** Checks that several guides make. */
import type { Check, Operation } from '../../src/guide/kinds.ts';
import type { Text } from '../../src/guide/types.ts';

const looking = (
  name: string,
  script: string,
  argument: string,
): Pick<Check, 'kind' | 'name' | 'probe' | 'verify'> => ({
  kind: 'check',
  name,
  probe: { run: ['sh', '-c', script, 'sh', argument] },
  verify: false,
});

/** Warns when less memory is available, in MB. */
export const memoryFor = (megabytes: number, say: Text): Operation => ({
  ...looking(
    'memory',
    'test "$(awk \'/^MemAvailable:/ {print int($2 / 1024)}\' /proc/meminfo)" -ge "$1"',
    String(megabytes),
  ),
  level: 'warn',
  say,
});

/** Warns when less disk space is free in /var, in MB. */
export const diskFor = (megabytes: number, say: Text): Operation => ({
  ...looking(
    'disk',
    'test "$(df --output=avail --block-size=1M /var | tail -n 1)" -ge "$1"',
    String(megabytes),
  ),
  level: 'warn',
  say,
});

const unlessThere = 'test -e "$2" || ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null';

/** Nobody listens on a local port, unless `path` is there: what will listen is installed already. */
export const portFreeFor = (port: number, path: string, say: Text): Operation => ({
  kind: 'check',
  name: `port-${port}`,
  probe: { run: ['bash', '-c', unlessThere, 'bash', String(port), path] },
  level: 'stop',
  verify: false,
  say,
});

const heldByOther =
  'held="$(ss -H -l -t -n -p "sport = :$1")" && case "$held" in "" | *"\\"$2\\""*) ;; *) echo "$held"; exit 1 ;; esac';

/** Nobody listens on a port of this machine but, perhaps, the program that will. */
export const portFor = (port: number, program: string, say: Text): Check => ({
  kind: 'check',
  name: `port-${port}-${program}`,
  probe: { run: ['sh', '-c', heldByOther, 'sh', String(port), program] },
  level: 'stop',
  verify: false,
  say,
});
