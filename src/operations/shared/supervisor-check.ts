/**
 * Whether supervisord would take a file of programs, asked of its own code before the file is there: one that it does
 * not take keeps supervisord from starting at all, with the programs of everybody.
 */
import type { Text } from '../../guide/types.ts';
import type { Host } from '../../host/types.ts';
import * as texts from '../../i18n/texts/services.ts';
import { type Context, Failure } from '../verbs.ts';
import { lastWords } from './failed.ts';
import { mainOf } from './supervisor.ts';

/** Prints what is wrong, as JSON: the first of these fields that is there. Arguments: main configuration, path, name. */
const program = String.raw`
import glob, io, json, os, platform, sys
from fnmatch import fnmatchcase
from supervisor.options import ProcessException, ServerOptions, UnhosedConfigParser, expand
from supervisor.process import Subprocess

main, path, name = sys.argv[1:]
text = sys.stdin.read()
here = os.path.dirname(main)


def say(**found):
    print(json.dumps(found))
    sys.exit()


def read(file):
    parser = UnhosedConfigParser()
    with open(file, errors='replace') as opened:
        parser.read_file(opened)
    return parser


def included():
    parser = read(main)
    parser.expand_here(here)
    files = parser.get('include', 'files') if parser.has_option('include', 'files') else ''
    names = dict(ServerOptions().environ_expansions, here=here, host_node_name=platform.node())
    return [os.path.join(here, one) for one in expand(files, names, 'include.files').split()]


def covers(pattern):
    wanted, parts = os.path.normpath(pattern).split('/'), path.split('/')
    return len(wanted) == len(parts) and all(map(fnmatchcase, parts, wanted))


def groups_of(content):
    options = ServerOptions()
    options.here, options.configfile = os.path.dirname(path), path
    return options.read_config(io.StringIO('[supervisord]\n' + content)).process_group_configs


def names_in(content):
    try:
        return [group.name for group in groups_of(content)]
    except Exception:
        return []


def check():
    own = UnhosedConfigParser()
    own.read_string(text)
    kinds = ('program:', 'fcgi-program:', 'eventlistener:', 'group:')
    strange = [one for one in own.sections() if not one.startswith(kinds)]
    if strange or own.defaults():
        say(strange=(strange + ['DEFAULT'])[0])
    patterns = included()
    if not any(map(covers, patterns)):
        say(unread=' '.join(patterns))
    files = [main] + sorted(one for pattern in patterns for one in glob.glob(pattern))
    for file in files:
        for section in read(file).sections() if file != path else []:
            if own.has_section(section) or section in [kind + name for kind in kinds]:
                say(taken=section, file=file)
    if os.path.exists(path):
        with open(path, errors='replace') as former:
            others = [one for one in names_in(former.read()) if one != name]
        if others:
            say(others=', '.join(others))
    groups = groups_of(text)
    if [group.name for group in groups] != [name]:
        say(names=', '.join(group.name for group in groups))
    for config in groups[0].process_configs:
        Subprocess(config).get_execv_args()
        if config.directory and not os.path.isdir(config.directory):
            say(directory=config.directory)


try:
    check()
except ProcessException as why:
    say(command=str(why))
except Exception as why:
    say(words=str(why))
say()
`;

interface Found {
  readonly strange?: string;
  readonly unread?: string;
  readonly taken?: string;
  readonly file?: string;
  readonly others?: string;
  readonly names?: string;
  readonly directory?: string;
  readonly command?: string;
  readonly words?: string;
}

/** Throws with a sentence unless supervisord would take this text at that path, as programs called `name`. */
export async function mustBeTaken(path: string, name: string, text: string, context: Context): Promise<void> {
  const { host, redact } = context;
  const python = await pythonOf(host);
  const argv = [python, '-I', '-W', 'ignore', '-c', program, mainOf(path), path, name];
  const ran = await host.look(argv, { stdin: text });
  if (ran.code !== 0)
    throw new Failure('cannot-look', { what: 'supervisord', reason: lastWords(ran, redact) });
  // Printed by the program above.
  const found = JSON.parse(ran.stdout) as Found;
  const problem = redact(found.words ?? found.command ?? '');
  const say = problemIn(found, problem, path, name);
  if (say) throw new Failure('check-failed', { what: path, problem }, { say });
}

function problemIn(found: Found, problem: string, path: string, name: string): Text | undefined {
  if (found.strange !== undefined) return texts.strangeSection(path, found.strange);
  if (found.unread !== undefined) return texts.notIncluded(path, mainOf(path), found.unread);
  if (found.taken !== undefined) return texts.sectionTaken(found.taken, found.file ?? '');
  if (found.others !== undefined) return texts.holdsOtherPrograms(path, found.others);
  if (found.names !== undefined) return texts.otherPrograms(path, name, found.names);
  if (found.directory !== undefined) return texts.programWithoutDirectory(path, found.directory);
  if (found.command !== undefined) return texts.programNotThere(path, problem);
  return found.words === undefined ? undefined : texts.refusedBySupervisord(path, problem);
}

/** The Python that supervisord runs with: its modules may be nowhere else. */
async function pythonOf(host: Host): Promise<string> {
  const found = await host.look(['sh', '-c', 'command -v supervisord']);
  const path = found.stdout.trim();
  if (found.code !== 0 || path === '') throw new Failure('no-program', { program: 'supervisord' });
  const script = (await host.read(path))?.toString() ?? '';
  return /^#!\s*(?:\S+\/env\s+)?(\S+)/.exec(script)?.[1] ?? 'python3';
}
