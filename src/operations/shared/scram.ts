/** A PostgreSQL password as its server keeps it: sent so, the password itself never reaches the server's log. */
import { createHash, createHmac, pbkdf2Sync } from 'node:crypto';

const rounds = 4096;

/** RFC 5803 text. For passwords in ASCII: others would have to be normalized first. */
export function scramVerifier(password: string, salt: Buffer): string {
  const salted = pbkdf2Sync(password, salt, rounds, 32, 'sha256');
  const hmac = (text: string) => createHmac('sha256', salted).update(text).digest();
  const stored = createHash('sha256').update(hmac('Client Key')).digest('base64');
  return `SCRAM-SHA-256$${rounds}:${salt.toString('base64')}$${stored}:${hmac('Server Key').toString('base64')}`;
}

export const isAscii = (text: string): boolean => /^[\x20-\x7e]+$/.test(text);
