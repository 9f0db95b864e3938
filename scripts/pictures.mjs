// Pictures of the real screens for the README: the program on a pseudo-terminal, its cells drawn as SVG text.
// What differs from one run to the next (folder, host, seconds, line numbers) is replaced.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { said } from '../test/e2e/said.ts';
import { keys, Terminal } from '../test/e2e/terminal.ts';
import { svgOf } from './svg.mjs';

const pictures = join(import.meta.dirname, '../assets/pictures');
mkdirSync(pictures, { recursive: true });
for (const lang of ['fr', 'en']) await takeAll(lang);

async function takeAll(lang) {
  const words = said(lang);
  // As long as what stands for it in the pictures, so that nothing moves.
  const home = mkdtempSync('/tmp/wiz-');
  const env = { PATH: process.env.PATH, HOME: home, TERM: 'xterm-256color', LANG: words.locale };
  const args = ['--state-dir', join(home, 'state')];
  const terminal = new Terminal(args, { size: [80, 24], cwd: home, env });
  const take = async (name) => {
    await new Promise((resolve) => setTimeout(resolve, 400));
    const rows = terminal.cells().map((row, at) => settled(row, at, home));
    writeFileSync(join(pictures, `${name}.${lang}.svg`), svgOf(rows, titleOf(rows)));
  };
  try {
    await walk(terminal, words, join(home, 'practice'), take);
  } finally {
    terminal.kill('SIGKILL');
    rmSync(home, { recursive: true, force: true });
  }
}

/** The first line of the screen. */
function titleOf([first]) {
  return first
    .map(({ text }) => text)
    .join('')
    .trim()
    .replace(/\s{2,}.*/, '');
}

async function walk(terminal, words, folder, take) {
  await terminal.waitFor(words.home);
  await take('home');
  await terminal.choose(words.practice);
  await terminal.press(keys.enter);
  await terminal.waitFor(words.answers);
  await terminal.press(keys.clear, folder, keys.enter, keys.enter);
  await terminal.press(keys.clear, 'Ada Lovelace', keys.enter, keys.clear, 'ada(at)mon-univ.fr');
  await terminal.waitFor('✖');
  await take('questions');
  await terminal.press(keys.clear, 'ada@mon-univ.fr', keys.enter, keys.enter, keys.enter);
  await terminal.choose(words.toPlan);
  await terminal.press(keys.enter);
  await terminal.waitFor(words.plan);
  await terminal.press(keys.down, keys.down, keys.right, keys.down, keys.right);
  await take('plan');
  await terminal.press(keys.enter);
  await terminal.waitFor(words.consent);
  await terminal.press(words.yes);
  await terminal.waitFor(/building part \d{4} of/);
  await take('run');
  await terminal.waitFor(words.retry);
  await take('failure');
  writeFileSync(join(folder, 'mended'), '');
  await terminal.press(keys.enter);
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
function settled(cells, at, home) {
  const text = cells.map(({ text: one }) => one).join('');
  const hasHost = text.includes('Setup Wizard') ? /\S+ · \S.*\S(?=\s*$)/ : /^(?!)/;
  const changed = text
    .replaceAll(home, '/home/ada/trial')
    .replace(/\/program\/(\S{14})/, '/program/0.1.0-4f1c2a9e')
    .replace(/\d{8}-\d{6}/, '20261103-141220')
    .replace(/\b\d:\d\d\b/g, '0:02')
    .replace(/part \d+ of 6000/, `part ${2400 + at} of 6000`)
    .replace(hasHost, (host) => 'srv-events · Debian 12'.padStart(host.length));
  return cells.map((cell, column) => ({ ...cell, text: changed[column] ?? ' ' }));
}
