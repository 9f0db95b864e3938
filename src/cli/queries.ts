/** Commands that look and change nothing. */
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { guides } from 'virtual:guides';
import { resolveAnswers } from '../answers/resolve.ts';
import { todoLines } from '../client/plain/todo-lines.ts';
import { coverage } from '../guide/coverage.ts';
import type { Guide } from '../guide/types.ts';
import { planLines } from '../i18n/plan-text.ts';
import { todoMarkdown } from '../i18n/todo-markdown.ts';
import { asBuilt } from '../run/as-built.ts';
import * as machines from '../run/machine.ts';
import { commandLine, keptCommand } from '../run/program.ts';
import { reportOf } from '../run/report.ts';
import { givenAnswers } from './answers.ts';
import { unreadableLines } from './ending.ts';
import { guideNamed, type Here, Leave, print, printJson } from './here.ts';

export async function list(at: Here): Promise<number> {
  const entries = await machines.homeEntries(at);
  const { unreadable } = await at.state.look();
  const exit = unreadable.length > 0 ? 6 : 0;
  if (at.flags.json) {
    printJson(
      entries.map(({ guide, title, state }) => ({
        id: guide,
        title: title[at.lang],
        state,
        version: guideNamed(at, guide).version,
      })),
    );
    return exit;
  }
  for (const { guide, title, state, unfit } of entries) {
    print(
      `${guide.padEnd(10)} ${at.words.cli.states[state].padEnd(14)} ${title[at.lang]}${unfit ? `  (${unfit[at.lang]})` : ''}`,
    );
  }
  return exit;
}

export async function status(at: Here): Promise<number> {
  const { runs, unreadable } = await at.state.look();
  const shown = (await at.state.summaries(runs)).map(({ run, guide, kind, state, step, done, total }) => ({
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
  for (const one of unreadable) process.stderr.write(`${unreadableLines(one, at.lang).join('\n')}\n`);
  return unreadable.length > 0 ? 6 : 0;
}

export async function plan(at: Here, guide: Guide): Promise<number> {
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
      operations: step.operations.map(
        ({ key, kind, change, commands, circumstances = [], diff, reason }) => ({
          key,
          kind,
          change,
          commands,
          circumstances: circumstances.map((one) => one[at.lang]),
          diff,
          reason: reason?.[at.lang] ?? '',
        }),
      ),
    })),
  });
  return 0;
}

export async function verify(at: Here, guide: Guide): Promise<number> {
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
  if (!at.flags.json) await sayIfUnfinished(at, guide);
  return drifts.length === 0 ? 0 : 1;
}

/** What was not installed cannot have changed: that nothing did must not be taken for a whole installation. */
async function sayIfUnfinished(at: Here, guide: Guide): Promise<void> {
  const run = machines.standingRun(await at.state.runsOf(guide.id), guide.id);
  const [summary] = run ? await at.state.summaries([run]) : [];
  if (summary && ['failed', 'interrupted', 'running'].includes(summary.state))
    print(at.words.cli.verifyUnfinished(summary.done, summary.total));
}

export async function todo(at: Here, guide: Guide): Promise<number> {
  const found = await machines.todoOf(at, guide.id);
  const items = found?.items ?? [];
  if (at.flags.json) {
    printJson(items.map(({ item, step, text, done }) => ({ item, step, text: text[at.lang], done })));
    return 0;
  }
  if (at.flags.markdown) {
    print(todoMarkdown(items, { title: guide.title[at.lang], lang: at.lang, now: Date.now() }));
    return 0;
  }
  if (items.length === 0) print(at.words.cli.todoNone);
  // A generated password has to reach the person once: on a terminal, never in a file or a pipe.
  const shown = process.stdout.isTTY && found ? machines.revealed(found) : items;
  for (const item of shown) for (const line of todoLines(item, at.lang)) print(line);
  return 0;
}

export async function report(at: Here, guide: Guide): Promise<number> {
  const { host, state, facts, guides, lang } = at;
  const runs = await state.runsOf(guide.id);
  const summaries = (await state.summaries(runs)).filter(
    (one) => one.guide === guide.id && one.kind !== 'accounts',
  );
  const standing = machines.standingRun(runs, guide.id)?.id;
  const run = summaries.findLast((one) => standing === undefined || one.run === standing);
  if (!run) throw new Leave(1, `${guide.title[lang]}: ${at.words.cli.states.new}`);
  const here = dirname(fileURLToPath(import.meta.url));
  const command = (await keptCommand(host, state.program, here, __VERSION__)) ?? 'setup-wizard';
  const about = { state, facts, guides, lang, store: await machines.storeOf(at) };
  const built = await asBuilt({ ...about, program: commandLine(command, state.path) }, run.run, run.state);
  if (built) process.stdout.write(reportOf(built));
  return 0;
}

export async function coverageOf(at: Here, name: string | undefined): Promise<number> {
  const results = (name ? [guideNamed(at, name)] : guides).map(coverage);
  if (at.flags.json) printJson(results);
  else
    for (const { guide, lines, uncovered } of results)
      print(`${guide.padEnd(10)} ${lines}  ${uncovered.length} ${uncovered.join(' ')}`);
  return results.every(({ uncovered }) => uncovered.length === 0) ? 0 : 1;
}
