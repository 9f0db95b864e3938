/** pip that was stopped while it replaced itself, with the real pip of Python. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { pip } from '../../../src/operations/pip.ts';
import type { Op } from '../../../src/operations/verbs.ts';
import { temporaryFolder, testContext } from '../context.ts';
import { needs } from '../encode/needs.ts';

interface Venv {
  readonly op: Op<'pip'>;
  readonly site: string;
  /** `pip-23.0.1.dist-info`. */
  readonly own: string;
}

async function aVenv(): Promise<Venv> {
  needs('/usr/bin/python3', '/usr/lib/python3.11/ensurepip/__init__.py');
  const dir = await temporaryFolder();
  const path = join(dir, 'venv');
  execFileSync('/usr/bin/python3', ['-m', 'venv', path]);
  const says = execFileSync(`${path}/bin/python`, ['-m', 'pip', '--version'], { encoding: 'utf8' });
  const version = says.split(' ')[1] ?? '';
  const as = execFileSync('id', ['--user', '--name'], { encoding: 'utf8' }).trim();
  const op: Op<'pip'> = { kind: 'pip', venv: path, as, packages: ['pip'] };
  return { op, site: `${path}/lib/python3.11/site-packages`, own: `pip-${version}.dist-info` };
}

/** What the next release has put there so far; it shadows a module of the former one. */
function putNext(site: string): void {
  mkdirSync(`${site}/pip/_internal/cli/main`, { recursive: true });
  writeFileSync(`${site}/pip/__init__.py`, '__version__ = "99"\n');
  writeFileSync(`${site}/pip/_internal/cli/main/__init__.py`, 'from pip._internal.not_yet import main\n');
}

const moments: Readonly<Record<string, (venv: Venv) => void>> = {
  'its files are put aside, the list of them not yet': ({ site }) => {
    renameSync(`${site}/pip`, `${site}/~ip`);
  },
  'it is put aside whole': ({ site, own }) => {
    renameSync(`${site}/pip`, `${site}/~ip`);
    renameSync(`${site}/${own}`, `${site}/~${own.slice(1)}`);
  },
  'the next one is there in part': ({ site, own }) => {
    renameSync(`${site}/pip`, `${site}/~ip`);
    renameSync(`${site}/${own}`, `${site}/~${own.slice(1)}`);
    putNext(site);
  },
  'all files of the next one are there, but for their list': ({ site, own }) => {
    mkdirSync(`${site}/pip-99.dist-info`);
    writeFileSync(`${site}/pip-99.dist-info/METADATA`, 'Name: pip\nVersion: 99\n');
    renameSync(`${site}/${own}`, `${site}/~${own.slice(1)}`);
  },
};

describe('pip that was stopped while it replaced itself', () => {
  test.each(Object.entries(moments))(
    '%s: undone to the one that was there',
    async (_, cut) => {
      const venv = await aVenv();
      const context = await testContext();
      const before = await pip.inspect(venv.op, context);
      const captured = await pip.capture(venv.op, before, context);
      cut(venv);
      expect(await pip.undo(venv.op, captured, context)).toEqual({});
      expect((await pip.inspect(venv.op, context)).installed).toEqual(before.installed);
      // Three real installations: on a machine with other work they take longer than most tests may.
    },
    120_000,
  );
});
