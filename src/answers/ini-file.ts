/**
 * Answers from a file that a person wrote: a section per guide, and [common]. Reads through what it is given.
 *
 *     USERS = alice, bob                          a list: the names of its rows
 *     USERS.alice.mail = alice@example.org        and a line for each other cell
 *     USERS.alice.password = file:/root/alice
 */
import { isList, questionOf } from '../guide/lists.ts';
import { cellName, keyIn, questionIdOf } from '../guide/names.ts';
import type { Guide, Question } from '../guide/types.ts';
import type { Stat } from '../host/types.ts';
import { say } from '../i18n/texts/answers.ts';
import { giveWritten } from './give.ts';
import { readLine } from './ini-line.ts';
import { nearest } from './nearest.ts';
import { type Answer, literalId, type Problem } from './resolve.ts';

/** What the parser may look at. */
export interface Surroundings {
  readonly read: (path: string) => Promise<Buffer | undefined>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Who runs the wizard: a plain secret may be in that user's file, or in root's. */
  readonly user: string;
  /** Ids of all guides: a section that is none of them is a misspelling. */
  readonly guides: readonly string[];
  /** Ids that other guides ask: allowed in [common]. */
  readonly otherIds?: ReadonlySet<string>;
}

interface FileProblem extends Problem {
  readonly line: number;
}

export interface AnswersFile {
  readonly answers: Map<string, Answer>;
  /** What [common] says for every guide: `LANG`, proxies. */
  readonly common: Map<string, string>;
  readonly problems: readonly FileProblem[];
}

/** Keys of [common] that are no question. */
const commonKeys = ['LANG', 'HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY'] as const;

interface Entry {
  readonly line: number;
  readonly key: string;
  readonly value: string;
}

interface Reading {
  readonly path: string;
  readonly stat: Pick<Stat, 'mode' | 'owner'>;
  readonly guide: Guide;
  readonly around: Surroundings;
  readonly answers: Map<string, Answer>;
  readonly common: Map<string, string>;
  readonly problems: FileProblem[];
}

/** Reads the answers for one guide. Its own section wins over [common]; other guides' sections are left alone. */
export async function parseAnswersFile(
  path: string,
  text: string,
  stat: Pick<Stat, 'mode' | 'owner'>,
  guide: Guide,
  around: Surroundings,
): Promise<AnswersFile> {
  const reading: Reading = {
    path,
    stat,
    guide,
    around,
    answers: new Map(),
    common: new Map(),
    problems: [],
  };
  const sections = readSections(reading, text);
  for (const entry of rowsFirst(sections.get('common'))) await takeCommon(reading, entry);
  for (const entry of rowsFirst(sections.get(guide.id))) await takeOwn(reading, entry);
  const { answers, common, problems } = reading;
  return { answers, common, problems: problems.sort((a, b) => a.line - b.line) };
}

/** A list's rows before their cells, wherever they stand. */
function rowsFirst(entries: ReadonlyMap<string, Entry> = new Map()): Entry[] {
  return [...entries.values()].sort((a, b) => Number(a.key.includes('.')) - Number(b.key.includes('.')));
}

/** The entries of [common] and of the guide's section, by key. */
function readSections(reading: Reading, text: string): Map<string, Map<string, Entry>> {
  const sections = new Map<string, Map<string, Entry>>();
  const wanted = ['common', reading.guide.id];
  let section: string | undefined;
  for (const [index, raw] of text
    .replace(/^\ufeff/, '')
    .split(/\r\n|\n|\r/)
    .entries()) {
    const line = index + 1;
    const read = readLine(raw);
    if (raw.includes('\ufffd')) complain(reading, line, '', say.notUtf8);
    else if (read.type === 'section') section = openSection(reading, line, read.name);
    else if (read.type !== 'nothing' && section === undefined)
      complain(reading, line, '', say.noSection(reading.guide.id));
    else if (read.type === 'wrong' && wanted.includes(section ?? ''))
      complain(
        reading,
        line,
        'key' in read ? read.key : '',
        'key' in read ? say[read.why](read.key) : say.notALine,
      );
    else if (read.type === 'value') addEntry(reading, sections, section ?? '', { line, ...read });
  }
  return sections;
}

function openSection(reading: Reading, line: number, name: string): string {
  const { guide, around } = reading;
  const known = ['common', guide.id, ...around.guides];
  if (!known.includes(name)) complain(reading, line, '', say.unknownSection(name, nearest(name, known)));
  return name;
}

function addEntry(
  reading: Reading,
  sections: Map<string, Map<string, Entry>>,
  section: string,
  entry: Entry,
): void {
  const entries = sections.get(section) ?? new Map<string, Entry>();
  const before = entries.get(entry.key);
  if (before && ['common', reading.guide.id].includes(section))
    complain(reading, entry.line, entry.key, say.twice(entry.key, before.line));
  else entries.set(entry.key, entry);
  sections.set(section, entries);
}

async function takeCommon(reading: Reading, entry: Entry): Promise<void> {
  const { guide, around } = reading;
  const general: readonly string[] = commonKeys;
  if (general.includes(entry.key)) reading.common.set(entry.key, entry.value);
  else if (questionOf(guide, entry.key)) await takeOwn(reading, entry);
  else if (!around.otherIds?.has(questionIdOf(entry.key)))
    complain(
      reading,
      entry.line,
      entry.key,
      say.unknown(entry.key, nearest(entry.key, [...general, ...idsOf(guide, entry.key)])),
    );
}

async function takeOwn(reading: Reading, entry: Entry): Promise<void> {
  const question = questionOf(reading.guide, entry.key);
  if (!question && entry.key !== literalId) {
    complain(
      reading,
      entry.line,
      entry.key,
      say.unknown(entry.key, nearest(entry.key, idsOf(reading.guide, entry.key))),
    );
    return;
  }
  const { answers, guide } = reading;
  const value = question?.kind === 'password' ? await secretValue(reading, entry) : entry.value;
  if (value === undefined || (value === '' && !mayBeEmpty(question))) return;
  const problem = giveWritten(answers, guide, entry.key, value, 'file');
  if (problem) complain(reading, entry.line, entry.key, problem);
}

/** An empty line means "not answered", except where an empty answer is one. */
function mayBeEmpty(question: Question | undefined): boolean {
  if (!question || question.kind === 'password') return false;
  return isList(question) ? !question.min : question.optional === true;
}

async function secretValue(reading: Reading, entry: Entry): Promise<string | undefined> {
  const { value } = entry;
  if (value.startsWith('file:')) return secretFile(reading, entry, value.slice('file:'.length));
  if (value.startsWith('env:')) return secretVariable(reading, entry, value.slice('env:'.length));
  if (value !== '') complainOfReaders(reading, entry);
  return value;
}

/** The whole file, without the line end that an editor adds. */
async function secretFile(reading: Reading, { line, key }: Entry, path: string): Promise<string | undefined> {
  if (!path.startsWith('/')) return complain(reading, line, key, say.relative(key));
  const bytes = await reading.around.read(path).catch(() => undefined);
  if (bytes === undefined) return complain(reading, line, key, say.noFile(key, path));
  const text = bytes.toString('utf8');
  if (!Buffer.from(text).equals(bytes)) return complain(reading, line, key, say.secretNotUtf8(key, path));
  return text.replace(/\r?\n$/, '');
}

function secretVariable(reading: Reading, { line, key }: Entry, name: string): string | undefined {
  const value = Object.hasOwn(reading.around.env, name) ? reading.around.env[name] : undefined;
  if (!value) return complain(reading, line, key, say.noVariable(key, name));
  return value.includes('\ufffd') ? complain(reading, line, key, say.secretNotUtf8(key, name)) : value;
}

function complainOfReaders(reading: Reading, { line, key }: Entry): void {
  const { path, stat, around } = reading;
  const owner = stat.owner.split(':')[0] ?? '';
  if ((Number.parseInt(stat.mode, 8) & 0o077) !== 0) complain(reading, line, key, say.readable(key, path));
  else if (owner !== around.user && owner !== 'root')
    complain(reading, line, key, say.owner(key, path, owner, around.user));
}

function complain(reading: Reading, line: number, id: string, what: Problem['say']): undefined {
  reading.problems.push({ id, line, say: say.at(`${reading.path}:${line}`, what) });
}

/** Every name that may stand there; a cell's for the row that `key` names. */
function idsOf(guide: Guide, key: string): string[] {
  return guide.questions.flatMap((question) => {
    if (!isList(question) || !key.startsWith(`${question.id}.`)) return [question.id];
    const row = keyIn(question.id, key);
    return Object.keys(question.of).map((column) => cellName(question.id, row, column));
  });
}

export { renderAnswersFile } from './ini-render.ts';
