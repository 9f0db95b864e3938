/** A journal that cannot be read, on the real program: what still works, what refuses, what is said, in both languages. */
import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { proven } from '../figures.ts';
import { runProgram, unattended } from './program.ts';
import { keys, World } from './terminal.ts';

let world: World;
beforeEach(() => {
  world = new World();
});
afterEach(() => world.destroy());

const journalOf = (run: string) => join(world.state, 'runs', run, 'journal.jsonl');
const install = () => runProgram(world, ['install', 'practice', '--yes', ...unattended(world)]);

/** One byte in the middle of a run's journal; of another guide's, when a name is given. */
function damage(run: string): void {
  const bytes = readFileSync(journalOf(run));
  const middle = Math.floor(bytes.length / 2);
  bytes[middle] = (bytes[middle] ?? 0) ^ 1;
  writeFileSync(journalOf(run), bytes);
}

/** As a much newer program would have begun it. */
function makeNewer(run: string): void {
  const text = readFileSync(journalOf(run), 'utf8');
  writeFileSync(
    journalOf(run),
    text.replace(/"program":"[^"]*"(.*?)"journal":1/, '"program":"9.8.7"$1"journal":9'),
  );
}

/** The practice run is given to another guide, and harmed. */
function foreign(harm: (run: string) => void): string {
  const [run = ''] = world.runs;
  const other = run.replace(/^\d+/, '0000').replace('practice', 'pretix');
  renameSync(join(world.state, 'runs', run), join(world.state, 'runs', other));
  harm(other);
  return other;
}

/** Every file that the wizard or a guide could change, with its content. */
function everything(): Record<string, string> {
  const files = readdirSync(world.path, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile() && !one.parentPath.includes('/program'))
    .map((one) => join(one.parentPath, one.name));
  return Object.fromEntries(files.map((path) => [path, readFileSync(path, 'latin1')]));
}

const sentences = {
  en: {
    whole: /The journal of the run (\S+) is damaged at line \d+: \S+journal\.jsonl\. Until it is whole again/,
  },
  fr: {
    whole: /Le journal de l’exécution (\S+) est endommagé à la ligne \d+\u00a0: \S+journal\.jsonl\. D’ici/,
  },
};
/** A command that shows what is whole although another journal is damaged is `harmless`. */
const none = () => ({ cases: 0, detected: 0, harmless: 0, missed: 0 });

const changing = [
  ['install', 'practice', '--yes'],
  ['resume'],
  ['resume', 'practice'],
  ['rollback', 'practice', '--yes'],
];

describe('its own journal', () => {
  test('damaged: each command says so and changes nothing; the lines before the damage are shown', async () => {
    await install();
    const [run = ''] = world.runs;
    damage(run);
    const before = everything();
    const own = [['verify'], ['todo'], ['report'], ['plan'], ['tick', 'by-hand']].map(
      ([verb = '', ...rest]) => [verb, 'practice', ...rest],
    );
    const counted = none();
    for (const lang of ['en', 'fr'] as const) {
      for (const words of [...changing, ...own, ['status']]) {
        const where = `${words.join(' ')} ${lang}`;
        const { code, stderr } = await runProgram(world, [...words, '--lang', lang], {
          env: { LC_ALL: 'C.UTF-8' },
        });
        counted.cases++;
        counted[code === 6 && stderr.includes(run) ? 'detected' : 'missed']++;
        expect([code, stderr.match(sentences[lang].whole)?.[1]], where).toEqual([6, run]);
        expect(stderr, where).toMatch(/^ {2}1 \S+ opened/m);
        expect(stderr, where).not.toMatch(/\bat .*\.js:\d+/);
      }
    }
    expect(everything()).toEqual(before);
    proven('journal', 'commands with their own journal damaged', counted);
  }, 180_000);

  test('of a newer program: the same, with the version that can read it', async () => {
    await install();
    const [run = ''] = world.runs;
    makeNewer(run);
    const before = everything();
    for (const words of [...changing, ['verify', 'practice'], ['status']]) {
      const { code, stderr } = await runProgram(world, words);
      expect([code, stderr], words.join(' ')).toEqual([
        6,
        expect.stringContaining('newer version of the program (9.8.7)'),
      ]);
    }
    expect(everything()).toEqual(before);
  }, 120_000);
});

describe('the journal of another guide', () => {
  test('damaged: what is whole can be looked at, nothing is begun, and status says what to do', async () => {
    await install();
    const other = foreign(damage);
    // A second, whole run of this guide: made before the damage as far as the machine is concerned.
    renameSync(join(world.state, 'runs', other), join(world.path, 'aside'));
    await runProgram(world, ['rollback', 'practice', '--yes']);
    expect((await install()).code).toBe(0);
    renameSync(join(world.path, 'aside'), join(world.state, 'runs', other));
    const before = everything();
    const looking: [string[], number][] = [
      [['verify', 'practice'], 0],
      [['todo', 'practice'], 0],
      [['report', 'practice'], 0],
      [['plan', 'practice', ...unattended(world)], 0],
      [['list'], 6],
      [['status'], 6],
      [['verify', 'pretix'], 6],
    ];
    const counted = none();
    for (const [words, exit] of looking) {
      const { code, stdout } = await runProgram(world, words);
      counted.cases++;
      counted[code === 6 ? 'detected' : exit === 0 ? 'harmless' : 'missed']++;
      expect(code, words.join(' ')).toBe(exit);
      if (exit === 0 && words[0] !== 'todo') expect(stdout, words.join(' ')).not.toBe('');
    }
    for (const lang of ['en', 'fr'] as const) {
      for (const words of changing) {
        const { code, stderr } = await runProgram(world, [...words, '--lang', lang]);
        counted.cases++;
        counted[code === 6 && stderr.includes(other) ? 'detected' : 'missed']++;
        expect([code, stderr.match(sentences[lang].whole)?.[1]], words.join(' ')).toEqual([6, other]);
      }
    }
    const status = await runProgram(world, ['status']);
    expect(status.stdout).toMatch(/practice {2}install {2}done/);
    expect(status.stderr).toContain(`move the directory ${other} out of runs/`);
    const list = JSON.parse((await runProgram(world, ['list', '--json'])).stdout) as {
      id: string;
      state: string;
    }[];
    expect(list.find(({ id }) => id === 'practice')?.state).toBe('done');
    const doctor = await runProgram(world, ['doctor']);
    expect(doctor.stdout.replaceAll(/\s+/g, ' ')).toContain(
      `Nothing can be begun: damaged journal (${other}, line`,
    );
    expect(everything()).toEqual(before);
    // As it says: moved away, all goes on.
    renameSync(join(world.state, 'runs', other), join(world.path, 'aside'));
    expect((await runProgram(world, ['rollback', 'practice', '--yes'])).code).toBe(0);
    proven('journal', 'commands with another journal damaged', counted);
  }, 180_000);

  test('damaged: the home screen says which guide cannot be opened and why, and opens nothing', async () => {
    for (const lang of ['en', 'fr'] as const) {
      if (lang === 'en') await install();
      const other = lang === 'en' ? foreign(damage) : (world.runs[0] ?? '');
      const before = everything();
      const home = world.start(['--lang', lang]);
      await home.waitFor(`${lang === 'en' ? 'damaged journal' : 'journal endommagé'} (${other.slice(0, 20)}`);
      const rows = home.screen().split('\n');
      expect(rows.every((row) => row.length <= 80)).toBe(true);
      await home.press(keys.enter);
      await home.waitFor(/setup-wizard\s+status/);
      await home.press('q');
      expect(await home.ended).toBe(0);
      expect(everything()).toEqual(before);
    }
  }, 120_000);
});
