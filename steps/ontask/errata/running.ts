/** Errata of what runs then (source lines 151–273). */
import type { Erratum } from '../../../src/guide/types.ts';

export const running: readonly Erratum[] = [
  {
    id: 'E15',
    source: [
      [189, 191],
      [215, 224],
    ],
    severity: 'security',
    says: {
      fr: 'OnTask croit REMOTE_USER d’emblée, et crée le compte qu’il nomme\u00a0: derrière un serveur qui laisserait passer cette valeur, chacun choisirait qui il est.',
      en: 'OnTask trusts REMOTE_USER from the start, and creates the account that it names: behind a server that lets this value pass, everybody would choose who they are.',
    },
    does: {
      fr: 'Ne renseigne pas REMOTE_USER, efface l’en-tête X-Remote-User d’un visiteur, et le vérifie. Un frontal déclaré (réponse REMOTE_USER) est cru.',
      en: 'Does not set REMOTE_USER, removes a visitor’s header X-Remote-User, and verifies that. A front end that is declared (answer REMOTE_USER) is believed.',
    },
  },
  {
    id: 'E16',
    source: [[158, 161]],
    severity: 'obsolete',
    says: {
      fr: 'runserver n’est qu’un serveur d’essai\u00a0: en production il renvoie vers https et ne donne pas les styles, et aucun serveur web ne devrait s’appuyer sur lui.',
      en: 'runserver is a trial server only: in production it redirects to HTTPS and gives no styles, and no web server should rest on it.',
    },
    does: {
      fr: 'L’essaie un instant, puis lance gunicorn comme service.',
      en: 'Tries it for a moment, then runs gunicorn as a service.',
    },
  },
  {
    id: 'E17',
    source: [
      [251, 251],
      [261, 263],
    ],
    severity: 'security',
    says: {
      fr: 'Le journal de cron dans un répertoire temporaire, sous un nom que chacun peut deviner\u00a0; «\u00a0>\u00a0» l’efface à chaque fois, et comme tout y va, MAILTO n’envoie jamais rien.',
      en: 'The log of cron in a temporary directory, under a name that anybody can guess; “>” empties it each time, and as everything goes there, MAILTO never sends anything.',
    },
    does: {
      fr: 'L’écrit dans les journaux d’OnTask, à la suite (>>).',
      en: 'Writes it among OnTask’s logs, at the end (>>).',
    },
  },
  {
    id: 'E18',
    source: [
      [248, 248],
      [256, 256],
    ],
    severity: 'breaks',
    says: {
      fr: '/usr/local/sbin est deux fois dans PATH, sans dommage\u00a0; mais «\u00a0python\u00a0» y est celui du système, sans les bibliothèques d’OnTask.',
      en: '/usr/local/sbin is in PATH twice, which is harmless; but “python” there is the system’s, without OnTask’s libraries.',
    },
    does: {
      fr: 'Met l’environnement virtuel en tête.',
      en: 'Puts the virtual environment first.',
    },
  },
  {
    id: 'E19',
    source: [[251, 251]],
    severity: 'breaks',
    says: {
      fr: 'Sans DJANGO_SETTINGS_MODULE, la tâche de cron prendrait les réglages de développement.',
      en: 'Without DJANGO_SETTINGS_MODULE the task of cron would take the development settings.',
    },
    does: {
      fr: 'Le donne dans le fichier de cron.',
      en: 'Gives it in the file of cron.',
    },
  },
  {
    id: 'E20',
    source: [[264, 264]],
    severity: 'unclear',
    says: {
      fr: '«\u00a0scheduler_scrip\u00a0»\u00a0: une coquille pour scheduler_script.',
      en: '“scheduler_scrip”: a slip for scheduler_script.',
    },
    does: {
      fr: 'Lance scheduler_script.',
      en: 'Runs scheduler_script.',
    },
  },
  {
    id: 'E21',
    source: [[154, 157]],
    severity: 'unclear',
    says: {
      fr: 'Un seul avertissement, W019\u00a0: ce n’est vrai que si USE_SSL est actif\u00a0; sans lui il y en a six.',
      en: 'One warning only, W019: that is true with USE_SSL only; without it there are six.',
    },
    does: {
      fr: 'Active USE_SSL en production, et s’arrête si un autre avertissement apparaît.',
      en: 'Switches USE_SSL on in production, and stops if another warning appears.',
    },
  },
  {
    id: 'E22',
    source: [[182, 185]],
    severity: 'breaks',
    says: {
      fr: 'En production, la 2.1.1 ne répond que sous le nom complet de la machine (erreur 400 sous un autre), ce que le guide ne dit pas.',
      en: 'In production 2.1.1 answers under the full name of the machine only (error 400 under another), which the guide does not say.',
    },
    does: {
      fr: 'Écrit ALLOWED_HOSTS pour les versions récentes\u00a0; pour la 2.1.1, vérifie que la machine a ce nom.',
      en: 'Writes ALLOWED_HOSTS for the recent releases; for 2.1.1 checks that the machine has that name.',
    },
  },
  {
    id: 'E23',
    source: [[236, 246]],
    severity: 'obsolete',
    says: {
      fr: 'Le planificateur par cron a disparu dans la 2.8.',
      en: 'The scheduler through cron is gone since 2.8.',
    },
    does: {
      fr: 'Deux services, ontask-celery et ontask-beat\u00a0; cron pour la 2.1.1 seulement.',
      en: 'Two services, ontask-celery and ontask-beat; cron for 2.1.1 only.',
    },
  },
];
