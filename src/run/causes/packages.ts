/** apt and dpkg. What dpkg itself says comes before what apt makes of it. */
import type { KnownCause } from '../../guide/types.ts';

export const packages: readonly KnownCause[] = [
  {
    id: 'dpkg-script-failed',
    match: String.raw`installed (?<package>[\w.+:-]{1,80}) package [\w-]{1,40} script subprocess returned error`,
    say: {
      fr: 'Le script d’installation du paquet {package} échoue, et dpkg s’arrête là.',
      en: 'The installation script of the package {package} fails, and dpkg stops there.',
    },
    do: {
      fr: 'Lancez «\u00a0dpkg --configure {package}\u00a0» pour lire sa propre erreur et réparez-la. Un paquet inutile\u00a0: «\u00a0dpkg --purge {package}\u00a0». Puis réessayez.',
      en: 'Run “dpkg --configure {package}” to read its own error and fix it. A package nobody needs: “dpkg --purge {package}”. Then try again.',
    },
  },
  {
    id: 'dpkg-status-damaged',
    match: String.raw`parsing file '(?<file>/var/lib/dpkg/[\w./-]{1,80})' near line (?<line>\d{1,9})`,
    say: {
      fr: 'La base de dpkg est abîmée\u00a0: {file}, vers la ligne {line}.',
      en: 'dpkg’s database is damaged: {file}, near line {line}.',
    },
    do: {
      fr: 'Regardez cette ligne. Une copie de la veille est dans /var/backups (dpkg.status.*)\u00a0; «\u00a0dpkg --audit\u00a0» doit ensuite se taire.',
      en: 'Look at that line. A copy of the day before is in /var/backups (dpkg.status.*); “dpkg --audit” should say nothing afterwards.',
    },
  },
  {
    id: 'dpkg-interrupted',
    match: 'dpkg was interrupted, you must manually run',
    say: {
      fr: 'Une installation de paquets a été interrompue au milieu.',
      en: 'An installation of packages was interrupted half-way.',
    },
    do: {
      fr: 'Lancez «\u00a0dpkg --configure -a\u00a0», puis réessayez.',
      en: 'Run “dpkg --configure -a”, then try again.',
    },
  },
  {
    id: 'dpkg-file-conflict',
    match: String.raw`trying to overwrite '(?<file>[^']{1,200})', which is also in package (?<package>[\w.+-]{1,80})`,
    say: {
      fr: 'Deux paquets veulent le même fichier\u00a0: {file} est déjà à {package}.',
      en: 'Two packages want the same file: {file} belongs to {package} already.',
    },
    do: {
      fr: 'L’un d’eux vient sans doute d’un autre dépôt («\u00a0apt-cache policy {package}\u00a0»)\u00a0: retirez-le ou remplacez-le par celui de Debian, puis réessayez.',
      en: 'One of them probably comes from another repository (“apt-cache policy {package}”): remove it or take Debian’s, then try again.',
    },
  },
  {
    id: 'apt-held-package',
    match: String.raw`held packages will be changed:\s{1,8}(?<package>[\w.+:-]{1,80})`,
    say: {
      fr: 'Un paquet a été figé sur cette machine (hold)\u00a0: {package}.',
      en: 'A package was put on hold on this machine: {package}.',
    },
    do: {
      fr: '«\u00a0apt-mark showhold\u00a0» les nomme tous. Si rien ne s’y oppose\u00a0: «\u00a0apt-mark unhold {package}\u00a0», puis réessayez.',
      en: '“apt-mark showhold” names them all. If nothing speaks against it: “apt-mark unhold {package}”, then try again.',
    },
  },
  {
    id: 'apt-sources-malformed',
    match: String.raw`(?:is not known on line|Malformed (?:entry|line|stanza)) (?<line>\d{1,6}) in (?:source list|list file|source file) (?<file>[\w./-]{1,120})`,
    say: {
      fr: 'La liste des dépôts de paquets a une faute\u00a0: {file}, ligne {line}.',
      en: 'The list of package repositories has a mistake: {file}, line {line}.',
    },
    do: {
      fr: 'Corrigez cette ligne\u00a0; «\u00a0apt-get update\u00a0» doit passer sans erreur. Puis réessayez.',
      en: 'Correct that line; “apt-get update” has to pass without an error. Then try again.',
    },
  },
  {
    id: 'apt-clock',
    match: String.raw`Release file for \S{1,200} is (?:expired|not valid yet)`,
    say: {
      fr: 'apt juge un index de paquets périmé, ou pas encore valable\u00a0: l’horloge de cette machine est fausse, ou le miroir n’est plus tenu à jour.',
      en: 'apt finds a package index expired, or not valid yet: the clock of this machine is wrong, or the mirror is no longer kept up to date.',
    },
    do: {
      fr: 'Regardez «\u00a0timedatectl\u00a0». Si l’heure est juste, changez de miroir dans /etc/apt, puis réessayez.',
      en: 'Look at “timedatectl”. If the time is right, choose another mirror in /etc/apt, then try again.',
    },
  },
  {
    id: 'apt-key-missing',
    match: 'NO_PUBKEY|public key is not available|Missing key [0-9A-F]{16,64}, which is needed',
    say: {
      fr: 'apt n’a pas la clé qui signe un dépôt, et refuse donc ses paquets.',
      en: 'apt does not have the key that signs a repository, and so refuses its packages.',
    },
    do: {
      fr: 'Pour Debian, réinstallez debian-archive-keyring\u00a0; pour un autre dépôt, reprenez sa clé chez son éditeur. «\u00a0apt-get update\u00a0» doit passer. Puis réessayez.',
      en: 'For Debian, reinstall debian-archive-keyring; for another repository take its key from its publisher. “apt-get update” has to pass. Then try again.',
    },
  },
  {
    id: 'apt-signed-by-conflict',
    match: String.raw`Conflicting values set for option Signed-By regarding source (?<source>[^:\n]{1,100}:[^:\n]{1,200}): (?<one>/\S{1,200}) != (?<other>/\S{1,200})`,
    say: {
      fr: 'Deux fichiers décrivent le même dépôt ({source}) avec deux clés\u00a0: {one} et {other}. apt refuse alors toute commande.',
      en: 'Two files describe the same repository ({source}) with two keys: {one} and {other}. apt then refuses every command.',
    },
    do: {
      fr: 'Les fichiers sont dans /etc/apt/sources.list.d\u00a0: gardez-en un. «\u00a0apt-get update\u00a0» doit passer. Puis réessayez.',
      en: 'The files are in /etc/apt/sources.list.d: keep one. “apt-get update” has to pass. Then try again.',
    },
  },
  {
    id: 'debconf-locked',
    match: String.raw`(?<file>/var/cache/debconf/\S{1,80}) is locked by another process`,
    say: {
      fr: 'Un autre programme tient encore la base de debconf\u00a0: une installation de paquets, ou dpkg-reconfigure.',
      en: 'Another program still holds debconf’s database: an installation of packages, or dpkg-reconfigure.',
    },
    do: {
      fr: '«\u00a0fuser -v {file}\u00a0» le nomme. Attendez qu’il finisse, ou répondez-lui, puis réessayez.',
      en: '“fuser -v {file}” names it. Wait until it is done, or answer it, then try again.',
    },
  },
  {
    id: 'apt-proxy-denied',
    match: '407 {2,4}Proxy Authentication Required',
    say: {
      fr: 'Le proxy veut un compte et un mot de passe, ou n’accepte pas ceux qu’il a reçus.',
      en: 'The proxy wants an account and a password, or does not accept those it was given.',
    },
    do: {
      fr: '«\u00a0apt-config dump | grep -i proxy\u00a0» et «\u00a0env | grep -i proxy\u00a0» montrent les réglages. Corrigez-les, puis réessayez.',
      en: '“apt-config dump | grep -i proxy” and “env | grep -i proxy” show the settings. Correct them, then try again.',
    },
  },
  {
    id: 'apt-no-release',
    match:
      "The repository '(?<repository>[^']{1,200})' (?:does not have a Release file|no longer has a Release file)",
    say: {
      fr: 'Un dépôt de paquets n’existe pas, ou plus, à cette adresse\u00a0: {repository}.',
      en: 'A package repository is not, or no longer, at this address: {repository}.',
    },
    do: {
      fr: 'Corrigez le nom de la version ou l’adresse dans /etc/apt/sources.list ou /etc/apt/sources.list.d, puis réessayez.',
      en: 'Correct the name of the release or the address in /etc/apt/sources.list or /etc/apt/sources.list.d, then try again.',
    },
  },
  {
    id: 'apt-unreachable',
    match: String.raw`(?:Failed to fetch|Could not resolve|Temporary failure resolving|Unable to connect to|Could not connect to|Connection failed|Cannot initiate the connection)[^\n]{0,400}(?:Temporary failure resolving|Could not resolve|Could not connect|Unable to connect|Connection refused|Connection timed out|Network is unreachable|connection timed out)`,
    say: {
      fr: 'Les dépôts de paquets sont injoignables depuis cette machine\u00a0: réseau, DNS ou proxy.',
      en: 'The package repositories cannot be reached from this machine: network, DNS or proxy.',
    },
    do: {
      fr: 'Essayez «\u00a0apt-get update\u00a0»\u00a0: il dit quelle adresse ne répond pas. Proxy\u00a0: «\u00a0apt-config dump | grep -i proxy\u00a0». Quand il passe, réessayez.',
      en: 'Try “apt-get update”: it says which address does not answer. Proxy: “apt-config dump | grep -i proxy”. When it passes, try again.',
    },
  },
  {
    id: 'apt-not-signed',
    match: String.raw`The repository '(?<repo>[^'\n]{1,200})' is not signed`,
    say: {
      fr: 'Un dépôt n’est pas signé\u00a0: {repo}. apt refuse ses paquets, et l’assistant avec lui.',
      en: 'A repository is not signed: {repo}. apt refuses its packages, and so does the wizard.',
    },
    do: {
      fr: 'Le miroir est peut-être incomplet\u00a0: essayez l’adresse de l’éditeur. Un dépôt local\u00a0? Signez-le (InRelease). Puis réessayez.',
      en: 'The mirror may be incomplete: try the publisher’s address. A local repository? Sign it (InRelease). Then try again.',
    },
  },
  {
    id: 'apt-unmet-dependencies',
    match: 'have unmet dependencies',
    say: {
      fr: 'apt ne trouve pas d’ensemble de paquets qui aillent ensemble\u00a0: un dépôt manque, une version est épinglée, ou un paquet vient d’ailleurs.',
      en: 'apt finds no set of packages that fit together: a repository is missing, a version is pinned, or a package comes from elsewhere.',
    },
    do: {
      fr: '«\u00a0apt-cache policy\u00a0» suivi des noms ci-dessus montre d’où vient chaque version\u00a0; les épinglages sont dans /etc/apt/preferences.d. Puis réessayez.',
      en: '“apt-cache policy” followed by the names above shows where each version comes from; pins are in /etc/apt/preferences.d. Then try again.',
    },
  },
  {
    id: 'apt-unknown-package',
    match: String.raw`Unable to locate package (?<package>[\w.+-]{1,80})|Package '?(?<virtual>[\w.+-]{1,80})'? has no installation candidate`,
    say: {
      fr: 'Aucun dépôt de cette machine n’a ce paquet\u00a0: {package}{virtual}.',
      en: 'No repository of this machine has this package: {package}{virtual}.',
    },
    do: {
      fr: '/etc/apt/sources.list et /etc/apt/sources.list.d doivent nommer les dépôts de votre Debian (main). «\u00a0apt-get update\u00a0», puis réessayez.',
      en: '/etc/apt/sources.list and /etc/apt/sources.list.d have to name the repositories of your Debian (main). “apt-get update”, then try again.',
    },
  },
  {
    id: 'apt-lock-held',
    match: String.raw`Unable to acquire the dpkg frontend lock \((?<file>/[\w./-]{1,80})\)|Could not get lock (?<lock>/[\w./-]{1,80}[\w-])`,
    say: {
      fr: 'Un autre programme tient encore la gestion des paquets\u00a0: apt, ou des mises à jour automatiques.',
      en: 'Another program still holds the package manager: apt, or automatic upgrades.',
    },
    do: {
      fr: '«\u00a0fuser -v {file}{lock}\u00a0» le nomme. Attendez qu’il finisse\u00a0; n’effacez pas le verrou. Puis réessayez.',
      en: '“fuser -v {file}{lock}” names it. Wait until it is done; do not delete the lock. Then try again.',
    },
  },
];
