import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { keyInput } from '../../screens/parts/key-input.ts';

/** Keys as a screen takes them, with the time at which each came. */
function listening(): { send: (bytes: string) => void; keys: { key: string; at: number }[] } {
  const raw = new PassThrough();
  const input = keyInput(raw as unknown as NodeJS.ReadStream);
  const keys: { key: string; at: number }[] = [];
  raw.on('readable', () => {
    for (let key = input.read(); key !== null; key = input.read())
      keys.push({ key: String(key), at: performance.now() });
  });
  return { send: (bytes) => void raw.write(bytes), keys };
}

const names = (keys: readonly { key: string }[]) => keys.map(({ key }) => key);

test('an arrow whose bytes come in two pieces is one key', async () => {
  const { send, keys } = listening();
  send('\u001b');
  send('[B');
  await expect.poll(() => names(keys)).toEqual(['\u001b[B']);
});

test('Escape alone is Escape', async () => {
  const { send, keys } = listening();
  send('\u001b');
  await expect.poll(() => names(keys)).toEqual(['\u001b']);
});

test('Escape and an arrow in one piece are two keys, with time in between to tell them apart', async () => {
  const { send, keys } = listening();
  send('\u001b\u001b[B');
  await expect.poll(() => names(keys)).toEqual(['\u001b', '\u001b[B']);
  expect((keys[1]?.at ?? 0) - (keys[0]?.at ?? 0)).toBeGreaterThan(20);
});

test('keys typed ahead come one by one, in order', async () => {
  const { send, keys } = listening();
  send('/word\r\u001b[B');
  await expect.poll(() => names(keys)).toEqual(['/', 'w', 'o', 'r', 'd', '\r', '\u001b[B']);
});
