/** Passwords as servers keep them (SCRAM): sent or compared so, the password itself is in no log and no file. */
import { createHash, createHmac, pbkdf2Sync } from 'node:crypto';

const rounds = 4096;

/** How PostgreSQL keeps one: RFC 5803 text. For passwords in ASCII: others would have to be normalized first. */
export function scramVerifier(password: string, salt: Buffer): string {
  const { stored, server } = scramKeys('sha256', password, salt, rounds);
  return `SCRAM-SHA-256$${rounds}:${salt.toString('base64')}$${stored.toString('base64')}:${server.toString('base64')}`;
}

/** RFC 5802, section 3. */
export function scramKeys(
  hash: 'sha1' | 'sha256',
  password: string,
  salt: Buffer,
  iterations: number,
): { readonly stored: Buffer; readonly server: Buffer } {
  const size = hash === 'sha1' ? 20 : 32;
  const salted = pbkdf2Sync(password, salt, iterations, size, hash);
  const hmac = (text: string) => createHmac(hash, salted).update(text).digest();
  return { stored: createHash(hash).update(hmac('Client Key')).digest(), server: hmac('Server Key') };
}

export const isAscii = (text: string): boolean => /^[\x20-\x7e]+$/.test(text);
