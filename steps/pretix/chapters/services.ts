/** Services and periodic tasks (source lines 158–211). */
import type { Chapter } from '../../../src/guide/types.ts';
import { portFreeFor } from '../../shared/checks.ts';
import { asPretix, fromPretix, home, venv } from '../probes.ts';
import { build } from '../questions.ts';

const { step, check, command, file, packages, systemdUnit } = build;

const inputs = ['file:/etc/pretix/pretix.cfg', `pip:${venv}/pretix`] as const;

const unitWeb = step('unit-web', {
  title: { fr: 'Service pretix-web', en: 'Service pretix-web' },
  source: [
    [158, 183],
    [202, 205],
  ],
  says: 'sudo touch /etc/systemd/system/pretix-web.service',
  errata: ['E-unit-after'],
  needs: ['migrate', 'admin-password'],
  do: [
    portFreeFor(8345, '/etc/systemd/system/pretix-web.service', {
      fr: 'Le port 8345, celui de Pretix, est déjà pris sur cette machine.',
      en: 'Port 8345, which Pretix needs, is taken on this machine.',
    }),
    systemdUnit({
      name: 'pretix-web.service',
      template: 'pretix/pretix-web.service',
      enabled: true,
      active: true,
      restartOn: inputs,
      claims: ['port:tcp/8345'],
    }),
  ],
});

const unitWorker = step('unit-worker', {
  title: { fr: 'Service pretix-worker', en: 'Service pretix-worker' },
  source: [
    [162, 163],
    [185, 205],
  ],
  says: 'sudo touch /etc/systemd/system/pretix-worker.service',
  errata: ['E-unit-after'],
  needs: ['migrate'],
  do: [
    systemdUnit({
      name: 'pretix-worker.service',
      template: 'pretix/pretix-worker.service',
      enabled: true,
      active: true,
      restartOn: inputs,
    }),
  ],
});

const start = step('services-start', {
  title: { fr: 'Les deux services tournent', en: 'Both services run' },
  source: [[202, 205]],
  says: 'sudo systemctl start pretix-web pretix-worker',
  needs: ['unit-web', 'unit-worker'],
  do: [
    check({
      name: 'services-steady',
      probe: {
        all: [
          { service: 'pretix-web.service', for: 10 },
          { service: 'pretix-worker.service', for: 10 },
        ],
      },
      level: 'stop',
      within: 30,
      verify: false,
      say: {
        fr: 'Un des services s’arrête ou redémarre sans cesse\u00a0: «\u00a0journalctl -u pretix-web -u pretix-worker\u00a0» dit pourquoi.',
        en: 'One of the services stops or keeps restarting: “journalctl -u pretix-web -u pretix-worker” says why.',
      },
    }),
    check({
      name: 'pretix-healthy',
      probe: fromPretix('/healthcheck/', 200),
      level: 'stop',
      within: 60,
      say: {
        fr: 'Pretix ne répond pas sur le port 8345\u00a0: «\u00a0journalctl -u pretix-web\u00a0» dit pourquoi.',
        en: 'Pretix does not answer on port 8345: “journalctl -u pretix-web” says why.',
      },
    }),
    check({
      name: 'worker-answers',
      probe: {
        run: [`${venv}/bin/celery`, '-A', 'pretix.celery_app', 'inspect', 'ping'],
        ...asPretix,
        contains: 'pong',
      },
      level: 'stop',
      within: 60,
      verify: false,
      say: {
        fr: 'Le service pretix-worker ne répond pas par Redis\u00a0: «\u00a0journalctl -u pretix-worker\u00a0» dit pourquoi.',
        en: 'The service pretix-worker does not answer through Redis: “journalctl -u pretix-worker” says why.',
      },
    }),
  ],
});

export const services: Chapter = {
  id: 'services',
  title: { fr: 'Services', en: 'Services' },
  steps: [unitWeb, unitWorker, start],
};

const firstRun = `${home}/data/.runperiodic-first-run`;

export const cron: Chapter = {
  id: 'cron',
  title: { fr: 'Tâches périodiques', en: 'Periodic tasks' },
  steps: [
    step('cron', {
      title: { fr: 'Tâche périodique runperiodic', en: 'Periodic task runperiodic' },
      source: [[207, 211]],
      says: '15,45 * * * * export PATH=/var/pretix/venv/bin:$PATH && cd /var/pretix && python -m pretix runperiodic',
      errata: ['E-crontab', 'E-ecb'],
      needs: ['migrate'],
      do: [
        packages({ names: ['cron'] }),
        file({
          path: '/etc/cron.d/pretix',
          template: 'pretix/cron',
          syntax: 'cron',
          mode: '0644',
          owner: 'root:root',
        }),
        command({
          name: 'runperiodic-first-run',
          run: [
            'sh',
            '-c',
            `export PATH=${venv}/bin:/usr/local/bin:/usr/bin:/bin && cd ${home} && python -m pretix runperiodic && touch ${firstRun}`,
          ],
          ...asPretix,
          done: { exists: firstRun },
          undo: { run: ['rm', '-f', firstRun] },
          verify: false,
          why: {
            fr: 'La ligne de cron, exécutée une première fois tout de suite\u00a0; sans Internet elle se plaint de la BCE et réussit quand même.',
            en: 'The cron line, run once right away; without Internet it complains about the ECB and succeeds all the same.',
          },
        }),
      ],
    }),
  ],
};
