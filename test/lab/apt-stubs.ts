/** Repositories of apt that a lab builds for itself, and small packages in them that ask questions. */
import type { Lab } from './lab.ts';
import { shell, signWith } from './signing-keys.ts';

/** The tools; installed with a way out to the registries. */
export const aptTools = 'gpg gpg-agent curl apt-utils debconf-utils';

/** The folder that apt fetches into is shared by all labs, and locked by the one that fetches: here nothing is fetched. */
export const ownArchives = 'umount /var/cache/apt/archives; mkdir -p /var/cache/apt/archives/partial';

/** Two packages share the first two questions, as those of one product do. */
const templates = `Template: stub/hostname
Type: string
Default: localhost
Description: Host name
 Where it is reached.
Description-fr.UTF-8: Nom de la machine
 Où la joindre.

Template: stub/secret
Type: password
Description: Secret
`;

const choice = `
Template: stub/certificate
Type: select
Choices: Let's Encrypt certificates, I want to use my own certificate, Generate\\, now\\, a new self-signed certificate
Choices-fr.UTF-8: Certificats Let's Encrypt, Mes propres certificats, En générer un
Default: Let's Encrypt certificates
Description: Certificate

Template: stub/open
Type: string
Description: No secret
`;

const questionsOf = (name: string): string =>
  name === 'stubmeet' ? 'hostname secret certificate open' : 'hostname secret';

const scripts = (name: string): Readonly<Record<string, string>> => ({
  config: `for q in ${questionsOf(name)}; do db_input high stub/$q || true; done
db_go || true`,
  // As packages do, it forgets a password once it has it.
  postinst: `if [ "$1" = configure ]; then
  for q in ${questionsOf(name)}; do db_get stub/$q; printf '%s\\n' "$q=$RET"; done >/etc/${name}.answers
  db_set stub/secret ''
fi
db_stop`,
  postrm: `if [ "$1" = purge ]; then rm -f /etc/${name}.answers; db_purge; fi`,
});

async function build(lab: Lab, name: string, folder: string): Promise<void> {
  const at = `/srv/stubs/${name}/DEBIAN`;
  const control = `Package: ${name}\nVersion: 1\nArchitecture: all\nMaintainer: a <a@example.org>\nDepends: debconf\nDescription: x\n`;
  await lab.write(`${at}/control`, control);
  await lab.write(`${at}/templates`, name === 'stubmeet' ? templates + choice : templates);
  for (const [script, text] of Object.entries(scripts(name)))
    await lab.write(
      `${at}/${script}`,
      `#!/bin/sh\nset -e\n. /usr/share/debconf/confmodule\n${text}\n`,
      0o755,
    );
  await shell(
    lab,
    `mkdir -p ${folder}; dpkg-deb --root-owner-group -b /srv/stubs/${name} ${folder}/${name}.deb`,
  );
}

/**
 * Below /srv/deb: `flat`, a repository whose suite is \`stable/\`; \`pool\`, one with the suite \`stable\` and the component
 * \`main\`. Both have \`stubmeet\` and \`stubturn\`, and are signed by the first key.
 */
export async function makeAptRepositories(lab: Lab): Promise<void> {
  for (const name of ['stubmeet', 'stubturn'])
    for (const folder of ['/srv/deb/flat/stable', '/srv/deb/pool/pool']) await build(lab, name, folder);
  const release = ['Suite=stable', 'Codename=stable', 'Components=main', 'Architectures=amd64'];
  const options = release.map((one) => `-o APT::FTPArchive::Release::${one}`).join(' ');
  await shell(
    lab,
    `cd /srv/deb/flat; apt-ftparchive packages stable >stable/Packages; apt-ftparchive release stable >stable/Release
    ${signWith('one', '--clearsign -o stable/InRelease stable/Release')}
    cd /srv/deb/pool; mkdir -p dists/stable/main/binary-amd64; apt-ftparchive packages pool >dists/stable/main/binary-amd64/Packages
    apt-ftparchive ${options} release dists/stable >dists/stable/Release
    ${signWith('one', '--clearsign -o dists/stable/InRelease dists/stable/Release')}`,
  );
}

/** Signs the flat one anew, or not at all. */
export const signedOtherwise = (key: 'two' | 'nobody'): string =>
  key === 'nobody'
    ? 'rm /srv/deb/flat/stable/InRelease'
    : `cd /srv/deb/flat; ${signWith(key, '--clearsign -o stable/InRelease stable/Release')}`;
