/** Django's own check, and a first start (source lines 151–161). */
import type { Step } from '../../../src/guide/types.ts';
import { asOntask, python } from '../probes.ts';
import { trial } from '../programs.ts';
import { build } from '../questions.ts';
import { isDevelopment, isProduction, isRecent } from '../releases.ts';

const { step, check, checklist } = build;

/** The ids of what the check finds, each once: it says them on its other stream. */
const findings = `"$@" 2>&1 | grep -o -E '[(][a-z0-9_]+[.][A-Z][0-9]+[)]' | sort -u | tr '\\n' ' '`;

const deploy = step('check-deploy', {
  title: { fr: 'Contrôle de déploiement', en: 'Deployment check' },
  why: {
    fr: 'Un avertissement est attendu, W019\u00a0: OnTask permet à ses propres pages de s’afficher dans un cadre.',
    en: 'One warning is expected, W019: OnTask lets its own pages be shown in a frame.',
  },
  source: [[151, 157]],
  says: 'The command should print just one warning about the configuration variable',
  errata: ['E21'],
  needs: ['migrate'],
  do: [
    check({
      when: isProduction,
      name: 'check-deploy',
      probe: {
        run: ['sh', '-c', findings, 'sh', python, 'manage.py', 'check', '--deploy'],
        ...asOntask,
        equals: '(security.W019)',
      },
      level: 'stop',
      verify: false,
      say: {
        fr: '«\u00a0manage.py check --deploy\u00a0» ne trouve pas le seul avertissement attendu (W019)\u00a0: les autres disent quel réglage de local.env n’est pas celui d’une production.',
        en: '“manage.py check --deploy” does not find the one expected warning (W019): the others say which setting of local.env is not that of a production instance.',
      },
    }),
    check({
      when: isDevelopment,
      name: 'check',
      probe: { run: [python, 'manage.py', 'check'], ...asOntask },
      level: 'stop',
      verify: false,
      say: {
        fr: '«\u00a0manage.py check\u00a0» trouve un problème\u00a0: lisez la sortie de l’étape, corrigez, puis réessayez.',
        en: '“manage.py check” finds a problem: read the step’s output, fix it, then try again.',
      },
    }),
  ],
});

const start = step('run-test', {
  title: { fr: 'Essai de démarrage', en: 'Trial run' },
  why: {
    fr: 'Le serveur d’essai de Django, un instant, sur un port libre de 127.0.0.1.',
    en: 'Django’s trial server, for a moment, on a free port of 127.0.0.1.',
  },
  source: [[158, 161]],
  says: 'python manage.py runserver',
  errata: ['E16'],
  needs: ['migrate'],
  do: [
    check({
      when: isRecent,
      name: 'run-test',
      probe: { run: [python, '-c', trial, '%DOMAIN%'], ...asOntask, contains: 'SETUP-WIZARD yes' },
      level: 'stop',
      verify: false,
      say: {
        fr: 'OnTask ne démarre pas\u00a0: la sortie de l’étape et «\u00a0%ROOT%/logs/django.log\u00a0» disent pourquoi.',
        en: 'OnTask does not start: the output of the step and %ROOT%/logs/django.log say why.',
      },
    }),
    checklist({
      when: isDevelopment,
      name: 'run-development',
      claims: ['port:tcp/%TRIAL_PORT%'],
      items: [
        {
          id: 'run-development',
          text: {
            fr: 'Lancer le serveur de développement quand vous en avez besoin, en tant que %RUN_USER%, dans %ROOT%\u00a0; Ctrl-C l’arrête.',
            en: 'Start the development server when you need it, as %RUN_USER%, in %ROOT%; Ctrl-C stops it.',
          },
          at: 'http://127.0.0.1:%TRIAL_PORT%/',
          fields: [
            {
              label: '$',
              value:
                'runuser -u %RUN_USER% -- env -C %ROOT% DJANGO_SETTINGS_MODULE=settings.development %VENV%/bin/python manage.py runserver %TRIAL_PORT%',
            },
          ],
          optional: true,
        },
      ],
    }),
  ],
});

export const checkSteps: readonly Step[] = [deploy, start];
