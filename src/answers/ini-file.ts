/** Answers from a file that a person wrote: a section per guide, and [common]. Reads through what it is given. */
import type { Guide, Question } from '../guide/types.ts';
import type { Stat } from '../host/types.ts';
import { readLine } from './ini-line.ts';
import { nearest } from './nearest.ts';
import { type Answer, literalId, type Problem } from './resolve.ts';
import { say } from './say.ts';
import { Secret } from './secret.ts';

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

export interface FileProblem extends Problem {
  readonly line: number;
}

export interface AnswersFile {
  readonly answers: Map<string, Answer>;
  /** What [common] says for every guide: `LANG`, proxies. */
  readonly common: Map<string, string>;
  readonly problems: readonly FileProblem[];
}

/** Keys of [common] that are no question. */
export const commonKeys = ['LANG', 'HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY'] as const;

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
  for (const entry of sections.get('common')?.values() ?? []) await takeCommon(reading, entry);
  for (const entry of sections.get(guide.id)?.values() ?? []) await takeOwn(reading, entry);
  const { answers, common, problems } = reading;
  return { answers, common, problems: problems.sort((a, b) => a.line - b.line) };
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
  else if (guide.questions.some((question) => question.id === entry.key)) await takeOwn(reading, entry);
  else if (!around.otherIds?.has(entry.key))
    complain(
      reading,
      entry.line,
      entry.key,
      say.unknown(entry.key, nearest(entry.key, [...general, ...idsOf(guide)])),
    );
}

async function takeOwn(reading: Reading, entry: Entry): Promise<void> {
  const question = reading.guide.questions.find((one) => one.id === entry.key);
  if (!question && entry.key !== literalId) {
    complain(
      reading,
      entry.line,
      entry.key,
      say.unknown(entry.key, nearest(entry.key, idsOf(reading.guide))),
    );
    return;
  }
  const answer =
    question?.kind === 'password' ? await takeSecret(reading, entry) : plainAnswer(question, entry);
  if (answer) reading.answers.set(entry.key, answer);
}

/** An empty line means "not answered", except where an empty answer is one. */
function plainAnswer(question: Question | undefined, { value }: Entry): Answer | undefined {
  return value === '' && !question?.optional ? undefined : { value, from: 'file' };
}

async function takeSecret(reading: Reading, entry: Entry): Promise<Answer | undefined> {
  const value = await secretValue(reading, entry);
  return value === undefined || value === '' ? undefined : { secret: new Secret(value), from: 'file' };
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
  return bytes.toString('utf8').replace(/\r?\n$/, '');
}

function secretVariable(reading: Reading, { line, key }: Entry, name: string): string | undefined {
  const value = Object.hasOwn(reading.around.env, name) ? reading.around.env[name] : undefined;
  return value ? value : complain(reading, line, key, say.noVariable(key, name));
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

function idsOf(guide: Guide): string[] {
  return guide.questions.map((question) => question.id);
}

export { renderAnswersFile } from './ini-render.ts';
