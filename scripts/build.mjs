// Builds dist/: main.js (the whole program, one bundle), launcher.cjs (old syntax, runs anywhere), and the licences of
// what is in the bundle. `--guides FOLDER` takes further guides in, `--out FOLDER` builds there.
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { bundle } from './bundle.mjs';
import { guidesModule } from './guides.mjs';
import { thirdParty } from './third-party.mjs';

const root = join(import.meta.dirname, '..');
const { values: flags } = parseArgs({
  options: {
    dev: { type: 'boolean', default: false },
    guides: { type: 'string', multiple: true, default: [] },
    out: { type: 'string', default: join(root, 'dist') },
  },
});
const dist = resolve(flags.out);

mkdirSync(dist, { recursive: true });
const { bytes, inputs } = await bundle({
  outfile: join(dist, 'main.js'),
  guides: guidesModule(flags.guides),
  isDev: flags.dev,
});
copyFileSync(join(root, 'src/launcher.cjs'), join(dist, 'launcher.cjs'));
writeFileSync(join(dist, 'LICENSE.third-party'), thirdParty(inputs, root));
console.log(`${relative(root, dist)}/main.js ${(bytes / 1e6).toFixed(2)} MB`);
