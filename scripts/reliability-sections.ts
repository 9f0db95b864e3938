/** What each section of docs/reliability.md proves, and what it leaves open. */
import type { Section } from '../test/figures.ts';

export type SectionId = Section;

export interface Introduction {
  readonly id: SectionId;
  readonly title: string;
  /** What is proven and how, as Markdown. */
  readonly shown: readonly string[];
  readonly invariants: string;
  readonly notShown: string;
}

export const introductions: readonly Introduction[] = [
  {
    id: 'kill',
    title: 'Kills and power cuts',
    shown: [
      'The engine is killed in the middle of the long steps of the Pretix guide (apt, pip, migrations, rebuild, a unit',
      'that starts, Apache that reloads), the client at each kind of screen, and the whole system is cut from power at',
      'places spread over the run. The next start has to say what happened, continue, do no finished step again and end',
      'as an undisturbed run does; and from the same cuts a rollback has to give back the empty machine.',
    ],
    invariants: '1, 2, 6 and 8 of the contract',
    notShown:
      'a power cut here kills every process and keeps the page cache of the host: what a missing sync would lose is not\nseen. Syncs are counted at the door to the machine instead (section “Every point”).',
  },
  {
    id: 'enumeration',
    title: 'Every point',
    shown: [
      'The runner, the journal and the rollback are stopped at every single point at which they reach the disk, with the',
      'practice guide on a real file system and with the operation list of the Pretix guide on a model of its kinds',
      '(absent, half, done); then resumed, and taken back. Real kinds are killed before, in the middle of and after',
      'their effect on a real system.',
    ],
    invariants: '1, 2 and 6',
    notShown: 'two cuts in one run, except where a row says so.',
  },
  {
    id: 'hang-up',
    title: 'Hang-ups and company',
    shown: [
      'Over a real sshd: the terminal is closed, the login is killed with a login manager that kills the processes of its',
      'users. The run goes on, and who comes back sees all of it. Of two clients one decides; a second install is refused',
      'with exit 5.',
    ],
    invariants: '4 and 8',
    notShown: 'other init systems than systemd, other login managers than logind.',
  },
  {
    id: 'journal',
    title: 'A damaged journal',
    shown: [
      'Each byte of a journal is changed, each length is cut, lines are moved and doubled, before-images are taken away,',
      'versions and clocks are wrong. Damage is detected or harmless, and nothing is changed after it was detected.',
    ],
    invariants: '2, 3 and 7',
    notShown:
      'a forged journal: the checksums are a chain, not a signature. Whole lines cut off at the end are not noticed either.',
  },
  {
    id: 'faults',
    title: 'Faults of the machine',
    shown: [
      'Disks that fill at every write, read-only folders, no network, locks of others, servers that are stopped or want a',
      'password, ports that are taken, children that wait or never end. Each has its sentence in both languages, nothing',
      'is done that the journal does not know, and the run goes on once the cause is mended.',
    ],
    invariants: '1 and 2',
    notShown: 'disks that lie: a write or a sync that reports success and is not kept.',
  },
  {
    id: 'hostile',
    title: 'Hostile answers',
    shown: [
      'Generated values (quotes, substitutions, line ends, NUL, controls of direction, very long, leading dashes) go through',
      'every encoder and are read back by the real program that reads such a file, byte for byte, or are refused at the',
      'question. A canary that any execution would create is never there. Links and foreign owners stand where the wizard',
      'writes.',
    ],
    invariants: '5, and “Operations” of the contract',
    notShown: 'versions of these programs other than those of the lab.',
  },
  {
    id: 'claims',
    title: 'Several guides on one machine',
    shown: [
      'Pretix and two small guides share packages, Redis databases, Apache and a configuration file. Taking one back leaves',
      'the others alive, in every order; what only one can have is refused before anything changes.',
    ],
    invariants: '10',
    notShown: 'guides of other state folders on the same machine: they do not know of each other.',
  },
  {
    id: 'foreign',
    title: 'Changed by somebody else',
    shown: [
      'Files, units and rows are changed by hand after the install. Rollback asks, or without a person leaves them and ends',
      'with exit 4; databases are dumped to `kept/` before they go, and the dumps restore.',
    ],
    invariants: '6',
    notShown: 'changes made in the very moment between the last look and the effect.',
  },
  {
    id: 'secrets',
    title: 'Secrets',
    shown: [
      'Every secret answer is a canary. The file system, the journal of the system, all processes during the run and the',
      'report are searched for each, raw and in each encoding: they are only where they belong.',
    ],
    invariants: '5',
    notShown: 'swap, core dumps and deleted blocks of the disk.',
  },
  {
    id: 'growth',
    title: 'Growth',
    shown: [
      'The first frame of `resume` does not wait for the length of the journal; a child, a warning or a retry without end',
      'fills neither memory nor disk; and `prune` frees what it says and nothing that an undo or a resume needs.',
    ],
    invariants: '2, 6 and “State” of the contract',
    notShown: 'years: runs and records are made in their number, not lived.',
  },
];
