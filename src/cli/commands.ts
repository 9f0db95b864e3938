/** The command line: its commands and options, and what each of them does. */
import { Command, Option } from 'commander';
import type { Guide } from '../guide/types.ts';
import type { words } from '../i18n/index.ts';
import { opened } from '../journal/fold.ts';
import { holderOf } from '../journal/lock.ts';
import { unfinishedRun } from '../run/machine.ts';
import { answersFile } from './answers.ts';
import { doctor } from './doctor.ts';
import { follow, usesScreens } from './follow.ts';
import { type Flags, guideNamed, type Here, Leave, print } from './here.ts';
import { homeInLines } from './home-lines.ts';
import { prune } from './prune.ts';
import { coverageOf, list, plan, report, status, todo, verify } from './queries.ts';
import { followComing, followOnScreens } from './screens.ts';
import { asRoot, resumeAccounts, runsToChange, startInstall, startRollback } from './start.ts';
import { tick } from './tick.ts';
import { users } from './users.ts';

async function resume(at: Here, name: string | undefined): Promise<number> {
  if (name === undefined) return resumeHere(at, name);
  return asRoot(at, guideNamed(at, name), () => resumeHere(at, name));
}

async function resumeHere(at: Here, name: string | undefined): Promise<number> {
  const unfinished = unfinishedRun(await runsToChange(at), name);
  const first = unfinished && opened(unfinished.records);
  if (!first) {
    print(at.words.cli.nothingToResume);
    return 0;
  }
  const guide = guideNamed(at, first.guide);
  const start = () => {
    if (first.kind === 'accounts') return resumeAccounts(at, guide, unfinished);
    return first.kind === 'install' ? startInstall(at, guide) : startRollback(at, guide);
  };
  const isJoined = (await holderOf(at.host, at.state.lock)) !== undefined;
  const isGiven = at.flags.answers !== undefined || at.flags.set !== undefined;
  if (!usesScreens(at) || isJoined || isGiven) return follow(at, start);
  // Nothing can be refused any more: the person sees the run as its journal leaves it while its engine starts.
  return followComing(at, guide, unfinished.records, start);
}

async function home(at: Here): Promise<number> {
  if (usesScreens(at)) return followOnScreens(at, undefined);
  if (process.stdin.isTTY && process.stdout.isTTY && !at.flags.json && !at.flags.yes) return homeInLines(at);
  process.stdout.write(commands(at.words, () => {}).helpInformation());
  return 2;
}

type Run = (flags: Flags, work: (at: Here) => Promise<number>) => void;

/** An option that may be given several times. */
const several = (value: string, former: string[] = []) => [...former, value];

/** The command line. `run` is called with the command that was named. */
export function commands({ cli }: ReturnType<typeof words>, run: Run): Command {
  const root = new Command('setup-wizard')
    .description(cli.description)
    .version(__VERSION__, '--version', cli.options.version)
    .helpOption('--help', cli.options.help)
    .helpCommand(false)
    .addOption(new Option('--lang <fr|en>', cli.options.lang).choices(['fr', 'en']))
    .option('--state-dir <DIR>', cli.options.stateDir)
    .option('--answers <FILE>', cli.options.answers)
    .option('--set <KEY=VALUE>', cli.options.set, several)
    .option('--literal <ERRATUM>', cli.options.literal, several)
    .option('--yes', cli.options.yes)
    .option('--plain', cli.options.plain)
    .option('--json', cli.options.json)
    .configureHelp({
      styleTitle: (title) =>
        ({ 'Usage:': cli.usage, 'Options:': cli.optionsTitle, 'Commands:': cli.commandsTitle })[title] ??
        title,
    })
    .exitOverride();
  const add = (
    name: string,
    say: string,
    work: (at: Here, ...args: (string | undefined)[]) => Promise<number>,
  ) =>
    root
      .command(name)
      .description(say)
      .helpOption('--help', cli.options.help)
      .exitOverride()
      .action((...given: unknown[]) => {
        const command = given.at(-1) as Command;
        const args = command.args as string[];
        run(command.optsWithGlobals<Flags>(), (at) => work(at, ...args));
      });
  const forGuide = (work: (at: Here, guide: Guide) => Promise<number>) => (at: Here, name?: string) =>
    work(at, guideNamed(at, name ?? ''));
  add('list', cli.commands.list, list);
  add('status', cli.commands.status, status);
  add('answers <guide>', cli.commands.answers, forGuide(answersFile));
  add('plan <guide>', cli.commands.plan, forGuide(plan));
  add(
    'install <guide>',
    cli.commands.install,
    forGuide((at, guide) => asRoot(at, guide, () => follow(at, () => startInstall(at, guide)))),
  ).option('--until <STEP>', cli.options.until);
  add('resume [guide]', cli.commands.resume, resume);
  add(
    'rollback <guide>',
    cli.commands.rollback,
    forGuide((at, guide) => asRoot(at, guide, () => follow(at, () => startRollback(at, guide)))),
  ).option('--to <STEP>', cli.options.to);
  add('verify <guide>', cli.commands.verify, forGuide(verify));
  add('todo <guide>', cli.commands.todo, forGuide(todo)).option('--markdown', cli.options.markdown);
  add('tick <guide> <item>', cli.commands.tick, (at, name, item) =>
    tick(at, guideNamed(at, name ?? ''), item ?? ''),
  ).option('--note <TEXT>', cli.options.note);
  add('users <guide> [action] [name]', cli.commands.users, (at, name, action, account) =>
    users(at, guideNamed(at, name ?? ''), action, account),
  );
  add('report <guide>', cli.commands.report, forGuide(report));
  add('prune', cli.commands.prune, prune);
  add('doctor', cli.commands.doctor, doctor);
  add('coverage [guide]', cli.commands.coverage, coverageOf);
  root.allowExcessArguments().action(() => {
    const [name] = root.args;
    if (name !== undefined) throw new Leave(2, cli.unknownCommand(name));
    run(root.opts<Flags>(), home);
  });
  return root;
}
