// The guides and their templates as one module, `virtual:guides`: a new folder in steps/ is a new guide. Guides made for
// tests have theirs elsewhere, with their templates beside them.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

const root = join(import.meta.dirname, '..');

/** Source text of the module `virtual:guides`; `more`: folders of further guides. */
export function guidesModule(more = []) {
  const folders = [join(root, 'steps'), ...more.map((folder) => resolve(folder))].flatMap((parent) =>
    readdirSync(parent)
      .map((name) => join(parent, name))
      .filter((folder) => exists(join(folder, 'index.ts'))),
  );
  const imports = folders.map(
    (folder, index) => `import { guide as g${index} } from ${JSON.stringify(join(folder, 'index.ts'))};`,
  );
  const assets = Object.assign(
    templatesIn(join(root, 'assets'), (path) => !path.includes('/pictures/')),
    ...more.map((folder) => templatesIn(resolve(folder), (path) => !path.endsWith('.ts'))),
  );
  return `${imports.join('\n')}
export const guides = [${folders.map((_, index) => `g${index}`).join(', ')}];
export const assets = ${JSON.stringify(assets)};`;
}

/** Texts by their path in the folder. */
function templatesIn(folder, isTemplate) {
  const paths = filesUnder(folder).filter(isTemplate);
  return Object.fromEntries(paths.map((path) => [relative(folder, path), readFileSync(path, 'utf8')]));
}

function exists(path) {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}

function filesUnder(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesUnder(join(folder, entry.name)) : [join(folder, entry.name)],
  );
}
