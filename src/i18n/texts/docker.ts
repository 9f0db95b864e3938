/** What the kinds for Docker say: titles in a plan, what stays, refusals. */
import type { Text } from '../../guide/types.ts';

const listed = (names: readonly string[]): string => names.join(', ');

export const pullImages = (names: readonly string[]): Text => ({
  fr: `Télécharger ${names.length > 1 ? 'les images' : 'l’image'} ${listed(names)}`,
  en: `Pull the ${names.length > 1 ? 'images' : 'image'} ${listed(names)}`,
});

export const buildImages = (names: readonly string[]): Text => ({
  fr: `Construire ${names.length > 1 ? 'les images' : 'l’image'} ${listed(names)}`,
  en: `Build the ${names.length > 1 ? 'images' : 'image'} ${listed(names)}`,
});

export const loadImages = (names: readonly string[], file: string): Text => ({
  fr: `Charger ${listed(names)} depuis ${file}`,
  en: `Load ${listed(names)} from ${file}`,
});

export const startServices = (project: string, services: readonly string[]): Text => ({
  fr: `Démarrer ${listed(services)} (projet Compose ${project})`,
  en: `Start ${listed(services)} (Compose project ${project})`,
});

export const notAName = (name: string): Text => ({
  fr: `«\u00a0${name}\u00a0» n’est pas un nom pour Docker\u00a0: il commence par une lettre ou un chiffre, et n’a pas d’espace. Corrigez la réponse, puis réessayez.`,
  en: `“${name}” is not a name for Docker: one begins with a letter or a digit, and has no space. Correct the answer, then try again.`,
});

/** Beside what was not taken back. */
export const imagesKept = (names: readonly string[]): Text => ({
  fr: `images gardées, car un conteneur s’en sert ou Docker ne peut pas les rendre\u00a0: ${listed(names)}`,
  en: `images kept, as a container uses them or Docker cannot give them back: ${listed(names)}`,
});

export const dockerKept = (what: readonly string[]): Text => ({
  fr: `Docker n’a pas voulu retirer\u00a0: ${listed(what)}. Quelqu’un s’en sert encore.`,
  en: `Docker would not take away: ${listed(what)}. Somebody still uses it.`,
});

export const otherProject = (project: string, dir: string): Text => ({
  fr: `Le projet Compose «\u00a0${project}\u00a0» de cette machine vient d’un autre répertoire (${dir})\u00a0: choisissez un autre nom de projet, puis réessayez.`,
  en: `The Compose project “${project}” of this machine comes from another directory (${dir}): choose another project name, then try again.`,
});

export const servicesIll = (services: readonly string[]): Text => ({
  fr:
    services.length > 1
      ? `Ces services ne vont pas bien\u00a0: ${listed(services)}. La sortie de l’étape montre leurs dernières lignes.`
      : `Le service ${listed(services)} ne va pas bien. La sortie de l’étape montre ses dernières lignes.`,
  en:
    services.length > 1
      ? `These services are not healthy: ${listed(services)}. The output of the step shows their last lines.`
      : `The service ${listed(services)} is not healthy. The output of the step shows its last lines.`,
});

export const waitsForFormer = (container: string): Text => ({
  fr: `Une commande d’une exécution précédente travaille encore dans le conteneur ${container}\u00a0: l’assistant attend qu’elle finisse.`,
  en: `A command of an earlier run is still at work in the container ${container}: the wizard waits until it has ended.`,
});
