/** The screens with made-up data and the real desk: what is lent here is the terminal that this runs on. */
import { appendFileSync } from 'node:fs';
import { runScreens } from '../../../screens/index.tsx';
import { FakeConnection, noAccounts, stories } from '../../../screens/stories.tsx';
import { desk } from '../../../src/client/desk.ts';
import { openTerminal } from '../../../src/client/terminal.ts';
import type { TerminalTask, View } from '../../../src/run/protocol.ts';

const [story = '', said = '', ...argv] = process.argv.slice(2);
const shown = stories[story as keyof typeof stories] as View;
const task: TerminalTask = {
  step: 'ask',
  title: { fr: 'Programme', en: 'Program' },
  argv,
  cwd: '/',
  env: {},
  interrupted: false,
};
const connection = new FakeConnection({ ...shown, terminal: task });
const send = connection.send.bind(connection);
connection.send = (decision) => {
  appendFileSync(said, `${JSON.stringify(decision)}\n`);
  send(decision);
};
const outcome = await runScreens({
  lang: 'en',
  place: { output: process.stdout, openInput: openTerminal, desk },
  ascii: false,
  color: true,
  host: 'here',
  open: async () => connection,
  verify: async () => [],
  accountsOf: () => noAccounts,
  connection,
});
process.stdout.write(`left with ${outcome.exit}\n`, () => process.exit(0));
