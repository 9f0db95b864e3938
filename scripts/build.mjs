// Builds dist/: main.js (the whole program, one bundle) and launcher.cjs (old syntax, runs anywhere).
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { build } from 'esbuild';
import { guidesModule } from './guides.mjs';

const root = new URL('..', import.meta.url).pathname;
const isDev = process.argv.includes('--dev');
const { version } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8'));

const guides = {
  name: 'guides',
  setup(plugin) {
    plugin.onResolve({ filter: /^virtual:guides$/ }, ({ path }) => ({ path, namespace: 'guides' }));
    plugin.onLoad({ filter: /.*/, namespace: 'guides' }, () => ({
      contents: guidesModule(),
      resolveDir: root,
    }));
  },
};

// Ink's optional developer tools are not part of the program.
const noDevtools = {
  name: 'no-devtools',
  setup(plugin) {
    plugin.onResolve({ filter: /^react-devtools-core$/ }, () => ({ path: 'empty', namespace: 'empty' }));
    plugin.onLoad({ filter: /.*/, namespace: 'empty' }, () => ({ contents: 'export default {}' }));
  },
};

mkdirSync(`${root}/dist`, { recursive: true });
const result = await build({
  entryPoints: [`${root}/src/cli.ts`],
  outfile: `${root}/dist/main.js`,
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
  plugins: [guides, noDevtools],
  define: {
    'process.env.NODE_ENV': '"production"',
    'process.env.DEV': '"false"',
    __VERSION__: JSON.stringify(version),
  },
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
});
copyFileSync(`${root}/src/launcher.cjs`, `${root}/dist/launcher.cjs`);
const bytes = Object.values(result.metafile.outputs)[0].bytes;
console.log(`dist/main.js ${(bytes / 1e6).toFixed(2)} MB`);
