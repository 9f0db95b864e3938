/** A program of the tests as one file, to run on the machine of a lab. */
import { build } from 'esbuild';

/** The text of an ES module with all that `entry` imports. */
export async function bundled(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    target: 'node22',
    // Some of what is bundled is CommonJS, and some of it has a `createRequire` of its own.
    banner: {
      js: "import { createRequire as require_ } from 'node:module'; const require = require_(import.meta.url);",
    },
  });
  return outputFiles[0]?.text ?? '';
}
