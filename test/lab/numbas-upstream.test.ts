/** The stand-in for the Numbas LTI provider, installed by hand: what the tests of its guide lean on. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Lab } from './lab.ts';
import {
  addConsumer,
  addNumbas,
  channels,
  knowsConsumer,
  makesReport,
  root,
  servesNumbas,
  settings,
} from './numbas.ts';
import { publishNext } from './numbas-upstream.ts';

describe('the stand-in for Numbas, installed by hand on a Debian 13', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await Lab.create({ release: 'trixie', name: 'numbas-by-hand', network: 'own' });
    await lab.boot();
    await addNumbas(lab);
    await lab.run(['sh', '-s'], {
      input: readFileSync(`${import.meta.dirname}/numbas-stand-in/by-hand.sh`, 'utf8'),
    });
  });
  afterAll(async () => {
    await lab?.destroy();
  });

  test('shows all that a working Numbas shows', async () => {
    await servesNumbas(lab);
  });

  test('has migrations that fit its models', async () => {
    expect(await manage('makemigrations', '--check')).toBe('No changes detected');
  });

  test('knows the consumers that were added, and hands out the reports that huey wrote', async () => {
    expect(await knowsConsumer(lab)).toBe(false);
    await addConsumer(lab);
    expect(await makesReport(lab)).toBe('/media/reports/1-scores.csv');
  });

  test('is told apart where each process has a layer of channels of its own', async () => {
    const layer = ['channels_redis.core.RedisChannelLayer', 'channels.layers.InMemoryChannelLayer'];
    await lab.run(['sed', '-i', `s/${layer[0]}/${layer[1]}/`, settings]);
    await lab.run(['supervisorctl', 'restart', 'numbas_lti:']);
    await expect.poll(() => channels(lab), { timeout: 60_000 }).toMatch(/^heard by [12]$/);
    await lab.run(['sed', '-i', `s/${layer[1]}/${layer[0]}/`, settings]);
    await lab.run(['supervisorctl', 'restart', 'numbas_lti:']);
  });

  test('goes on to the next release once that is published', async () => {
    const pull = async () => (await lab.run([...asNumbas, 'git', 'pull', '--ff-only'])).stdout;
    expect(await pull()).toBe('Already up to date.');
    await publishNext(lab);
    expect(await pull()).toContain('numbas_lti/migrations/0010_examiners.py');
    expect(await manage('migrate', '--noinput')).toContain('Applying numbas_lti.0010_examiners... OK');
    await lab.run(['supervisorctl', 'restart', 'numbas_lti:']);
    await servesNumbas(lab, 'v4.5');
    expect(await knowsConsumer(lab)).toBe(true);
  });

  const asNumbas = ['runuser', '-u', 'numbas_lti', '--', 'env', '-C', root, 'HOME=/var/lib/numbas_lti'];
  const manage = async (...args: string[]) =>
    (await lab.run([...asNumbas, '/opt/numbas_lti_python/bin/python', 'manage.py', ...args])).stdout;
});
