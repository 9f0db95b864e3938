/** supervisord, and the daily maintenance (source lines 133–197). */
import type { Chapter } from '../../../src/guide/types.ts';
import { installed, programsFile, supervisorUnit } from '../platforms.ts';
import { build } from '../questions.ts';
import { settingsKey } from './configuration.ts';
import { sourceKey } from './environment.ts';

const { step, check, directory, file, supervisorProgram, systemdUnit } = build;

const logs = {
  fr: '/var/log/supervisor/numbas_lti_daphne_stderr.log et numbas_lti_huey_stdout.log disent pourquoi.',
  en: '/var/log/supervisor/numbas_lti_daphne_stderr.log and numbas_lti_huey_stdout.log say why.',
};

const programs = step('supervisord', {
  title: { fr: 'Configurer supervisord', en: 'Configure supervisord' },
  why: {
    fr: 'Des processus web et un de tâches de fond, sur 127.0.0.1, en tant que %APP_USER%. Les programmes des autres ne sont pas redémarrés.',
    en: 'Web processes and one for background tasks, on 127.0.0.1, as %APP_USER%. The programs of others are not restarted.',
  },
  source: [[133, 182]],
  says: 'Save the following as :file:`/etc/supervisord.d/numbas_lti.ini`::',
  errata: ['E19', 'E20', 'E21', 'E22', 'E23', 'E24'],
  needs: ['migrate', 'collectstatic', 'superuser'],
  do: [
    systemdUnit({ name: supervisorUnit, enabled: true, active: true }),
    directory({ path: '/var/log/supervisor' }),
    supervisorProgram({
      name: 'numbas_lti',
      path: programsFile,
      template: 'numbas/programs.ini',
      restartOn: [settingsKey, sourceKey],
      claims: ['supervisor:numbas_lti'],
    }),
    check({
      name: 'web-process-answers',
      probe: {
        http: 'http://127.0.0.1:%PORTS%00/login',
        host: '%DOMAIN%',
        header: 'X-Forwarded-Proto: https',
        status: 200,
        contains: 'csrfmiddlewaretoken',
      },
      level: 'stop',
      within: 60,
      say: {
        fr: `Le premier processus web ne donne pas la page de connexion (127.0.0.1, port %PORTS%00)\u00a0: ${logs.fr}`,
        en: `The first web process does not give the sign-in page (127.0.0.1, port %PORTS%00): ${logs.en}`,
      },
    }),
    check({
      name: 'other-names-refused',
      probe: {
        http: 'http://127.0.0.1:%PORTS%00/login',
        host: 'other.invalid',
        header: 'X-Forwarded-Proto: https',
        // Django's answer is 400; Numbas's own page for it wants the name too, and ends in 500.
        status: [400, 500],
      },
      level: 'stop',
      say: {
        fr: 'Numbas répond aussi sous un autre nom que %DOMAIN%\u00a0: vérifiez ALLOWED_HOSTS dans settings.py.',
        en: 'Numbas answers under another name than %DOMAIN% too: check ALLOWED_HOSTS in settings.py.',
      },
    }),
  ],
});

const clearSessions = '/etc/cron.daily/numbas-lti-clearsessions';

const maintenance = step('clearsessions-cron', {
  title: { fr: 'Tâches de maintenance régulières', en: 'Set up regular maintenance jobs' },
  source: [[184, 197]],
  says: '/opt/numbas_lti_python/bin/python manage.py clearsessions',
  errata: ['E25'],
  needs: ['migrate'],
  do: [
    ...installed({ debian: ['cron'], enterprise: ['cronie'] }),
    file({
      path: clearSessions,
      template: 'numbas/clearsessions.sh',
      syntax: 'shell',
      mode: '0755',
      owner: 'root:root',
    }),
    check({
      name: 'clearsessions',
      probe: { run: [clearSessions], cwd: '/' },
      level: 'stop',
      verify: false,
      say: {
        fr: `${clearSessions} échoue\u00a0: la sortie de l’étape dit pourquoi.`,
        en: `${clearSessions} fails: the output of the step says why.`,
      },
    }),
  ],
});

export const running: Chapter = {
  id: 'running',
  title: { fr: 'Faire tourner Numbas', en: 'Running Numbas' },
  steps: [programs, maintenance],
};
