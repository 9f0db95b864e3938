import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { readPassword } from '../../src/client/password.ts';

const given = (...chunks: readonly (string | Buffer)[]) =>
  readPassword(Readable.from(chunks.map((one) => Buffer.from(one))));

test.each([
  [['s3cret\n'], 's3cret'],
  [['s3cret'], 's3cret'],
  [['s3', 'cret\nmore\n'], 's3cret'],
  [['s3cret\r\n'], 's3cret'],
  [[' é "\\$` \n'], ' é "\\$` '],
  [[Buffer.from([0xc3]), Buffer.from([0xa9, 0x0a])], 'é'],
  [['\n'], ''],
  [[], ''],
])('%j is %j', async (chunks, password) => expect(await given(...chunks)).toBe(password));

test.each([[[Buffer.from([0xe9, 0x0a])]], [[Buffer.alloc(70_000, 'x')]]])(
  'what is no UTF-8 text of one line is none',
  async (chunks) => expect(await given(...chunks)).toBeUndefined(),
);
