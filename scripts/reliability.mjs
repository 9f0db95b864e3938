// Makes docs/reliability.json and docs/reliability.md: runs the proofs of all sections, or of those named, and keeps
// what they counted. Needs root on a Debian machine for the sections that use the lab.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { reliabilityPage } from './reliability-page.ts';
import { introductions } from './reliability-sections.ts';

const root = join(import.meta.dirname, '..');
const json = join(root, 'docs/reliability.json');
const page = join(root, 'docs/reliability.md');
const all = introductions.map(({ id }) => id);
const wanted = process.argv.slice(2);
const renderOnly = wanted[0] === '--render';

const unknown = wanted.filter((id) => !all.includes(id));
if (unknown.length > 0 && !renderOnly) {
  console.error(`${unknown.join(', ')}: sections are ${all.join(', ')}`);
  process.exit(2);
}

for (const id of renderOnly ? [] : wanted.length > 0 ? wanted : all) {
  const proofs = proofsOf(id);
  if (proofs.tests.length + proofs.benches.length === 0) console.log(`${id}: nothing proves it yet`);
  else keep(id, measure(id, proofs));
}
render();
const failed = Object.values(figures()).some(({ tests }) => tests.failed > 0);
process.exit(failed ? 1 : 0);

/** The files that count for a section: tests that vitest runs, and programs of their own. */
function proofsOf(id) {
  const counts = new RegExp(`proven\\(\\s*'${id}'`);
  const files = globSync('test/**/*.{ts,tsx,mjs}', { cwd: root }).sort();
  const texts = new Map(files.map((file) => [file, readFileSync(join(root, file), 'utf8')]));
  const counting = files.filter((file) => counts.test(texts.get(file)));
  const isTest = (file) => /\.test\.tsx?$/.test(file);
  // A helper counts for the tests that import it.
  const imports = (file) =>
    [...texts.get(file).matchAll(/from '(\.[^']+)'/g)].map(([, path]) => join(dirname(file), path));
  const uses = (file) => imports(file).some((path) => counting.includes(path));
  return {
    tests: files.filter((file) => isTest(file) && (counting.includes(file) || uses(file))),
    benches: counting.filter((file) => file.endsWith('.mjs')),
  };
}

function measure(id, { tests, benches }) {
  const folder = mkdtempSync(join(tmpdir(), 'setup-wizard-figures-'));
  const from = performance.now();
  try {
    const isLab = (file) => file.startsWith('test/lab/');
    const counted = [
      vitest(
        folder,
        'vitest.config.ts',
        tests.filter((file) => !isLab(file)),
      ),
      vitest(folder, 'test/lab/vitest.config.ts', tests.filter(isLab)),
      ...benches.map((file) => bench(folder, file, id)),
    ];
    const sum = (key) => counted.reduce((total, one) => total + one[key], 0);
    return {
      commit: commit(),
      date: new Date().toISOString().slice(0, 10),
      seconds: Math.round((performance.now() - from) / 1000),
      tests: { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') },
      rows: rowsIn(join(folder, `${id}.jsonl`)),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function environment(folder) {
  return { ...process.env, SETUP_WIZARD_FIGURES: folder };
}

function vitest(folder, config, files) {
  if (files.length === 0) return { passed: 0, failed: 0, skipped: 0 };
  const out = join(folder, 'vitest.json');
  rmSync(out, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${out}`];
  const ran = spawnSync(
    process.execPath,
    [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--config', config, ...reporters, ...files],
    { cwd: root, env: environment(folder), stdio: 'inherit' },
  );
  if (!existsSync(out)) return { passed: 0, failed: 1, skipped: 0 };
  const said = JSON.parse(readFileSync(out, 'utf8'));
  const failed = said.numFailedTests + filesThatBroke(said);
  return {
    passed: said.numPassedTests,
    // An error outside of any test ends the run badly too.
    failed: failed === 0 && ran.status !== 0 ? 1 : failed,
    skipped: said.numPendingTests + said.numTodoTests,
  };
}

/** A file that could not be loaded, or whose preparation failed, has no test that says so. */
function filesThatBroke({ testResults }) {
  return testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && assertionResults.every((one) => one.status !== 'failed'),
  ).length;
}

function bench(folder, file, part) {
  const { status } = spawnSync(process.execPath, [file, part], {
    cwd: root,
    env: environment(folder),
    stdio: 'inherit',
  });
  return status === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
}

function rowsIn(path) {
  const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n') : [];
  return lines.filter(Boolean).map((line) => JSON.parse(line));
}

function commit() {
  const git = (...words) => execFileSync('git', words, { cwd: root, encoding: 'utf8' }).trim();
  const isClean = git('status', '--porcelain', '--', '.', ':!docs/reliability.*') === '';
  return `${git('rev-parse', '--short', 'HEAD')}${isClean ? '' : ' and changes'}`;
}

function figures() {
  return existsSync(json) ? JSON.parse(readFileSync(json, 'utf8')) : {};
}

/** Another section that was made meanwhile stays: what is kept is read just before it is written. */
function keep(id, measured) {
  const kept = { ...figures(), [id]: measured };
  const ordered = Object.fromEntries(all.flatMap((one) => (kept[one] ? [[one, kept[one]]] : [])));
  writeFileSync(json, `${JSON.stringify(ordered, null, 2)}\n`);
  render();
}

function render() {
  writeFileSync(page, reliabilityPage(figures()));
}
