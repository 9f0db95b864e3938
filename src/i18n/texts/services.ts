/** What the kinds that speak to supervisord, firewalld and SELinux say. */
import type { Text } from '../../guide/types.ts';

export const startPrograms = (name: string): Text => ({
  fr: `Démarrer ${name} (supervisor)`,
  en: `Start ${name} (supervisor)`,
});

export const supervisordStopped: Text = {
  fr: 'supervisord ne répond pas sur cette machine\u00a0: démarrez son service (systemctl start supervisor\u00a0; supervisord sur la famille Red Hat), puis réessayez.',
  en: 'supervisord does not answer on this machine: start its service (systemctl start supervisor; supervisord on the Red Hat family), then try again.',
};

export const refusedBySupervisord = (path: string, words: string): Text => ({
  fr: `supervisord refuserait ${path}\u00a0: «\u00a0${words}\u00a0». Le fichier n’a pas été mis en place, car supervisord ne démarrerait plus, ni les programmes des autres. Corrigez ce qui est nommé, puis réessayez.`,
  en: `supervisord would refuse ${path}: “${words}”. The file was not put in place, as supervisord would no longer start, nor the programs of others. Correct what is named, then try again.`,
});

export const programNotThere = (path: string, words: string): Text => ({
  fr: `supervisord ne pourrait pas lancer un programme de ${path}\u00a0: «\u00a0${words}\u00a0». Reprenez l’étape qui installe ce programme, puis réessayez.`,
  en: `supervisord could not start a program of ${path}: “${words}”. Go back to the step that installs that program, then try again.`,
});

export const programWithoutDirectory = (path: string, directory: string): Text => ({
  fr: `Un programme de ${path} doit tourner dans ${directory}, qui n’existe pas\u00a0: reprenez l’étape qui crée ce répertoire, puis réessayez.`,
  en: `A program of ${path} has to run in ${directory}, which does not exist: go back to the step that makes that directory, then try again.`,
});

export const strangeSection = (path: string, section: string): Text => ({
  fr: `La section [${section}] de ${path} réglerait supervisord pour tous\u00a0: ce fichier n’est fait que de programmes et de leur groupe. C’est une faute du guide\u00a0: signalez-la.`,
  en: `The section [${section}] of ${path} would set supervisord for everybody: this file holds programs and their group only. This is a fault of the guide: please report it.`,
});

export const otherPrograms = (path: string, name: string, names: string): Text => ({
  fr: `${path} définit ${names || 'aucun programme'} au lieu de ${name}\u00a0: c’est une faute du guide, signalez-la.`,
  en: `${path} defines ${names || 'no program'} instead of ${name}: this is a fault of the guide, please report it.`,
});

export const notIncluded = (path: string, main: string, patterns: string): Text => ({
  fr: `supervisord ne lirait pas ${path}\u00a0: ${main} ${patterns ? `ne lit que ${patterns}` : 'ne lit aucun autre fichier'}. Ajoutez-le à la ligne «\u00a0files\u00a0» de sa section [include], puis réessayez.`,
  en: `supervisord would not read ${path}: ${main} reads ${patterns ? `only ${patterns}` : 'no other file'}. Add it to the line “files” of its section [include], then try again.`,
});

export const sectionTaken = (section: string, file: string): Text => ({
  fr: `${file} a déjà une section [${section}]\u00a0: supervisord confondrait les deux. Renommez-la ou retirez-la, puis réessayez.`,
  en: `${file} already has a section [${section}]: supervisord would mix the two up. Rename it or remove it, then try again.`,
});

export const holdsOtherPrograms = (path: string, names: string): Text => ({
  fr: `${path} existe déjà, avec d’autres programmes (${names})\u00a0: mettez-les dans un fichier à eux, puis réessayez.`,
  en: `${path} already exists, with other programs (${names}): put them in a file of their own, then try again.`,
});

export const letThrough = (service: string): Text => ({
  fr: `Laisser passer ${service} dans firewalld, s’il tourne`,
  en: `Let ${service} through firewalld, if it runs`,
});

export const setSelinuxBoolean = (name: string, on: boolean): Text => ({
  fr: `${on ? 'Activer' : 'Désactiver'} le booléen SELinux ${name}, si SELinux est actif`,
  en: `Turn the SELinux boolean ${name} ${on ? 'on' : 'off'}, if SELinux is enabled`,
});
