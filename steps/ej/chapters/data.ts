/** Tables, administrator, sample data (source lines 86–110). */
import type { Chapter } from '../../../src/guide/types.ts';
import { byPerson, byWizard } from '../../shared/conditions.ts';
import { isCurrent, isPrinted, web, withProject } from '../layout.ts';
import {
  hasSuperuser,
  hasSuperuserCurrent,
  isMigrated,
  isMigratedCurrent,
  isFaked as isThere,
  isFakedCurrent as isThereCurrent,
  manage,
  manageCurrent,
  poetry,
  signsIn,
} from '../probes.ts';
import { isFaked } from '../questions/accounts.ts';
import { build } from '../questions.ts';

const { step, check, checklist, command, script, terminal } = build;

const migration = { name: 'migrate', undo: withProject, quiet: 1800 } as const;

const migrate = step('migrate', {
  title: { fr: 'Migrer la base', en: 'Run migrations' },
  why: {
    fr: 'Le conteneur l’a déjà fait à son démarrage\u00a0: il n’y a plus rien à faire d’ordinaire.',
    en: 'The container has done it when it started: usually nothing is left to do.',
  },
  source: [[86, 96]],
  says: '$ python manage.py migrate',
  errata: ['E9', 'E18'],
  do: [
    command({ when: isPrinted, ...migration, ...manage('migrate', '--noinput'), done: isMigrated }),
    command({
      when: isCurrent,
      ...migration,
      ...manageCurrent('migrate', '--noinput'),
      done: isMigratedCurrent,
    }),
  ],
});

const asks = {
  fr: 'Il demande une adresse\u00a0: donnez %SU_EMAIL%, celle de vos réponses.',
  en: 'It asks for an address: give %SU_EMAIL%, that of your answers.',
};
const made = { name: 'superuser', template: 'ej/superuser.py', syntax: 'python', undo: withProject } as const;
const typed = { name: 'superuser', undo: withProject, why: asks } as const;

const superuser = step('superuser', {
  title: { fr: 'Créer l’administrateur', en: 'Create the administrator' },
  source: [[97, 97]],
  says: '$ python manage.py createsuperuser',
  errata: ['E24'],
  needs: ['migrate'],
  do: [
    script({
      when: { all: [isPrinted, byWizard('SU_BY')] },
      ...made,
      ...manage('shell'),
      done: hasSuperuser,
    }),
    script({
      when: { all: [isCurrent, byWizard('SU_BY')] },
      ...made,
      ...manageCurrent('shell'),
      done: hasSuperuserCurrent,
    }),
    terminal({
      when: { all: [isPrinted, byPerson('SU_BY')] },
      ...typed,
      ...manage('createsuperuser'),
      done: hasSuperuser,
    }),
    terminal({
      when: { all: [isCurrent, byPerson('SU_BY')] },
      ...typed,
      ...manageCurrent('createsuperuser'),
      done: hasSuperuserCurrent,
    }),
    check({
      when: { all: [isPrinted, byWizard('SU_BY')] },
      name: 'sign-in',
      probe: signsIn,
      level: 'warn',
      verify: false,
      say: {
        fr: '%SU_EMAIL% ne peut pas se connecter avec le mot de passe que connaît l’assistant\u00a0: il a été changé depuis, ou la connexion est en panne. La sortie de l’étape dit où cela s’arrête.',
        en: '%SU_EMAIL% cannot sign in with the password that the wizard knows: it was changed since, or signing in is broken. The output of the step says where it stops.',
      },
    }),
  ],
});

const help = step('manage-help', {
  title: { fr: 'Autres commandes', en: 'Other commands' },
  source: [
    [99, 100],
    [108, 110],
  ],
  says: 'stage. Run ``$ python manage.py`` to see what is available.',
  when: isPrinted,
  do: [
    checklist({
      name: 'manage-help',
      items: [
        {
          id: 'manage-help',
          text: {
            fr: 'Rien à faire. Les autres commandes de Django et d’EJ, pour plus tard\u00a0; beaucoup de tâches «\u00a0inv\u00a0» ne marchent pas dans l’image de production.',
            en: 'Nothing to do. The other commands of Django and EJ, for later; many “inv” tasks do not work in the production image.',
          },
          fields: [
            { label: '$', value: 'docker exec -it %PROJECT%-web python manage.py' },
            { label: '$', value: 'docker exec -it %PROJECT%-web inv -l' },
          ],
          optional: true,
        },
      ],
    }),
  ],
});

const faking = {
  fr: 'Des comptes et des conversations inventés, dont un administrateur au mot de passe connu, se mêlent aux vrais\u00a0: rien ne les retire, sinon la base entière.',
  en: 'Made-up accounts and conversations, an administrator with a known password among them, mix with the real ones: nothing takes them out but the whole database.',
};

const faked = { name: 'db-fake', container: web, undo: { never: faking } } as const;

const fake = step('db-fake', {
  title: { fr: 'Données d’exemple', en: 'Sample data' },
  why: faking,
  source: [[102, 106]],
  says: '$ inv db-fake -h',
  errata: ['E8'],
  when: isFaked,
  needs: ['superuser'],
  do: [
    // Where others than the administrator are, there is nothing to do: real accounts are never mixed with these.
    command({ when: isPrinted, ...faked, run: ['inv', 'db-fake'], done: isThere }),
    command({ when: isCurrent, ...faked, run: [poetry, 'run', 'inv', 'db-fake'], done: isThereCurrent }),
  ],
});

export const data: Chapter = {
  id: 'initializing',
  title: { fr: 'Initialiser l’application', en: 'Initializing the application' },
  steps: [migrate, superuser, help, fake],
};
