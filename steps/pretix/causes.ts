/** Ways to fail that only Pretix has. */
import type { KnownCause } from '../../src/guide/types.ts';

export const causes: readonly KnownCause[] = [
  {
    id: 'node-not-running',
    steps: ['probe-node'],
    match: '^name: node-version$',
    say: {
      fr: 'Un autre Node.js que celui de Debian passe devant (/usr/local/bin, nvm…), et il ne marche pas.',
      en: 'Another Node.js than Debian’s comes first (/usr/local/bin, nvm…), and it does not work.',
    },
    do: {
      fr: '«\u00a0type -a node\u00a0» les montre tous. Retirez ou réparez le premier, puis réessayez.',
      en: '“type -a node” shows them all. Remove or fix the first one, then try again.',
    },
  },
  {
    id: 'python-not-found',
    steps: ['venv'],
    match: String.raw`^problem: (?<python>[\w./-]{1,120}): code 127`,
    say: {
      fr: 'Le Python choisi, {python}, n’est pas sur cette machine.',
      en: 'The Python chosen, {python}, is not on this machine.',
    },
    do: {
      fr: '«\u00a0ls /usr/bin/python3*\u00a0» donne ceux qui y sont. Corrigez la réponse PYTHON.',
      en: '“ls /usr/bin/python3*” gives those that are. Correct the answer PYTHON.',
    },
  },
  {
    id: 'mysqlclient-headers-missing',
    steps: ['pip-extra'],
    match: 'Can not find valid pkg-config name',
    say: {
      fr: 'mysqlclient se compile ici, et ne trouve pas les en-têtes de MariaDB\u00a0: libmariadb-dev ou pkg-config manque.',
      en: 'mysqlclient is compiled here, and does not find the headers of MariaDB: libmariadb-dev or pkg-config is missing.',
    },
    do: {
      fr: '«\u00a0apt-get install --reinstall libmariadb-dev pkg-config\u00a0», puis réessayez.',
      en: '“apt-get install --reinstall libmariadb-dev pkg-config”, then try again.',
    },
  },
  {
    id: 'pretix-cfg-broken',
    steps: ['pretix-check'],
    // The last line of Python's configparser: the line that it could not read.
    match: String.raw`^problem: \S{1,80} code 1 (?:\[line +\d{1,6}\]: )?'[^\n]{0,200}\\n'$`,
    say: {
      fr: 'Pretix n’arrive pas à lire /etc/pretix/pretix.cfg\u00a0: le fichier a été modifié et n’est plus correct.',
      en: 'Pretix cannot read /etc/pretix/pretix.cfg: the file was changed and is no longer correct.',
    },
    do: {
      fr: '«\u00a0setup-wizard verify pretix\u00a0» montre ce qui diffère. Remettez le fichier comme il était, puis réessayez.',
      en: '“setup-wizard verify pretix” shows what differs. Put the file back as it was, then try again.',
    },
  },
  {
    id: 'mysqlclient-lost',
    match: String.raw`Did you install mysqlclient\?`,
    say: {
      fr: 'Le pilote de MariaDB (mysqlclient) n’est plus dans l’environnement virtuel, ou ne se charge pas.',
      en: 'The MariaDB driver (mysqlclient) is no longer in the virtual environment, or does not load.',
    },
    do: {
      fr: '«\u00a0runuser -u pretix -- /var/pretix/venv/bin/pip install --force-reinstall mysqlclient==2.3.1\u00a0», puis réessayez.',
      en: '“runuser -u pretix -- /var/pretix/venv/bin/pip install --force-reinstall mysqlclient==2.3.1”, then try again.',
    },
  },
  {
    id: 'home-closed-to-apache',
    steps: ['apache-enable'],
    match: '^name: static-files$',
    say: {
      fr: 'Apache n’a pas le droit de traverser /var/pretix\u00a0: quelqu’un l’a refermé.',
      en: 'Apache may not pass through /var/pretix: somebody closed it again.',
    },
    do: {
      fr: '«\u00a0chmod 711 /var/pretix\u00a0»\u00a0; «\u00a0namei -l\u00a0» suivi du chemin montre le répertoire qui bloque. Puis réessayez.',
      en: '“chmod 711 /var/pretix”; “namei -l” followed by the path shows the directory that blocks. Then try again.',
    },
  },
  {
    id: 'other-site-answers',
    steps: ['apache-enable'],
    match: String.raw`^problem: http://\S{1,200}: (?:200|30\d|40[0-9]) ≠`,
    say: {
      fr: 'Apache répond, mais par un autre site\u00a0: un autre fichier a le même nom de serveur et passe avant.',
      en: 'Apache answers, but with another site: another file has the same server name and comes first.',
    },
    do: {
      fr: '«\u00a0apache2ctl -S\u00a0» montre qui tient ce nom. Retirez-le de l’autre site (ou a2dissite), puis réessayez.',
      en: '“apache2ctl -S” shows who holds the name. Take it out of the other site (or a2dissite), then try again.',
    },
  },
  {
    id: 'apache-not-answering',
    steps: ['apache-enable'],
    match: '^problem: (?:no answer within|connect ECONNREFUSED)',
    say: {
      fr: 'Apache ne répond pas sur le port 80\u00a0: arrêté, ou un autre programme a pris sa place.',
      en: 'Apache does not answer on port 80: stopped, or another program took its place.',
    },
    do: {
      fr: '«\u00a0systemctl status apache2\u00a0» et «\u00a0ss -ltnp | grep -w 80\u00a0» le disent. Arrêtez l’autre, lancez «\u00a0systemctl restart apache2\u00a0», puis réessayez.',
      en: '“systemctl status apache2” and “ss -ltnp | grep -w 80” tell. Stop the other one, run “systemctl restart apache2”, then try again.',
    },
  },
  {
    id: 'ksup-folder-missing',
    steps: ['ksup-props'],
    match: String.raw`^problem: (?<path>/[^\n]{1,200}) (?:does not exist|n’existe pas)$`,
    say: {
      fr: 'Le répertoire de configuration de K-Sup n’est pas à {path}\u00a0: déplacé, ou sur un disque qui n’est pas monté.',
      en: 'The configuration directory of K-Sup is not at {path}: moved, or on a disk that is not mounted.',
    },
    do: {
      fr: '«\u00a0findmnt\u00a0» montre les disques montés. Montez-le, ou corrigez la réponse KSUP_CONF_DIR, puis réessayez.',
      en: '“findmnt” shows the mounted disks. Mount it, or correct the answer KSUP_CONF_DIR, then try again.',
    },
  },
];
