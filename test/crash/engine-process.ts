/** An engine in a process of its own, to be killed: `node engine-process.ts ROOT RUN [OF]`. */
import { realHost } from '../../src/host/real.ts';
import { StateFolder } from '../../src/journal/state.ts';
import { runEngine } from '../../src/run/engine.ts';
import { serveSession } from '../../src/run/server.ts';
import { guide } from '../../steps/practice/index.ts';
import { lateStore, practiceAssets, worldIn } from '../run/world.ts';

const [, , root = '', run = '', of] = process.argv;
const { state } = worldIn(root);
const host = realHost();
let stop = async () => {};
process.exitCode = await runEngine({
  host,
  state,
  run,
  kind: of ? 'rollback' : 'install',
  guide: guide.id,
  title: guide.title,
  ...(of ? { of } : {}),
  guides: [guide],
  assets: practiceAssets,
  version: 'test',
  lang: 'en',
  program: 'nowhere',
  store: lateStore(host, state),
  serve: async (session) => {
    stop = await serveSession(session, `${new StateFolder(host, state).run(run)}/socket`);
  },
});
await stop();
