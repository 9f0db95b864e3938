/** What is wrong with an answers file or with where secrets are kept, and what to do. */
import type { Text } from '../../guide/types.ts';
import { both } from '../both.ts';

export const fileSentences = {
  at: (where: string, say: Text) => both(`${where}\u00a0: ${say.fr}`, `${where}: ${say.en}`),
  notALine: both(
    'ligne non comprise\u00a0: écrivez NOM = valeur, [section] ou «\u00a0; commentaire\u00a0».',
    'line not understood: write NAME = value, [section] or “; comment”.',
  ),
  noSection: (guide: string) =>
    both(
      `cette ligne n’est dans aucune section\u00a0: placez-la sous [${guide}] ou [common].`,
      `this line is in no section: put it under [${guide}] or [common].`,
    ),
  unknownSection: (name: string, nearest: string | undefined) =>
    both(
      `il n’y a pas de guide «\u00a0${name}\u00a0»${nearest ? `\u00a0: vouliez-vous dire [${nearest}]\u00a0?` : '.'}`,
      `there is no guide “${name}”${nearest ? `: did you mean [${nearest}]?` : '.'}`,
    ),
  array: (id: string) =>
    both(
      `${id}[]\u00a0: une réponse n’est écrite qu’une fois\u00a0; écrivez ${id} = valeur, et une liste sur la même ligne.`,
      `${id}[]: an answer is written once; write ${id} = value, and a list on that same line.`,
    ),
  twice: (id: string, line: number) =>
    both(
      `${id} est déjà donné à la ligne ${line}\u00a0: gardez une seule des deux lignes.`,
      `${id} is already given on line ${line}: keep one of the two.`,
    ),
  noValue: (id: string) =>
    both(
      `${id} n’a pas de «\u00a0=\u00a0»\u00a0: écrivez ${id} = valeur.`,
      `${id} has no “=”: write ${id} = value.`,
    ),
  quoteIt: (id: string) =>
    both(
      `la valeur de ${id} contient un caractère que ce format lit autrement (; # \\ ou un guillemet)\u00a0: entourez-la de guillemets droits, ${id} = "…", avec \\" pour " et \\\\ pour \\ ; un commentaire va sur sa propre ligne.`,
      `the value of ${id} holds a character that this format reads in another way (; # \\ or a quote): put it in double quotes, ${id} = "…", with \\" for " and \\\\ for \\; a comment goes on its own line.`,
    ),
  badQuotes: (id: string) =>
    both(
      `les guillemets de ${id} ne se lisent pas\u00a0: écrivez ${id} = "…", avec \\" pour " et \\\\ pour \\ à l’intérieur.`,
      `the quotes of ${id} cannot be read: write ${id} = "…", with \\" for " and \\\\ for \\ inside.`,
    ),
  readable: (id: string, path: string) =>
    both(
      `${id} est un secret en clair dans un fichier que d’autres peuvent lire\u00a0: lancez chmod 600 ${path}, ou écrivez file:/chemin ou env:NOM.`,
      `${id} is a secret in plain text in a file that others can read: run chmod 600 ${path}, or write file:/path or env:NAME.`,
    ),
  owner: (id: string, path: string, owner: string, user: string) =>
    both(
      `${id} est un secret en clair dans un fichier qui appartient à ${owner}\u00a0: lancez chown ${user} ${path}, ou écrivez file:/chemin ou env:NOM.`,
      `${id} is a secret in plain text in a file that belongs to ${owner}: run chown ${user} ${path}, or write file:/path or env:NAME.`,
    ),
  relative: (id: string) =>
    both(
      `${id}\u00a0: après «\u00a0file:\u00a0», il faut un chemin absolu.`,
      `${id}: after “file:” an absolute path is needed.`,
    ),
  noFile: (id: string, path: string) =>
    both(`${id}\u00a0: le fichier ${path} ne peut pas être lu.`, `${id}: the file ${path} cannot be read.`),
  noVariable: (id: string, name: string) =>
    both(
      `${id}\u00a0: la variable d’environnement ${name} est absente ou vide\u00a0; sudo ne la transmet pas de lui-même.`,
      `${id}: the environment variable ${name} is not set or empty; sudo does not pass it on by itself.`,
    ),
  noAnswersFile: (path: string) => both(`Il n’y a pas de fichier ${path}.`, `There is no file ${path}.`),
  notAFile: (path: string) =>
    both(
      `${path} n’est pas un fichier ordinaire\u00a0: donnez le chemin d’un fichier de réponses.`,
      `${path} is not a regular file: give the path of an answers file.`,
    ),
  tooLargeFile: (path: string) =>
    both(
      `${path} dépasse 1\u00a0Mo\u00a0: ce n’est pas un fichier de réponses.`,
      `${path} is larger than 1 MB: this is no answers file.`,
    ),
  binaryFile: (path: string) =>
    both(
      `${path} n’est pas un fichier texte\u00a0: donnez le chemin d’un fichier de réponses.`,
      `${path} is not a text file: give the path of an answers file.`,
    ),
  secretNotUtf8: (id: string, where: string) =>
    both(
      `${id}\u00a0: ${where} n’est pas en UTF-8\u00a0; enregistrez-le dans ce codage.`,
      `${id}: ${where} is not UTF-8; save it in that encoding.`,
    ),
  notUtf8: both(
    'ce fichier n’est pas en UTF-8\u00a0: enregistrez-le dans ce codage.',
    'this file is not UTF-8: save it in that encoding.',
  ),
};

export const storeSentences = {
  damaged: (path: string) =>
    both(
      `Le fichier ${path}, qui dit où sont gardés les secrets, est illisible\u00a0: remettez-le, ou retirez-le pour tout ressaisir.`,
      `The file ${path}, which says where secrets are kept, cannot be read: put it back, or remove it to give them all again.`,
    ),
  gone: (backend: string, reason: string) =>
    both(
      `Les secrets sont gardés par «\u00a0${backend}\u00a0», qui ne répond plus (${reason})\u00a0: remettez-le en marche et reprenez.`,
      `Secrets are kept by “${backend}”, which no longer works (${reason}): make it work again and resume.`,
    ),
  none: (reasons: string) =>
    both(
      `Aucun endroit où garder les secrets\u00a0: ${reasons}`,
      `There is nowhere to keep secrets: ${reasons}`,
    ),
  unreadable: (name: string, reason: string) =>
    both(
      `Le secret ${name} ne peut pas être relu (${reason})\u00a0: donnez-le de nouveau.`,
      `The secret ${name} cannot be read back (${reason}): give it again.`,
    ),
  notKept: (name: string, reason: string) =>
    both(
      `Le secret ${name} n’a pas pu être gardé (${reason}).`,
      `The secret ${name} could not be kept (${reason}).`,
    ),
  notFolder: (path: string) =>
    both(
      `${path} devrait être un répertoire\u00a0: déplacez ce qui s’y trouve.`,
      `${path} should be a directory: move away what is there.`,
    ),
};
