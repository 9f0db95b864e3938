/** Where the images come from, and what differs between the two layouts of the repository. */
import type { Cond } from '../../src/guide/types.ts';

const is = (answer: string, ...values: string[]): Cond => ({ answer, is: values });

export const isHub: Cond = is('IMAGES', 'hub');
/** From the guide's commit. */
export const isBuilt: Cond = is('IMAGES', 'build');
export const isLoaded: Cond = is('IMAGES', 'loaded');
/** The layout of today: another Compose file, no Rocket.Chat. */
export const isCurrent: Cond = is('IMAGES', 'current');
/** As the guide has it. */
export const isPrinted: Cond = { not: isCurrent };

/** The commit whose text the guide is. */
export const guideCommit = '70e94483c39578b5db15b9fe89147dc4c552edd0';

/** A value per layout. */
export const byLayout = <const A extends string, const B extends string>(printed: A, current: B) =>
  ({ by: 'IMAGES', of: { current, '': printed } }) as const;

/** Names that the containers have in both layouts. */
export const web = '%PROJECT%-web';
export const front = '%PROJECT%-nginx';
export const database = '%PROJECT%-postgres';
export const mongo = '%PROJECT%-mongo';

export const composeFile = '%DEPLOY_DIR%/docker-compose.yml';
export const override = '%DEPLOY_DIR%/docker-compose.override.yml';
/** What Compose itself reads in that folder. */
export const composeEnv = '%DEPLOY_DIR%/.env';
/** What the containers are given. */
export const envFile = byLayout('%DEPLOY_DIR%/config.env', '%DEPLOY_DIR%/variables.env');

export const webImage = '%ORG%/web:%TAG%';
export const frontImage = '%ORG%/nginx:latest';
export const currentImage = '%ORG%/server:%TAG%';
export const currentFront = 'nginx:alpine';
export const databaseImage = 'postgres:%POSTGRES_TAG%';
export const rocketImage = 'rocketchat/rocket.chat:%ROCKETCHAT_VERSION%';
export const mongoImage = 'mongo:%MONGO_TAG%';

/** What is in the database goes with the project, dumped first. */
export const withProject = { with: 'docker:project/%PROJECT%/nginx' } as const;

/** The front container, asked from this machine. */
export const inFront = <const P extends string>(path: P) =>
  ({
    by: 'WEB_SERVER',
    of: {
      nginx: `http://127.0.0.1:%HTTP_PORT%${path}`,
      none: `http://%HTTP_ADDRESS%:%HTTP_PORT%${path}`,
    },
  }) as const;
