/** Entry: what was asked for, and the exit code it ends with. */
import { CommanderError } from 'commander';
import { commands } from './cli/commands.ts';
import { ending, unreadableLines } from './cli/ending.ts';
import { engine } from './cli/engine.ts';
import { here, isAscii, langOf } from './cli/here.ts';
import { words } from './i18n/index.ts';
import { isUnreadable } from './journal/journal.ts';
import { printed } from './run/shown.ts';

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
    if (isUnreadable(error)) process.stderr.write(`${unreadableLines(error, lang).join('\n')}\n`);
    else if (sentence) (exit === 0 ? process.stdout : process.stderr).write(`${printed(sentence)}\n`);
    return exit;
  }
}

// A reader that went away (`| head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
const code = await main(process.argv.slice(2));
// A connection that is still open must not keep a command alive that has said its last word.
process.stdout.write('', () => process.exit(code));
