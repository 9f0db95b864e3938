/** Outcome reporting, updating, first use (source lines 294–326). */
import type { Chapter } from '../../../src/guide/types.ts';
import { byWizard } from '../../shared/conditions.ts';
import { fromServer, hasConsumer, hasSuperuser, python, signsIn } from '../probes.ts';
import { reaches } from '../programs.ts';
import { isForm } from '../questions/instance.ts';
import { build } from '../questions.ts';
import { isOther } from '../releases.ts';

const { step, check, checklist } = build;

const outcome = step('outcome-reporting', {
  title: { fr: 'Vérifier la remontée des notes', en: 'Ensure outcome reporting works' },
  source: [[294, 300]],
  says: 'Normally, this is on the same domain as the consumer.',
  needs: ['pip-install'],
  do: [
    check({
      when: { not: { answer: 'CONSUMER_HOST', is: [''] } },
      name: 'consumer-reached',
      probe: {
        run: [python, '-c', reaches, '%CONSUMER_HOST%', '%PROXY%'],
        as: '%APP_USER%',
        cwd: '/',
        contains: 'SETUP-WIZARD yes',
      },
      level: 'warn',
      verify: false,
      say: {
        fr: 'https://%CONSUMER_HOST%/ ne répond pas à cette machine\u00a0: les notes n’y arriveraient pas. Ouvrez le port 443 de la plateforme à l’adresse de cette machine, ou corrigez les réponses CONSUMER_HOST et PROXY.',
        en: 'https://%CONSUMER_HOST%/ does not answer this machine: scores would not get there. Open port 443 of the platform to the address of this machine, or correct the answers CONSUMER_HOST and PROXY.',
      },
    }),
    checklist({
      name: 'outcome-reporting',
      items: [
        {
          id: 'outcome-reporting',
          text: {
            fr: 'Rendre une note une fois d’essai depuis un exercice, et la voir dans le carnet de notes de la plateforme.',
            en: 'Report a score once from a trial exam, and see it in the platform’s gradebook.',
          },
          optional: true,
        },
      ],
    }),
  ],
});

const update = step('upgrade', {
  title: { fr: 'Mettre à jour le logiciel', en: 'Updating the software' },
  source: [[302, 315]],
  says: 'supervisorctl restart numbas_lti:',
  errata: ['E35'],
  do: [
    checklist({
      name: 'upgrade',
      items: [
        {
          id: 'upgrade',
          text: {
            fr: 'Plus tard, pour mettre à jour à la main\u00a0: lire d’abord les notes de version de Numbas, sauvegarder la base et %MEDIA_DIR%, puis, en tant que root\u00a0:',
            en: 'Later, to update by hand: first read Numbas’s upgrade notes, back up the database and %MEDIA_DIR%, then, as root:',
          },
          at: 'https://docs.numbas.org.uk/lti/en/latest/installation/upgrade.html',
          fields: [
            { label: '1', value: 'supervisorctl stop numbas_lti:' },
            {
              label: '2',
              value: 'git -C %INSTALL_DIR% fetch --depth 1 %REPOSITORY% %BRANCH%',
              when: { not: isOther },
            },
            { label: '2', value: 'git -C %INSTALL_DIR% fetch --depth 1 %REPOSITORY% %REF%', when: isOther },
            { label: '3', value: 'git -C %INSTALL_DIR% reset --hard FETCH_HEAD' },
            { label: '4', value: '%VENV_DIR%/bin/pip install -r %INSTALL_DIR%/requirements.txt' },
            {
              label: '5',
              value:
                'runuser -u %APP_USER% -- env -C %INSTALL_DIR% %VENV_DIR%/bin/python manage.py migrate --noinput',
            },
            {
              label: '6',
              value:
                'runuser -u %APP_USER% -- env -C %INSTALL_DIR% %VENV_DIR%/bin/python manage.py collectstatic --noinput',
            },
            { label: '7', value: 'supervisorctl start numbas_lti:' },
          ],
          optional: true,
        },
      ],
    }),
  ],
});

const signIn = {
  text: {
    fr: 'Se connecter à Numbas comme administrateur, et garder le mot de passe en lieu sûr (coffre de mots de passe).',
    en: 'Sign in to Numbas as the administrator, and keep the password in a safe place (password vault).',
  },
  at: 'https://%DOMAIN%/login',
  fields: [
    { label: 'Username', value: '%SU_NAME%' },
    { label: 'Password', value: '%SU_PASSWORD%', when: byWizard('SETTINGS_BY') },
  ],
  optional: true,
} as const;

const ready = step('ready', {
  title: { fr: 'Prêt à l’emploi', en: 'Ready to use' },
  source: [[317, 326]],
  errata: ['E36'],
  says: "Once you've got everything running, the LTI provider will be available to use, at the domain name you configured.",
  needs: ['nginx-vhost', 'superuser', 'first-setup'],
  do: [
    check({
      name: 'start-page',
      probe: fromServer('/', 200),
      level: 'stop',
      within: 10,
      say: {
        fr: 'La page d’accueil ne vient pas sous le nom %DOMAIN%\u00a0: «\u00a0supervisorctl status\u00a0» et les journaux du serveur web disent pourquoi.',
        en: 'The start page does not come under the name %DOMAIN%: “supervisorctl status” and the logs of the web server say why.',
      },
    }),
    check({
      name: 'sign-in',
      when: byWizard('SETTINGS_BY'),
      probe: signsIn,
      level: 'warn',
      verify: false,
      say: {
        fr: '%SU_NAME% ne peut pas se connecter avec le mot de passe que connaît l’assistant\u00a0: il a été changé depuis, ou la connexion est en panne. La sortie de l’étape dit où cela s’arrête.',
        en: '%SU_NAME% cannot sign in with the password that the wizard knows: it was changed since, or signing in is broken. The output of the step says where it stops.',
      },
    }),
    checklist({
      name: 'ready',
      items: [
        { id: 'first-login', when: byWizard('SETTINGS_BY'), ...signIn, proof: signsIn },
        { id: 'first-login-by-form', when: isForm, ...signIn, proof: hasSuperuser },
        {
          id: 'consumer-key',
          text: {
            fr: 'Créer une clé pour chaque plateforme (Moodle, Canvas, Blackboard…), et la recopier chez elle. LTI 1.3 vaut mieux si elle le connaît.',
            en: 'Create a key for each platform (Moodle, Canvas, Blackboard…), and copy it there. LTI 1.3 is better if it knows it.',
          },
          at: 'https://%DOMAIN%/consumers',
          fields: [
            {
              label: 'Tool URL',
              value: 'https://%DOMAIN%/lti13/launch/',
              note: { fr: 'LTI 1.3, chez la plateforme', en: 'LTI 1.3, in the platform' },
            },
            { label: 'Public keyset URL', value: 'https://%DOMAIN%/lti13/jwks/' },
            { label: 'Login URL', value: 'https://%DOMAIN%/lti13/login/' },
            {
              label: 'Launch URL',
              value: 'https://%DOMAIN%/lti_entry',
              note: {
                fr: 'LTI 1.1, avec la clé et le secret que Numbas montre',
                en: 'LTI 1.1, with the key and the secret that Numbas shows',
              },
            },
          ],
          proof: hasConsumer,
          unproven: {
            fr: 'Numbas ne connaît encore aucune plateforme.',
            en: 'Numbas knows no platform yet.',
          },
        },
      ],
    }),
  ],
});

export const using: Chapter = {
  id: 'using',
  title: { fr: 'Utiliser Numbas', en: 'Using Numbas' },
  steps: [outcome, update, ready],
};
