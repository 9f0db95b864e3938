import { expect, test } from 'vitest';
import { commandLine, rootState } from '../../src/run/program.ts';

test('the command to be pasted names the state folder where it is not the usual one of root', () => {
  expect(commandLine('/x/setup-wizard', rootState)).toBe('/x/setup-wizard');
  expect(commandLine('/x/setup-wizard', '/srv/my runs')).toBe("/x/setup-wizard --state-dir '/srv/my runs'");
});
