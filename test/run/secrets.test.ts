/** Invariant 5: a secret is in the secret store, where the guide puts it, and nowhere else. */
import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { spellings } from '../../src/answers/spellings.ts';
import type { Guide } from '../../src/guide/types.ts';
import { effects } from '../../src/journal/fold.ts';
import type { Event } from '../../src/run/protocol.ts';
import { aScript, stepOf } from './guides.ts';
import { agreeing, type Driven, drive, newWorld, type Seat, secretsOf } from './rig.ts';
import { practiceAnswers, quickPractice, type World } from './world.ts';

/** With what needs quoting somewhere. */
const canary = 'Kanarie-7f"3\'k$x\\é&<é';
const forms = [...new Set([canary, ...spellings(canary)])].filter((form) => form.length >= 8);
const found = (text: string): string[] => forms.filter((form) => text.includes(form));

/** The practice guide, with programs that are given the secret and say it aloud, one that fails, and one by hand. */
function loudGuide(): Guide {
  const dir = (op: ReturnType<typeof aScript>) =>
    JSON.parse(JSON.stringify(op).replaceAll('%DIR%', '%PRACTICE_DIR%')) as typeof op;
  const says = dir(aScript('says', { stdin: 'secret=%PRACTICE_PASSWORD%\n' }));
  const fails = dir(aScript('fails', { stdin: '%PRACTICE_PASSWORD%' }));
  return {
    ...quickPractice,
    chapters: [
      ...quickPractice.chapters,
      { id: 'loud', title: { fr: 'x', en: 'x' }, steps: [stepOf('says', says), stepOf('fails', fails)] },
    ],
  };
}

const scripts = {
  'says.sh': 'read -r line; printf "%s\\n" "$line"; printf "%s\\n" "$line" >&2; touch "$1/says.done"\n',
  'fails.sh': 'read -r line; printf "half %s" "$line" >&2; sleep 0.05; exit 3\n',
};

/** All text below the state folder, but for the secret store. */
async function remembered({ state }: World): Promise<[string, string][]> {
  const names = await readdir(state, { recursive: true, withFileTypes: true });
  const files = names.filter((one) => one.isFile() && !one.parentPath.startsWith(`${state}/secrets`));
  return Promise.all(
    files.map(async ({ parentPath, name }): Promise<[string, string]> => {
      const path = join(parentPath, name);
      return [path, `${name}\n${await readFile(path, 'utf8')}`];
    }),
  );
}

/** What any process on the machine shows of itself to others. */
function processes(): string {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => ['cmdline', 'environ'].map((file) => `/proc/${pid}/${file}`))
    .map((path) => {
      try {
        return readFileSync(path, 'utf8');
      } catch {
        return '';
      }
    })
    .join('\n');
}

/** Looks at every process each time that something happens. */
function lookingAtProcesses(seat: Seat, whileRunning: string[]): void {
  const send = seat.send.bind(seat);
  seat.send = (event: Event) => {
    whileRunning.push(...found(processes()));
    send(event);
  };
}

const told = (runs: readonly Driven[]): string =>
  runs.flatMap(({ seat }) => seat.events.map((event) => JSON.stringify(event))).join('\n');

async function nothingSaid(world: World, runs: readonly Driven[]): Promise<void> {
  for (const [path, text] of await remembered(world)) expect(found(text), path).toEqual([]);
  for (const form of forms) expect(told(runs).includes(JSON.stringify(form).slice(1, -1))).toBe(false);
  expect(found(told(runs))).toEqual([]);
}

test('a secret is nowhere but in its store and in the file that is meant to hold it', async () => {
  const world = newWorld();
  await mkdir(world.folder, { recursive: true });
  for (const [name, text] of Object.entries(scripts)) await writeFile(`${world.folder}/${name}`, text);
  const guide = loudGuide();
  const whileRunning: string[] = [];
  const seat = (one: Seat) => lookingAtProcesses(one, whileRunning);

  const first = await drive(world, {
    guide,
    seat,
    given: practiceAnswers(world, { PRACTICE_PASSWORD: canary }),
  });
  expect(first.exit).toBe(1);
  expect(first.seat.view.error?.error.lastLines.join('\n')).toContain('half ••••');
  expect(effects(first.records).map(({ key }) => key)).toContain('cmd:says');
  const again = await drive(world, { guide, seat, given: {}, run: first.run });
  expect((await secretsOf(world).list()).sort()).toEqual(['practice/PRACTICE_PASSWORD']);
  const back = await drive(world, { kind: 'rollback', seat, of: first.run, given: {} });
  expect([again.exit, back.exit]).toEqual([1, 0]);

  await nothingSaid(world, [first, again, back]);
  expect(whileRunning).toEqual([]);
  const logs = (await remembered(world)).filter(([path]) => path.endsWith('.log'));
  expect(logs.filter(([, text]) => text.includes('••••')).length).toBeGreaterThan(1);
  expect(await secretsOf(world).list()).toEqual([]);
});

test('a secret that is typed in is told to nobody either, until the person asks to see it', async () => {
  const world = newWorld();
  await mkdir(world.home);
  const { PRACTICE_PASSWORD: _, ...given } = practiceAnswers(world, { PRACTICE_BY: 'person' });
  const done = await drive(world, {
    given,
    decide: agreeing((_, need) => {
      const type = { type: 'answer', id: 'PRACTICE_PASSWORD', value: canary } as const;
      if (need === 'answers') return [type, { type: 'reveal', id: 'PRACTICE_PASSWORD' }, { type: 'submit' }];
      if (need === 'checklist')
        return [{ type: 'reveal', id: 'item:read-settings/password' }, { type: 'later' }];
      return [];
    }),
  });
  expect(done.exit).toBe(4);
  const revealed = done.seat.of('revealed').map(({ id, value }) => `${id} ${value === canary}`);
  expect(revealed).toContain('item:read-settings/password true');
  const rest = done.seat.events.filter(({ type }) => type !== 'revealed');
  expect(found(JSON.stringify(rest))).toEqual([]);
  for (const [path, text] of await remembered(world)) expect(found(text), path).toEqual([]);
});

test('what the state folder knows of a file with a secret in it does not tell which secret', async () => {
  const marks = await Promise.all(
    [1, 2].map(async () => {
      const world = newWorld();
      await mkdir(world.home);
      const { records } = await drive(world, {
        given: practiceAnswers(world, { PRACTICE_PASSWORD: canary }),
      });
      const end = records.find((record) => record.type === 'end' && record.key.endsWith('practice.ini'));
      return end?.type === 'end' ? (end.mark as { sha: string }).sha : '';
    }),
  );
  // The same bytes under the keys of two machines.
  expect(new Set(marks).size).toBe(2);
});
