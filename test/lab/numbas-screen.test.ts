/** Numbas through its screens in French, from before its services on, and what people have put in since. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { said } from '../e2e/said.ts';
import { keys } from '../e2e/terminal.ts';
import type { Lab } from './lab.ts';
import { addConsumer, emptyServer, install, makesReport, servesNumbas } from './numbas.ts';
import { onScreen } from './screen.ts';
import { json, wizard } from './wizard.ts';

let lab: Lab;
beforeAll(async () => {
  lab = await emptyServer({ release: 'trixie', name: 'numbas-screen' });
  const { code, said } = await install(lab, '--until', 'superuser');
  expect(code, said).toBe(0);
});
afterAll(async () => {
  await lab?.destroy();
});

test('keys lead through questions, plan and run to the consumer key', async () => {
  const words = said('fr');
  const terminal = onScreen(lab, ['install', 'numbas', '--lang', 'fr', '--set', 'TASKS=4']);
  await terminal.waitFor(words.answers, 60_000);
  await terminal.press(keys.escape);
  await terminal.choose(words.toPlan);
  await terminal.press(keys.enter);
  await terminal.waitFor(words.plan, 120_000);
  await terminal.press(keys.enter);
  await terminal.waitFor(words.consent);
  await terminal.press(words.yes);
  await terminal.waitFor(words.checklist, 240_000);
  expect(terminal.screen().split('\n').length).toBeLessThanOrEqual(24);
  await terminal.waitFor('Créer une clé pour chaque plateforme');
  await terminal.press(keys.escape);
  const state = async () => (await json(lab, 'status'))[0].state;
  await expect.poll(state, { timeout: 60_000, interval: 1000 }).toBe('needs-person');
  terminal.close();
  await servesNumbas(lab);
});

test('the consumer key is proven once a person has made it, and then nothing is left to do', async () => {
  await addConsumer(lab);
  expect((await install(lab)).code).toBe(0);
  expect(await json(lab, 'todo', 'numbas')).toContainEqual(
    expect.objectContaining({ item: 'consumer-key', done: true }),
  );
  const { code, said } = await install(lab);
  expect(code, said).toBe(0);
  expect(said).not.toMatch(/done in|FAILED|left for you/);
});

test('what people have put in since is kept by a rollback, and the rest goes', async () => {
  await makesReport(lab);
  const { code, said } = await wizard(lab, 'rollback', 'numbas', '--yes');
  expect(code, said).toBe(4);
  expect(said).toMatch(/kept: pg:db\/numbas_lti/);
  expect(said).toMatch(/numbas-lti-media-\S+\.tar\.gz/);
  const query = 'SELECT count(*) FROM numbas_lti_lticonsumer';
  const psql = ['runuser', '-u', 'postgres', '--', 'psql', '-qAt', 'numbas_lti'];
  expect((await lab.run(psql, { input: query })).stdout).toBe('1');
  expect((await lab.run(['ls', '/srv', '/opt'])).stdout).not.toMatch(/numbas/);
});
