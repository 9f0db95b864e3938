// The guides and their templates as one module, `virtual:guides`: a new folder in steps/ is a new guide.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

const root = join(import.meta.dirname, '..');

/** Source text of the module `virtual:guides`. */
export function guidesModule() {
  const folders = readdirSync(join(root, 'steps')).filter((name) =>
    exists(join(root, 'steps', name, 'index.ts')),
  );
  const imports = folders.map(
    (name, index) =>
      `import { guide as g${index} } from ${JSON.stringify(join(root, 'steps', name, 'index.ts'))};`,
  );
  const assets = Object.fromEntries(
    filesUnder(join(root, 'assets'))
      .filter((path) => !path.includes('/pictures/'))
      .map((path) => [relative(join(root, 'assets'), path), readFileSync(path, 'utf8')]),
  );
  return `${imports.join('\n')}
export const guides = [${folders.map((_, index) => `g${index}`).join(', ')}];
export const assets = ${JSON.stringify(assets)};`;
}

function exists(path) {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}

function filesUnder(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesUnder(join(folder, entry.name)) : [join(folder, entry.name)],
  );
}
