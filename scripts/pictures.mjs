// Pictures of the real screens for the README: the program on a pseudo-terminal, its cells drawn as SVG text.
// What differs from one run to the next (folder, host, seconds, line numbers) is replaced.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { said } from '../test/e2e/said.ts';
import { keys, Terminal } from '../test/e2e/terminal.ts';
import { svgOf } from './svg.mjs';

// As long as the folder it stands for, so that nothing moves.
const shownHome = '/home/ada/trial';
const root = join(import.meta.dirname, '..');
/** Where the pictures of each terminal go; those of the README first. */
const series = [
  { lang: 'fr', size: [80, 24], name: (screen) => `assets/pictures/${screen}.fr.svg` },
  { lang: 'en', size: [80, 24], name: (screen) => `assets/pictures/${screen}.en.svg` },
  { lang: 'en', size: [120, 40], name: after('120x40.en') },
  { lang: 'fr', size: [200, 50], name: after('200x50.fr') },
  { lang: 'fr', size: [60, 16], name: after('60x16.fr') },
  { lang: 'fr', size: [80, 24], look: 'light', name: after('light.fr') },
  { lang: 'en', size: [80, 24], env: { TERM: 'linux', LANG: 'C', NO_COLOR: '1' }, name: after('plain.en') },
];
function after(kind) {
  return (screen) => `docs/pictures/after/${screen}.${kind}.svg`;
}

const wanted = process.argv.slice(2);
for (const one of series) {
  if (wanted.length === 0 || wanted.some((part) => one.name('x').includes(part))) await takeAll(one);
}

async function takeAll({ lang, size, look = 'dark', env = {}, name }) {
  const words = said(lang, env.LANG === 'C');
  const home = mkdtempSync('/tmp/wiz-');
  const around = { PATH: process.env.PATH, HOME: home, TERM: 'xterm-256color', LANG: words.locale, ...env };
  const args = ['--state-dir', join(home, 'state'), '--lang', lang];
  const terminal = new Terminal(args, { size, cwd: home, env: around });
  const take = async (screen) => {
    await new Promise((resolve) => setTimeout(resolve, 400));
    const cells = terminal.cells();
    const rows = cells.map((row, at) => settled(row, at, home, cells[at - 1], cells[at + 1]));
    const path = join(root, name(screen));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, svgOf(rows, titleOf(rows), look));
  };
  try {
    await walk(terminal, words, join(home, 'practice'), take);
  } finally {
    terminal.kill('SIGKILL');
    rmSync(home, { recursive: true, force: true });
  }
}

function textOf(row = []) {
  return row.map(({ text }) => text).join('');
}

/** The first line of the screen. */
function titleOf([first]) {
  return textOf(first)
    .trim()
    .replace(/\s{2,}.*/, '');
}

async function walk(terminal, words, folder, take) {
  await terminal.waitFor(words.home);
  await take('home');
  await terminal.choose(words.practice);
  await terminal.press(keys.enter);
  await terminal.waitFor(words.answers);
  await terminal.press(
    keys.clear,
    folder,
    keys.enter,
    keys.enter,
    keys.right,
    keys.left,
    keys.left,
    keys.enter,
  );
  await terminal.press(keys.clear, 'Ada Lovelace', keys.enter, keys.clear, 'ada(at)mon-univ.fr');
  await terminal.waitFor(words.failed);
  await take('questions');
  await terminal.press(keys.clear, 'ada@mon-univ.fr', keys.enter, keys.enter, keys.enter, keys.enter);
  await terminal.press('a', 'grace', keys.tab, 'grace@mon-univ.fr', keys.enter);
  await take('list');
  await terminal.press(keys.enter);
  await terminal.press(keys.escape);
  await terminal.choose(words.toPlan);
  await terminal.press(keys.enter);
  await terminal.waitFor(words.plan);
  await terminal.press('/', 'practice.ini', keys.enter);
  await take('plan');
  await terminal.press(keys.escape, keys.enter);
  await terminal.waitFor(words.consent);
  await terminal.press(words.yes);
  await terminal.waitFor(/building part \d{4} of/);
  await take('run');
  await terminal.waitFor(words.retry);
  await take('failure');
  await terminal.press('o', keys.left);
  await take('log');
  await terminal.press(keys.escape);
  writeFileSync(join(folder, 'mended'), '');
  await terminal.press(keys.enter);
  await terminal.waitFor(words.lend);
  await take('terminal');
  await terminal.press(keys.enter);
  await terminal.waitFor('Un mot / A word');
  await terminal.press('merci', keys.enter);
  await terminal.waitFor(words.checklist);
  await terminal.press(keys.space);
  await terminal.choose('by-hand');
  await take('checklist');
  writeFileSync(join(folder, 'by-hand'), '');
  await terminal.press(keys.space);
  await terminal.waitFor(words.done);
  await take('finished');
}

/** The row's cells with what is of this run replaced. */
function settled(cells, at, home, above, below) {
  const text = textOf(cells);
  const hasHost = text.includes('Setup Wizard') ? /\S+ · \S.*\S(?=\s*$)/ : /^(?!)/;
  const changed = halves(text, home, textOf(above), textOf(below))
    .replaceAll(home, shownHome)
    .replace(/\/tmp\/wiz-\w*/, (cut) => shownHome.slice(0, cut.length))
    .replace(/\/program\/(\S{14})/, '/program/0.1.0-4f1c2a9e')
    .replace(/\d{8}-\d{6}/, '20261103-141220')
    .replace(/\bat \d\d:\d\d\b/, 'at 14:12')
    .replace(/(?<= à )\d{1,2} h \d\d/, (time) => '14 h 12'.slice(-time.length))
    .replace(/\b\d:\d\d\b/g, '0:02')
    .replace(/part \d+ of 6000/, `part ${2400 + at} of 6000`)
    .replace(hasHost, (host) => 'srv-events · Debian 12'.padStart(host.length));
  return cells.map((cell, column) => ({ ...cell, text: changed[column] ?? ' ' }));
}

/** A long line may be broken in the middle of the folder's name. */
function halves(text, home, above, below) {
  for (let length = 2; length < home.length; length++) {
    const [first, second] = [home.slice(0, length), home.slice(length)];
    if (text.trimEnd().endsWith(first) && below.trimStart().startsWith(second))
      return text.replace(new RegExp(`${first}(?=\\s*$)`), shownHome.slice(0, length));
    if (above.trimEnd().endsWith(first) && text.trimStart().startsWith(second))
      return text.replace(second, shownHome.slice(length));
  }
  return text;
}
