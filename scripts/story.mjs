// Shows one screen with made-up data: node scripts/story.mjs NAME [fr|en] [ascii] [mono]
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';

const [name = 'home', ...words] = process.argv.slice(2);
const root = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'setup-wizard-story-'));
const stub = join(folder, 'devtools.js');
writeFileSync(stub, 'export default {};');
const outfile = join(folder, 'story.mjs');
await build({
  stdin: {
    contents: `
      import { runScreens, summary } from './screens/index.tsx';
      import { accountsStory, emptyDesk, FakeConnection, homeStory, stories } from './screens/stories.tsx';
      // The stories tell of one afternoon.
      Date.now = () => Date.parse('2026-11-03T14:12:50.000Z');
      const options = ${JSON.stringify({ name, words })};
      const lang = options.words.includes('en') ? 'en' : 'fr';
      const ascii = options.words.includes('ascii');
      const open = async (entry) => new FakeConnection(stories.questions);
      const view = stories[options.name];
      const outcome = await runScreens({
        lang, ascii, color: !options.words.includes('mono'), place: { output: process.stdout, openInput: () => process.stdin, desk: emptyDesk },
        host: 'srv-events · Debian 12', home: homeStory, open, verify: async () => [], accountsOf: () => accountsStory,
        ...(options.name === 'accounts' ? { accounts: homeStory.find(({ accounts }) => accounts) } : {}),
        ...(view ? { connection: new FakeConnection(view) } : {}),
      });
      process.stdin.pause();
      if (outcome.view) console.log(summary(outcome.view, outcome.lang, ascii));
      console.log('exit', outcome.exit);
    `,
    resolveDir: root,
    loader: 'ts',
  },
  outfile,
  bundle: true,
  format: 'esm',
  platform: 'node',
  jsx: 'automatic',
  alias: { 'react-devtools-core': stub },
  define: { 'process.env.DEV': '"false"', 'process.env.NODE_ENV': '"production"' },
  banner: {
    js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
  },
});
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
await import(outfile);
