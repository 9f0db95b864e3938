/** What is wrong with an answer and what to do. */
import type { Text } from '../../guide/types.ts';
import { both } from '../both.ts';
import { fileSentences, storeSentences } from './answers-file.ts';

const sharedSentences = {
  missing: both('Cette réponse est nécessaire.', 'This answer is needed.'),
  notText: both(
    'Ce texte n’est pas de l’Unicode valide\u00a0: saisissez-le de nouveau.',
    'This text is not valid Unicode: type it again.',
  ),
  control: (at: number) =>
    both(
      `Un caractère invisible (retour à la ligne, tabulation, commande) se trouve en position ${at}\u00a0: supprimez-le.`,
      `There is an invisible character (line break, tab, control) at position ${at}: remove it.`,
    ),
  tooShort: (min: number) =>
    both(
      `C’est trop court\u00a0: il faut au moins ${min} ${min > 1 ? 'caractères' : 'caractère'}.`,
      `This is too short: at least ${min} ${min > 1 ? 'characters are' : 'character is'} needed.`,
    ),
  tooLong: (max: number) =>
    both(
      `C’est trop long\u00a0: ${max} ${max > 1 ? 'caractères' : 'caractère'} au plus.`,
      `This is too long: ${max} ${max > 1 ? 'characters' : 'character'} at most.`,
    ),
  choice: (values: string) =>
    both(
      `Ce choix n’existe pas\u00a0: prenez l’un de ${values}.`,
      `There is no such choice: take one of ${values}.`,
    ),
};

const networkSentences = {
  host: both(
    'Ce n’est ni un nom d’hôte ni une adresse IP\u00a0: écrivez par exemple db.mon-univ.fr, 192.0.2.10 ou 2001:db8::10.',
    'This is neither a host name nor an IP address: write for example db.example.org, 192.0.2.10 or 2001:db8::10.',
  ),
  zone: both(
    'Une adresse IPv6 avec sa zone (après «\u00a0%\u00a0») ne vaut que sur cette machine\u00a0: donnez une adresse globale ou un nom.',
    'An IPv6 address with a zone (after “%”) only has a meaning on this machine: give a global address or a name.',
  ),
  ipv4: both(
    'Un nom ne se termine pas par un nombre et ceci n’est pas une adresse IPv4\u00a0: il en faut quatre, de 0 à 255, comme 192.0.2.10.',
    'No name ends with a number, and this is not an IPv4 address: that takes four numbers from 0 to 255, as in 192.0.2.10.',
  ),
  instead: (value: string) => both(`Écrivez plutôt\u00a0: ${value}`, `Write instead: ${value}`),
  unicodeName: (value: string) =>
    both(
      `Les lettres accentuées ne passent pas partout dans un nom de domaine\u00a0: écrivez sa forme ASCII, ${value}`,
      `Non-ASCII letters in a domain name do not work everywhere: write its ASCII form, ${value}`,
    ),
  portApart: both(
    'Le nom d’hôte ne comprend pas le port\u00a0: donnez l’hôte seul.',
    'The host does not include the port: give the host alone.',
  ),
  port: both('Un port est un nombre entier de 1 à 65535.', 'A port is a whole number from 1 to 65535.'),
  fqdn: both(
    'Il faut un nom de domaine complet, avec au moins un point, par exemple inscription.mon-univ.fr (ou localhost).',
    'A full domain name is needed, with at least one dot, for example tickets.example.org (or localhost).',
  ),
  fqdnNotIp: both(
    'Il faut ici un nom de domaine, pas une adresse IP, par exemple inscription.mon-univ.fr.',
    'A domain name is needed here, not an IP address, for example tickets.example.org.',
  ),
  url: both(
    'Il faut une adresse web complète, par exemple https://inscription.mon-univ.fr',
    'A full web address is needed, for example https://tickets.example.org',
  ),
  urlCredentials: both(
    'L’adresse ne doit contenir ni nom d’utilisateur ni mot de passe\u00a0: retirez tout ce qui précède «\u00a0@\u00a0».',
    'The address must hold no user name and no password: take out everything before the “@”.',
  ),
  urlBare: (value: string) =>
    both(
      `L’adresse s’arrête au nom du serveur, sans chemin, sans «\u00a0?\u00a0», sans «\u00a0#\u00a0»\u00a0: écrivez ${value}`,
      `The address ends with the server’s name, with no path, no “?” and no “#”: write ${value}`,
    ),
  urlSlash: (value: string) =>
    both(`Sans barre oblique à la fin\u00a0: écrivez ${value}`, `No slash at the end: write ${value}`),
};

const otherSentences = {
  integer: both('Il faut un nombre entier, en chiffres.', 'A whole number is needed, in digits.'),
  atLeast: (min: number) => both(`Il faut au moins ${min}.`, `It must be at least ${min}.`),
  atMost: (max: number) => both(`Il faut au plus ${max}.`, `It must be at most ${max}.`),
  email: both(
    'Ce n’est pas une adresse électronique\u00a0: il en faut une comme dsi@mon-univ.fr.',
    'This is not an e-mail address: it has to look like it@example.org.',
  ),
  emailsSemicolon: both(
    'Séparez les adresses par des virgules, pas par des points-virgules.',
    'Separate the addresses with commas, not semicolons.',
  ),
  oneOfMany: (which: number, say: Text) =>
    both(`Élément n°\u00a0${which}\u00a0: ${say.fr}`, `Item ${which}: ${say.en}`),
  emptyItem: (which: number) =>
    both(
      `L’élément n°\u00a0${which} est vide\u00a0: retirez la virgule en trop.`,
      `Item ${which} is empty: take out the extra comma.`,
    ),
  absolute: both(
    'Il faut un chemin absolu, qui commence par «\u00a0/\u00a0».',
    'An absolute path is needed: it starts with “/”.',
  ),
  dotDot: both(
    'Le chemin ne doit pas contenir «\u00a0..\u00a0»\u00a0: écrivez-le en entier.',
    'The path must not hold “..”: write it out in full.',
  ),
  name: both(
    'Un nom commence par une minuscule ou «\u00a0_\u00a0», puis minuscules, chiffres, «\u00a0_\u00a0» et «\u00a0-\u00a0», sans accent.',
    'A name starts with a lower-case letter or “_”, followed by lower-case letters, digits, “_” and “-”.',
  ),
  edges: both(
    'Un mot de passe ne peut pas commencer ni finir par un espace\u00a0: il se perdrait dans les fichiers de configuration.',
    'A password cannot start or end with a space: configuration files would lose it.',
  ),
};

const resolveSentences = {
  unknown: (id: string, nearest: string | undefined) =>
    both(
      `${id} n’est pas une question de ce guide${nearest ? `\u00a0: vouliez-vous dire ${nearest}\u00a0?` : '\u00a0: retirez-la.'}`,
      `${id} is not a question of this guide${nearest ? `: did you mean ${nearest}?` : ': take it out.'}`,
    ),
  literal: (id: string, offered: string) =>
    both(
      `«\u00a0${id}\u00a0» ne peut pas être suivi à la lettre${offered ? `\u00a0: ce guide le permet pour ${offered}.` : ' dans ce guide.'}`,
      `“${id}” cannot be followed to the letter${offered ? `: this guide allows it for ${offered}.` : ' in this guide.'}`,
    ),
};

const listSentences = {
  ofRow: (row: number, say: Text) => both(`Ligne n°\u00a0${row} — ${say.fr}`, `Row ${row} — ${say.en}`),
  ofCell: (column: Text, say: Text) => both(`${column.fr}\u00a0: ${say.fr}`, `${column.en}: ${say.en}`),
  notAList: both(
    'Ceci n’est pas une liste\u00a0: il faut un tableau JSON, un objet par ligne, du texte dans chaque colonne.',
    'This is not a list: it takes a JSON array, one object per row, text in each column.',
  ),
  emptyList: both('Il faut au moins une ligne\u00a0: ajoutez-la.', 'At least one row is needed: add it.'),
  tooFewRows: (min: number) => both(`Il faut au moins ${min} lignes.`, `At least ${min} rows are needed.`),
  tooManyRows: (max: number) =>
    both(`Il y a trop de lignes\u00a0: ${max} au plus.`, `There are too many rows: ${max} at most.`),
  emptyRow: both(
    'Cette ligne est vide\u00a0: remplissez-la ou retirez-la.',
    'This row is empty: fill it in or take it out.',
  ),
  sameRow: (key: string, row: number) =>
    both(
      `«\u00a0${key}\u00a0» est déjà à la ligne n°\u00a0${row}\u00a0: changez l’un des deux.`,
      `“${key}” is already in row ${row}: change one of the two.`,
    ),
  rowName: both(
    'Ce nom désigne la ligne\u00a0: lettres sans accent, chiffres et . _ @ + - seulement.',
    'This names the row: only letters without accents, digits and . _ @ + -',
  ),
  noColumn: (name: string, columns: string) =>
    both(
      `Il n’y a pas de colonne «\u00a0${name}\u00a0»\u00a0: prenez l’une de ${columns}.`,
      `There is no column “${name}”: take one of ${columns}.`,
    ),
  noRow: (list: string, key: string) =>
    both(
      `«\u00a0${key}\u00a0» n’est pas dans ${list}\u00a0: ajoutez-le à ${list} = …, séparé par une virgule.`,
      `“${key}” is not in ${list}: add it to ${list} = …, separated by a comma.`,
    ),
};

export const say = {
  ...sharedSentences,
  ...networkSentences,
  ...otherSentences,
  ...resolveSentences,
  ...listSentences,
  ...fileSentences,
  ...storeSentences,
};
