/** EJ on the screens, in French: static files that do not come are mended from beside the failure. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { said } from '../e2e/said.ts';
import { keys } from '../e2e/terminal.ts';
import { deploy, emptyServer, install, inWeb, servesEj, sql } from './ej.ts';
import type { Lab } from './lab.ts';
import { onScreen } from './screen.ts';
import { json, wizard } from './wizard.ts';

let lab: Lab;

beforeAll(async () => {
  lab = await emptyServer({ release: 'trixie', name: 'ej-screens' });
  const { code, said: lines } = await install(lab, '--until', 'superuser');
  expect(code, lines).toBe(0);
});
afterAll(async () => {
  await lab?.destroy();
});

const words = said('fr');
const [collect, empties] = [
  'Rassembler de nouveau les fichiers statiques',
  'Vider leur volume, puis les rassembler',
];

test('two repairs of the guide are offered where the static files do not come, and one mends it', async () => {
  // As an image that had the same volume before leaves it. The run that stopped goes on where it was.
  await inWeb(lab, 'sh', '-c', 'rm -r /app/local/static/css');
  const terminal = onScreen(lab, ['install', 'ej', '--lang', 'fr']);
  await terminal.waitFor(collect, 240_000);
  const screen = terminal.screen();
  expect(screen).toContain(empties);
  expect(screen).toContain('La feuille de style d’EJ ne vient pas');
  expect(screen.split('\n').length).toBeLessThanOrEqual(24);
  await terminal.choose(collect);
  await terminal.press(keys.enter);
  await terminal.waitFor(words.done, 600_000);
  await terminal.press(keys.enter);
  expect(await terminal.ended).toBe(0);
  expect(await json(lab, 'status')).toMatchObject([{ guide: 'ej', state: 'done' }]);
  await servesEj(lab);
});

test('what people have written keeps its containers, their files and Docker, where nobody can be asked', async () => {
  await sql(lab, "insert into ej_conversations_conversation (title, author_id) values ('forty-two', 1)");
  const { code, said: lines } = await wizard(lab, 'rollback', 'ej', '--yes');
  expect(code, lines).toBe(4);
  expect(lines).toContain('kept: docker:project/ej/nginx (Changed by somebody else since');
  expect(await sql(lab, 'select title from ej_conversations_conversation')).toBe('forty-two');
  // What leads them is whole.
  await lab.run(['sh', '-ec', 'cd "$0"; docker compose restart; docker compose up -d', deploy]);
  expect((await lab.run(['stat', '--format=%a', `${deploy}/config.env`])).stdout).toBe('600');
  expect((await lab.run(['sh', '-c', 'ls /etc/nginx/sites-enabled'], { check: false })).stdout).toBe('');
});
