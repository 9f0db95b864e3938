/** The repository, and the directory deploy made from it (source lines 27–44). */
import type { Step } from '../../../src/guide/types.ts';
import { composeEnv, composeFile, envFile, isCurrent, isPrinted, override } from '../layout.ts';
import { isRocket } from '../questions/rocket.ts';
import { build } from '../questions.ts';

const { step, check, command, directory, file, gitCheckout, packages } = build;

const deployKey = 'dir:%DEPLOY_DIR%';
const withDeploy = { with: deployKey } as const;
const secret = { mode: '0600', owner: 'root:root' } as const;

const get = step('source-get', {
  title: { fr: 'Récupérer ej-server', en: 'Get ej-server' },
  source: [[30, 34]],
  says: 'Copy some files under the docker folder to a separate folder (ideally under',
  errata: ['E5'],
  do: [
    packages({ names: ['git', 'ca-certificates'] }),
    gitCheckout({ path: '%EJ_SRC%', url: '%REPOSITORY%', ref: '%REF%', claims: ['path:%EJ_SRC%'] }),
    check({
      when: isPrinted,
      name: 'layout',
      probe: {
        all: [
          { exists: '%EJ_SRC%/docker/docker-compose.deploy.yml' },
          { exists: '%EJ_SRC%/docker/config.env' },
          { exists: '%EJ_SRC%/docker/Dockerfile-nginx' },
        ],
      },
      level: 'stop',
      say: {
        fr: 'Le répertoire docker n’est pas celui que le guide décrit (docker-compose.deploy.yml, config.env)\u00a0: vérifiez les réponses REPOSITORY et REF, ou prenez IMAGES = current.',
        en: 'The directory docker is not the one that the guide describes (docker-compose.deploy.yml, config.env): check the answers REPOSITORY and REF, or take IMAGES = current.',
      },
    }),
    check({
      when: isCurrent,
      name: 'layout',
      probe: {
        all: [{ exists: '%EJ_SRC%/docker/docker-compose.yml' }, { exists: '%EJ_SRC%/docker/variables.env' }],
      },
      level: 'stop',
      say: {
        fr: 'Le répertoire docker n’est pas celui d’aujourd’hui (docker-compose.yml, variables.env)\u00a0: vérifiez les réponses REPOSITORY et REF.',
        en: 'The directory docker is not today’s (docker-compose.yml, variables.env): check the answers REPOSITORY and REF.',
      },
    }),
  ],
});

const copy = step('deploy-copy', {
  title: { fr: 'Copier docker vers deploy', en: 'Copy docker to deploy' },
  source: [[30, 34]],
  says: '$ cp -r docker/ deploy/',
  errata: ['E4', 'E6'],
  do: [
    directory({ path: '%DEPLOY_DIR%', mode: '0700', owner: 'root:root', holdsData: true }),
    // First: it tells a later install that this directory is ours.
    file({ path: composeEnv, template: 'ej/compose.env', syntax: 'env', ...secret }),
    command({
      name: 'deploy-copy',
      // One by one: “docker/.” would give its mode to the directory.
      run: [
        'find',
        '%EJ_SRC%/docker',
        '-mindepth',
        '1',
        '-maxdepth',
        '1',
        '-exec',
        'cp',
        '-a',
        '-t',
        '%DEPLOY_DIR%',
        '{}',
        '+',
      ],
      done: {
        all: [
          {
            exists: {
              by: 'IMAGES',
              of: { current: '%DEPLOY_DIR%/docker-compose.yml', '': '%DEPLOY_DIR%/Dockerfile-nginx' },
            },
          },
          { exists: '%DEPLOY_DIR%/Dockerfile' },
          { exists: envFile },
        ],
      },
      undo: withDeploy,
      interrupted: 'again',
    }),
  ],
});

const rename = step('compose-rename', {
  title: { fr: 'Renommer le fichier Compose', en: 'Rename the Compose file' },
  source: [[36, 40]],
  says: '$ mv docker-compose.deploy.yml docker-compose.yml',
  when: isPrinted,
  do: [
    command({
      name: 'compose-rename',
      run: ['mv', '-n', '%DEPLOY_DIR%/docker-compose.deploy.yml', composeFile],
      done: { exists: composeFile },
      undo: { run: ['mv', '-n', composeFile, '%DEPLOY_DIR%/docker-compose.deploy.yml'] },
    }),
  ],
});

/** Compose adds the ports of its files to each other: only the file itself can take one away. */
const portLine = String.raw`s/^( *- *)"?'?80:80'?"? *$/\1"\${HTTP_ADDRESS}:\${HTTP_PORT}:80"/`;
const portBack = String.raw`s/^( *- *)"\$\{HTTP_ADDRESS\}:\$\{HTTP_PORT\}:80"$/\180:80/`;
const rocketLine = String.raw`s/^( *- *)3000:3000\/tcp *$/\1"127.0.0.1:\${ROCKET_PORT}:3000"/`;
const rocketBack = String.raw`s/^( *- *)"127\.0\.0\.1:\$\{ROCKET_PORT\}:3000"$/\13000:3000\/tcp/`;
const mongoLines = String.raw`s/\n *ports:\n *- *27017:27017\/tcp//`;
const mongoBack = String.raw`s/(\n *- \.\/scripts:\/scripts\/)\n/\1\n    ports:\n      - 27017:27017\/tcp\n/`;
const devPort = String.raw`s/\n *ports:\n *- *8000:8000//`;
const devPortBack = String.raw`s/(\n *- variables\.env)\n/\1\n        ports:\n            - 8000:8000\n/`;

const rocketFile = '%DEPLOY_DIR%/docker-compose.rocket.yml';

const edit = step('compose-edit', {
  title: { fr: 'Adapter le fichier Compose', en: 'Adapt the Compose file' },
  why: {
    fr: 'Dans un second fichier, à côté\u00a0: celui du guide reste comme il est, sauf ses ports, qu’un second fichier ne peut qu’ajouter.',
    en: 'In a second file, beside it: the guide’s own stays as it is, but for its ports, which a second file can only add to.',
  },
  source: [
    [27, 28],
    [42, 44],
  ],
  says: 'You may want change some configurations in this file and customize the',
  errata: ['E10', 'E11', 'E12', 'E17'],
  do: [
    file({
      when: isPrinted,
      path: override,
      template: 'ej/override.compose',
      syntax: 'plain',
      mode: '0644',
      owner: 'root:root',
    }),
    file({
      when: isCurrent,
      path: override,
      template: 'ej/override-current.compose',
      syntax: 'plain',
      mode: '0644',
      owner: 'root:root',
    }),
    file({
      when: isCurrent,
      path: '%DEPLOY_DIR%/nginx.conf',
      template: 'ej/nginx.conf',
      syntax: 'plain',
      mode: '0644',
      owner: 'root:root',
    }),
    command({
      when: isPrinted,
      name: 'compose-ports',
      run: ['sed', '-i', '-E', portLine, composeFile],
      done: { run: ['grep', '-c', '-F', `\${HTTP_ADDRESS}:\${HTTP_PORT}:80`, composeFile] },
      undo: { run: ['sed', '-i', '-E', portBack, composeFile] },
      why: {
        fr: 'Le conteneur n’est plus ouvert à tous sur le port 80.',
        en: 'The container is no longer open to everybody on port 80.',
      },
    }),
    command({
      when: isCurrent,
      name: 'compose-ports',
      run: ['sed', '-i', '-z', '-E', devPort, composeFile],
      done: { run: ['grep', '-c', '-F', '8000:8000', composeFile], code: 1 },
      undo: { run: ['sed', '-i', '-z', '-E', devPortBack, composeFile] },
      why: {
        fr: 'Le serveur n’est plus ouvert à tous sur le port 8000.',
        en: 'The server is no longer open to everybody on port 8000.',
      },
    }),
    command({
      when: isRocket,
      name: 'rocket-port',
      run: ['sed', '-i', '-E', rocketLine, rocketFile],
      done: { run: ['grep', '-c', '-F', `127.0.0.1:\${ROCKET_PORT}:3000`, rocketFile] },
      undo: { run: ['sed', '-i', '-E', rocketBack, rocketFile] },
    }),
    command({
      when: isRocket,
      name: 'mongo-port',
      run: ['sed', '-i', '-z', '-E', mongoLines, rocketFile],
      done: { run: ['grep', '-c', '-F', '27017:27017', rocketFile], code: 1 },
      undo: { run: ['sed', '-i', '-z', '-E', mongoBack, rocketFile] },
      why: {
        fr: 'Mongo n’a pas de mot de passe\u00a0: il ne se publie pas.',
        en: 'Mongo has no password: it is not published.',
      },
    }),
  ],
});

export const fileSteps: readonly Step[] = [get, copy, rename, edit];
