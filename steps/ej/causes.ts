/** Ways to fail that only EJ has. */
import type { KnownCause } from '../../src/guide/types.ts';

export const causes: readonly KnownCause[] = [
  {
    id: 'ej-buster-gone',
    steps: ['compose-build'],
    match: String.raw`(?:buster[^\n]{0,200}(?:404|does not have a Release file)|nodejs\.org[^\n]{0,120}(?:404|Could not resolve))`,
    say: {
      fr: 'L’image de 2019 part de Debian «\u00a0buster\u00a0» et de paquets qui ne sont plus là où elle les cherche.',
      en: 'The image of 2019 starts from Debian “buster” and from packages that are no longer where it looks for them.',
    },
    do: {
      fr: 'Prenez les images toutes prêtes (IMAGES = hub), ou un dépôt dont docker/Dockerfile a été corrigé (REPOSITORY et REF), puis réessayez.',
      en: 'Take the ready-made images (IMAGES = hub), or a repository whose docker/Dockerfile was corrected (REPOSITORY and REF), then try again.',
    },
  },
  {
    id: 'ej-database-password',
    steps: ['compose-up'],
    match: 'password authentication failed for user "(?<user>[a-z0-9_]{1,60})"',
    say: {
      fr: 'La base refuse le compte {user}\u00a0: son volume a été créé avec un autre mot de passe, que changer POSTGRES_PASSWORD ne change plus.',
      en: 'The database refuses the account {user}: its volume was made with another password, which changing POSTGRES_PASSWORD no longer changes.',
    },
    do: {
      fr: 'Redonnez l’ancien mot de passe, ou changez-le dans la base (psql dans son conteneur, commande \\password), ou prenez un autre PROJECT, puis réessayez.',
      en: 'Give the former password again, or change it in the database (psql in its container, command \\password), or take another PROJECT, then try again.',
    },
  },
  {
    id: 'ej-gateway',
    match: String.raw`^problem: \S{1,200}: 50[234] ≠`,
    say: {
      fr: 'Le serveur web tourne, mais l’application derrière lui ne répond pas.',
      en: 'The web server runs, but the application behind it does not answer.',
    },
    do: {
      fr: '«\u00a0docker ps -a\u00a0» montre l’état des conteneurs, «\u00a0docker logs\u00a0» suivi du nom du conteneur web ce qu’il a dit. Puis réessayez.',
      en: '“docker ps -a” shows the state of the containers, “docker logs” followed by the web container’s name what it said. Then try again.',
    },
  },
];
