import { describe, expect, test } from 'vitest';
import { missingOf, pip } from '../../../src/operations/pip.ts';
import {
  compareVersions,
  isSatisfied,
  parseRequirement,
} from '../../../src/operations/shared/requirement.ts';
import type { Op } from '../../../src/operations/verbs.ts';
import { testContext } from '../context.ts';
import { paperHost } from './machine.ts';

describe('a requirement', () => {
  test.each([
    ['pretix==4.6.0', '4.6.0', true],
    ['pretix==4.6.0', '4.6', true],
    ['pretix==4.6.0', '4.6.1', false],
    ['pretix==4.6.0', '4.6.0+build.100', true],
    ['pretix==4.6.0+build.100', '4.6.0', false],
    ['pretix==4.6.0+build.100', '4.6.0+build.100', true],
    ['pretix==4.6.0+build-100', '4.6.0+build.100', true],
    ['setuptools<81', '80.9.0', true],
    ['setuptools<81', '81.0', false],
    ['setuptools<81', '84.1', false],
    ['pip<24.1', '24.0', true],
    ['asgiref>=3.2,<3.5', '3.4.1', true],
    ['asgiref>=3.2,<3.5', '3.5.0', false],
    ['gunicorn', '1', true],
    ['celery[redis]==5.2.*', '5.2.7', true],
    ['celery[redis]==5.2.*', '5.3.0', false],
    ['x~=1.4.2', '1.4.9', true],
    ['x~=1.4.2', '1.5.0', false],
    ['x!=2', '2.0', false],
    ['x>=2', '2.0rc1', false],
    ['x>=2', '2.0.post1', true],
    ['django==3.2 ; python_version > "3"', '3.2', true],
  ])('%s and version %s: %s', (text, version, met) => {
    expect(isSatisfied(parseRequirement(text), version)).toBe(met);
  });

  test('has the same name however it is spelled', () => {
    expect(parseRequirement('Django_Countries[x] == 7.2.1').name).toBe('django-countries');
  });

  test('orders versions as they were published', () => {
    const versions = ['1.0', '1.0.dev1', '1.0rc1', '1.0a2', '1.10', '1.9', '1.0.post1', '1.0b1'];
    const sorted = ['1.0.dev1', '1.0a2', '1.0b1', '1.0rc1', '1.0', '1.0.post1', '1.9', '1.10'];
    expect(versions.sort(compareVersions)).toEqual(sorted);
  });
});

test('only what is not met is missing', () => {
  const installed = { pretix: '4.20.4', gunicorn: '27.0.1' };
  const seen = { installed, origins: {}, unfinished: [] };
  const wanted = ['pretix==4.20.4', 'gunicorn<21', 'mysqlclient'];
  expect(missingOf(wanted, seen)).toEqual(['gunicorn<21', 'mysqlclient']);
  expect(missingOf(wanted, { ...seen, unfinished: ['pretix'] })).toEqual(wanted);
});

const op: Op<'pip'> = {
  kind: 'pip',
  venv: '/var/pretix/venv',
  as: 'pretix',
  packages: ['pretix==4.6.0', 'six'],
  constraints: ['django-countries==7.2.1'],
};
const python = '/var/pretix/venv/bin/python -m pip --disable-pip-version-check';
const listed = (...packages: [string, string][]) =>
  JSON.stringify(packages.map(([name, version]) => ({ name, version })));

describe('packages in a virtual environment', () => {
  test('are all to be installed while there is none', async () => {
    const context = await testContext({ host: paperHost() });
    const difference = pip.diff(op, await pip.inspect(op, context), context);
    expect(difference).toMatchObject({ change: 'change', diff: '+ pretix==4.6.0\n+ six' });
  });

  test('show the version that is replaced', async () => {
    const programs = { [`${python} list`]: listed(['pretix', '4.20.4'], ['six', '1.17.0']) };
    const context = await testContext({ host: paperHost({ programs }) });
    const difference = pip.diff(op, await pip.inspect(op, context), context);
    expect(difference).toMatchObject({ change: 'change', diff: '- pretix==4.20.4\n+ pretix==4.6.0' });
  });

  test('in which pip was stopped are not there, and what it left goes before it runs again', async () => {
    const site = '/var/pretix/venv/lib/python3.11/site-packages';
    const programs = {
      [`${python} list`]: listed(['pretix', '4.6.0'], ['six', '1.17.0']),
      'rm ': '',
      '/var/pretix/venv/bin/python -m ensurepip': '',
      [`${python} install`]: '',
    };
    const files = {
      [`${site}/pretix-4.6.0.dist-info/METADATA`]: '',
      [`${site}/six-1.17.0.dist-info/RECORD`]: '',
      [`${site}/six-1.17.0.dist-info/INSTALLER`]: 'pip\n',
      [`${site}/~ip/main.py`]: '',
    };
    const host = paperHost({ programs, files });
    const context = await testContext({ host });
    const seen = await pip.inspect(op, context);
    expect(pip.diff(op, seen, context)).toMatchObject({ diff: '+ pretix==4.6.0' });
    await pip.apply(op, seen, context);
    expect(host.done.map(({ argv, as }) => `${as}: ${argv.split(' --')[0]}`)).toEqual([
      'pretix: rm -r -f',
      'pretix: /var/pretix/venv/bin/python -m ensurepip',
      'pretix: /var/pretix/venv/bin/python -m pip',
    ]);
  });

  test('that pip had not signed yet are installed once more, by themselves', async () => {
    const site = '/var/pretix/venv/lib/python3.11/site-packages';
    const programs = { [`${python} list`]: listed(['pretix', '4.6.0'], ['six', '1.17.0']) };
    const files = {
      [`${site}/pretix-4.6.0.dist-info/RECORD`]: '',
      [`${site}/pretix-4.6.0.dist-info/INSTALLER`]: 'pip\n',
      [`${site}/six-1.17.0.dist-info/RECORD`]: '',
    };
    const context = await testContext({ host: paperHost({ programs, files }) });
    const difference = pip.diff(op, await pip.inspect(op, context), context);
    expect(difference).toMatchObject({
      commands: [
        expect.arrayContaining(['--force-reinstall', '--no-deps', 'six']),
        expect.arrayContaining(['install', 'six']),
      ],
    });
  });

  test('that requirements files name are looked at one by one, and installed from the file', async () => {
    const folder = '/opt/app/requirements';
    const fromFile = {
      ...op,
      packages: ['gunicorn'],
      requirements: `${folder}/production.txt`,
      constraints: [],
    };
    const programs = { [`${python} list`]: listed(['django', '4.2.10'], ['six', '1.17.0']) };
    const files = {
      [`${folder}/production.txt`]: '-r base.txt\n',
      // It leads back, which pip does not mind.
      [`${folder}/base.txt`]: '# pinned\n-r production.txt\nDjango==4.2.11\n\nsix==1.17.0  # old\n',
    };
    const absent = await testContext({ host: paperHost({ programs }) });
    expect(pip.diff(fromFile, await pip.inspect(fromFile, absent), absent)).toMatchObject({
      change: 'change',
    });
    const context = await testContext({ host: paperHost({ programs, files }) });
    expect(pip.diff(fromFile, await pip.inspect(fromFile, context), context)).toMatchObject({
      commands: [
        [...`${python} install --no-input --requirement ${folder}/production.txt gunicorn`.split(' ')],
      ],
      diff: '+ gunicorn\n- django==4.2.10\n+ Django==4.2.11',
    });
    const all = { [`${python} list`]: listed(['Django', '4.2.11'], ['six', '1.17.0'], ['gunicorn', '25.0']) };
    const done = await testContext({ host: paperHost({ programs: all, files }) });
    expect(pip.diff(fromFile, await pip.inspect(fromFile, done), done)).toEqual({ change: 'none' });
    expect(pip.keys(fromFile, done.values)).toEqual([
      `pip:/var/pretix/venv/requirements#${folder}/production.txt`,
      'pip:/var/pretix/venv/gunicorn',
    ]);
  });

  test('come from an index whose credentials are in no argument and in no variable', async () => {
    const programs = { [python]: '', getent: '' };
    const host = paperHost({ programs });
    const context = await testContext({ host });
    const secret = { ...op, index: 'https://user:hidden@index.test/simple' };
    const seen = await pip.inspect({ ...secret, packages: [] }, await testContext({ host: paperHost() }));
    await pip.apply(secret, { ...seen, wanted: op.packages }, context);
    expect(JSON.stringify(host.done)).not.toContain('hidden');
    expect(host.done[0]?.argv).not.toContain('--index-url');
    expect(JSON.stringify(pip.diff(secret, { ...seen, wanted: op.packages }, context))).not.toContain(
      'hidden',
    );
  });

  test('are put back by undo: the new ones go, the changed ones have their version again', async () => {
    const find = 'find /var/pretix/venv -depth -type d -empty';
    const programs = {
      [`${python} list`]: listed(['pip', '23.0'], ['six', '1.17.0'], ['pretix', '4.6.0']),
      [`${python} uninstall`]: '',
      [`${python} install`]: '',
      [find]: '/var/pretix/venv/share/[mine]\0',
      [`${find} !`]: '',
    };
    const host = paperHost({ programs });
    const before = { installed: { pip: '23.0', six: '1.16.0' }, frozen: { six: 'six==1.16.0' }, caches: [] };
    await pip.undo(op, before, await testContext({ host, purpose: 'undo' }));
    expect(host.done.map(({ argv }) => argv.replace(`${python} `, ''))).toEqual([
      'uninstall --yes pretix',
      `${find} ! -path /var/pretix/venv/share/\\[mine] -delete`,
      'install --no-input --no-deps six==1.16.0',
    ]);
    expect(host.done.every(({ as }) => as === 'pretix')).toBe(true);
  });
});
