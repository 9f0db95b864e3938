/** The guides and their templates, as the build finds them. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Guide } from '../../src/guide/types.ts';

const root = join(import.meta.dirname, '..', '..');

/** Template texts by their path in assets/. */
export const assets: Readonly<Record<string, string>> = Object.fromEntries(
  readdirSync(join(root, 'assets'), { recursive: true, encoding: 'utf8' })
    .filter((path) => !path.includes('pictures') && statSync(join(root, 'assets', path)).isFile())
    .map((path) => [path, readFileSync(join(root, 'assets', path), 'utf8')]),
);

/** Every folder of steps/ with an index. */
export async function allGuides(): Promise<Guide[]> {
  const folders = readdirSync(join(root, 'steps')).filter(
    (name) => statSync(join(root, 'steps', name, 'index.ts'), { throwIfNoEntry: false }) !== undefined,
  );
  const modules = await Promise.all(
    folders.map(async (name) => (await import(join(root, 'steps', name, 'index.ts'))) as { guide: Guide }),
  );
  return modules.map(({ guide }) => guide);
}
