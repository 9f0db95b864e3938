import { expect, test } from 'vitest';
import { width } from '../../screens/parts/width.ts';
import { stories } from '../../screens/stories.tsx';
import { planText } from '../../src/i18n/plan-text.ts';
import type { Plan, View } from '../../src/run/protocol.ts';
import { keys, stage } from './stage.tsx';

const story = (name: string, change: Partial<View> = {}): View => ({ ...(stories[name] as View), ...change });
const planOf = (name: string): Plan => story(name).plan as Plan;
/** The line under the cursor, without the margin. */
const under = (lines: readonly string[]) => lines.find((line) => line.includes('❯'))?.replace(/^.*❯ */, '');
const flat = (text: string) => text.replaceAll(/\s+/g, ' ');

/** Chapters folded, as in a long plan. */
const folded = async (size: readonly [number, number] = [80, 40], view = story('plan')) => {
  const staged = await stage({ view, size });
  await staged.press('-');
  return staged;
};

test('folded chapters say how much there is to do in each', async () => {
  const { line, text } = await folded();
  expect(line('Database')).toMatch(/▹ Database +≠ 1 {2}2 changes$/);
  expect(line('Requirements')).toContain('✔ already done');
  expect(line('Pretix  ') || line('▹ Pretix')).toContain('cannot be undone');
  expect(text()).not.toContain('Write pretix.cfg');
});

test('in a window too small for the plan the question of consent is still said', async () => {
  const { press, text } = await stage({ view: story('plan'), size: [50, 12] });
  await press(keys.enter);
  expect(text()).toContain('Apply these 6 changes? y / n');
});

test('an unfolded step shows the guide’s words, then what will be done, then why it differs', async () => {
  const { press, text } = await stage({ view: story('plan'), size: [80, 60] });
  await press('/', 'apache site', keys.enter, keys.right);
  const shown = flat(text());
  const places = [
    'The guide, lines 160–214: “Exemple de configuration Apache : /etc/apache2/sites-available/pretix”',
    '- ServerName localhost',
    '+ ServerName inscription.mon-univ.fr',
    'The guide: accepts TLS 1.0 and 1.1.',
    'The wizard: TLS 1.2 or better.',
  ].map((part) => shown.indexOf(part));
  expect(places).not.toContain(-1);
  expect(places).toEqual(places.toSorted((a, b) => a - b));
});

test('in a wide window the guide’s words stand beside what will be done', async () => {
  const { press, line } = await stage({ view: story('plan'), size: [120, 60] });
  await press('+');
  expect(line('The guide, lines 86–131')).toMatch(
    /File \/etc\/pretix\/pretix\.cfg.*│ The guide, lines 86–131/,
  );
});

test('the sign of a difference begins each of its rows, also of a line longer than a row', async () => {
  const long = `+${'word '.repeat(30)}end`;
  const { steps, ...plan } = planOf('plan');
  const changed = steps.map((step) =>
    step.id === 'config'
      ? { ...step, operations: step.operations.map((one) => ({ ...one, diff: ` same\n${long}\n` })) }
      : step,
  );
  const view = story('plan', { plan: { ...plan, steps: changed } });
  const { press, lines, line } = await stage({ view, size: [80, 60] });
  await press('+');
  const rows = lines().filter((one) => one.includes('word word'));
  expect(rows.length).toBeGreaterThan(1);
  for (const row of rows) expect(row.trimStart()).toMatch(/^\+(word|…)/);
  expect(line('same')).toMatch(/^ {12}same/);
});

test('a long difference is folded after some lines, says how many more, and unfolds', async () => {
  const { press, text } = await stage({ view: story('plan'), size: [80, 60] });
  await press('/', 'apache site', keys.enter, keys.right);
  expect(text()).toContain('▹ 24 more lines');
  expect(text()).not.toContain('pretix-error.log');
  await press(...Array.from({ length: 17 }, () => keys.down), keys.right);
  expect(text()).toContain('/part-9 ');
  await press(keys.left);
  expect(text()).not.toContain('/part-9 ');
  await press('/', 'pretix-error.log', keys.enter);
  expect(text()).toContain('pretix-error.log');
  expect(text()).toContain('1 / 1');
  await press(keys.left);
  expect(text()).toContain('▹ 24 more lines');
});

test('+ unfolds all, - folds all and keeps to the chapter where one was', async () => {
  const { press, text, lines } = await stage({ view: story('plan'), size: [80, 100] });
  await press('+');
  expect(text()).toContain('CREATE DATABASE');
  expect(text()).toContain('pretix-error.log');
  await press('/', 'backend=mysql', keys.enter, keys.escape, '-');
  expect(text()).not.toContain('Write pretix.cfg');
  expect(under(lines())).toMatch(/^▹ Configuration/);
});

test.each([
  ['a title', 'apache site', /Apache site/],
  ['a key', 'mysql:db/pretix', /Create the database pretix/],
  ['a command', 'create user', /CREATE USER/],
  ['a line of a difference', 'BACKEND=', /\+backend=mysql/],
  ['the guide’s own words', 'donnees suivantes', /The guide, lines 86–131/],
  ['why it differs', 'tls 1.0', /accepts TLS 1\.0/],
])('a search finds %s in what is folded, and unfolds what hides it', async (_, typed, found) => {
  const { press, lines, text } = await folded([80, 60]);
  expect(under(lines()) ?? '').not.toMatch(found);
  await press('/', typed, keys.enter);
  expect(under(lines())).toMatch(found);
  expect(text()).toContain('1 / 1');
});

test('a match unfolds no more than what hides it', async () => {
  const { press, text } = await folded();
  await press('/', 'Write pretix.cfg', keys.enter);
  expect(text()).toContain('▹ · Write pretix.cfg');
  expect(text()).not.toContain('· Create the database');
});

test('n and N go through the matches and around, the notice counts them', async () => {
  const { press, line, lines } = await folded([80, 60]);
  await press('/', 'mysql', keys.enter);
  const count = Number(/1 \/ (\d+)/.exec(line('1 / '))?.[1]);
  expect(count).toBe(5);
  const first = under(lines());
  await press('n');
  expect(line('2 / 5')).not.toBe('');
  await press('N', 'N');
  expect(line('5 / 5')).not.toBe('');
  await press('n');
  expect(under(lines())?.slice(1)).toBe(first?.slice(1));
});

test('while one types, the matches are counted; Escape ends the search and corrects nothing', async () => {
  const { press, pause, text, connection } = await folded();
  await press('/', 'pretix.cfg');
  expect(text()).toContain('3 matches');
  await press(keys.enter);
  expect(text()).toContain('1 / 3');
  await press(keys.escape);
  await pause(60);
  expect(text()).not.toContain('1 / 3');
  expect(connection.sent).toEqual([]);
  await press(keys.escape);
  await pause(60);
  expect(connection.sent).toEqual([{ type: 'correct' }]);
});

test('what is nowhere is said to be', async () => {
  const { press, text } = await folded();
  await press('/', 'postgres', keys.enter);
  expect(text()).toContain('“postgres” is nowhere in this plan.');
});

test('s saves the whole plan, folded or not, and says where', async () => {
  const saved: string[] = [];
  const save = async (name: string, text: string) => {
    saved.push(name, text);
    return `/home/op/${name}`;
  };
  const { press, text } = await stage({ view: story('plan'), desk: { save } });
  await press('-', 's');
  expect(text()).toContain('Saved: /home/op/pretix-plan.txt');
  expect(saved[0]).toBe('pretix-plan.txt');
  expect(saved[1]).toBe(planText(story('plan').title, planOf('plan'), 'en'));
  await press(keys.down);
  expect(text()).not.toContain('Saved');
});

test('a plan that cannot be saved is said with the reason', async () => {
  const save = async () => Promise.reject(new Error('no space left on device'));
  const { press, text } = await stage({ view: story('plan'), desk: { save } });
  await press('s');
  expect(text()).toContain('Not saved: no space left on device');
});

test('what is said of the whole plan stands over it, over the question of consent, and in the saved text', async () => {
  const note = {
    fr: 'Une exécution antérieure du même guide reste en place.',
    en: 'An older run of the same guide stays in place: 20261121-101500-pretix. Another rollback will undo it.',
  };
  const plan = { ...planOf('plan'), notes: [note] };
  const { press, text } = await stage({ view: story('plan', { plan }) });
  expect(flat(text())).toContain(note.en);
  await press(keys.enter);
  expect(flat(text())).toContain(note.en);
  expect(text()).toContain('Apply these 6 changes? y / n');
  expect(planText(story('plan').title, plan, 'fr')).toContain(`!! ${note.fr}`);
});

test('however much is said of the whole plan, the question of consent is still said', async () => {
  const long = { fr: 'mot '.repeat(400), en: 'word '.repeat(400) };
  const view = story('plan', { plan: { ...planOf('plan'), notes: [long] } });
  const { press, text } = await stage({ view });
  await press(keys.enter);
  expect(text()).toContain('Apply these 6 changes? y / n');
});

test('the saved text has chapters, quotes, signs at the line start, errata and what cannot be undone', () => {
  const text = planText(story('plan').title, planOf('plan-again'), 'fr').replaceAll('\u00a0', ' ');
  expect(text).toContain('Plan : Pretix (6 changements · 2 déjà faits · 1 à la main · 1 inconnu)');
  expect(text).toContain('## Configuration (2 changements)');
  expect(text).toContain('  Le guide, lignes 86–131 : « Puis il faut alimenter');
  expect(text).toMatch(/^ {6}\+backend=mysql$/m);
  expect(text).toMatch(/^ {6}- {2}ServerName localhost$/m);
  expect(text).toContain('!! world-readable: Le guide : laisse /etc/pretix lisible par tous.');
  expect(text).toContain('!! Irréversible : migrate change le schéma');
  expect(text.match(/~ Déjà faite, sera refaite\./g)).toHaveLength(2);
  expect(text).not.toContain('undefined');
});

test('reopened steps are marked in words, unfolded to be seen, and counted', async () => {
  const { text, line } = await stage({ view: story('plan-again'), size: [80, 40] });
  expect(line('Write pretix.cfg')).toContain('↻');
  expect(text()).toContain('Done before, will be done again.');
  expect(line('Configuration')).toContain('↻ 1');
  expect(text()).toContain('↻ 2 steps done before, to be done again');
});

test('the expected time comes from earlier runs, else from the guide', async () => {
  const last = await stage({ view: story('plan-again') });
  expect(last.text()).toContain('~3 min, as last time');
  const expected = { steps: { site: 9000 }, minutes: 20 };
  const fresh = await stage({ view: story('plan', { expected }) });
  expect(fresh.text()).toContain('about 20 min');
});

test('what is irreversible stays in sight: on its folded chapter, and under its folded step', async () => {
  const { press, line, text } = await folded();
  expect(line('▹ Pretix')).toContain('cannot be undone');
  await press('/', 'Create the tables', keys.enter);
  expect(text()).toContain('Cannot be undone: migrate changes the schema');
});

test.each([
  [80, 24],
  [60, 16],
  [120, 40],
  [200, 50],
] as const)('nothing of the unfolded plan is wider than %d columns', async (columns, rows) => {
  const { press, frames } = await stage({ view: story('plan-again'), size: [columns, rows], lang: 'fr' });
  await press('+', keys.pageDown, keys.pageDown, '/', 'x', keys.enter, 's');
  const all = frames.flatMap((frame) => frame.replace(/\n$/, '').split('\n'));
  expect(all.filter((one) => width(one) > columns)).toEqual([]);
});
