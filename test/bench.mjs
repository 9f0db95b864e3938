// What the wizard costs, beside what cannot be had for less: `npm run bench`. Least and median of interleaved runs.
import { spawn as spawnChild, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawn } from 'node-pty';
import { bundle } from '../scripts/bundle.mjs';
import { proven } from './figures.ts';
import { lengthened } from './long-journals.ts';

const root = join(import.meta.dirname, '..');
const launcher = join(root, 'dist/launcher.cjs');
const folder = mkdtempSync(join(tmpdir(), 'setup-wizard-bench-'));
const env = { PATH: process.env.PATH, HOME: folder, TERM: 'xterm-256color', LANG: 'C.UTF-8' };
const rounds = 9;
const lines = 1_000_000;
/** `npm run bench growth`: a part of it. */
const wants = (part) => process.argv.length < 3 || process.argv.includes(part);
/** A child that formats its lines; `$1` of them, then the file `$0`. */
const flooding = `seq -f 'line %.0f of a long output with some words in it' "$1"; : > "$0"`;

try {
  if (wants('start')) await startUp();
  if (wants('flood')) await flood();
  if (wants('growth')) await growth();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/**
 * `resume` on screens, from the start of the process to the first frame that shows the run: with a short journal, with a
 * long one, and with a short one beside older runs.
 */
async function growth() {
  const short = await stateWith({ records: 100, older: 0 });
  const long = await stateWith({ records: 10_000, older: 0 });
  const aged = await stateWith({ records: 100, older: 30 });
  const times = { short: [], long: [], aged: [] };
  for (let round = 0; round < 2 * rounds; round++) {
    times.short.push(await resumed(short));
    times.long.push(await resumed(long));
    times.aged.push(await resumed(aged));
  }
  print('resume, 100 records', times.short, 'ms');
  for (const [name, all] of [
    ['10,000 records', times.long],
    ['100, and 30 older runs', times.aged],
  ]) {
    print(`resume, ${name}`, all, 'ms');
    const ratio = [least, median].map((of) => (of(all) / of(times.short)).toFixed(2));
    const limit = all === times.long ? 'ratio (1.20 at most)' : 'ratio';
    console.log(`${limit.padEnd(32)} ${ratio.map((one) => one.padStart(6)).join(' ')}`);
    if (all === times.long && Math.min(...ratio) > 1.2) process.exitCode = 1;
    proven('growth', `first frame of resume, ${name}`, {
      'ms, 100 records': Math.round(least(times.short)),
      'ms, long': Math.round(least(all)),
      ratio: Number(ratio[0]),
      'ratio of the medians': Number(ratio[1]),
    });
  }
}

/** A state folder with the practice guide failed at the file that is missing on purpose, and its journal lengthened. */
async function stateWith({ records, older }) {
  const state = join(folder, `grown-${records}-${older}`);
  const words = ['--state-dir', state, 'install', 'practice', '--yes', '--set', `PRACTICE_DIR=${state}-made`];
  const { status } = spawnSync(process.execPath, [launcher, ...words], { env, stdio: 'ignore' });
  if (status !== 1) throw new Error(`exit ${status}`);
  const [run] = readdirSync(join(state, 'runs'));
  const journalIn = (id) => join(state, 'runs', id, 'journal.jsonl');
  const from = join(folder, 'from.jsonl');
  renameSync(journalIn(run), from);
  const name = (number) => `${String(number).padStart(4, '0')}${run.slice(4)}`;
  for (let number = 1; number <= older; number++) {
    mkdirSync(join(state, 'runs', name(number)), { recursive: true, mode: 0o700 });
    await lengthened(from, journalIn(name(number)), name(number), 330);
  }
  const resumed = name(older + 1);
  if (older > 0) cpSync(join(state, 'runs', run), join(state, 'runs', resumed), { recursive: true });
  const grown = join(folder, `${records}-${older}.jsonl`);
  await lengthened(from, grown, resumed, records);
  return { state, grown, journal: journalIn(resumed) };
}

async function resumed({ state, grown, journal }) {
  copyFileSync(grown, journal);
  const time = await toFrame([launcher, '--lang', 'en', '--state-dir', state, 'resume'], 'Practice guide');
  await endEngine(state);
  return time;
}

/** The engine outlives its window: its lock names it. */
async function endEngine(state) {
  const holder = () => {
    try {
      return Number(readlinkSync(join(state, 'lock')).split(' ')[0]);
    } catch {
      return 0;
    }
  };
  const pid = holder();
  if (pid > 0) process.kill(pid, 'SIGKILL');
  while (pid > 0 && existsSync(`/proc/${pid}`)) await new Promise((resolve) => setTimeout(resolve, 10));
  rmSync(join(state, 'lock'), { force: true });
}

/** From the start of the process to the first menu, or to the end where there is none. */
async function startUp() {
  const hello = join(folder, 'hello.mjs');
  const source = helloSource();
  await bundle({ entry: source, outfile: hello });
  rmSync(source);
  const state = ['--state-dir', join(folder, 'state')];
  await compare({
    'node -e 0': () => toEnd(['-e', '0']),
    'setup-wizard --help': () => toEnd([launcher, '--help']),
    'setup-wizard list': () => toEnd([launcher, ...state, 'list']),
    'Ink, one line': () => toFrame([hello], 'hello'),
    'setup-wizard, home screen': () => toFrame([launcher, '--lang', 'en', ...state], 'would you like'),
  });
}

/** A bare Ink program in the same bundle format, kept where Ink is found. */
function helloSource() {
  const path = join(root, 'node_modules/.bench-hello.mjs');
  writeFileSync(
    path,
    `import { render, Text } from 'ink'; import { createElement } from 'react';
     render(createElement(Text, null, 'hello'), { interactive: true }); setTimeout(() => {}, 1e4);`,
  );
  return path;
}

/**
 * A command with many lines as the step of a guide with a client that watches, and by itself with its output in a file:
 * from before it begins to after its end. Then what the engine takes of memory, beside a step of one line.
 */
async function flood() {
  const dist = join(folder, 'dist');
  mkdirSync(dist);
  await bundle({ outfile: join(dist, 'main.js'), guides: floodGuide() });
  copyFileSync(launcher, join(dist, 'launcher.cjs'));
  // The first one copies the program.
  await floodRun(dist, 1);
  const [inFile, inRun, small, large] = [[], [], [], []];
  for (let round = 0; round < rounds; round++) {
    const [file, made] = [join(folder, 'lines'), join(folder, 'made')];
    inFile.push(timed(() => spawnSync('/bin/sh', ['-c', `(${flooding}) > "$2"`, made, `${lines}`, file])));
    const run = await floodRun(dist, lines);
    inRun.push(run.time);
    large.push(run.memory);
    small.push((await floodRun(dist, 1)).memory);
  }
  print(`${lines} lines to a file`, inFile, 'ms');
  print(`${lines} lines as a step`, inRun, 'ms');
  const ratio = (of) => (of(inRun) / of(inFile)).toFixed(2).padStart(6);
  console.log(`${'ratio (1.50 at most)'.padEnd(32)} ${ratio(least)} ${ratio(median)}`);
  print('memory, step of 1 line', small, 'MB');
  print(`memory, step of ${lines}`, large, 'MB');
}

/** Of one run: milliseconds between the records around the command, and the most memory that its engine had. */
async function floodRun(dist, count) {
  const state = join(folder, 'flood');
  const made = join(folder, `made-${count}-${performance.now()}`);
  const words = ['--state-dir', state, 'install', 'flood', '--yes'];
  const set = ['--set', `TARGET=${made}`, '--set', `LINES=${count}`];
  const former = newestRun(state);
  const child = spawnChild(process.execPath, [join(dist, 'launcher.cjs'), ...words, ...set], {
    env,
    stdio: 'ignore',
  });
  const ended = new Promise((resolve) => child.on('exit', resolve));
  let [engine, memory] = [undefined, 0];
  const timer = setInterval(() => {
    const run = newestRun(state);
    if (run !== former) engine ??= journalOf(run).find(({ type }) => type === 'engine')?.pid;
    memory = Math.max(memory, peakMemory(engine));
  }, 20);
  const code = await ended;
  clearInterval(timer);
  if (code !== 0) throw new Error(`exit ${code}`);
  const records = journalOf(newestRun(state));
  const at = (type) => Date.parse(records.findLast((record) => record.type === type).time);
  return { time: at('end') - at('begin'), memory };
}

function newestRun(state) {
  const runs = join(state, 'runs');
  return existsSync(runs) ? join(runs, readdirSync(runs).sort().at(-1) ?? '') : '';
}

function journalOf(run) {
  const path = join(run, 'journal.jsonl');
  const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n').slice(0, -1) : [];
  return lines.map((line) => JSON.parse(line));
}

/** Of a process, in megabytes; 0 when it is not there. */
function peakMemory(pid) {
  try {
    return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1000;
  } catch {
    return 0;
  }
}

function floodGuide() {
  const text = (one) => ({ fr: one, en: one });
  const question = (id, kind, more) => ({ id, kind, topic: 'all', ask: text(id), ...more });
  const command = {
    kind: 'command',
    name: 'flood',
    run: ['/bin/sh', '-c', flooding, '%TARGET%', '%LINES%'],
    done: { exists: '%TARGET%' },
    undo: { run: ['/bin/rm', '-f', '%TARGET%'] },
  };
  const step = { id: 'flood', title: text('flood'), source: [], do: [command] };
  const guide = {
    id: 'flood',
    version: '1',
    title: text('flood'),
    summary: text('flood'),
    rights: 'user',
    minutes: 1,
    unfit: [],
    topics: [{ id: 'all', title: text('all') }],
    questions: [
      question('TARGET', 'path'),
      question('LINES', 'int'),
      // What the redactor has to look for.
      ...['ONE', 'TWO', 'THREE'].map((id) => question(id, 'password', { generate: 24 })),
    ],
    rules: [],
    chapters: [{ id: 'flood', title: text('flood'), steps: [step] }],
    errata: [],
    notes: [],
    finished: [],
    source: { title: 'flood', lang: 'en', lines: 0, blank: [], headings: [], hashes: [] },
  };
  return `export const guides = [${JSON.stringify(guide)}]; export const assets = {};`;
}

function least(all) {
  return Math.min(...all);
}

function median(all) {
  return all.toSorted((a, b) => a - b)[all.length >> 1];
}

function print(name, all, unit) {
  const figures = [least(all), median(all)].map((one) => one.toFixed(0).padStart(6));
  console.log(`${name.padEnd(32)} ${figures.join(' ')} ${unit}`);
}

/** Runs each in turn, round after round; prints milliseconds. */
async function compare(programs) {
  const times = Object.fromEntries(Object.keys(programs).map((name) => [name, []]));
  for (let round = 0; round < rounds; round++)
    for (const [name, run] of Object.entries(programs)) times[name].push(await run());
  for (const [name, all] of Object.entries(times)) print(name, all, 'ms');
}

function timed(run) {
  const from = performance.now();
  const { status, stderr } = run();
  if (status !== 0) throw new Error(`exit ${status}: ${stderr}`);
  return performance.now() - from;
}

function toEnd(argv) {
  return timed(() => spawnSync(process.execPath, argv, { env, maxBuffer: 1 << 28 }));
}

function toFrame(argv, text) {
  const { promise, resolve, reject } = Promise.withResolvers();
  const from = performance.now();
  const pty = spawn(process.execPath, argv, { cols: 80, rows: 24, env });
  let seen = '';
  pty.onData((data) => {
    seen += data;
    if (!seen.includes(text)) return;
    resolve(performance.now() - from);
    pty.kill('SIGKILL');
  });
  pty.onExit(() => reject(new Error(`“${text}” did not come: ${seen}`)));
  return promise;
}
