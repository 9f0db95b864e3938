/** dnf, rpm, and curl where it fetches a key. */
import type { KnownCause } from '../../guide/types.ts';

export const dnf: readonly KnownCause[] = [
  {
    id: 'rpm-database-damaged',
    match: String.raw`sqlite failure:|rpmdb open failed|cannot open Packages (?:database|index)|BDB\d{4} `,
    say: {
      fr: 'La base de rpm est abîmée ou illisible\u00a0: ni rpm ni dnf ne savent ce qui est installé.',
      en: 'rpm’s database is damaged or cannot be read: neither rpm nor dnf knows what is installed.',
    },
    do: {
      fr: 'Copiez d’abord son répertoire («\u00a0rpm --eval %_dbpath\u00a0»), puis essayez «\u00a0rpm --rebuilddb\u00a0»\u00a0; sinon remettez-la d’une sauvegarde. «\u00a0rpm -qa\u00a0» doit passer. Puis réessayez.',
      en: 'Copy its directory first (“rpm --eval %_dbpath”), then try “rpm --rebuilddb”; else put it back from a backup. “rpm -qa” has to pass. Then try again.',
    },
  },
  {
    id: 'rpm-script-failed',
    match: String.raw`Error in (?<script>[A-Z]{3,15}) scriptlet in rpm package (?<package>[\w.+-]{1,80})`,
    say: {
      fr: 'Le script {script} du paquet {package} échoue, et dnf s’arrête là.',
      en: 'The script {script} of the package {package} fails, and dnf stops there.',
    },
    do: {
      fr: 'Sa propre erreur est dans la sortie\u00a0; «\u00a0dnf repoquery\u00a0» dit de quel dépôt il vient. Réparez ce qui lui manque, puis réessayez.',
      en: 'Its own error is in the output; “dnf repoquery” says which repository it comes from. Fix what it lacks, then try again.',
    },
  },
  {
    id: 'rpm-file-conflict',
    match: String.raw`file (?<file>/\S{1,200}) from install of (?<package>\S{1,120}) conflicts with file from package (?<other>[\w.+-]{1,120})`,
    say: {
      fr: 'Deux paquets veulent le même fichier\u00a0: {file} est déjà à {other}, {package} l’apporte aussi.',
      en: 'Two packages want the same file: {file} belongs to {other} already, and {package} brings it too.',
    },
    do: {
      fr: 'L’un d’eux vient sans doute d’un autre dépôt («\u00a0dnf info {other}\u00a0»)\u00a0: retirez-le ou remplacez-le par celui de la distribution, puis réessayez.',
      en: 'One of them probably comes from another repository (“dnf info {other}”): remove it or take the distribution’s, then try again.',
    },
  },
  {
    id: 'rpm-disk-space',
    match: String.raw`At least (?<size>\d{1,9}[KMG]?B) more space needed on the (?<place>/\S{0,200}) filesystem`,
    say: {
      fr: 'Il manque {size} sur le système de fichiers {place}. Rien n’a été installé.',
      en: '{size} are missing on the file system {place}. Nothing was installed.',
    },
    do: {
      fr: 'Libérez-les («\u00a0df -h {place}\u00a0», «\u00a0du -xh {place} | sort -h\u00a0»), puis réessayez.',
      en: 'Make that room (“df -h {place}”, “du -xh {place} | sort -h”), then try again.',
    },
  },
  {
    id: 'dnf-lock-held',
    match: String.raw`already locked by (?<pid>\d{1,9})`,
    say: {
      fr: 'Un autre dnf, processus {pid}, travaille encore\u00a0: souvent des mises à jour automatiques.',
      en: 'Another dnf, process {pid}, is still at work: often automatic upgrades.',
    },
    do: {
      fr: '«\u00a0ps -f {pid}\u00a0» le montre. Attendez qu’il finisse\u00a0; si ce n’est pas un dnf, le verrou est un reste dans /var/lib/dnf ou /var/cache/dnf (*.pid). Puis réessayez.',
      en: '“ps -f {pid}” shows it. Wait until it is done; if it is no dnf, the lock is a leftover in /var/lib/dnf or /var/cache/dnf (*.pid). Then try again.',
    },
  },
  {
    id: 'dnf-list-badly-signed',
    match: String.raw`metadata for repo '(?<repo>[^'\n]{1,80})': repomd\.xml GPG signature verification error`,
    say: {
      fr: 'La liste des paquets du dépôt {repo} est signée par une autre clé que la sienne, ou a été modifiée en route.',
      en: 'The list of packages of the repository {repo} is signed by another key than its own, or was changed on the way.',
    },
    do: {
      fr: 'Vérifiez l’adresse du dépôt et l’empreinte de sa clé auprès de l’éditeur\u00a0: il en a peut-être changé. Ne passez pas outre. Puis réessayez.',
      en: 'Check the address of the repository and the fingerprint of its key with the publisher, who may have changed it. Do not go past this. Then try again.',
    },
  },
  {
    id: 'dnf-list-unsigned',
    match: String.raw`metadata for repo '(?<repo>[^'\n]{1,80})': GPG verification is enabled, but GPG signature is not available`,
    say: {
      fr: 'La liste des paquets du dépôt {repo} devrait être signée et ne l’est pas.',
      en: 'The list of packages of the repository {repo} should be signed and is not.',
    },
    do: {
      fr: 'Le miroir est peut-être incomplet\u00a0: essayez l’adresse de l’éditeur. S’il ne signe pas ses listes, le guide ne doit pas le demander (repo_gpgcheck).',
      en: 'The mirror may be incomplete: try the publisher’s address. If they do not sign their lists, the guide must not ask for it (repo_gpgcheck).',
    },
  },
  {
    id: 'dnf-package-unsigned',
    match: String.raw`Package (?<package>[\w.+:~^-]{1,120}) is not signed`,
    say: {
      fr: 'Le paquet {package} n’est pas signé\u00a0: dnf ne l’installe pas.',
      en: 'The package {package} is not signed: dnf does not install it.',
    },
    do: {
      fr: 'Un dépôt local\u00a0? Signez ses paquets (rpmsign). Sinon, vérifiez l’adresse du dépôt auprès de l’éditeur. Puis réessayez.',
      en: 'A local repository? Sign its packages (rpmsign). Otherwise check its address with the publisher. Then try again.',
    },
  },
  {
    id: 'dnf-package-other-key',
    match: String.raw`The GPG keys listed for the "(?<repo>[^"\n]{1,80})" repository are already installed but they are not correct`,
    say: {
      fr: 'Un paquet du dépôt {repo} est signé par une clé que ce dépôt n’annonce pas.',
      en: 'A package of the repository {repo} is signed by a key that this repository does not name.',
    },
    do: {
      fr: 'L’éditeur a peut-être changé de clé\u00a0: comparez avec la sienne la ligne gpgkey du fichier du dépôt (/etc/yum.repos.d), puis réessayez.',
      en: 'The publisher may have changed their key: compare the line gpgkey of the repository’s file (/etc/yum.repos.d) with theirs, then try again.',
    },
  },
  {
    id: 'dnf-repository-without-key',
    match: String.raw`^Problem repository: \[?(?<repo>[\w.:-]{1,80})`,
    say: {
      fr: 'Le dépôt {repo} demande des paquets signés et ne dit pas par quelle clé\u00a0: dnf n’installe alors plus rien.',
      en: 'The repository {repo} wants signed packages and does not say by which key: dnf then installs nothing at all.',
    },
    do: {
      fr: 'Ajoutez sa clé (gpgkey=…) dans son fichier de /etc/yum.repos.d, ou désactivez-le (enabled=0), puis réessayez.',
      en: 'Add its key (gpgkey=…) to its file in /etc/yum.repos.d, or switch it off (enabled=0), then try again.',
    },
  },
  {
    id: 'dnf-repository-unreachable',
    match: String.raw`Curl error \((?:5|6|7|28|52|56)\): [^\n]{1,200} for (?<address>\S{1,200})`,
    say: {
      fr: 'Un dépôt de paquets est injoignable depuis cette machine\u00a0: {address}',
      en: 'A package repository cannot be reached from this machine: {address}',
    },
    do: {
      fr: 'Réseau, DNS ou proxy\u00a0: dnf a son propre réglage (proxy= dans /etc/dnf/dnf.conf). «\u00a0dnf makecache\u00a0» doit passer. Un dépôt dont personne n’a besoin se désactive (enabled=0). Puis réessayez.',
      en: 'Network, DNS or proxy: dnf has a setting of its own (proxy= in /etc/dnf/dnf.conf). “dnf makecache” has to pass. A repository that nobody needs can be switched off (enabled=0). Then try again.',
    },
  },
  {
    id: 'dnf-repository-missing',
    match: String.raw`(?:Curl error \(37\): [^\n]{1,200} for|Status code: 404 for) (?<address>\S{1,200})/repodata/repomd\.xml\b`,
    say: {
      fr: 'Il n’y a pas de dépôt de paquets à cette adresse\u00a0: {address}',
      en: 'There is no package repository at this address: {address}',
    },
    do: {
      fr: 'Vérifiez la version et l’architecture qu’elle nomme («\u00a0dnf repolist -v\u00a0»), corrigez-la ou désactivez le dépôt, puis réessayez.',
      en: 'Check the release and the architecture that it names (“dnf repolist -v”), correct it or switch the repository off, then try again.',
    },
  },
  {
    id: 'dnf-module-unknown',
    match: String.raw`missing groups or modules: (?<module>[\w.+:-]{1,120})`,
    say: {
      fr: 'Aucun dépôt de cette machine n’a ce module ou ce flux\u00a0: {module}.',
      en: 'No repository of this machine has this module or stream: {module}.',
    },
    do: {
      fr: '«\u00a0dnf module list\u00a0» les montre tous\u00a0; RHEL 10 et ses proches n’en ont plus. Corrigez la réponse ou activez le dépôt qui manque, puis réessayez.',
      en: '“dnf module list” shows them all; RHEL 10 and its relatives have none. Correct the answer or switch on the missing repository, then try again.',
    },
  },
  {
    id: 'dnf-unknown-package',
    match: String.raw`Unable to find a match: (?<packages>[\w.+ -]{1,300})`,
    say: {
      fr: 'Aucun dépôt activé de cette machine n’a ces paquets\u00a0: {packages}.',
      en: 'No repository that is switched on here has these packages: {packages}.',
    },
    do: {
      fr: '«\u00a0dnf repolist\u00a0» montre les dépôts activés\u00a0: il manque souvent CodeReady Builder (crb, powertools) ou EPEL. Puis réessayez.',
      en: '“dnf repolist” shows what is switched on: often CodeReady Builder (crb, powertools) or EPEL is missing. Then try again.',
    },
  },
  {
    id: 'dnf-unmet-dependencies',
    match: String.raw`nothing provides (?<need>[^\n]{1,120}?) needed by (?<package>\S{1,120})|try to add '--(?:skip-broken|allowerasing|nobest)'`,
    say: {
      fr: 'dnf ne trouve pas d’ensemble de paquets qui aillent ensemble\u00a0: un dépôt ou un flux de module manque, ou un paquet vient d’ailleurs.',
      en: 'dnf finds no set of packages that fit together: a repository or a stream of a module is missing, or a package comes from elsewhere.',
    },
    do: {
      fr: 'Les lignes «\u00a0nothing provides\u00a0» disent ce qui manque\u00a0; «\u00a0dnf repolist --all\u00a0» et «\u00a0dnf module list\u00a0» montrent ce qu’on peut activer. Puis réessayez.',
      en: 'The lines “nothing provides” say what is missing; “dnf repolist --all” and “dnf module list” show what can be switched on. Then try again.',
    },
  },
  {
    id: 'curl-unreachable',
    match: String.raw`curl: \(7\) Failed to connect to (?<host>[\w.:-]{1,120}) port (?<port>\d{1,5})`,
    say: {
      fr: 'curl n’arrive pas à joindre {host}, port {port}\u00a0: serveur arrêté, pare-feu, ou proxy à régler.',
      en: 'curl cannot reach {host}, port {port}: a stopped server, a firewall, or a proxy to be set.',
    },
    do: {
      fr: '«\u00a0env | grep -i proxy\u00a0» montre les réglages de votre session. Corrigez-les et relancez l’assistant\u00a0: il reprendra ici. Ou copiez le fichier sur cette machine et donnez son adresse file://.',
      en: '“env | grep -i proxy” shows the settings of your session. Correct them and start the wizard again: it goes on from here. Or copy the file to this machine and give its file:// address.',
    },
  },
  {
    id: 'curl-missing',
    match: String.raw`curl: \(22\) The requested URL returned error: (?<status>\d{3})|curl: \(37\) Couldn't open file (?<file>/\S{1,200})`,
    say: {
      fr: 'Le fichier demandé n’est pas à cette adresse, ou n’est pas ouvert à cette machine\u00a0: {status}{file}.',
      en: 'The file asked for is not at this address, or not open to this machine: {status}{file}.',
    },
    do: {
      fr: 'Ouvrez l’adresse dans un navigateur, corrigez la réponse ou copiez le fichier à cet endroit, puis réessayez.',
      en: 'Open the address in a browser, correct the answer or copy the file to that place, then try again.',
    },
  },
];
