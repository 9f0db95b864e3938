/** Programs that ask: nobody sits at their terminal, so each of them ends, and what it says is recognised. */
import { createServer } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { realHost } from '../../src/host/real.ts';
import { causeOf } from '../../src/run/causes.ts';
import { proven } from '../figures.ts';

const unauthorized = async (): Promise<string> => {
  const server = createServer((_, answer) =>
    answer.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end(),
  );
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', resolve);
  await promise;
  onTestFinished(() => server.closeAllConnections());
  onTestFinished(() => void server.close());
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
};

const programs: readonly (readonly [string, (url: string) => string[]])[] = [
  ['a shell that reads the terminal', () => ['sh', '-c', 'read answer </dev/tty']],
  ['Python that reads an answer', () => ['python3', '-c', 'input("Continue? ")']],
  [
    'Python that reads a password',
    () => ['python3', '-W', 'ignore', '-c', 'import getpass; getpass.getpass()'],
  ],
  ['git that wants a login', (url) => ['git', 'ls-remote', `${url}/x.git`]],
];

test.each(programs)('%s ends and is told in words', async (name, argvOn) => {
  const argv = argvOn(await unauthorized());
  const { code, timedOut, stderr, stdout } = await realHost().run(argv, { timeout: 60_000 });
  expect([code === 0, timedOut], stderr).toEqual([false, false]);
  const said = `${stdout}\n${stderr}`.split('\n');
  const cause = causeOf({ code: 'command-failed', values: { code: String(code) }, step: 'one', said });
  expect(cause?.id, stderr).toBe('question-without-answer');
  proven('faults', name, {
    sentence: 'fr, en',
    'goes on': 'ends by itself',
  });
});
