/** Pretix for K-Sup: "Installation de l'extension Inscription", made executable. */
import { questionsOf } from '../../src/guide/kit.ts';
import type { Guide } from '../../src/guide/types.ts';
import { causes } from './causes.ts';
import { apache } from './chapters/apache.ts';
import { application } from './chapters/application.ts';
import { components } from './chapters/components.ts';
import { configuration, installPackages } from './chapters/configuration.ts';
import { database } from './chapters/database.ts';
import { ksup } from './chapters/ksup.ts';
import { pretix } from './chapters/pretix.ts';
import { cron, services } from './chapters/services.ts';
import { user } from './chapters/user.ts';
import { errata } from './errata.ts';
import { looks } from './looks.ts';
import { notes } from './notes.ts';
import { ask, topics } from './questions.ts';
import { source } from './source.ts';

export const guide: Guide = {
  id: 'pretix',
  version: '1',
  title: { fr: 'Pretix', en: 'Pretix' },
  summary: { fr: 'inscriptions aux évènements de K-Sup', en: 'registrations for events of K-Sup' },
  rights: 'root',
  minutes: 5,
  unfit: [
    {
      when: { not: { fact: 'os.id', is: ['debian'] } },
      say: {
        fr: 'Ce guide a été éprouvé sur Debian 12 et 13\u00a0; ce système n’est pas un Debian.',
        en: 'This guide was tried on Debian 12 and 13; this system is not a Debian.',
      },
    },
    {
      when: { not: { fact: 'os.version', is: ['12', '13'] } },
      say: {
        fr: 'Ce guide demande Debian 12 ou 13.',
        en: 'This guide needs Debian 12 or 13.',
      },
    },
    {
      when: { not: { fact: 'init', is: ['systemd'] } },
      say: {
        fr: 'Pretix est lancé par systemd, qui ne tourne pas sur cette machine.',
        en: 'Pretix is started by systemd, which does not run on this machine.',
      },
    },
  ],
  topics,
  questions: questionsOf(ask),
  rules: [
    {
      rule: 'sameHost',
      of: ['SERVER_NAME', 'REVERSE_PROXY_URL'],
      say: {
        fr: 'Ce nom doit être celui de l’URL publique\u00a0: sous un autre, Pretix répond par une erreur 400.',
        en: 'This name has to be that of the public URL: under another one Pretix answers with an error 400.',
      },
    },
    {
      rule: 'differs',
      of: ['REDIS_DB_RESULTS', 'REDIS_DB_CACHE', 'REDIS_DB_QUEUE'],
      say: {
        fr: 'Les trois bases Redis doivent être différentes.',
        en: 'The three Redis databases have to be different.',
      },
    },
  ],
  chapters: [
    components,
    user,
    database,
    installPackages,
    configuration,
    pretix,
    services,
    cron,
    apache,
    application,
    ksup,
  ],
  errata,
  looks,
  causes,
  notes,
  source,
  finished: [
    {
      fr: 'Pretix\u00a0: %REVERSE_PROXY_URL%/control, compte admin@localhost.',
      en: 'Pretix: %REVERSE_PROXY_URL%/control, account admin@localhost.',
    },
    {
      fr: 'API pour K-Sup\u00a0: %REVERSE_PROXY_URL%/api/v1/organizers/%ORG_SLUG%/',
      en: 'API for K-Sup: %REVERSE_PROXY_URL%/api/v1/organizers/%ORG_SLUG%/',
    },
    {
      fr: 'Journaux\u00a0: journalctl -u pretix-web -u pretix-worker\u00a0; /var/log/apache2/pretix-error.log.',
      en: 'Logs: journalctl -u pretix-web -u pretix-worker; /var/log/apache2/pretix-error.log.',
    },
  ],
};
