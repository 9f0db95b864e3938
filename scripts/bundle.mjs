// The program as one file: src/cli.ts with the guides it is given.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

// Not part of the program: Ink's optional developer tools, and signs for what is not used here (`verbose` of execa, the
// usual cursor of a menu).
const leftOut = {
  name: 'left-out',
  setup(plugin) {
    plugin.onResolve({ filter: /^(react-devtools-core|figures)$/ }, () => ({
      path: 'empty',
      namespace: 'empty',
    }));
    plugin.onLoad({ filter: /.*/, namespace: 'empty' }, () => ({ contents: 'export default {}' }));
  },
};

/** The module `virtual:guides`, from its source text. */
function guidesFrom(contents) {
  return {
    name: 'guides',
    setup(plugin) {
      plugin.onResolve({ filter: /^virtual:guides$/ }, ({ path }) => ({ path, namespace: 'guides' }));
      plugin.onLoad({ filter: /.*/, namespace: 'guides' }, () => ({ contents, resolveDir: root }));
    },
  };
}

/** Writes the bundle; gives its size in bytes, and the files that are in it. */
export async function bundle({ entry = join(root, 'src/cli.ts'), outfile, guides = '', isDev = false }) {
  const result = await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    jsx: 'automatic',
    minify: !isDev,
    sourcemap: isDev ? 'inline' : false,
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
    absWorkingDir: root,
    plugins: [guidesFrom(guides), leftOut],
    define: {
      'process.env.NODE_ENV': '"production"',
      'process.env.DEV': '"false"',
      __VERSION__: JSON.stringify(version),
    },
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
  });
  const [{ bytes, inputs }] = Object.values(result.metafile.outputs);
  return { bytes, inputs: Object.keys(inputs).filter((path) => inputs[path].bytesInOutput > 0) };
}
