// Builds dist/: main.js (the whole program, one bundle), launcher.cjs (old syntax, runs anywhere), and the licences of
// what is in the bundle.
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundle } from './bundle.mjs';
import { guidesModule } from './guides.mjs';
import { thirdParty } from './third-party.mjs';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');

mkdirSync(dist, { recursive: true });
const { bytes, inputs } = await bundle({
  outfile: join(dist, 'main.js'),
  guides: guidesModule(),
  isDev: process.argv.includes('--dev'),
});
copyFileSync(join(root, 'src/launcher.cjs'), join(dist, 'launcher.cjs'));
writeFileSync(join(dist, 'LICENSE.third-party'), thirdParty(inputs, root));
console.log(`dist/main.js ${(bytes / 1e6).toFixed(2)} MB`);
