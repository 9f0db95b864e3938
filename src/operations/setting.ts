/**
 * One value in a configuration file that others wrote.
 *
 * 1. Only the place of the value is changed, and no other byte of the file; a link is followed, mode and owner stay.
 * 2. Where the place would be a guess (twice, in a condition, a file that cannot be read), nothing is changed, and a
 *    sentence says where and what to do.
 * 3. The value is written as the syntax has it: nothing of it becomes code, a second line or another setting.
 * 4. `undo` restores the bytes if the file is still as we left it; else the former lines, or the former value, and
 *    nothing more.
 * 5. No secret is in its diff: not ours, not a former one, and none of the lines around.
 *
 * Proven by test/operations/setting.test.ts, setting-*.test.ts and files-crash.test.ts.
 */
import type { Stat } from '../host/types.ts';
import * as texts from '../i18n/texts/operations.ts';
import { bullets, hideSecrets, isSecretName, unifiedDiff } from './shared/diff.ts';
import { peek } from './shared/peek.ts';
import {
  formats,
  type Place,
  takenBack,
  Unclear,
  valueAt,
  type Wanted,
  withValue,
} from './shared/setting/index.ts';
import { endOfLine, type Format, startOfLine, textOf } from './shared/setting/place.ts';
import { shownText, valueText } from './shared/setting/value.ts';
import {
  type Context,
  type Difference,
  Failure,
  type Json,
  type Op,
  type Undone,
  type Values,
  type Verbs,
} from './verbs.ts';

type Setting = Op<'setting'>;

export interface Seen {
  /** Where links lead to. */
  readonly path: string;
  readonly stat: Stat | undefined;
  /** Bytes as characters, one each: what is not ours is not decoded. */
  readonly text: string;
  /** Or why nobody can tell; nothing where there is no file. */
  readonly place: Place | Unclear | undefined;
  /** The whole file with the setting as wanted. */
  readonly wanted: string;
}

interface Before {
  readonly bytes: string;
  readonly mode: string;
  readonly owner: string;
  /** Keyed hash of the file with our value in it. */
  readonly after: string;
}

export const setting: Verbs<Setting, Seen> = {
  keys: (op, values) => {
    const { section, name } = namesOf(op, values);
    return [`file:${values.public(op.path)}#${section}/${name}`];
  },

  async inspect(op, context) {
    const seen = await read(op, context);
    const { text, place } = seen;
    // A way back asks what is there, not what was wanted: a secret in it may be lost.
    if (context.purpose === 'undo' || !place || place instanceof Unclear) return { ...seen, wanted: text };
    if (isAsWanted(op, text, place, context)) return { ...seen, wanted: text };
    const value = valueText(op, context.values);
    const put = () => withValue(formatOf(op), text, place, wantedOf(op, context.values), value);
    const wanted = orUnclear(put);
    return wanted instanceof Unclear ? { ...seen, place: wanted, wanted: text } : { ...seen, wanted };
  },

  diff(op, seen, context): Difference {
    const { path, stat, text, place, wanted } = seen;
    if (place instanceof Unclear) throw refusal(op, path, place, context);
    if (!place) {
      if (stat || context.purpose === 'run') throw withoutFile(path);
      return { change: 'change', diff: `+${labelOf(op, context)}: ${shownText(op, context.values)}\n` };
    }
    if (text === wanted) return { change: 'none' };
    return { change: 'change', diff: textDiff(op, path, text, place, context) };
  },

  mark(op, { text, place }, context): Json {
    if (place instanceof Unclear) return { unclear: place.reason };
    if (place?.state !== 'set') return null;
    const raw = valueAt(text, place);
    return { sha: context.fingerprint(formatOf(op).read(raw) ?? raw) };
  },

  drift(op, { text, place }, _, context) {
    const label = labelOf(op, context);
    const isKnown = context.values.missing(op.value).length === 0;
    const left = `-${label}: ${isKnown ? shownText(op, context.values) : bullets}\n`;
    if (place instanceof Unclear || place?.state !== 'set') return left;
    const now = isSecret(op, context.values) ? bullets : context.redact(textOf(valueAt(text, place)));
    return `${left}+${label}: ${now}\n`;
  },

  async capture(_, { path, stat, text, wanted }, context): Promise<Json> {
    if (!stat) throw withoutFile(path);
    const { mode, owner } = stat;
    const before = { bytes: await context.keep(toBytes(text)), mode, owner };
    return { ...before, after: context.fingerprint(toBytes(wanted)) } satisfies Before;
  },

  async apply(_, { path, stat, wanted }, { host }) {
    if (!stat) throw withoutFile(path);
    await host.write(path, toBytes(wanted), { mode: stat.mode, owner: stat.owner });
  },

  async undo(op, raw, context): Promise<Undone> {
    // Written by `capture`.
    const before = raw as unknown as Before;
    const { path, stat, text } = await read(op, context);
    const former = toText(await context.kept(before.bytes));
    const restored = orUnclear(() => wayBack(op, text, stat !== undefined, before, former, context));
    if (restored instanceof Unclear) throw refusal(op, path, restored, context);
    const { mode, owner } = stat ?? before;
    // Also clears what a write that was stopped left beside it.
    if (restored === undefined) await context.host.remove(path);
    else await context.host.write(path, toBytes(restored), { mode, owner });
    return {};
  },

  describe: (op, values) => texts.setIn(namesOf(op, values).name, values.public(op.path)),
};

const formatOf = ({ syntax }: Setting): Format => formats[syntax];

/** As the guide says them. */
const namesOf = (op: Setting, values: Values): Wanted => ({
  section: values.public(op.section ?? ''),
  name: values.public(op.name),
});

function wantedOf(op: Setting, values: Values): Wanted {
  const wanted = namesOf(op, values);
  if (!formatOf(op).has(wanted))
    throw new Failure('bug', { what: `${wanted.section} ${wanted.name}: no setting of ${op.syntax}` });
  return wanted;
}

async function read(op: Setting, { host, values }: Context): Promise<Omit<Seen, 'wanted'>> {
  const wantedPath = values.public(op.path);
  const path = await peek(wantedPath, () => host.withoutLinks(wantedPath));
  const stat = await peek(path, () => host.stat(path));
  if (stat && stat.type !== 'file') throw new Failure('refused-existing', { path });
  const text = toText(await peek(path, () => host.read(path)));
  const wanted = wantedOf(op, values);
  return { path, stat, text, place: stat && orUnclear(() => locate(op, text, wanted)) };
}

/** Bytes of no text: whatever is found there is chance. */
function locate(op: Setting, text: string, wanted: Wanted): Place {
  const nul = text.indexOf('\0');
  if (nul >= 0) throw new Unclear('unreadable', text, nul);
  return formatOf(op).locate(text, wanted);
}

function orUnclear<T>(act: () => T): T | Unclear {
  try {
    return act();
  } catch (error) {
    if (error instanceof Unclear) return error;
    throw error;
  }
}

/** Written in another way, it may be the same value. */
function isAsWanted(op: Setting, text: string, place: Place, { values }: Context): boolean {
  if (place.state !== 'set') return false;
  const raw = valueAt(text, place);
  if (raw === valueText(op, values)) return true;
  return op.form !== 'raw' && formatOf(op).read(raw) === values.full(op.value);
}

/** Nothing where the file is gone and held no such setting. */
function wayBack(
  op: Setting,
  text: string,
  isThere: boolean,
  before: Before,
  former: string,
  context: Context,
): string | undefined {
  const wanted = wantedOf(op, context.values);
  if (!isThere) return formatOf(op).locate(former, wanted).state === 'set' ? former : undefined;
  if (text === former || before.after === context.fingerprint(toBytes(text))) return former;
  return takenBack(formatOf(op), text, former, wanted);
}

function textDiff(op: Setting, path: string, text: string, place: Place, context: Context): string {
  const piece = valueAt(text, place);
  const hidden = piece !== '' && isSecret(op, context.values) ? bullets : textOf(piece);
  const masked = `${textOf(place.before)}${shownText(op, context.values)}${textOf(place.after)}`;
  const show = (shown: string) => context.redact(around(text, place, shown));
  const diff = unifiedDiff(path, show(hidden), show(masked));
  return diff || `± ${path} ${texts.onlySecretsChange[context.lang]}\n`;
}

/** The file with this in the place of the value; other lines may hold secrets that nobody told us of. */
function around(text: string, { from, to, statement }: Place, shown: string): string {
  const start = startOfLine(text, from);
  const own = Math.min(Math.max(statement?.from ?? from, start), from);
  const end = endOfLine(text, to);
  const others = (piece: string) => hideSecrets(textOf(piece));
  return [
    others(text.slice(0, start)),
    others(text.slice(start, own)),
    textOf(text.slice(own, from)),
    shown,
    others(text.slice(to, end)),
    others(text.slice(end)),
  ].join('');
}

/** Ours is one, or the name says that such a value is. */
const isSecret = (op: Setting, values: Values): boolean =>
  isSecretName(values.public(op.name)) ||
  (values.missing(op.value).length === 0 && values.masked(op.value) !== values.full(op.value));

/** `VirtualHost "x" authentication`. */
function labelOf(op: Setting, { values }: Context): string {
  const { section, name } = namesOf(op, values);
  return `${values.public(op.path)} ${section === '' ? '' : `${section} `}${name}`;
}

const withoutFile = (path: string): Failure =>
  new Failure('refused-existing', { what: path }, { say: texts.settingWithoutFile(path) });

function refusal(op: Setting, path: string, { reason, lines }: Unclear, { values }: Context): Failure {
  const { section, name } = namesOf(op, values);
  const line = lines.join(', ');
  const say = {
    unreadable: texts.settingUnreadable(path, line, op.syntax),
    twice: texts.settingTwice(path, line, name),
    'no-section': texts.settingNoSection(path, section),
    'section-twice': texts.settingSectionTwice(path, line, section),
    hidden: texts.settingHidden(path, line, name),
  }[reason];
  return new Failure('refused-existing', { what: path, line }, { say });
}

const toText = (bytes: Buffer | undefined): string => bytes?.toString('latin1') ?? '';
const toBytes = (text: string): Buffer => Buffer.from(text, 'latin1');
