/** OnTask: "Installation process" of its manual, made executable. */
import { questionsOf } from '../../src/guide/kit.ts';
import type { Guide } from '../../src/guide/types.ts';
import { causes } from './causes.ts';
import { admin } from './chapters/admin.ts';
import { authentication } from './chapters/authentication.ts';
import { ontask } from './chapters/ontask.ts';
import { postgresql } from './chapters/postgresql.ts';
import { production } from './chapters/production.ts';
import { pythonChapter } from './chapters/python.ts';
import { redis } from './chapters/redis.ts';
import { requirements } from './chapters/requirements.ts';
import { scheduling } from './chapters/scheduling.ts';
import { errata } from './errata.ts';
import { looks } from './looks.ts';
import { notes } from './notes.ts';
import { ask, topics } from './questions.ts';
import { source } from './source.ts';

export const guide: Guide = {
  id: 'ontask',
  version: '1',
  title: { fr: 'OnTask', en: 'OnTask' },
  summary: { fr: 'accompagnement personnalisé des apprenants', en: 'personalised support for learners' },
  rights: 'root',
  minutes: 9,
  unfit: [
    {
      when: { not: { fact: 'os.id', is: ['debian'] } },
      say: {
        fr: 'Ce guide est fait pour Debian\u00a0; ce système n’en est pas un.',
        en: 'This guide is made for Debian; this system is not one.',
      },
    },
    {
      when: { not: { fact: 'os.version', is: ['11', '12', '13'] } },
      say: {
        fr: 'Ce guide demande Debian 12\u00a0; Debian 11 et 13 avec un Python qui convient.',
        en: 'This guide needs Debian 12; Debian 11 and 13 with a Python that fits.',
      },
    },
    {
      when: { not: { fact: 'init', is: ['systemd'] } },
      say: {
        fr: 'OnTask est lancé par systemd, qui ne tourne pas sur cette machine.',
        en: 'OnTask is started by systemd, which does not run on this machine.',
      },
    },
  ],
  topics,
  questions: questionsOf(ask),
  rules: [
    {
      rule: 'differs',
      of: ['ROOT', 'VENV'],
      say: {
        fr: 'L’environnement virtuel et OnTask doivent être dans deux répertoires différents.',
        en: 'The virtual environment and OnTask have to be in two different directories.',
      },
    },
  ],
  chapters: [
    requirements,
    redis,
    postgresql,
    pythonChapter,
    ontask,
    production,
    admin,
    authentication,
    scheduling,
  ],
  errata,
  looks,
  causes,
  notes,
  source,
  finished: [
    {
      fr: 'OnTask\u00a0: https://%DOMAIN%/ (en développement, http://127.0.0.1:8000/), compte %SU_EMAIL%.',
      en: 'OnTask: https://%DOMAIN%/ (in development http://127.0.0.1:8000/), account %SU_EMAIL%.',
    },
    {
      fr: 'Journaux\u00a0: «\u00a0%ROOT%/logs\u00a0»\u00a0; journalctl -u ontask-web -u ontask-celery -u ontask-beat.',
      en: 'Logs: %ROOT%/logs; journalctl -u ontask-web -u ontask-celery -u ontask-beat.',
    },
    {
      fr: 'Après un changement à la main de local.env\u00a0: systemctl restart ontask-web ontask-celery ontask-beat.',
      en: 'After a change of local.env by hand: systemctl restart ontask-web ontask-celery ontask-beat.',
    },
  ],
};
