/** What the containers are given: the variables, the secrets among them (source lines 42–54). */
import type { Step } from '../../../src/guide/types.ts';
import { composeEnv, envFile, isCurrent, isPrinted } from '../layout.ts';
import { build } from '../questions.ts';

const { step, check, checklist, file } = build;

const secret = { mode: '0600', owner: 'root:root' } as const;

const settings = step('config-env', {
  title: { fr: 'Remplir config.env', en: 'Fill config.env' },
  source: [
    [42, 44],
    [48, 48],
  ],
  says: 'important ``config.env`` file in this folder. Both files are self-explanatory',
  errata: ['E7', 'E20', 'E22', 'E23', 'E25', 'E29'],
  do: [
    file({
      when: isPrinted,
      path: '%DEPLOY_DIR%/config.env',
      template: 'ej/config.env',
      syntax: 'env',
      ...secret,
    }),
    file({
      when: isCurrent,
      path: '%DEPLOY_DIR%/variables.env',
      template: 'ej/variables.env',
      syntax: 'env',
      ...secret,
    }),
  ],
});

const key = step('secret-key', {
  title: { fr: 'Changer la clé secrète', en: 'Change the secret key' },
  why: {
    fr: 'Générée une fois, gardée ensuite\u00a0: une seconde installation ne la change pas.',
    en: 'Generated once and kept: a second install does not change it.',
  },
  source: [[45, 46]],
  says: '**ATTENTION:** you **must** edit config.env file and change at least the secret key,',
  do: [
    check({
      name: 'sample-secrets',
      probe: {
        run: [
          'grep',
          '-c',
          '-E',
          'al238gd93glx6o32nl02l1gi12678xz903|kZ-\\(hN#|^POSTGRES_PASSWORD=password$',
          envFile,
        ],
        code: 1,
      },
      level: 'stop',
      say: {
        fr: 'Un secret de l’exemple, que tout le monde connaît, est encore dans le fichier des variables\u00a0: relancez l’installation, qui le remplace.',
        en: 'A secret of the sample, which everybody knows, is still in the file of the variables: install again, which replaces it.',
      },
    }),
  ],
});

const closed = step('env-private', {
  title: { fr: 'Garder les fichiers privés', en: 'Keep the files private' },
  source: [
    [31, 32],
    [48, 54],
  ],
  says: 'be shared in a public location. Because of this, we recommend to store the',
  do: [
    file({
      path: '%DEPLOY_DIR%/.gitignore',
      template: 'ej/gitignore',
      syntax: 'plain',
      mode: '0644',
      owner: 'root:root',
    }),
    check({
      name: 'env-closed',
      probe: { run: ['sh', '-c', 'find "$@" -perm /077', 'sh', envFile, composeEnv], equals: '' },
      level: 'stop',
      say: {
        fr: 'D’autres que root peuvent lire les secrets d’EJ dans %DEPLOY_DIR%\u00a0: «\u00a0chmod 600\u00a0» sur ses fichiers .env et config.env, puis réessayez.',
        en: 'Others than root can read EJ’s secrets in %DEPLOY_DIR%: “chmod 600” on its files .env and config.env, then try again.',
      },
    }),
    checklist({
      name: 'env-private',
      items: [
        {
          id: 'env-private',
          text: {
            fr: 'Garder une copie de %DEPLOY_DIR% dans un dépôt privé ou un coffre\u00a0: le guide le conseille, et l’assistant n’envoie rien nulle part. Les secrets sont aussi chez l’assistant.',
            en: 'Keep a copy of %DEPLOY_DIR% in a private repository or a vault: the guide advises it, and the wizard sends nothing anywhere. The wizard has the secrets too.',
          },
          optional: true,
        },
      ],
    }),
  ],
});

export const variableSteps: readonly Step[] = [settings, key, closed];
