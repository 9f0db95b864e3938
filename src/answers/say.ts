/** What is wrong with an answer and what to do: every sentence of this folder that a person reads. */
import type { Text } from '../guide/types.ts';

const text = (fr: string, en: string): Text => ({ fr, en });

const sharedSentences = {
  missing: text('Cette réponse est nécessaire.', 'This answer is needed.'),
  notText: text(
    'Ce texte n’est pas de l’Unicode valide\u00a0: saisissez-le de nouveau.',
    'This text is not valid Unicode: type it again.',
  ),
  control: (at: number) =>
    text(
      `Un caractère invisible (retour à la ligne, tabulation, commande) se trouve en position ${at}\u00a0: supprimez-le.`,
      `There is an invisible character (line break, tab, control) at position ${at}: remove it.`,
    ),
  tooShort: (min: number) =>
    text(
      `C’est trop court\u00a0: il faut au moins ${min} ${min > 1 ? 'caractères' : 'caractère'}.`,
      `This is too short: at least ${min} ${min > 1 ? 'characters are' : 'character is'} needed.`,
    ),
  tooLong: (max: number) =>
    text(
      `C’est trop long\u00a0: ${max} ${max > 1 ? 'caractères' : 'caractère'} au plus.`,
      `This is too long: ${max} ${max > 1 ? 'characters' : 'character'} at most.`,
    ),
  choice: (values: string) =>
    text(
      `Ce choix n’existe pas\u00a0: prenez l’un de ${values}.`,
      `There is no such choice: take one of ${values}.`,
    ),
};

const networkSentences = {
  host: text(
    'Ce n’est ni un nom d’hôte ni une adresse IP\u00a0: écrivez par exemple db.mon-univ.fr, 192.0.2.10 ou 2001:db8::10.',
    'This is neither a host name nor an IP address: write for example db.example.org, 192.0.2.10 or 2001:db8::10.',
  ),
  zone: text(
    'Une adresse IPv6 avec sa zone (après «\u00a0%\u00a0») ne vaut que sur cette machine\u00a0: donnez une adresse globale ou un nom.',
    'An IPv6 address with a zone (after “%”) only has a meaning on this machine: give a global address or a name.',
  ),
  ipv4: text(
    'Un nom ne se termine pas par un nombre et ceci n’est pas une adresse IPv4\u00a0: il en faut quatre, de 0 à 255, comme 192.0.2.10.',
    'No name ends with a number, and this is not an IPv4 address: that takes four numbers from 0 to 255, as in 192.0.2.10.',
  ),
  instead: (value: string) => text(`Écrivez plutôt\u00a0: ${value}`, `Write instead: ${value}`),
  unicodeName: (value: string) =>
    text(
      `Les lettres accentuées ne passent pas partout dans un nom de domaine\u00a0: écrivez sa forme ASCII, ${value}`,
      `Non-ASCII letters in a domain name do not work everywhere: write its ASCII form, ${value}`,
    ),
  portApart: text(
    'Le nom d’hôte ne comprend pas le port\u00a0: donnez l’hôte seul.',
    'The host does not include the port: give the host alone.',
  ),
  port: text('Un port est un nombre entier de 1 à 65535.', 'A port is a whole number from 1 to 65535.'),
  fqdn: text(
    'Il faut un nom de domaine complet, avec au moins un point, par exemple inscription.mon-univ.fr (ou localhost).',
    'A full domain name is needed, with at least one dot, for example tickets.example.org (or localhost).',
  ),
  fqdnNotIp: text(
    'Il faut ici un nom de domaine, pas une adresse IP, par exemple inscription.mon-univ.fr.',
    'A domain name is needed here, not an IP address, for example tickets.example.org.',
  ),
  url: text(
    'Il faut une adresse web complète, par exemple https://inscription.mon-univ.fr',
    'A full web address is needed, for example https://tickets.example.org',
  ),
  urlCredentials: text(
    'L’adresse ne doit contenir ni nom d’utilisateur ni mot de passe\u00a0: retirez tout ce qui précède «\u00a0@\u00a0».',
    'The address must hold no user name and no password: take out everything before the “@”.',
  ),
  urlBare: (value: string) =>
    text(
      `L’adresse s’arrête au nom du serveur, sans chemin, sans «\u00a0?\u00a0», sans «\u00a0#\u00a0»\u00a0: écrivez ${value}`,
      `The address ends with the server’s name, with no path, no “?” and no “#”: write ${value}`,
    ),
  urlSlash: (value: string) =>
    text(`Sans barre oblique à la fin\u00a0: écrivez ${value}`, `No slash at the end: write ${value}`),
};

const otherSentences = {
  integer: text('Il faut un nombre entier, en chiffres.', 'A whole number is needed, in digits.'),
  atLeast: (min: number) => text(`Il faut au moins ${min}.`, `It must be at least ${min}.`),
  atMost: (max: number) => text(`Il faut au plus ${max}.`, `It must be at most ${max}.`),
  email: text(
    'Ce n’est pas une adresse électronique\u00a0: il en faut une comme dsi@mon-univ.fr.',
    'This is not an e-mail address: it has to look like it@example.org.',
  ),
  emailsSemicolon: text(
    'Séparez les adresses par des virgules, pas par des points-virgules.',
    'Separate the addresses with commas, not semicolons.',
  ),
  oneOfMany: (which: number, say: Text) =>
    text(`Élément n°\u00a0${which}\u00a0: ${say.fr}`, `Item ${which}: ${say.en}`),
  emptyItem: (which: number) =>
    text(
      `L’élément n°\u00a0${which} est vide\u00a0: retirez la virgule en trop.`,
      `Item ${which} is empty: take out the extra comma.`,
    ),
  absolute: text(
    'Il faut un chemin absolu, qui commence par «\u00a0/\u00a0».',
    'An absolute path is needed: it starts with “/”.',
  ),
  dotDot: text(
    'Le chemin ne doit pas contenir «\u00a0..\u00a0»\u00a0: écrivez-le en entier.',
    'The path must not hold “..”: write it out in full.',
  ),
  name: text(
    'Un nom commence par une minuscule ou «\u00a0_\u00a0», puis minuscules, chiffres, «\u00a0_\u00a0» et «\u00a0-\u00a0», sans accent.',
    'A name starts with a lower-case letter or “_”, followed by lower-case letters, digits, “_” and “-”.',
  ),
  edges: text(
    'Un mot de passe ne peut pas commencer ni finir par une espace\u00a0: elle se perdrait dans les fichiers de configuration.',
    'A password cannot start or end with a blank: configuration files would lose it.',
  ),
};

const resolveSentences = {
  unknown: (id: string, nearest: string | undefined) =>
    text(
      `${id} n’est pas une question de ce guide${nearest ? `\u00a0: vouliez-vous dire ${nearest}\u00a0?` : '\u00a0: retirez-la.'}`,
      `${id} is not a question of this guide${nearest ? `: did you mean ${nearest}?` : ': take it out.'}`,
    ),
  literal: (id: string, offered: string) =>
    text(
      `«\u00a0${id}\u00a0» ne peut pas être suivi à la lettre${offered ? `\u00a0: ce guide le permet pour ${offered}.` : ' dans ce guide.'}`,
      `“${id}” cannot be followed to the letter${offered ? `: this guide allows it for ${offered}.` : ' in this guide.'}`,
    ),
};

const fileSentences = {
  at: (where: string, say: Text) => text(`${where}\u00a0: ${say.fr}`, `${where}: ${say.en}`),
  notALine: text(
    'ligne non comprise\u00a0: écrivez NOM = valeur, [section] ou «\u00a0; commentaire\u00a0».',
    'line not understood: write NAME = value, [section] or “; comment”.',
  ),
  noSection: (guide: string) =>
    text(
      `cette ligne n’est dans aucune section\u00a0: placez-la sous [${guide}] ou [common].`,
      `this line is in no section: put it under [${guide}] or [common].`,
    ),
  unknownSection: (name: string, nearest: string | undefined) =>
    text(
      `il n’y a pas de guide «\u00a0${name}\u00a0»${nearest ? `\u00a0: vouliez-vous dire [${nearest}]\u00a0?` : '.'}`,
      `there is no guide “${name}”${nearest ? `: did you mean [${nearest}]?` : '.'}`,
    ),
  array: (id: string) =>
    text(
      `${id}[]\u00a0: une réponse n’est écrite qu’une fois\u00a0; écrivez ${id} = valeur, et une liste sur la même ligne.`,
      `${id}[]: an answer is written once; write ${id} = value, and a list on that same line.`,
    ),
  twice: (id: string, line: number) =>
    text(
      `${id} est déjà donné à la ligne ${line}\u00a0: gardez une seule des deux lignes.`,
      `${id} is already given on line ${line}: keep one of the two.`,
    ),
  noValue: (id: string) =>
    text(
      `${id} n’a pas de «\u00a0=\u00a0»\u00a0: écrivez ${id} = valeur.`,
      `${id} has no “=”: write ${id} = value.`,
    ),
  quoteIt: (id: string) =>
    text(
      `la valeur de ${id} contient un caractère que ce format lit autrement (; # \\ ou un guillemet)\u00a0: entourez-la de guillemets droits, ${id} = "…", avec \\" pour " et \\\\ pour \\ ; un commentaire va sur sa propre ligne.`,
      `the value of ${id} holds a character that this format reads in another way (; # \\ or a quote): put it in double quotes, ${id} = "…", with \\" for " and \\\\ for \\; a comment goes on its own line.`,
    ),
  badQuotes: (id: string) =>
    text(
      `les guillemets de ${id} ne se lisent pas\u00a0: écrivez ${id} = "…", avec \\" pour " et \\\\ pour \\ à l’intérieur.`,
      `the quotes of ${id} cannot be read: write ${id} = "…", with \\" for " and \\\\ for \\ inside.`,
    ),
  readable: (id: string, path: string) =>
    text(
      `${id} est un secret en clair dans un fichier que d’autres peuvent lire\u00a0: faites chmod 600 ${path}, ou écrivez file:/chemin ou env:NOM.`,
      `${id} is a plain secret in a file that others can read: do chmod 600 ${path}, or write file:/path or env:NAME.`,
    ),
  owner: (id: string, path: string, owner: string, user: string) =>
    text(
      `${id} est un secret en clair dans un fichier qui appartient à ${owner}\u00a0: faites chown ${user} ${path}, ou écrivez file:/chemin ou env:NOM.`,
      `${id} is a plain secret in a file that belongs to ${owner}: do chown ${user} ${path}, or write file:/path or env:NAME.`,
    ),
  relative: (id: string) =>
    text(
      `${id}\u00a0: après «\u00a0file:\u00a0», il faut un chemin absolu.`,
      `${id}: after “file:” an absolute path is needed.`,
    ),
  noFile: (id: string, path: string) =>
    text(`${id}\u00a0: le fichier ${path} ne peut pas être lu.`, `${id}: the file ${path} cannot be read.`),
  noVariable: (id: string, name: string) =>
    text(
      `${id}\u00a0: la variable d’environnement ${name} est absente ou vide\u00a0; sudo ne la transmet pas de lui-même.`,
      `${id}: the environment variable ${name} is not set or empty; sudo does not pass it on by itself.`,
    ),
  notUtf8: text(
    'ce fichier n’est pas en UTF-8\u00a0: enregistrez-le dans ce codage.',
    'this file is not UTF-8: save it in that encoding.',
  ),
};

const storeSentences = {
  damaged: (path: string) =>
    text(
      `Le fichier ${path}, qui dit où sont gardés les secrets, est illisible\u00a0: remettez-le, ou retirez-le pour tout ressaisir.`,
      `The file ${path}, which says where secrets are kept, cannot be read: put it back, or remove it to give them all again.`,
    ),
  gone: (backend: string, reason: string) =>
    text(
      `Les secrets sont gardés par «\u00a0${backend}\u00a0», qui ne répond plus (${reason})\u00a0: remettez-le en marche et reprenez.`,
      `Secrets are kept by “${backend}”, which no longer works (${reason}): make it work again and resume.`,
    ),
  none: (reasons: string) =>
    text(
      `Aucun endroit où garder les secrets\u00a0: ${reasons}`,
      `There is nowhere to keep secrets: ${reasons}`,
    ),
  unreadable: (name: string, reason: string) =>
    text(
      `Le secret ${name} ne peut pas être relu (${reason})\u00a0: donnez-le de nouveau.`,
      `The secret ${name} cannot be read back (${reason}): give it again.`,
    ),
  notKept: (name: string, reason: string) =>
    text(
      `Le secret ${name} n’a pas pu être gardé (${reason}).`,
      `The secret ${name} could not be kept (${reason}).`,
    ),
  notFolder: (path: string) =>
    text(
      `${path} devrait être un dossier\u00a0: déplacez ce qui s’y trouve.`,
      `${path} should be a folder: move away what is there.`,
    ),
};

export const say = {
  ...sharedSentences,
  ...networkSentences,
  ...otherSentences,
  ...resolveSentences,
  ...fileSentences,
  ...storeSentences,
};
