/** Keys that a lab makes for itself, to sign repositories with. */
import type { Lab } from './lab.ts';

export const shell = async (lab: Lab, script: string): Promise<string> =>
  (await lab.run(['bash', '-ec', script], { env: { DEBIAN_FRONTEND: 'noninteractive' } })).stdout;

/** Two throw-away keys, `one` and `two`; gives their fingerprints. Their files are in /srv/keys. */
export async function makeKeys(lab: Lab): Promise<Record<'one' | 'two', string>> {
  await shell(
    lab,
    `mkdir -p -m 700 /srv/gpg; mkdir -p /srv/keys; export GNUPGHOME=/srv/gpg
    for name in one two; do
      gpg -q --batch --passphrase '' --quick-gen-key "Key $name <$name@example.org>" rsa2048 sign never
      gpg -q --armor --export $name@example.org >/srv/keys/$name.asc; gpg -q --export $name@example.org >/srv/keys/$name.gpg
    done
    cat /srv/keys/one.asc /srv/keys/two.asc >/srv/keys/both.asc; gpgconf --kill all`,
  );
  const fingerprint = async (name: string) => {
    const said = await shell(lab, `GNUPGHOME=/srv/gpg gpg --with-colons --list-keys ${name}@example.org`);
    return /^fpr:+([0-9A-F]+):/m.exec(said)?.[1] ?? '';
  };
  return { one: await fingerprint('one'), two: await fingerprint('two') };
}

/** gpg with one of them, its agent ended afterwards. */
export const signWith = (key: 'one' | 'two', words: string): string =>
  `GNUPGHOME=/srv/gpg gpg -q --yes --batch -u ${key}@example.org ${words}; GNUPGHOME=/srv/gpg gpgconf --kill all`;
