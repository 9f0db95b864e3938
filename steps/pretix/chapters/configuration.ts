/** Packages and configuration (source lines 69–131). */
import type { Chapter } from '../../../src/guide/types.ts';
import { build } from '../questions.ts';

const { step, directory, file, packages } = build;

export const installPackages: Chapter = {
  id: 'packages',
  title: { fr: 'Paquets', en: 'Packages' },
  steps: [
    step('apt-packages', {
      title: { fr: 'Paquets pour construire Pretix', en: 'Packages to build Pretix' },
      source: [[69, 75]],
      says: 'sudo apt-get install git build-essential python-dev python3-venv python3 python3-pip \\',
      errata: ['E-apt'],
      do: [
        packages({
          names: [
            'git',
            'build-essential',
            'pkg-config',
            'python3-venv',
            'python3',
            'python3-pip',
            'python3-dev',
            'libxml2-dev',
            'libxslt1-dev',
            'libffi-dev',
            'zlib1g-dev',
            'libssl-dev',
            'gettext',
            'libpq-dev',
            'libmariadb-dev',
            'libjpeg-dev',
            'libopenjp2-7-dev',
          ],
        }),
      ],
    }),
  ],
};

const isLiteral = { answer: 'LITERAL', is: ['E-cfgowner'] };

export const configuration: Chapter = {
  id: 'configuration',
  title: { fr: 'Configuration', en: 'Configuration' },
  steps: [
    step('conf-dir', {
      title: { fr: 'Répertoire /etc/pretix', en: 'Directory /etc/pretix' },
      source: [[77, 83]],
      says: 'sudo chown -R pretix:pretix /etc/pretix/',
      errata: ['E-cfgowner'],
      do: [
        directory({ when: { not: isLiteral }, path: '/etc/pretix', mode: '0750', owner: 'root:pretix' }),
        directory({ when: isLiteral, path: '/etc/pretix', mode: '0755', owner: 'pretix:pretix' }),
      ],
    }),
    step('conf-file', {
      title: { fr: 'Écrire pretix.cfg', en: 'Write pretix.cfg' },
      source: [[84, 131]],
      says: 'Puis il faut alimenter le fichier pretix.cfg avec les données suivantes…',
      errata: ['E-register', 'E-csp', 'E-csp26', 'E-admins', 'E-smtpauth', 'E-dbport', 'E-ecb', 'E-url'],
      do: [
        file({
          when: { not: isLiteral },
          path: '/etc/pretix/pretix.cfg',
          template: 'pretix/pretix.cfg',
          syntax: 'ini',
          mode: '0640',
          owner: 'root:pretix',
        }),
        file({
          when: isLiteral,
          path: '/etc/pretix/pretix.cfg',
          template: 'pretix/pretix.cfg',
          syntax: 'ini',
          mode: '0600',
          owner: 'pretix:pretix',
        }),
      ],
    }),
  ],
};
