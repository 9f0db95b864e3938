// Builds dist/: main.js (the whole program, one bundle) and launcher.cjs (old syntax, runs anywhere).
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { bundle } from './bundle.mjs';
import { guidesModule } from './guides.mjs';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');

mkdirSync(dist, { recursive: true });
const bytes = await bundle({
  outfile: join(dist, 'main.js'),
  guides: guidesModule(),
  isDev: process.argv.includes('--dev'),
});
copyFileSync(join(root, 'src/launcher.cjs'), join(dist, 'launcher.cjs'));
console.log(`dist/main.js ${(bytes / 1e6).toFixed(2)} MB`);
