/** What the kinds of operations say: titles in a plan, reasons, what stays, refusals. */
import type { Text } from '../../guide/types.ts';
import { counted } from '../numbers.ts';

const listed = (names: readonly string[]): string => names.join(', ');

// Titles: what is done, as one reads it in a plan.

export const enableModule = (name: string): Text => ({
  fr: `Activer le module Apache ${name}`,
  en: `Enable the Apache module ${name}`,
});

export const setUpSite = (name: string): Text => ({
  fr: `Mettre en place le site Apache ${name}`,
  en: `Put the Apache site ${name} in place`,
});

export const setUpNginxSite = (name: string): Text => ({
  fr: `Mettre en place le site nginx ${name}`,
  en: `Put the nginx site ${name} in place`,
});

export const linesIn = (name: string, path: string): Text => ({
  fr: `Lignes «\u00a0${name}\u00a0» dans ${path}`,
  en: `Lines “${name}” in ${path}`,
});

export const checkThat = (probe: Text): Text => ({
  fr: `Vérifier\u00a0: ${probe.fr}`,
  en: `Check: ${probe.en}`,
});

export const byHand = (item: Text): Text => ({
  fr: `À la main\u00a0: ${item.fr}`,
  en: `By hand: ${item.en}`,
});

export const itemsByHand = (count: number): Text => ({
  fr: counted('fr', count, 'point à faire à la main', 'points à faire à la main'),
  en: counted('en', count, 'item to do by hand', 'items to do by hand'),
});

export const commandTitle = (command: string): Text => ({
  fr: `Commande ${command}`,
  en: `Command ${command}`,
});

export const directoryTitle = (path: string): Text => ({ fr: `Répertoire ${path}`, en: `Directory ${path}` });

export const fileTitle = (path: string): Text => ({ fr: `Fichier ${path}`, en: `File ${path}` });

export const linkTitle = (path: string, to: string): Text => ({
  fr: `Lien ${path} → ${to}`,
  en: `Link ${path} → ${to}`,
});

export const installPackages = (names: readonly string[]): Text => ({
  fr: `Installer ${listed(names)}`,
  en: `Install ${listed(names)}`,
});

export const enableStream = (module: string, stream: string): Text => ({
  fr: `Activer le flux ${stream} du module ${module}`,
  en: `Enable the stream ${stream} of the module ${module}`,
});

export const addRepository = (name: string, address: string): Text => ({
  fr: `Ajouter le dépôt de paquets «\u00a0${name}\u00a0» (${address})`,
  en: `Add the package repository “${name}” (${address})`,
});

export const enableRepository = (id: string): Text => ({
  fr: `Activer le dépôt de paquets ${id}`,
  en: `Switch on the package repository ${id}`,
});

export const answerQuestion = (name: string, question: string): Text => ({
  fr: `Répondre d’avance à ${question}, que pose le paquet ${name}`,
  en: `Answer ${question} in advance, which the package ${name} asks`,
});

export const installInVenv = (names: readonly string[]): Text => ({
  fr: `Installer ${listed(names)} dans l’environnement virtuel`,
  en: `Install ${listed(names)} in the virtual environment`,
});

export const createVenv = (path: string): Text => ({
  fr: `Créer l’environnement virtuel Python ${path}`,
  en: `Create the Python virtual environment ${path}`,
});

export const checkOut = (path: string, ref: string): Text => ({
  fr: `Récupérer ${ref || 'le code'} dans ${path}`,
  en: `Get ${ref || 'the code'} into ${path}`,
});

export const readValue = (name: string): Text => ({
  fr: `Lire ${name} sur la machine`,
  en: `Read ${name} from the machine`,
});

export const scriptTitle = (name: string): Text => ({
  fr: `Script «\u00a0${name}\u00a0»`,
  en: `Script “${name}”`,
});

export const createDatabase = (name: string): Text => ({
  fr: `Créer la base de données ${name}`,
  en: `Create the database ${name}`,
});

export const dumpDatabase = (name: string): Text => ({
  fr: `Sauvegarder la base de données ${name}`,
  en: `Dump the database ${name}`,
});

export const createSqlAccount = (name: string): Text => ({
  fr: `Créer le compte SQL ${name}`,
  en: `Create the SQL account ${name}`,
});

export const grantRights = (user: string, database: string): Text => ({
  fr: `Donner à ${user} ses droits sur la base ${database}`,
  en: `Grant ${user} its rights on the database ${database}`,
});

export const removeFromSqlMode = (word: string): Text => ({
  fr: `Retirer ${word} du sql_mode du serveur`,
  en: `Remove ${word} from the server’s sql_mode`,
});

export const startService = (name: string): Text => ({
  fr: `Démarrer le service ${name}`,
  en: `Start the service ${name}`,
});

export const setService = (name: string): Text => ({
  fr: `Configurer le service ${name}`,
  en: `Configure the service ${name}`,
});

export const createUser = (name: string): Text => ({
  fr: `Créer l’utilisateur Unix ${name}`,
  en: `Create the Unix user ${name}`,
});

// How a command is run, and what a diff cannot show.

export const runAs = (user: string): Text => ({ fr: `en tant que ${user}`, en: `as ${user}` });

export const runIn = (path: string): Text => ({ fr: `dans ${path}`, en: `in ${path}` });

export const gitFrom = (of: string, at: string): Text => ({
  fr: `dépôts git de ${of} pris dans ${at}`,
  en: `git repositories of ${of} taken from ${at}`,
});

/** `more`: how many are not named. */
export const comeAlong = (names: readonly string[], more: number): Text => ({
  fr: `viennent avec\u00a0: ${listed(names)}${more > 0 ? ` et ${counted('fr', more, 'autre', 'autres')}` : ''}`,
  en: `come along: ${listed(names)}${more > 0 ? ` and ${counted('en', more, 'other', 'others')}` : ''}`,
});

export const onlySecretsChange: Text = { fr: '(seul un secret change)', en: '(only a secret changes)' };

// Why something is not known, or not the wizard's to do.

export const notKnownYet = (name: string, problem: string): Text => ({
  fr: `${name} n’est pas encore connu\u00a0: ${problem}`,
  en: `${name} is not known yet: ${problem}`,
});

export const noDatabaseServer: Text = {
  fr: 'inconnu tant que le serveur de base de données n’est pas là',
  en: 'unknown until the database server is there',
};

export const sqlModeElsewhere: Text = {
  fr: 'Le serveur est sur une autre machine\u00a0: son administrateur règle sql_mode, aussi dans sa configuration.',
  en: 'The server is on another machine: its administrator sets sql_mode, in its configuration too.',
};

export const forDatabaseAdministrator: Text = {
  fr: 'À exécuter par l’administrateur de la base de données',
  en: 'To be run by the database administrator',
};

export const sqlForAdministrator = (sql: string): Text => ({
  fr: `${forDatabaseAdministrator.fr}\u00a0: ${sql}`,
  en: `${forDatabaseAdministrator.en}: ${sql}`,
});

export const alsoUpgrades = (upgrades: readonly string[]): Text => ({
  fr: `Met aussi à jour des paquets déjà présents, ce qui ne se défait pas\u00a0: ${listed(upgrades)}`,
  en: `Also upgrades packages that are already there, which cannot be undone: ${listed(upgrades)}`,
});

// What undo leaves, and why.

export const modulesStillNeeded = (names: readonly string[]): Text => ({
  fr: `Modules Apache gardés, car la configuration en a besoin\u00a0: ${listed(names)}`,
  en: `Apache modules kept because the configuration needs them: ${listed(names)}`,
});

export const directoryNotEmpty = (path: string): Text => ({
  fr: `${path} n’est pas vide\u00a0: le répertoire est gardé`,
  en: `${path} is not empty: the directory is kept`,
});

export const noLongerALink = (path: string): Text => ({
  fr: `${path} n’est plus un lien\u00a0: il est gardé`,
  en: `${path} is no longer a link: it is kept`,
});

export const noLongerACheckout = (path: string): Text => ({
  fr: `${path} n’est plus un dépôt git de cet utilisateur\u00a0: il est gardé`,
  en: `${path} is no longer a git repository of that user: it is kept`,
});

export const stayUpgraded = (upgrades: readonly string[]): Text => ({
  fr: `Ces paquets gardent leur nouvelle version\u00a0: ${listed(upgrades)}`,
  en: `These packages keep their new version: ${listed(upgrades)}`,
});

export const packagesKept = (names: readonly string[], others: readonly string[]): Text => ({
  fr: `Paquets gardés (${listed(names)})\u00a0: les supprimer toucherait ${listed(others) || 'd’autres paquets'}`,
  en: `Packages kept (${listed(names)}): removing them would touch ${listed(others) || 'other packages'}`,
});

export const notCompleted = (names: readonly string[]): Text => ({
  fr: `Une installation de dnf a été interrompue et n’a pas pu être achevée avant d’être défaite\u00a0: des fichiers de ces paquets restent peut-être (${listed(names)})`,
  en: `An installation by dnf was cut off and could not be completed before it was undone: files of these packages may be left (${listed(names)})`,
});

export const moduleKept = (name: string, users: readonly string[]): Text => ({
  fr: `Le module ${name} garde son flux, dont des paquets sont installés\u00a0: ${listed(users)}`,
  en: `The module ${name} keeps its stream, as packages of it are installed: ${listed(users)}`,
});

export const answerKept = (question: string, owners: readonly string[]): Text => ({
  fr: `La réponse à ${question} est gardée\u00a0: des paquets présents posent cette question (${listed(owners)})`,
  en: `The answer to ${question} is kept: packages that are there ask this question (${listed(owners)})`,
});

export const roleStillOwns = (name: string): Text => ({
  fr: `Le rôle ${name} possède encore des objets ou des droits\u00a0: il est gardé.`,
  en: `The role ${name} still owns objects or rights: it is kept.`,
});

export const keptAt = (path: string): Text => ({ fr: `Gardé\u00a0: ${path}`, en: `Kept: ${path}` });

// Waiting, and refusals: what, where, what to do.

export const packageManagerBusy = (holder: string): Text => ({
  fr: `Un autre programme utilise la gestion des paquets${holder && ` (${holder})`}\u00a0: attente de sa fin.`,
  en: `Another program is using the package manager${holder && ` (${holder})`}: waiting for it to finish.`,
});

export const completesTransaction = (number: string): Text => ({
  fr: `La transaction ${number} de dnf a été interrompue\u00a0: elle est d’abord achevée.`,
  en: `Transaction ${number} of dnf was cut off: it is completed first.`,
});

export const otherTransactionCut = (number: string): Text => ({
  fr: `La transaction ${number} de dnf, qui n’est pas de l’assistant, a été interrompue\u00a0: «\u00a0dnf history info ${number}\u00a0» et «\u00a0dnf check\u00a0» disent ce qui y manque.`,
  en: `Transaction ${number} of dnf, which is none of the wizard’s, was cut off: “dnf history info ${number}” and “dnf check” say what it lacks.`,
});

export const databaseInUse = (name: string, users: readonly string[]): Text => ({
  fr: `La base ${name} est encore utilisée (${listed(users)})\u00a0: arrêtez ces programmes, puis réessayez.`,
  en: `The database ${name} is still in use (${listed(users)}): stop those programs, then try again.`,
});

export const databaseHoldsTables = (name: string, tables: number): Text => ({
  fr: `La base ${name} existe déjà et contient ${counted('fr', tables, 'table', 'tables')}\u00a0: choisissez un autre nom, ou videz-la vous-même.`,
  en: `The database ${name} already exists and holds ${counted('en', tables, 'table', 'tables')}: choose another name, or empty it yourself.`,
});

export const noSuchSqlAccount = (account: string): Text => ({
  fr: `Le compte ${account} n’existe pas sur ce serveur de base de données\u00a0: créez-le ou corrigez son nom, puis réessayez.`,
  en: `The account ${account} does not exist on this database server: create it or correct its name, then try again.`,
});

export const userHasOtherHome = (name: string, home: string, wanted: string): Text => ({
  fr: `L’utilisateur ${name} existe déjà, avec un autre répertoire personnel (${home} au lieu de ${wanted})\u00a0: renommez-le ou changez son répertoire, puis réessayez.`,
  en: `The user ${name} already exists with another home (${home} instead of ${wanted}): rename it or change its home, then try again.`,
});

export const venvOfOtherPython = (path: string, version: string): Text => ({
  fr: `${path} est déjà un environnement virtuel, mais de Python ${version}\u00a0: déplacez-le, puis réessayez.`,
  en: `${path} is already a virtual environment, but of Python ${version}: move it away, then try again.`,
});

export const notAVenv = (path: string): Text => ({
  fr: `${path} existe déjà et n’est pas un environnement virtuel\u00a0: déplacez-le, puis réessayez.`,
  en: `${path} already exists and is not a virtual environment: move it away, then try again.`,
});

// Refusals about packages of dnf and package repositories.

export const dnfOfOtherKind: Text = {
  fr: 'Le programme dnf de cette machine est dnf5\u00a0: l’assistant ne connaît que dnf 4, celui de RHEL 8 à 10. Installez ces paquets vous-même, puis réessayez.',
  en: 'The dnf of this machine is dnf5: the wizard knows dnf 4 only, that of RHEL 8 to 10. Install these packages yourself, then try again.',
};

export const notAPackage = (name: string): Text => ({
  fr: `«\u00a0${name}\u00a0» ne peut pas être le nom d’un paquet\u00a0: il commencerait par un tiret ou contient une espace. Corrigez la réponse, puis réessayez.`,
  en: `“${name}” cannot be the name of a package: it begins with a dash or holds a space. Correct the answer, then try again.`,
});

export const wouldReplace = (names: readonly string[], others: readonly string[]): Text => ({
  fr: `Installer ${listed(names)} supprimerait des paquets présents (${listed(others)}), qu’un nouveau paquet déclare remplacer\u00a0: remplacez-les vous-même si rien n’en dépend, puis réessayez.`,
  en: `Installing ${listed(names)} would remove packages that are there (${listed(others)}), which a new package says it replaces: replace them yourself if nothing relies on them, then try again.`,
});

export const notUnderThatName = (names: readonly string[], fresh: readonly string[]): Text => ({
  fr: `Aucun paquet de ce nom n’est à installer (${listed(names)})\u00a0: dnf installerait ${listed(fresh)}, où un autre paquet en tient lieu. Vérifiez avec «\u00a0dnf repoquery --whatprovides\u00a0».`,
  en: `No package of this name is to be installed (${listed(names)}): dnf would install ${listed(fresh)}, in which another package takes its place. Check with “dnf repoquery --whatprovides”.`,
});

export const notAModule = (word: string): Text => ({
  fr: `«\u00a0${word}\u00a0» ne peut pas être le nom d’un module de dnf ni de son flux\u00a0: corrigez la réponse, puis réessayez.`,
  en: `“${word}” cannot be the name of a dnf module or of its stream: correct the answer, then try again.`,
});

export const moduleInUse = (name: string, stream: string, packages: readonly string[]): Text => ({
  fr: `Des paquets d’un autre flux du module ${name} sont installés (${listed(packages)})\u00a0: passez-les au flux ${stream} vous-même («\u00a0dnf module switch-to ${name}:${stream}\u00a0») ou choisissez leur flux, puis réessayez.`,
  en: `Packages of another stream of the module ${name} are installed (${listed(packages)}): take them to the stream ${stream} yourself (“dnf module switch-to ${name}:${stream}”) or choose their stream, then try again.`,
});

export const notARepositoryId = (id: string): Text => ({
  fr: `«\u00a0${id}\u00a0» ne peut pas être l’identifiant d’un dépôt de dnf\u00a0: lettres, chiffres et «\u00a0-_.:\u00a0» seulement. Corrigez la réponse, puis réessayez.`,
  en: `“${id}” cannot be the id of a dnf repository: letters, digits and “-_.:” only. Correct the answer, then try again.`,
});

export const noSuchRepository = (id: string): Text => ({
  fr: `Aucun fichier de /etc/yum.repos.d ne décrit le dépôt ${id}\u00a0: «\u00a0dnf repolist --all\u00a0» montre ceux qui existent. Sur RHEL, la machine doit d’abord être enregistrée (subscription-manager).`,
  en: `No file in /etc/yum.repos.d describes the repository ${id}: “dnf repolist --all” shows those that exist. On RHEL the machine has to be registered first (subscription-manager).`,
});

export const repositoryElsewhere = (id: string, path: string): Text => ({
  fr: `Le dépôt ${id} est déjà décrit dans ${path}, qui n’est pas de l’assistant\u00a0: retirez-l’en ou gardez-le et passez cette étape.`,
  en: `The repository ${id} is described in ${path} already, which is none of the wizard’s: take it out there, or keep it and skip this step.`,
});

export const repositoryOfOther = (path: string): Text => ({
  fr: `${path} existe déjà, avec un autre contenu, et n’a pas été fait par l’assistant\u00a0: déplacez-le, ou gardez-le et passez cette étape.`,
  en: `${path} already exists with another content and was not made by the wizard: move it away, or keep it and skip this step.`,
});

export const notASource = (word: string): Text => ({
  fr: `«\u00a0${word}\u00a0» ne peut pas décrire un dépôt d’apt\u00a0: adresse en https://, http:// ou file:/, suite et composants sans espace ni crochet. Corrigez la réponse, puis réessayez.`,
  en: `“${word}” cannot describe a repository of apt: an address in https://, http:// or file:/, suite and components with no space or bracket. Correct the answer, then try again.`,
});

export const sourceElsewhere = (uri: string, path: string): Text => ({
  fr: `Le dépôt ${uri} est déjà décrit dans ${path}, qui n’est pas de l’assistant\u00a0: avec deux descriptions, apt pourrait refuser toute commande. Retirez-l’en, ou gardez-le et passez cette étape.`,
  en: `The repository ${uri} is described in ${path} already, which is none of the wizard’s: with two descriptions apt might refuse every command. Take it out there, or keep it and skip this step.`,
});

// Refusals about what packages ask.

export const notAQuestion = (word: string): Text => ({
  fr: `«\u00a0${word}\u00a0» n’est ni le nom d’un paquet Debian ni celui d’une question de debconf (paquet/question).`,
  en: `“${word}” is neither the name of a Debian package nor that of a question of debconf (package/question).`,
});

export const notASecretQuestion = (question: string, type: string): Text => ({
  fr: `La question ${question} est de type ${type}, pas «\u00a0password\u00a0»\u00a0: debconf garderait la réponse là où tout le monde peut la lire. Elle n’a pas été donnée.`,
  en: `The question ${question} is of type ${type}, not “password”: debconf would keep its answer where everybody can read it. It was not given.`,
});

export const choiceNotOffered = (question: string, wanted: string, choices: readonly string[]): Text => ({
  fr: `À ${question}, le paquet ne propose pas exactement un choix qui corresponde à «\u00a0${wanted}\u00a0»\u00a0: il prendrait le premier sans rien dire. Proposés\u00a0: ${choices.map((one) => `«\u00a0${one}\u00a0»`).join(', ') || '–'}.`,
  en: `For ${question} the package does not offer exactly one choice that matches “${wanted}”: it would take the first without a word. Offered: ${choices.map((one) => `“${one}”`).join(', ') || '–'}.`,
});

// Refusals about the keys that sign packages.

export const notAFingerprint = (text: string): Text => ({
  fr: `«\u00a0${text}\u00a0» n’est pas l’empreinte d’une clé OpenPGP\u00a0: elle a 40 chiffres hexadécimaux (64 pour une clé récente). Corrigez la réponse, puis réessayez.`,
  en: `“${text}” is no fingerprint of an OpenPGP key: it has 40 hexadecimal digits (64 for a recent key). Correct the answer, then try again.`,
});

export const notAKeyAddress = (url: string): Text => ({
  fr: `«\u00a0${url}\u00a0» n’est pas l’adresse d’une clé\u00a0: elle commence par https://, http:// ou file://, sans espace. Corrigez-la, puis réessayez.`,
  en: `“${url}” is not the address of a key: it begins with https://, http:// or file://, with no space in it. Correct it, then try again.`,
});

export const keyAddressWithPassword: Text = {
  fr: 'L’adresse de la clé contient un compte ou un mot de passe, qui se liraient dans les commandes\u00a0: retirez-les et donnez-les à curl autrement (.netrc, .curlrc), ou copiez la clé sur cette machine et donnez son adresse file://.',
  en: 'The address of the key holds an account or a password, which would be seen in commands: take them out and give them to curl in another way (.netrc, .curlrc), or copy the key to this machine and give its file:// address.',
};

export const notAKey = (url: string): Text => ({
  fr: `Ce qui se trouve à ${url} n’est pas un fichier de clés publiques OpenPGP\u00a0: souvent une page d’erreur ou d’un proxy. Ouvrez cette adresse, corrigez-la, puis réessayez.`,
  en: `What is at ${url} is no file of public OpenPGP keys: often an error page, or a proxy’s. Open that address, correct it, then try again.`,
});

export const otherKey = (url: string, found: readonly string[], expected: readonly string[]): Text => ({
  fr: `La clé à ${url} n’est pas celle attendue. Trouvée\u00a0: ${listed(found)}. Attendue\u00a0: ${listed(expected)}. Vérifiez l’empreinte auprès de l’éditeur par une autre voie\u00a0; rien n’a été changé.`,
  en: `The key at ${url} is not the one expected. Found: ${listed(found)}. Expected: ${listed(expected)}. Check the fingerprint with the publisher in another way; nothing was changed.`,
});

// Refusals about git repositories.

export const notAGitUrl: Text = {
  fr: 'L’adresse du dépôt git n’est pas utilisable\u00a0: elle commence par https://, http://, ssh:// ou file://, sans espace. Corrigez-la, puis réessayez.',
  en: 'The address of the git repository cannot be used: it begins with https://, http://, ssh:// or file://, with no space in it. Correct it, then try again.',
};

export const urlWithPassword: Text = {
  fr: 'L’adresse du dépôt git contient un compte ou un mot de passe, qui se liraient dans les commandes\u00a0: retirez-les et donnez-les à git autrement (.netrc, credential.helper, clé SSH), puis réessayez.',
  en: 'The address of the git repository holds an account or a password, which would be seen in commands: take them out and give them to git in another way (.netrc, credential.helper, SSH key), then try again.',
};

export const notARef = (ref: string): Text => ({
  fr: `«\u00a0${ref}\u00a0» n’est ni une étiquette, ni une branche, ni l’identifiant complet d’un commit git\u00a0: corrigez la réponse, puis réessayez.`,
  en: `“${ref}” is no tag, no branch and no whole commit id of git: correct the answer, then try again.`,
});

export const isALink = (path: string, target: string): Text => ({
  fr: `${path} est un lien vers ${target}\u00a0: donnez le vrai chemin ou renommez le lien, puis réessayez.`,
  en: `${path} is a link to ${target}: give the real path or rename the link, then try again.`,
});

export const isAMount = (path: string): Text => ({
  fr: `Un système de fichiers est monté sur ${path}, qui ne peut donc pas être remplacé\u00a0: choisissez un répertoire à l’intérieur, puis réessayez.`,
  en: `A file system is mounted at ${path}, which can therefore not be replaced: choose a directory in it, then try again.`,
});

export const belongsToOther = (path: string, owner: string, wanted: string): Text => ({
  fr: `${path} existe déjà et appartient à ${owner}, pas à ${wanted}\u00a0: déplacez-le ou choisissez un autre répertoire, puis réessayez.`,
  en: `${path} already exists and belongs to ${owner}, not to ${wanted}: move it away or choose another directory, then try again.`,
});

export const othersCanChange = (path: string, wanted: string): Text => ({
  fr: `D’autres utilisateurs peuvent modifier ${path}, donc ce que git mettrait dans ${wanted}\u00a0: retirez-leur ce droit (chown, puis chmod go-w) ou choisissez un autre répertoire, puis réessayez.`,
  en: `Other users can change ${path}, and so what git would put in ${wanted}: take that right away from them (chown, then chmod go-w) or choose another directory, then try again.`,
});

export const notACheckout = (path: string): Text => ({
  fr: `${path} existe déjà, n’est pas vide et n’est pas un dépôt git de cet utilisateur\u00a0: déplacez-le, puis réessayez.`,
  en: `${path} already exists, is not empty and is no git repository of that user: move it away, then try again.`,
});

export const unreadableCheckout = (path: string): Text => ({
  fr: `git ne peut pas lire le dépôt ${path}, ou il n’a aucun commit\u00a0: «\u00a0git -C ${path} status\u00a0» dit pourquoi. Réparez-le ou déplacez-le, puis réessayez.`,
  en: `git cannot read the repository ${path}, or it has no commit: “git -C ${path} status” says why. Fix it or move it away, then try again.`,
});

export const otherCheckout = (path: string, url: string): Text => ({
  fr: `${path} est un dépôt git qui ne vient pas de ${url}\u00a0: déplacez-le, ou si c’est le même, lancez «\u00a0git -C ${path} remote set-url origin ${url}\u00a0», puis réessayez.`,
  en: `${path} is a git repository that does not come from ${url}: move it away, or if it is the same one, run “git -C ${path} remote set-url origin ${url}”, then try again.`,
});

export const linkLeadsOut = (link: string): Text => ({
  fr: `Un lien de ce dépôt git mène hors de son répertoire (${link})\u00a0: ce qui y serait écrit irait ailleurs. Choisissez une autre version, puis réessayez.`,
  en: `A link in this git repository leads out of its directory (${link}): what is written there would go elsewhere. Choose another version, then try again.`,
});

export const setIn = (name: string, path: string): Text => ({
  fr: `Réglage «\u00a0${name}\u00a0» dans ${path}`,
  en: `Setting “${name}” in ${path}`,
});

export const hostNameTitle = (name: string): Text => ({
  fr: `Définir le nom d’hôte ${name}`,
  en: `Set the host name ${name}`,
});

export const hostsTitle = (name: string, address: string): Text => ({
  fr: `Faire correspondre ${name} à ${address} dans /etc/hosts`,
  en: `Map ${name} to ${address} in /etc/hosts`,
});

export const createProsodyAccount = (account: string): Text => ({
  fr: `Créer le compte Prosody ${account}`,
  en: `Create the Prosody account ${account}`,
});

export const giveProsodyPassword = (account: string): Text => ({
  fr: `Donner son mot de passe au compte Prosody ${account}`,
  en: `Give the Prosody account ${account} its password`,
});

export const removeProsodyAccount = (account: string): Text => ({
  fr: `Supprimer le compte Prosody ${account} et ce que son utilisateur a enregistré`,
  en: `Remove the Prosody account ${account} and what its user has stored`,
});

export const passwordOnInput: Text = {
  fr: 'le mot de passe est donné sur l’entrée standard, deux fois',
  en: 'the password is given on standard input, twice',
};

export const hostsLineBefore = (path: string, name: string, address: string): Text => ({
  fr: `Une autre ligne de ${path} donne ${address} à ${name}\u00a0: la nouvelle se place avant elle, car la première compte.`,
  en: `Another line of ${path} gives ${name} the address ${address}: the new one goes before it, as the first one counts.`,
});

export const hostsRewritten = (path: string, by: string): Text => ({
  fr: `cloud-init récrit ${path} à chaque démarrage (manage_etc_hosts dans ${by})\u00a0: ajoutez aussi cette ligne à son modèle, dans /etc/cloud/templates, ou mettez manage_etc_hosts à false.`,
  en: `cloud-init writes ${path} anew at each boot (manage_etc_hosts in ${by}): add this line to its template in /etc/cloud/templates too, or set manage_etc_hosts to false.`,
});

export const hostNameUntilRestart = (now: string, former: string): Text => ({
  fr: `/etc/hostname est comme avant, mais le programme hostname refuse le nom «\u00a0${former}\u00a0»\u00a0: la machine s’appelle ${now} jusqu’à son redémarrage`,
  en: `/etc/hostname is as before, but the program hostname refuses the name “${former}”: the machine is called ${now} until it restarts`,
});

export const noHostName = (name: string): Text => ({
  fr: `«\u00a0${name}\u00a0» ne peut pas être un nom d’hôte\u00a0: il faut des lettres, des chiffres, des traits d’union et des points, 64 signes au plus, et pas une adresse IP. Corrigez la réponse, puis réessayez.`,
  en: `“${name}” cannot be a host name: it takes letters, digits, hyphens and dots, 64 of them at most, and no IP address. Correct the answer, then try again.`,
});

// Refusals about accounts of Prosody.

export const noProsodyUser = (user: string, host: string): Text => ({
  fr: `«\u00a0${user}@${host}\u00a0» ne peut pas être un compte Prosody\u00a0: le nom est fait de lettres, de chiffres, de points, de tirets et de traits bas, et l’hôte est un nom de domaine. Corrigez la réponse, puis réessayez.`,
  en: `“${user}@${host}” cannot be a Prosody account: the name is made of letters, digits, dots, hyphens and underscores, and the host is a domain name. Correct the answer, then try again.`,
});

export const otherProsodyPassword = (account: string): Text => ({
  fr: `Le compte Prosody ${account} existe déjà, avec un autre mot de passe\u00a0: donnez le sien, choisissez un autre nom, ou changez-le («\u00a0prosodyctl passwd ${account}\u00a0»), puis réessayez.`,
  en: `The Prosody account ${account} already exists, with another password: give that one, choose another name, or change it (“prosodyctl passwd ${account}”), then try again.`,
});

export const prosodyAccountDisabled = (account: string): Text => ({
  fr: `Le compte Prosody ${account} est désactivé\u00a0: réactivez-le («\u00a0prosodyctl shell user enable ${account}\u00a0») ou choisissez un autre nom, puis réessayez.`,
  en: `The Prosody account ${account} is disabled: enable it (“prosodyctl shell user enable ${account}”) or choose another name, then try again.`,
});

export const prosodyAccountUnreadable = (account: string, path: string): Text => ({
  fr: `Le fichier du compte Prosody ${account} n’est pas lisible (${path})\u00a0: réparez-le, ou supprimez le compte («\u00a0prosodyctl deluser ${account}\u00a0»), puis réessayez.`,
  en: `The file of the Prosody account ${account} cannot be read (${path}): fix it, or remove the account (“prosodyctl deluser ${account}”), then try again.`,
});

export const noProsodyHost = (host: string): Text => ({
  fr: `L’hôte ${host} n’est pas dans la configuration de Prosody\u00a0: personne ne pourrait se connecter avec ce compte, qui a été retiré. Ajoutez une ligne VirtualHost pour lui ou corrigez la réponse, puis réessayez.`,
  en: `The host ${host} is not in Prosody’s configuration: nobody could sign in with this account, which was removed. Add a line VirtualHost for it or correct the answer, then try again.`,
});

export const prosodyStoresElsewhere = (account: string, path: string): Text => ({
  fr: `prosodyctl a créé le compte ${account}, mais pas dans ${path}\u00a0: Prosody garde ses comptes ailleurs («\u00a0storage\u00a0» ou «\u00a0authentication\u00a0» dans sa configuration). Le compte a été retiré\u00a0: créez-le avec les outils de ce stockage, puis passez cette étape.`,
  en: `prosodyctl made the account ${account}, but not in ${path}: Prosody keeps its accounts elsewhere (“storage” or “authentication” in its configuration). The account was removed: create it with the tools of that storage, then skip this step.`,
});

// Refusals about settings in files of others.

export const settingWithoutFile = (path: string): Text => ({
  fr: `Le fichier ${path}, où ce réglage doit aller, n’existe pas\u00a0: installez le logiciel qui le fournit ou corrigez le chemin, puis réessayez.`,
  en: `The file ${path}, where this setting has to go, does not exist: install the software that brings it or correct the path, then try again.`,
});

export const settingUnreadable = (path: string, line: string, syntax: string): Text => ({
  fr: `${path} n’est pas lisible comme ${syntax} à partir de la ligne ${line}\u00a0: corrigez-la, puis réessayez. Rien n’y a été modifié.`,
  en: `${path} cannot be read as ${syntax} from line ${line} on: correct it, then try again. Nothing was changed there.`,
});

export const settingTwice = (path: string, lines: string, name: string): Text => ({
  fr: `${path} règle ${name} plusieurs fois (lignes ${lines})\u00a0: n’en gardez qu’une, puis réessayez. Rien n’y a été modifié.`,
  en: `${path} sets ${name} several times (lines ${lines}): keep one of them, then try again. Nothing was changed there.`,
});

export const settingNoSection = (path: string, section: string): Text => ({
  fr: `${path} n’a pas de partie ${section}, où ce réglage doit aller\u00a0: ajoutez-la ou corrigez la réponse, puis réessayez.`,
  en: `${path} has no part ${section}, where this setting has to go: add it or correct the answer, then try again.`,
});

export const settingSectionTwice = (path: string, lines: string, section: string): Text => ({
  fr: `${path} contient plusieurs fois la partie ${section} (lignes ${lines})\u00a0: n’en gardez qu’une, puis réessayez. Rien n’y a été modifié.`,
  en: `${path} has the part ${section} several times (lines ${lines}): keep one of them, then try again. Nothing was changed there.`,
});

export const settingHidden = (path: string, line: string, name: string): Text => ({
  fr: `Dans ${path}, ${name} dépend de la ligne ${line}, que l’assistant ne sait pas modifier sans deviner (condition, fonction, autre forme)\u00a0: réglez-le là à la main, sur une ligne simple, puis réessayez.`,
  en: `In ${path}, ${name} depends on line ${line}, which the wizard cannot change without guessing (a condition, a function, another form): set it there by hand, on a plain line, then try again.`,
});
