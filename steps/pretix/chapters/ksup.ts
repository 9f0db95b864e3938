/** K-Sup (source lines 317–338). */
import type { Chapter } from '../../../src/guide/types.ts';
import { byPerson, byWizard } from '../../shared/conditions.ts';
import { fromApi } from '../probes.ts';
import { build } from '../questions.ts';

const { step, check, checklist, file, systemdUnit } = build;

const path = '%KSUP_CONF_DIR%/env_inscription.properties';
const hasUnit = { all: [byWizard('KSUP_BY'), { not: { answer: 'KSUP_UNIT', is: [''] } }] };

const properties = step('ksup-props', {
  title: { fr: 'env_inscription.properties de K-Sup', en: 'K-Sup’s env_inscription.properties' },
  source: [[317, 330]],
  says: 'Il faut créer un fichier env_inscription.properties dans le répertoire de configuration de K-Sup.',
  errata: ['E-curl'],
  needs: ['api-token'],
  do: [
    checklist({
      when: byPerson('KSUP_BY'),
      name: 'ksup-props',
      items: [
        {
          id: 'ksup-properties',
          text: {
            fr: 'Sur le serveur K-Sup, en tant que %KSUP_USER%, créer %KSUP_CONF_DIR%/env_inscription.properties avec ces trois lignes (chmod 640\u00a0: le fichier contient le jeton).',
            en: 'On the K-Sup server, as %KSUP_USER%, create %KSUP_CONF_DIR%/env_inscription.properties with these three lines (chmod 640: it holds the token).',
          },
          fields: [
            { label: 'base-url', value: 'api.pretix.server.base-url=%REVERSE_PROXY_URL%' },
            { label: 'token', value: 'api.pretix.token=%PRETIX_API_TOKEN%' },
            { label: 'organizer', value: 'api.pretix.organizer=%ORG_SLUG%' },
          ],
        },
      ],
    }),
    check({
      when: byWizard('KSUP_BY'),
      name: 'ksup-here',
      probe: { all: [{ exists: '%KSUP_CONF_DIR%' }, { run: ['getent', 'passwd', '%KSUP_USER%'] }] },
      level: 'stop',
      say: {
        fr: 'K-Sup n’est pas sur cette machine\u00a0: le répertoire %KSUP_CONF_DIR% ou l’utilisateur %KSUP_USER% n’existe pas. Corrigez la réponse, ou faites-le à la main (KSUP_BY = person).',
        en: 'K-Sup is not on this machine: the directory %KSUP_CONF_DIR% or the user %KSUP_USER% does not exist. Correct the answer, or do it by hand (KSUP_BY = person).',
      },
    }),
    file({
      when: byWizard('KSUP_BY'),
      path,
      template: 'pretix/env_inscription.properties',
      syntax: 'properties',
      mode: '0640',
      owner: '%KSUP_USER%',
    }),
  ],
});

const restart = step('ksup-restart', {
  title: { fr: 'Redémarrer K-Sup', en: 'Restart K-Sup' },
  source: [[331, 331]],
  says: 'Après avoir effectué cette configuration, il faut redémarrer le serveur K-Sup.',
  needs: ['ksup-props'],
  do: [
    systemdUnit({
      when: hasUnit,
      name: '%KSUP_UNIT%',
      enabled: true,
      active: true,
      restartOn: [`file:${path}`],
      why: {
        fr: 'Le service redémarre quand son fichier a changé.',
        en: 'The service restarts when its file has changed.',
      },
    }),
    checklist({
      when: { not: hasUnit },
      name: 'ksup-restart',
      items: [
        {
          id: 'ksup-restart',
          text: {
            fr: 'Redémarrer K-Sup, à un moment où ses utilisateurs peuvent s’en passer.',
            en: 'Restart K-Sup at a time when its users can do without it.',
          },
        },
      ],
    }),
  ],
});

const verify = step('ksup-verify', {
  title: { fr: 'Vérifier dans K-Sup', en: 'Verify in K-Sup' },
  source: [[333, 338]],
  says: "Un fois l'environnement K-Sup démarré, il est possible de vérifier la configuration :",
  needs: ['ksup-restart'],
  do: [
    checklist({
      name: 'ksup-verify',
      items: [
        {
          id: 'ksup-logs',
          text: {
            fr: 'Vérifier l’absence d’erreur dans le journal de démarrage de K-Sup (xxx-webapp.log).',
            en: 'Check that K-Sup’s start-up log (xxx-webapp.log) has no error.',
          },
          optional: true,
        },
        {
          id: 'ksup-event',
          text: {
            fr: 'Créer un évènement depuis K-Sup\u00a0: il apparaît alors dans Pretix.',
            en: 'Create an event from K-Sup: it then shows in Pretix.',
          },
          at: '%REVERSE_PROXY_URL%/control/events/',
          proof: fromApi('%ORG_SLUG%/events/', '"slug"'),
          unproven: {
            fr: 'l’organisateur n’a aucun évènement dans Pretix.',
            en: 'the organizer has no event in Pretix.',
          },
          optional: true,
        },
      ],
    }),
  ],
});

export const ksup: Chapter = {
  id: 'ksup',
  title: { fr: 'Configuration de K-Sup', en: 'K-Sup configuration' },
  steps: [properties, restart, verify],
};
