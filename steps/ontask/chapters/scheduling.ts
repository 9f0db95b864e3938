/** Scheduled tasks: services since 2.8, cron in the printed release (source lines 233–273). */
import type { Chapter } from '../../../src/guide/types.ts';
import { asOntask, python } from '../probes.ts';
import { build } from '../questions.ts';
import { isPrinted, isProduction, isRecent } from '../releases.ts';
import { inputs } from './production.ts';

const { step, check, checklist, command, file, packages, systemdUnit } = build;

const services = step('celery-services', {
  title: { fr: 'Services ontask-celery et ontask-beat', en: 'Services ontask-celery and ontask-beat' },
  why: {
    fr: 'Depuis la 2.8, un service exécute les actions et un autre les planifie\u00a0: il n’y a plus de ligne cron.',
    en: 'Since 2.8 a service runs the actions and another one schedules them: there is no cron line any more.',
  },
  source: [[234, 246]],
  says: 'storage (the database), and a time-based job scheduler external to the tool.',
  errata: ['E23'],
  when: { all: [isRecent, isProduction] },
  needs: ['migrate'],
  do: [
    systemdUnit({
      name: 'ontask-celery.service',
      template: 'ontask/ontask-celery.service',
      enabled: true,
      active: true,
      restartOn: inputs,
      claims: ['unit:ontask-celery.service'],
    }),
    systemdUnit({
      name: 'ontask-beat.service',
      template: 'ontask/ontask-beat.service',
      enabled: true,
      active: true,
      restartOn: inputs,
      claims: ['unit:ontask-beat.service'],
    }),
    check({
      name: 'services-steady',
      probe: {
        all: [
          { service: 'ontask-web.service', for: 10 },
          { service: 'ontask-celery.service', for: 10 },
          { service: 'ontask-beat.service', for: 10 },
        ],
      },
      level: 'stop',
      within: 30,
      verify: false,
      say: {
        fr: 'Un des services s’arrête ou redémarre sans cesse\u00a0: «\u00a0journalctl -u ontask-web -u ontask-celery -u ontask-beat\u00a0» dit pourquoi.',
        en: 'One of the services stops or keeps restarting: “journalctl -u ontask-web -u ontask-celery -u ontask-beat” says why.',
      },
    }),
    check({
      name: 'worker-answers',
      probe: { run: ['%VENV%/bin/celery', '-A', 'ontask', 'inspect', 'ping'], ...asOntask, contains: 'pong' },
      level: 'stop',
      within: 60,
      verify: false,
      say: {
        fr: 'Le service ontask-celery ne répond pas par Redis\u00a0: «\u00a0journalctl -u ontask-celery\u00a0» dit pourquoi.',
        en: 'The service ontask-celery does not answer through Redis: “journalctl -u ontask-celery” says why.',
      },
    }),
  ],
});

const schedulerLog = '%ROOT%/logs/script.log';

const firstRun = '%ROOT%/logs/.scheduler-first-run';
const runAndMark = 'mark="$1" && shift && "$@" && touch "$mark"';
const schedulerScript = [
  'manage.py',
  'runscript',
  'scheduler_script',
  '-v3',
  '--traceback',
  '--script-args=-d',
] as const;

const cron = step('cron-scheduler', {
  title: { fr: 'Planifier les tâches par cron', en: 'Schedule tasks with cron' },
  source: [[245, 263]],
  says: 'Create a *crontab* file for the user running the server in your production',
  errata: ['E17', 'E18', 'E19'],
  when: isPrinted,
  needs: ['migrate'],
  do: [
    packages({ names: ['cron'] }),
    file({
      path: '/etc/cron.d/ontask',
      template: 'ontask/cron',
      syntax: 'cron',
      mode: '0644',
      owner: 'root:root',
    }),
    check({
      name: 'sendmail',
      probe: { exists: '/usr/sbin/sendmail' },
      level: 'warn',
      verify: false,
      say: {
        fr: 'Cette machine n’envoie pas de messages (il n’y a pas de /usr/sbin/sendmail)\u00a0: cron n’écrira pas à %ADMIN_MAIL_CRON%.',
        en: 'This machine sends no messages (there is no /usr/sbin/sendmail): cron will not write to %ADMIN_MAIL_CRON%.',
      },
    }),
    command({
      name: 'scheduler-first-run',
      run: ['sh', '-c', runAndMark, 'sh', firstRun, python, ...schedulerScript],
      ...asOntask,
      done: { exists: firstRun },
      undo: { run: ['rm', '-f', firstRun] },
      interrupted: 'again',
      verify: false,
      why: {
        fr: 'La commande de cron, exécutée une première fois tout de suite.',
        en: 'The command of cron, run once right away.',
      },
    }),
  ],
});

const log = step('scheduler-log', {
  title: { fr: 'Journal du planificateur', en: 'Scheduler log' },
  source: [[264, 266]],
  says: 'a logger that writes the messages to the file ``script.log`` in the ``logs``',
  errata: ['E20'],
  when: isPrinted,
  needs: ['cron-scheduler'],
  do: [
    check({
      name: 'scheduler-log',
      probe: { exists: schedulerLog },
      level: 'stop',
      say: {
        fr: 'Le planificateur n’écrit pas «\u00a0%ROOT%/logs/script.log\u00a0»\u00a0: regardez %CRONTAB_LOG%.',
        en: 'The scheduler does not write %ROOT%/logs/script.log: look at %CRONTAB_LOG%.',
      },
    }),
  ],
});

const interval = step('scheduler-interval', {
  title: { fr: 'Accorder l’intervalle', en: 'Match the interval' },
  source: [[267, 273]],
  says: 'open the section with name *Core Configuration*, click in the preferences',
  when: isPrinted,
  needs: ['cron-scheduler', 'unit-web'],
  do: [
    checklist({
      name: 'scheduler-interval',
      items: [
        {
          id: 'scheduler-interval',
          text: {
            fr: 'Dans l’administration, «\u00a0Core Configuration\u00a0» › «\u00a0Preferences\u00a0», donner à l’intervalle la valeur de cron.',
            en: 'In the administration, “Core Configuration” › “Preferences”, give the interval the value of cron.',
          },
          at: 'https://%DOMAIN%/admin/',
          fields: [{ label: 'Minute interval to program scheduled tasks', value: '%CRON_MINUTES%' }],
        },
      ],
    }),
  ],
});

export const scheduling: Chapter = {
  id: 'scheduling',
  title: { fr: 'Tâches planifiées', en: 'Scheduling tasks' },
  steps: [services, cron, log, interval],
};
