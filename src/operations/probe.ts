/**
 * How to know that something is so.
 *
 * 1. Nothing is changed.
 * 2. A program, a user, a server or a file that does not exist makes it not so; it is never an error. Only what
 *    we may not look at throws (`needs-root`).
 * 3. `problem` is short and holds no secret.
 *
 * Proven by test/operations/probe.test.ts.
 */
import type { Probe } from '../guide/kinds.ts';
import type { Ran } from '../host/types.ts';
import * as texts from '../i18n/texts/probes.ts';
import { argvOf, optionsOf } from './shared/called.ts';
import { lastWords } from './shared/failed.ts';
import { mustHaveRun, peek } from './shared/peek.ts';
import { portHolder } from './shared/ports.ts';
import { type Context, Failure, type Resolved } from './verbs.ts';

export interface Checked {
  readonly ok: boolean;
  /** Why it is not so, for a technician; empty when it is. */
  readonly problem: string;
  /** It could not be looked at, or what should tell is broken: it may be so or not. */
  readonly unsure?: boolean;
}

type Known = Resolved<Probe>;
type Form<K extends string> = Extract<Known, { readonly [name in K]: unknown }>;

const fine: Checked = { ok: true, problem: '' };
const wrong = (problem: string): Checked => ({ ok: false, problem });
const broken = (problem: string): Checked => ({ ok: false, problem, unsure: true });
const unless = (ok: boolean, problem: string): Checked => (ok ? fine : wrong(problem));

export async function check(probe: Known, context: Context): Promise<Checked> {
  try {
    const checked = await checkForm(probe, context);
    return { ...checked, problem: context.redact(checked.problem) };
  } catch (error) {
    if (error instanceof Failure) throw error;
    // One error per address that was tried.
    const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
    return broken(context.redact(first instanceof Error ? first.message || String(first) : String(first)));
  }
}

async function checkForm(probe: Known, context: Context): Promise<Checked> {
  const { host, values, lang } = context;
  if ('run' in probe) return checkRun(probe, context);
  if ('exists' in probe) {
    const path = values.public(probe.exists);
    return unless((await peek(path, () => host.stat(path))) !== undefined, texts.doesNotExist(path)[lang]);
  }
  if ('absent' in probe) {
    const path = values.public(probe.absent);
    return unless((await peek(path, () => host.stat(path))) === undefined, texts.exists(path)[lang]);
  }
  if ('http' in probe) return checkHttp(probe, context);
  if ('tcp' in probe) return checkTcp(probe, context);
  if ('redis' in probe) return checkRedis(probe, context);
  if ('portFree' in probe) {
    const port = values.public(probe.portFree);
    const holder = await portHolder(port, host);
    return holder === undefined ? fine : wrong(texts.portIsHeld(port, holder)[lang]);
  }
  if ('service' in probe) return checkService(probe, context);
  return checkAll(probe, context);
}

async function checkAll({ all }: Form<'all'>, context: Context): Promise<Checked> {
  for (const probe of all) {
    const result = await check(probe, context);
    if (!result.ok) return result;
  }
  return fine;
}

async function checkRun(probe: Form<'run'>, context: Context): Promise<Checked> {
  const { host, values } = context;
  const ran = await host.look(argvOf(probe, values), optionsOf(probe, values));
  mustHaveRun(ran, probe.as);
  return judge(probe, ran, context);
}

/** Pure: what a program said, held against what was expected. */
function judge(probe: Form<'run'>, ran: Ran, { values, redact, lang }: Context): Checked {
  const program = values.public(probe.run[0] ?? '');
  if (ran.timedOut) return broken(texts.notInTime(program)[lang]);
  const words = lastWords(ran, redact);
  if (ran.code !== (probe.code ?? 0))
    return broken(`${program}: ${ran.signal ?? `code ${ran.code}`} ${words}`.trim());
  const said = ran.stdout.trim();
  const given = (text: string | undefined) => (text === undefined ? undefined : values.public(text));
  const { contains, equals, lacks } = {
    contains: given(probe.contains),
    equals: given(probe.equals),
    lacks: given(probe.lacks),
  };
  if (equals !== undefined && said !== equals)
    return wrong(texts.insteadOf(program, shorten(said), equals)[lang]);
  if (contains !== undefined && !said.includes(contains))
    return wrong(texts.insteadOf(program, shorten(said), `…${contains}…`)[lang]);
  if (lacks !== undefined && said.includes(lacks)) return wrong(texts.holds(program, lacks)[lang]);
  return fine;
}

const shorten = (text: string): string => (text.length > 100 ? `${text.slice(0, 100)}…` : text);

async function checkHttp(probe: Form<'http'>, { host, values, lang }: Context): Promise<Checked> {
  const url = values.public(probe.http);
  const [, name = '', value = ''] = /^([^:]+):\s*(.*)$/s.exec(probe.header ?? '') ?? [];
  const answer = await host.http(url, {
    ...(probe.host === undefined ? {} : { host: values.public(probe.host) }),
    ...(name === '' ? {} : { headers: { [name]: values.full(value) } }),
  });
  if (![probe.status].flat().includes(answer.status)) {
    const problem = `${url}: ${answer.status} ≠ ${probe.status}`;
    return answer.status >= 500 ? broken(problem) : wrong(problem);
  }
  const contains = probe.contains === undefined ? '' : values.public(probe.contains);
  return unless(answer.body.includes(contains), texts.lacks(url, contains)[lang]);
}

async function checkTcp(probe: Form<'tcp'>, { host, values, lang }: Context): Promise<Checked> {
  const address = values.public(probe.tcp);
  const { name, port } = readAddress(address);
  const line = await host.connect(name, port, probe.banner === undefined ? 0 : 5000);
  const { banner = '' } = probe;
  return unless(line.startsWith(banner), texts.insteadOf(address, shorten(line), `${banner}…`)[lang]);
}

/** `host:port`, `[::1]:port`. */
function readAddress(address: string, usual = Number.NaN): { readonly name: string; readonly port: number } {
  const [, bracketed, plain = '', port] = /^(?:\[([^\]]+)\]|([^:]*))(?::(\d+))?$/.exec(address) ?? [];
  const found = { name: bracketed ?? plain, port: port === undefined ? usual : Number(port) };
  if (found.name === '' || Number.isNaN(found.port)) throw new Error(`${address}: host:port?`);
  return found;
}

const redisPort = 6379;

/** `host:port`, `redis://[user:password@]host:port/db`, `unix:///path`. The password goes to the socket only. */
async function checkRedis(probe: Form<'redis'>, { host, values }: Context): Promise<Checked> {
  const address = values.full(probe.redis);
  const url = address.includes('://') ? new URL(address) : undefined;
  const isSocket = url?.protocol === 'unix:';
  const { name, port } = isSocket
    ? { name: url.pathname, port: 0 }
    : readAddress(url?.host ?? address, redisPort);
  const words = [url?.username, url?.password].map((word) => decodeURIComponent(word ?? '')).filter(Boolean);
  const isLocked = (url?.password ?? '') !== '';
  const line = await host.connect(name, port, 5000, redisCommand(isLocked ? ['AUTH', ...words] : ['PING']));
  return unless(
    line === (isLocked ? '+OK' : '+PONG'),
    `redis ${isSocket ? name : `${name}:${port}`}: ${shorten(line)}`,
  );
}

/** Lengths before the words: any byte may stand in them. */
const redisCommand = (words: readonly string[]): string =>
  `*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('')}`;

async function checkService(probe: Form<'service'>, { host, values, lang }: Context): Promise<Checked> {
  const unit = values.public(probe.service);
  const first = await serviceState(unit, host);
  const wanted = probe.for ?? 0;
  if (first.state !== 'active' || first.age >= wanted)
    return unless(first.state === 'active', `${unit}: ${first.state}`);
  await host.sleep((wanted - first.age) * 1000);
  const later = await serviceState(unit, host);
  if (later.state !== 'active') return wrong(`${unit}: ${later.state}`);
  return unless(later.since === first.since, texts.restartedWithin(unit, wanted)[lang]);
}

interface ServiceState {
  readonly state: string;
  /** When it became active, in microseconds since boot. */
  readonly since: number;
  readonly age: number;
}

async function serviceState(unit: string, host: Context['host']): Promise<ServiceState> {
  const properties = 'ActiveState,SubState,Result,ActiveEnterTimestampMonotonic';
  const ran = await host.look(['systemctl', 'show', `--property=${properties}`, '--', unit]);
  const found = new Map(
    ran.stdout.split('\n').map((line) => line.split(/=(.*)/s).slice(0, 2) as [string, string]),
  );
  const active = found.get('ActiveState');
  if (ran.code !== 0 || active === undefined) {
    return { state: `systemctl: code ${ran.code}`, since: 0, age: 0 };
  }
  const since = Number(found.get('ActiveEnterTimestampMonotonic'));
  const uptime = Number.parseFloat((await host.read('/proc/uptime'))?.toString() ?? '0');
  const state = active === 'active' ? active : `${active} (${found.get('SubState')}, ${found.get('Result')})`;
  return { state, since, age: uptime - since / 1e6 };
}
