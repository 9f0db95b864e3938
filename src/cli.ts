/** Commands, flags, exit codes: the one place where guides, engine, screens and terminal meet. */
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { assets, guides } from 'virtual:guides';
import { Command, CommanderError, Option } from 'commander';
import { parseAnswersFile, renderAnswersFile } from './answers/ini-file.ts';
import { type Answer, literalId, resolveAnswers } from './answers/resolve.ts';
import { open } from './answers/secret.ts';
import type { LiveConnection } from './client/connect.ts';
import { openLog, osc52, runEditor, runShell, runTask, saveForPerson } from './client/desk.ts';
import { followJson } from './client/json.ts';
import { followPlain, planLines, todoLines } from './client/plain.ts';
import { canBecomeRoot, startAgainAsRoot } from './client/privilege.ts';
import { openTerminal } from './client/terminal.ts';
import { coverage } from './guide/coverage.ts';
import type { Guide, Lang } from './guide/types.ts';
import { observeFacts } from './host/facts.ts';
import { realHost } from './host/real.ts';
import type { Host } from './host/types.ts';
import { words } from './i18n/index.ts';
import { opened } from './journal/fold.ts';
import { Damaged, Journal, TooNew } from './journal/journal.ts';
import { Busy, takeLock } from './journal/lock.ts';
import { StateFolder } from './journal/state.ts';
import { Failure } from './operations/verbs.ts';
import { runEngine } from './run/engine.ts';
import { type EngineArguments, reachEngine } from './run/launch.ts';
import { whyNotDone } from './run/lead.ts';
import * as machines from './run/machine.ts';
import { operationOf } from './run/plan.ts';
import { keepProgram, type Program } from './run/program.ts';
import type { From, HomeAction, HomeEntry, View } from './run/protocol.ts';
import { reportOf } from './run/report.ts';
import { serveSession } from './run/server.ts';

/** Ends a command with a sentence for the person. */
class Leave extends Error {
  readonly exit: number;
  constructor(exit: number, sentence = '') {
    super(sentence);
    this.exit = exit;
  }
}

interface Flags {
  readonly lang?: Lang;
  readonly stateDir?: string;
  readonly answers?: string;
  readonly set?: readonly string[];
  readonly literal?: readonly string[];
  readonly yes?: boolean;
  readonly plain?: boolean;
  readonly json?: boolean;
  readonly until?: string;
  readonly to?: string;
  readonly note?: string;
}

/** What every command works with. */
interface Here extends machines.Machine {
  readonly flags: Flags;
  readonly words: ReturnType<typeof words>;
}

function langOf(flags: Flags): Lang {
  const locale = process.env['LC_ALL'] || process.env['LC_MESSAGES'] || process.env['LANG'] || '';
  return flags.lang ?? (locale.toLowerCase().startsWith('fr') ? 'fr' : 'en');
}

/** A terminal that would show typography as rubbish. */
function isAscii(): boolean {
  const charset = process.env['LC_ALL'] || process.env['LC_CTYPE'] || process.env['LANG'] || '';
  return !/utf-?8/i.test(charset) || process.env['TERM'] === 'linux';
}

function stateDir(flags: Flags): string {
  if (flags.stateDir)
    return flags.stateDir.startsWith('/') ? flags.stateDir : `${process.cwd()}/${flags.stateDir}`;
  if (process.getuid?.() === 0) return '/var/lib/setup-wizard';
  const base = process.env['XDG_STATE_HOME'] || `${process.env['HOME']}/.local/state`;
  return `${base}/setup-wizard`;
}

/** `LANG` of an answers file's [common]: less than --lang, more than the locale. */
async function langInFile(host: Host, path: string | undefined): Promise<Lang | undefined> {
  const text = path === undefined ? '' : ((await host.read(path).catch(() => undefined)) ?? '').toString();
  const found = /^[ \t]*LANG[ \t]*=[ \t]*(fr|en)[ \t]*$/m.exec(text)?.[1];
  return found === 'fr' || found === 'en' ? found : undefined;
}

async function here(flags: Flags): Promise<Here> {
  const host = realHost();
  const lang = flags.lang ?? (await langInFile(host, flags.answers)) ?? langOf(flags);
  return {
    host,
    state: new StateFolder(host, stateDir(flags)),
    facts: await observeFacts(host),
    guides,
    assets,
    lang,
    flags,
    words: words(lang, isAscii()),
  };
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

function printJson(value: unknown): void {
  print(JSON.stringify(value, null, 2));
}

function guideNamed({ words: say }: Here, name: string): Guide {
  const guide = guides.find(({ id }) => id === name);
  if (!guide) throw new Leave(2, say.cli.unknownGuide(name, guides.map(({ id }) => id).join(', ')));
  return guide;
}

/** Answers from the file and from --set; exit 2 with all that is wrong. */
async function givenAnswers(at: Here, guide: Guide): Promise<Map<string, Answer>> {
  const { flags, host, lang } = at;
  const given = new Map<string, Answer>();
  const problems: string[] = [];
  if (flags.answers) {
    const [bytes, stat] = await Promise.all([host.read(flags.answers), host.stat(flags.answers)]);
    if (!bytes || !stat)
      throw new Leave(2, `${flags.answers}: ${lang === 'fr' ? 'fichier introuvable' : 'no such file'}`);
    const around = {
      read: (path: string) => host.read(path),
      env: process.env,
      user: at.facts['user'] ?? 'root',
      guides: guides.map(({ id }) => id),
      otherIds: new Set(guides.flatMap(({ questions }) => questions.map(({ id }) => id))),
    };
    const file = await parseAnswersFile(flags.answers, bytes.toString(), stat, guide, around);
    for (const [id, answer] of file.answers) given.set(id, answer);
    for (const name of ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY']) {
      const value = file.common.get(name);
      if (value) process.env[name] = value;
    }
    problems.push(...file.problems.map(({ line, say }) => `${flags.answers}:${line}: ${say[lang]}`));
  }
  if (flags.literal) given.set(literalId, { value: flags.literal.join(' '), from: 'set' });
  for (const pair of flags.set ?? []) given.set(...setAnswer(at, guide, pair));
  if (problems.length > 0) throw new Leave(2, [at.words.cli.badAnswers, ...problems].join('\n'));
  return given;
}

function setAnswer({ words: say }: Here, guide: Guide, pair: string): [string, Answer] {
  const [id = '', ...rest] = pair.split('=');
  const value = rest.join('=');
  const question = guide.questions.find((one) => one.id === id);
  if (!question) throw new Leave(2, say.cli.unknownAnswer(id));
  if (question.kind === 'password') throw new Leave(2, say.cli.secretInArguments(id));
  return [id, { value, from: 'set' }];
}

async function program({ host, state }: Here): Promise<Program> {
  await state.prepare();
  return keepProgram(host, state.program, dirname(fileURLToPath(import.meta.url)), __VERSION__);
}

interface Started {
  readonly connection: LiveConnection;
  readonly guide: Guide;
}

/** Begins or continues an install, or joins the one under way. */
async function startInstall(at: Here, guide: Guide): Promise<Started> {
  refuseUnfit(at, guide);
  const given = await givenAnswers(at, guide);
  const answers = await machines.answersFor(at, guide, given);
  const { problems } = resolveAnswers(guide, at.facts, answers);
  const wrong = at.flags.yes ? problems : problems.filter(({ id }) => given.has(id));
  if (wrong.length > 0) {
    throw new Leave(
      2,
      [at.words.cli.badAnswers, ...wrong.map(({ id, say }) => `  ${id}: ${say[at.lang]}`)].join('\n'),
    );
  }
  if (at.flags.until && !guide.chapters.some(({ steps }) => steps.some(({ id }) => id === at.flags.until))) {
    throw new Leave(2, at.words.cli.unknownStep(at.flags.until));
  }
  const unfinished = machines.unfinishedRun(await at.state.runs(), guide.id);
  const isInstall = unfinished && opened(unfinished.records)?.kind === 'install';
  if (unfinished && !isInstall) return startRollback(at, guide);
  const run = unfinished?.id ?? (await at.state.newRun(guide.id));
  return reach(at, guide, { run, kind: 'install', guide: guide.id, lang: at.lang }, given);
}

async function startRollback(at: Here, guide: Guide): Promise<Started> {
  const runs = await at.state.runs();
  const unfinished = machines.unfinishedRun(runs, guide.id);
  const first = unfinished && opened(unfinished.records);
  if (unfinished && first?.kind === 'rollback') {
    return reach(
      at,
      guide,
      { run: unfinished.id, kind: 'rollback', guide: guide.id, lang: at.lang },
      new Map(),
    );
  }
  const target = machines.rollbackTarget(runs, guide.id);
  if (!target) throw new Leave(0, at.words.cli.nothingToRollBack);
  const to = at.flags.to ? { to: at.flags.to } : {};
  const run = await at.state.newRun(guide.id);
  return reach(
    at,
    guide,
    { run, kind: 'rollback', guide: guide.id, of: target.id, ...to, lang: at.lang },
    new Map(),
  );
}

function refuseUnfit(at: Here, guide: Guide): void {
  const reason = machines.unfitReason(at, guide);
  if (reason) throw new Leave(3, `${at.words.cli.unfit(guide.title[at.lang])}\n  ${reason[at.lang]}`);
  if (guide.rights === 'root' && process.getuid?.() !== 0) throw new Leave(3, at.words.cli.needsRoot);
}

async function reach(
  at: Here,
  guide: Guide,
  args: EngineArguments,
  given: ReadonlyMap<string, Answer>,
): Promise<Started> {
  const { connection, joined } = await reachEngine(at.host, at.state, await program(at), args);
  if (joined && at.flags.yes) {
    connection.close();
    throw new Leave(5, at.words.cli.anotherRun(args.run));
  }
  if (!joined) {
    const { yes, until } = at.flags;
    connection.send({
      type: 'start',
      unattended: yes ?? false,
      ...(until ? { until } : {}),
      given: [...given].map(asGiven),
    });
  }
  return { connection, guide };
}

function asGiven([id, { value, secret, from }]: [string, Answer]): { id: string; value: string; from: From } {
  return { id, value: secret ? open(secret) : (value ?? ''), from };
}

function usesScreens({ flags }: Here): boolean {
  const isTerminal = process.stdin.isTTY && process.stdout.isTTY;
  return Boolean(isTerminal) && !flags.plain && !flags.json && !flags.yes && process.env['TERM'] !== 'dumb';
}

/** A guide that changes the system is root's; whoever may become root is asked to, the rest is told. */
async function asRoot(at: Here, guide: Guide, run: () => Promise<number>): Promise<number> {
  const hasSudo = (await at.host.stat('/usr/bin/sudo')) !== undefined;
  if (guide.rights !== 'root' || !canBecomeRoot(hasSudo)) return run();
  return startAgainAsRoot([...process.argv.slice(2), '--lang', at.lang]);
}

/** Shows a run to its end in the way that was asked for; the exit code is the run's. */
async function follow(at: Here, start: () => Promise<Started>): Promise<number> {
  if (usesScreens(at)) return followOnScreens(at, await start());
  if (!at.flags.yes && !process.stdin.isTTY) throw new Leave(2, at.words.cli.noTerminal);
  const { connection, guide } = await start();
  let wantsRollback = false;
  const send = connection.send;
  connection.send = (decision) => {
    wantsRollback ||= decision.type === 'rollback';
    send(decision);
  };
  const onLeave = () => {
    const { need, decides, resume } = connection.view();
    // Nobody is left to answer: the engine ends now, resumable, and lets go of the machine's lock.
    if (need && decides && !at.flags.yes) return connection.send({ type: 'stop' });
    process.stderr.write(`\n${at.words.plain.interrupted}\n  ${resume}\n`);
    process.exit(130);
  };
  process.once('SIGINT', onLeave);
  if (at.flags.json) await followJson(connection, process.stdout);
  else
    await followPlain(connection, {
      lang: at.lang,
      words: at.words,
      output: process.stdout,
      unattended: at.flags.yes ?? false,
      onLeave,
    });
  connection.close();
  const view = connection.view();
  if (wantsRollback) return follow(at, () => startRollback(at, guide));
  if (!at.flags.json) await printEnd(at, view);
  return exitOf(view);
}

function exitOf(view: View): number {
  return view.end?.exit ?? 1;
}

async function printEnd(at: Here, view: View): Promise<void> {
  const { summary } = await import('../screens/summary.ts');
  print(summary(view, at.lang, isAscii(), process.stdout.columns));
  if (view.end?.exit === 4 && view.kind === 'install') {
    const todo = await machines.todoOf(at, view.guide);
    for (const item of todo?.items.filter(({ done }) => !done) ?? [])
      for (const line of todoLines(item, at.lang)) print(line);
  }
}

async function followOnScreens(at: Here, first: Started | undefined): Promise<number> {
  const { runScreens, summary } = await import('../screens/index.tsx');
  let wantsRollback: Guide | undefined;
  const watched = ({ connection, guide }: Started) => {
    const send = connection.send;
    connection.send = (decision) => {
      if (decision.type === 'rollback') wantsRollback = guide;
      send(decision);
    };
    return connection;
  };
  const openEntry = async (entry: HomeEntry, action: HomeAction) => {
    const guide = guideNamed(at, entry.guide);
    return watched(await (action === 'rollback' ? startRollback(at, guide) : startInstall(at, guide)));
  };
  const openInput = () => {
    const input = openTerminal();
    // Not every shell in between passes a hang-up on (`su -` does not): then the end of the input is the sign.
    for (const gone of ['end', 'error']) input.once(gone, () => process.exit(129));
    return input;
  };
  const outcome = await runScreens({
    lang: at.lang,
    place: {
      output: process.stdout,
      openInput,
      copy: (text) => process.stdout.write(osc52(text)),
      save: saveForPerson,
      log: openLog,
      runShell,
      runEditor,
      runTask,
    },
    ascii: isAscii(),
    color: !process.env['NO_COLOR'],
    host: `${hostname()} · ${at.facts['os.name'] ?? ''}`,
    open: openEntry,
    verify: async ({ guide }) => (await machines.verifyGuide(at, guide)) ?? [],
    ...(first ? { connection: watched(first) } : { home: await machines.homeEntries(at) }),
  });
  if (wantsRollback && outcome.view?.end) {
    const rollback = await startRollback(at, wantsRollback);
    return followOnScreens({ ...at, lang: outcome.lang }, rollback);
  }
  if (outcome.view) print(summary(outcome.view, outcome.lang, isAscii(), process.stdout.columns));
  return outcome.exit;
}

async function engine(
  flags: Flags & { run: string; kind: 'install' | 'rollback'; guide: string; of?: string },
): Promise<number> {
  process.umask(0o022);
  const host: Host = realHost();
  const state = stateDir(flags);
  const guide = guides.find(({ id }) => id === flags.guide);
  let stop = async () => {};
  const code = await runEngine({
    host,
    state,
    run: flags.run,
    kind: flags.kind,
    guide: flags.guide,
    title: guide?.title ?? { fr: flags.guide, en: flags.guide },
    ...(flags.of ? { of: flags.of } : {}),
    ...(flags.to ? { to: flags.to } : {}),
    guides,
    assets,
    version: __VERSION__,
    lang: langOf(flags),
    resume: `${dirname(fileURLToPath(import.meta.url))}/setup-wizard --state-dir ${state} resume ${flags.guide}`,
    serve: async (session) => {
      stop = await serveSession(session, `${new StateFolder(host, state).run(flags.run)}/socket`);
    },
  });
  await stop();
  return code;
}

async function list(at: Here): Promise<number> {
  const entries = await machines.homeEntries(at);
  if (at.flags.json) {
    printJson(
      entries.map(({ guide, title, state }) => ({
        id: guide,
        title: title[at.lang],
        state,
        version: guideNamed(at, guide).version,
      })),
    );
    return 0;
  }
  for (const { guide, title, state, unfit } of entries) {
    print(
      `${guide.padEnd(10)} ${at.words.cli.states[state].padEnd(14)} ${title[at.lang]}${unfit ? `  (${unfit[at.lang]})` : ''}`,
    );
  }
  return 0;
}

async function status(at: Here): Promise<number> {
  const runs = await at.state.summaries();
  const shown = runs.map(({ run, guide, kind, state, step, done, total }) => ({
    run,
    guide,
    kind,
    state,
    step,
    done,
    total,
  }));
  if (at.flags.json) printJson(shown);
  else
    for (const one of shown)
      print(
        `${one.run}  ${one.kind}  ${at.words.cli.states[one.state]}  ${one.done}/${one.total}  ${one.step}`,
      );
  return 0;
}

async function plan(at: Here, guide: Guide): Promise<number> {
  const answers = await machines.answersFor(at, guide, await givenAnswers(at, guide));
  const { problems } = resolveAnswers(guide, at.facts, answers);
  if (problems.length > 0) {
    throw new Leave(
      2,
      [at.words.cli.badAnswers, ...problems.map(({ id, say }) => `  ${id}: ${say[at.lang]}`)].join('\n'),
    );
  }
  const made = await machines.planFor(at, guide, answers);
  if (!at.flags.json) {
    for (const line of planLines(made.steps, at.lang)) print(line);
    return 0;
  }
  printJson({
    guide: made.guide,
    steps: made.steps.map((step) => ({
      id: step.id,
      title: step.title[at.lang],
      source: step.source,
      manual: step.manual,
      operations: step.operations.map(({ key, kind, change, commands, diff, reason }) => ({
        key,
        kind,
        change,
        commands,
        diff,
        reason: reason?.[at.lang] ?? '',
      })),
    })),
  });
  return 0;
}

async function verify(at: Here, guide: Guide): Promise<number> {
  const drifts = await machines.verifyGuide(at, guide.id);
  if (!drifts) throw new Leave(1, `${guide.title[at.lang]}: ${at.words.cli.states.new}`);
  if (at.flags.json)
    printJson({
      guide: guide.id,
      ok: drifts.length === 0,
      drifts: drifts.map(({ step, key, diff }) => ({ step, key, diff })),
    });
  else if (drifts.length === 0) print(at.words.cli.verifyOk(guide.title[at.lang]));
  else {
    print(at.words.cli.verifyDrift(guide.title[at.lang], drifts.length));
    for (const { step, title, diff } of drifts) {
      print(`  ${title[at.lang]}  (${step})`);
      for (const line of diff.trimEnd().split('\n')) print(`      ${line}`);
    }
  }
  return drifts.length === 0 ? 0 : 1;
}

async function todo(at: Here, guide: Guide): Promise<number> {
  const found = await machines.todoOf(at, guide.id);
  const items = found?.items ?? [];
  if (at.flags.json) {
    printJson(items.map(({ item, step, text, done }) => ({ item, step, text: text[at.lang], done })));
    return 0;
  }
  if (items.length === 0) print(at.words.cli.todoNone);
  // A generated password has to reach the person once: on a terminal, never in a file or a pipe.
  const shown = process.stdout.isTTY && found ? machines.revealed(found) : items;
  for (const item of shown) for (const line of todoLines(item, at.lang)) print(line);
  return 0;
}

/** Records one item as done, if its proof (where it has one) says so. */
async function tick(at: Here, guide: Guide, item: string): Promise<number> {
  const found = await machines.todoOf(at, guide.id);
  const entry = found?.items.find((one) => one.item === item);
  if (!found || !entry)
    throw new Leave(
      2,
      [at.words.cli.unknownItem(item), ...(found?.items.map((one) => `  ${one.item}`) ?? [])].join('\n'),
    );
  const { run, values } = found;
  const step = run.records
    .flatMap((record) => (record.type === 'planned' ? record.steps : []))
    .findLast(({ id }) => id === entry.step);
  const op = step?.operations
    .map(operationOf)
    .find((one) => one.kind === 'checklist' && one.items.some(({ id }) => id === item));
  const data = op?.kind === 'checklist' ? op.items.find(({ id }) => id === item) : undefined;
  const problem = data && (await whyNotDone(data, values, await machines.contextOf(at, run, values)));
  if (problem) throw new Leave(1, problem[at.lang]);
  const release = await takeLock(at.host, at.state.lock, run.id);
  try {
    const journal = await Journal.open(at.host, at.state.journal(run.id));
    const by = process.env['SUDO_USER'] ?? at.facts['user'] ?? '';
    await journal.append({
      type: 'tick',
      item,
      done: true,
      by,
      note: at.flags.note ?? '',
      proven: Boolean(data?.proof),
    });
    await journal.close();
  } finally {
    await release();
  }
  return 0;
}

async function answersFile(at: Here, guide: Guide): Promise<number> {
  const answers = await machines.answersFor(at, guide, await givenAnswers(at, guide));
  process.stdout.write(renderAnswersFile(guide, at.lang, resolveAnswers(guide, at.facts, answers)));
  return 0;
}

async function report(at: Here, guide: Guide): Promise<number> {
  const run = machines.standingRun(await at.state.runs(), guide.id);
  if (!run) throw new Leave(1, `${guide.title[at.lang]}: ${at.words.cli.states.new}`);
  const found = await machines.todoOf(at, guide.id);
  process.stdout.write(reportOf(run.records, found?.items ?? [], guide, at.lang));
  return 0;
}

async function doctor(at: Here): Promise<number> {
  const { facts } = at;
  const found = {
    system: `${facts['os.name'] ?? '?'} ${facts['arch'] ?? ''}`,
    init: facts['init'] ?? '?',
    user: facts['user'] ?? '?',
    node: process.version,
    terminal: `${process.env['TERM'] ?? '-'} ${process.stdout.columns ?? '-'}x${process.stdout.rows ?? '-'}`,
    characters: isAscii() ? 'ASCII' : 'UTF-8',
    colour: process.env['NO_COLOR'] ? 'no' : 'yes',
    screens: usesScreens(at) ? 'yes' : 'no',
    state: at.state.path,
  };
  if (at.flags.json) {
    printJson(found);
    return 0;
  }
  const { doctor: labels } = at.words.cli;
  const { yes, no } = at.words.keys.commands;
  const said = { ...found, colour: process.env['NO_COLOR'] ? no : yes, screens: usesScreens(at) ? yes : no };
  for (const name of Object.keys(labels) as (keyof typeof labels)[])
    print(`${labels[name].padEnd(14)} ${said[name]}`);
  return 0;
}

async function coverageOf(at: Here, name: string | undefined): Promise<number> {
  const results = (name ? [guideNamed(at, name)] : guides).map(coverage);
  if (at.flags.json) printJson(results);
  else
    for (const { guide, lines, uncovered } of results)
      print(`${guide.padEnd(10)} ${lines}  ${uncovered.length} ${uncovered.join(' ')}`);
  return results.every(({ uncovered }) => uncovered.length === 0) ? 0 : 1;
}

async function resume(at: Here, name: string | undefined): Promise<number> {
  if (name === undefined) return resumeHere(at, name);
  return asRoot(at, guideNamed(at, name), () => resumeHere(at, name));
}

async function resumeHere(at: Here, name: string | undefined): Promise<number> {
  const unfinished = machines.unfinishedRun(await at.state.runs(), name);
  const first = unfinished && opened(unfinished.records);
  if (!first) {
    print(at.words.cli.nothingToResume);
    return 0;
  }
  const guide = guideNamed(at, first.guide);
  return follow(at, () => (first.kind === 'install' ? startInstall(at, guide) : startRollback(at, guide)));
}

async function home(at: Here): Promise<number> {
  if (usesScreens(at)) return followOnScreens(at, undefined);
  process.stdout.write(commands(at.words, () => {}).helpInformation());
  return 2;
}

type Run = (flags: Flags, work: (at: Here) => Promise<number>) => void;

/** An option that may be given several times. */
const several = (value: string, former: string[] = []) => [...former, value];

/** The command line. `run` is called with the command that was named. */
function commands({ cli }: ReturnType<typeof words>, run: Run): Command {
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
  add('todo <guide>', cli.commands.todo, forGuide(todo));
  add('tick <guide> <item>', cli.commands.tick, (at, name, item) =>
    tick(at, guideNamed(at, name ?? ''), item ?? ''),
  ).option('--note <TEXT>', cli.options.note);
  add('report <guide>', cli.commands.report, forGuide(report));
  add('doctor', cli.commands.doctor, doctor);
  add('coverage [guide]', cli.commands.coverage, coverageOf);
  root.action(() => run(root.opts<Flags>(), home));
  return root;
}

/** Where the damage is, and the records before it, a line each. */
function damagedSentence({ path, line, readable }: Damaged, { cli }: ReturnType<typeof words>): string {
  const lines = readable.map((record) => {
    const about = [
      'step' in record ? record.step : '',
      'key' in record ? record.key : '',
      'outcome' in record ? record.outcome : '',
    ];
    return `  ${record.seq} ${record.time} ${record.type} ${about.filter(Boolean).join(' ')}`;
  });
  return [cli.damaged(`${path}:${line}`), ...lines].join('\n');
}

/** An error that ends the command: its sentence and its exit code. */
function ending(
  error: unknown,
  say: ReturnType<typeof words>,
  lang: Lang,
): { exit: number; sentence: string } {
  if (error instanceof Leave) return { exit: error.exit, sentence: error.message };
  if (error instanceof Busy) return { exit: 5, sentence: say.cli.anotherRun(error.holder.run) };
  if (error instanceof Damaged) return { exit: 6, sentence: damagedSentence(error, say) };
  if (error instanceof TooNew) return { exit: 6, sentence: `${say.cli.newerJournal} (${error.program})` };
  if (error instanceof Failure) return { exit: 1, sentence: error.say?.[lang] ?? error.message };
  return { exit: 1, sentence: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}

async function main(argv: readonly string[]): Promise<number> {
  if (argv[0] === '__engine') {
    const flags = Object.fromEntries(pairs(argv.slice(1)));
    // Written by `reachEngine` of this same program.
    return engine({ ...flags, stateDir: flags['state-dir'] } as unknown as Parameters<typeof engine>[0]);
  }
  const early = argv[argv.indexOf('--lang') + 1];
  const lang = langOf(argv.includes('--lang') && (early === 'fr' || early === 'en') ? { lang: early } : {});
  const say = words(lang, isAscii());
  let work: (() => Promise<number>) | undefined;
  const root = commands(say, (flags, named) => {
    work = async () => named(await here(flags));
  });
  try {
    root.parse(argv, { from: 'user' });
    return (await work?.()) ?? 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    const { exit, sentence } = ending(error, say, lang);
    if (sentence) (exit === 0 ? process.stdout : process.stderr).write(`${sentence}\n`);
    return exit;
  }
}

function pairs(argv: readonly string[]): [string, string][] {
  return argv.flatMap((word, index): [string, string][] =>
    word.startsWith('--') ? [[word.slice(2), argv[index + 1] ?? '']] : [],
  );
}

// A reader that went away (`| head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
const code = await main(process.argv.slice(2));
// A connection that is still open must not keep a command alive that has said its last word.
process.stdout.write('', () => process.exit(code));
