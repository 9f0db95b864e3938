/** Numbas LTI provider: "Installation on RedHat Enterprise Linux 7" of its manual, made executable. */
import { questionsOf } from '../../src/guide/kit.ts';
import type { Guide } from '../../src/guide/types.ts';
import { causes } from './causes.ts';
import { configuration } from './chapters/configuration.ts';
import { environmentSteps } from './chapters/environment.ts';
import { postgresqlSteps } from './chapters/postgresql.ts';
import { repositorySteps } from './chapters/repositories.ts';
import { requirements } from './chapters/requirements.ts';
import { running } from './chapters/running.ts';
import { using } from './chapters/using.ts';
import { web } from './chapters/web.ts';
import { errata } from './errata.ts';
import { looks } from './looks.ts';
import { notes } from './notes.ts';
import { isDebianFamily, isEnterprise, isOn } from './platforms.ts';
import { ask, topics } from './questions.ts';
import { source } from './source.ts';

export const guide: Guide = {
  id: 'numbas',
  version: '1',
  title: { fr: 'Numbas LTI', en: 'Numbas LTI' },
  summary: { fr: 'exercices de mathématiques notés, dans Moodle', en: 'marked maths exams, inside Moodle' },
  rights: 'root',
  minutes: 6,
  unfit: [
    {
      when: isOn('el7', 'centos7'),
      say: {
        fr: 'RHEL 7 n’est plus maintenu depuis juin 2024 et n’a pas de Python 3.12, que Numbas demande. Prenez une machine avec RHEL, Rocky Linux ou AlmaLinux 9, ou Debian 13.',
        en: 'RHEL 7 has not been maintained since June 2024 and has no Python 3.12, which Numbas needs. Take a machine with RHEL, Rocky Linux or AlmaLinux 9, or Debian 13.',
      },
    },
    {
      when: { not: { any: [isDebianFamily, isEnterprise, isOn('el7', 'centos7')] } },
      say: {
        fr: 'Ce guide demande Debian 13, Ubuntu 24.04, ou RHEL, Rocky Linux ou AlmaLinux 8, 9 ou 10\u00a0; Debian 12 et Ubuntu 22.04 avec un Python qui convient.',
        en: 'This guide needs Debian 13, Ubuntu 24.04, or RHEL, Rocky Linux or AlmaLinux 8, 9 or 10; Debian 12 and Ubuntu 22.04 with a Python that fits.',
      },
    },
    {
      when: { not: { fact: 'init', is: ['systemd'] } },
      say: {
        fr: 'Les services de Numbas sont lancés par systemd, qui ne tourne pas sur cette machine.',
        en: 'Numbas’s services are started by systemd, which does not run on this machine.',
      },
    },
  ],
  topics,
  questions: questionsOf(ask),
  rules: [
    {
      rule: 'differs',
      of: ['INSTALL_DIR', 'VENV_DIR', 'MEDIA_DIR', 'STATIC_DIR'],
      say: {
        fr: 'Numbas, l’environnement virtuel, media et static doivent être dans des répertoires différents.',
        en: 'Numbas, the virtual environment, media and static have to be in different directories.',
      },
    },
  ],
  chapters: [
    requirements,
    {
      id: 'environment',
      title: { fr: 'Préparer l’environnement', en: 'Set up the environment' },
      steps: [...repositorySteps, ...environmentSteps, ...postgresqlSteps],
    },
    configuration,
    running,
    web,
    using,
  ],
  errata,
  looks,
  causes,
  notes,
  source,
  finished: [
    {
      fr: 'Numbas\u00a0: https://%DOMAIN%/, administrateur %SU_NAME% (https://%DOMAIN%/login).',
      en: 'Numbas: https://%DOMAIN%/, administrator %SU_NAME% (https://%DOMAIN%/login).',
    },
    {
      fr: 'Processus\u00a0: supervisorctl status numbas_lti:*\u00a0; journaux dans /var/log/supervisor.',
      en: 'Processes: supervisorctl status numbas_lti:*; logs in /var/log/supervisor.',
    },
    {
      fr: 'Après un changement à la main de settings.py\u00a0: supervisorctl restart numbas_lti:*',
      en: 'After a change of settings.py by hand: supervisorctl restart numbas_lti:*',
    },
  ],
};
