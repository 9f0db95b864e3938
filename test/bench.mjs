// What the wizard costs, beside what cannot be had for less: `npm run bench`. Medians of interleaved runs.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawn } from 'node-pty';
import { bundle } from '../scripts/bundle.mjs';

const root = join(import.meta.dirname, '..');
const launcher = join(root, 'dist/launcher.cjs');
const folder = mkdtempSync(join(tmpdir(), 'setup-wizard-bench-'));
const env = { PATH: process.env.PATH, HOME: folder, TERM: 'xterm-256color', LANG: 'C.UTF-8' };
const rounds = 9;
const lines = 100_000;

try {
  await startUp();
  await flood();
} finally {
  rmSync(folder, { recursive: true, force: true });
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

/** A command with many lines as the step of a guide, and by itself with its output in a file. */
async function flood() {
  const dist = join(folder, 'dist');
  mkdirSync(dist);
  await bundle({ outfile: join(dist, 'main.js'), guides: floodGuide() });
  copyFileSync(launcher, join(dist, 'launcher.cjs'));
  let run = 0;
  const install = (count) => {
    run++;
    const words = ['--state-dir', join(folder, 'flood'), 'install', 'flood', '--yes'];
    const set = ['--set', `TARGET=${join(folder, `done-${run}`)}`, '--set', `LINES=${count}`];
    return toEnd([join(dist, 'launcher.cjs'), ...words, ...set]);
  };
  // The first one copies the program.
  install(1);
  const times = await compare({
    [`${lines} lines to a file`]: () =>
      timed(() => spawnSync('/bin/sh', ['-c', `seq ${lines} > ${join(folder, 'lines')}`])),
    'a run of 1 line': () => install(1),
    [`a run of ${lines} lines`]: () => install(lines),
  });
  const [, one, many] = Object.values(times);
  console.log(
    `${''.padEnd(28)} ${(((many - one) / lines) * 1000).toFixed(1)} µs a line, engine, log and client`,
  );
}

function floodGuide() {
  const text = (one) => ({ fr: one, en: one });
  const question = (id, kind) => ({ id, kind, topic: 'all', ask: text(id) });
  const command = {
    kind: 'command',
    name: 'flood',
    run: ['/bin/sh', '-c', 'seq "$1"; : > "$0"', '%TARGET%', '%LINES%'],
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
    questions: [question('TARGET', 'path'), question('LINES', 'int')],
    rules: [],
    chapters: [{ id: 'flood', title: text('flood'), steps: [step] }],
    errata: [],
    notes: [],
    finished: [],
    source: { title: 'flood', lang: 'en', lines: 0, blank: [], headings: [], hashes: [] },
  };
  return `export const guides = [${JSON.stringify(guide)}]; export const assets = {};`;
}

/** Runs each in turn, round after round; prints and gives the medians in milliseconds. */
async function compare(programs) {
  const times = Object.fromEntries(Object.keys(programs).map((name) => [name, []]));
  for (let round = 0; round < rounds; round++)
    for (const [name, run] of Object.entries(programs)) times[name].push(await run());
  const medians = Object.fromEntries(
    Object.entries(times).map(([name, all]) => [name, all.toSorted((a, b) => a - b)[rounds >> 1]]),
  );
  for (const [name, median] of Object.entries(medians))
    console.log(`${name.padEnd(28)} ${median.toFixed(0).padStart(6)} ms`);
  return medians;
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
