/** Keys made for a test, in a folder of its own, and files of them as publishers have them. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Keyring {
  readonly one: string;
  readonly two: string;
  readonly path: (name: string) => string;
  readonly url: (name: string) => string;
}

/** `one`, `two`, each as `.asc` and `.gpg`; `both.asc`, `secret.asc`, `page.html`, `empty`. */
export async function aKeyring(folder: string): Promise<Keyring> {
  const home = join(folder, 'home');
  mkdirSync(home, { mode: 0o700 });
  const path = (name: string) => join(folder, name);
  const gpg = (...args: string[]) =>
    execFileSync('gpg', [
      '--batch',
      '--quiet',
      '--homedir',
      home,
      '--passphrase',
      '',
      '--pinentry-mode',
      'loopback',
      ...args,
    ]);
  const fingerprint = (name: string) => {
    gpg('--quick-gen-key', `${name} <${name}@example.org>`, 'rsa2048', 'sign', 'never');
    writeFileSync(path(`${name}.asc`), gpg('--armor', '--export', `${name}@example.org`));
    writeFileSync(path(`${name}.gpg`), gpg('--export', `${name}@example.org`));
    const said = gpg('--with-colons', '--list-keys', `${name}@example.org`).toString();
    return /^fpr:+([0-9A-F]+):/m.exec(said)?.[1] ?? '';
  };
  const [one, two] = [fingerprint('one'), fingerprint('two')];
  writeFileSync(
    path('both.asc'),
    gpg('--armor', '--export', 'one@example.org') + gpg('--armor', '--export', 'two@example.org').toString(),
  );
  writeFileSync(path('secret.asc'), gpg('--armor', '--export-secret-keys', 'one@example.org'));
  writeFileSync(path('page.html'), '<html><body>Sign in to the proxy</body></html>\n');
  writeFileSync(path('empty'), '');
  execFileSync('gpgconf', ['--homedir', home, '--kill', 'all']);
  return { one, two, path, url: (name) => `file://${path(name)}` };
}
