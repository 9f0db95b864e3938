/** Entry: what was asked for, and the exit code it ends with. */
import { CommanderError } from 'commander';
import { commands } from './cli/commands.ts';
import { engine } from './cli/engine.ts';
import { here, isAscii, Leave, langOf } from './cli/here.ts';
import type { Lang } from './guide/types.ts';
import { words } from './i18n/index.ts';
import { Damaged, TooNew } from './journal/journal.ts';
import { Busy } from './journal/lock.ts';
import { Failure } from './operations/verbs.ts';

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
  if (argv[0] === '__engine') return engine(argv.slice(1));
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

// A reader that went away (`| head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
const code = await main(process.argv.slice(2));
// A connection that is still open must not keep a command alive that has said its last word.
process.stdout.write('', () => process.exit(code));
