/** The welcome page, the last restart and the first meeting (source lines 239–258, 178). */
import type { Chapter } from '../../../src/guide/types.ts';
import { only } from '../../shared/conditions.ts';
import {
  bridgeFile,
  configFile,
  fromServer,
  isBridgeWell,
  isFocusWell,
  jicofoFile,
  letsAllIn,
  propertiesFile,
} from '../probes.ts';
import { isBehindNat } from '../questions/machine.ts';
import { isHocon, isSecure } from '../questions/rooms.ts';
import { build } from '../questions.ts';
import { jicofoKeys, propertiesKey } from './rooms.ts';

const { step, check, checklist, setting, systemdUnit } = build;

const bridgeKey = `file:${jicofoFile}#/jicofo.bridge.brewery-jid`;
const bridgePropertiesKey = `file:${propertiesFile}#/org.jitsi.jicofo.BRIDGE_MUC`;
const mappingsKey = `file:${bridgeFile}#/ice4j.harvest.mapping.static-mappings`;

const customise = step('customise', {
  title: { fr: 'Customisation de JITSI', en: 'Customise Jitsi' },
  why: {
    fr: 'Avant le dernier redémarrage, pour qu’il en suffise d’un. Les paquets ont déjà mis la salle des ponts\u00a0: d’habitude rien n’est à faire.',
    en: 'Before the last restart, so that one is enough. The packages have set the room of the bridges already: usually there is nothing to do.',
  },
  source: [[249, 258]],
  says: '>org.jitsi.jicofo.BRIDGE_MUC=JvbBrewery@internal.auth.(your_adress_domain)',
  errata: ['E24'],
  needs: ['install-jitsi'],
  do: [
    setting({
      when: isHocon,
      path: jicofoFile,
      syntax: 'hocon',
      name: 'jicofo.bridge.brewery-jid',
      value: 'JvbBrewery@internal.auth.%DOMAIN%',
    }),
    setting({
      when: { not: isHocon },
      path: propertiesFile,
      syntax: 'properties',
      name: 'org.jitsi.jicofo.BRIDGE_MUC',
      value: 'JvbBrewery@internal.auth.%DOMAIN%',
    }),
    setting({
      when: { answer: 'WELCOME', is: ['room'] },
      path: configFile,
      syntax: 'javascript',
      section: 'config',
      name: 'enableWelcomePage',
      value: 'false',
      form: 'raw',
    }),
  ],
});

const nat = step('nat-mapping', {
  title: { fr: 'Adresses derrière un NAT', en: 'Addresses behind NAT' },
  why: {
    fr: 'Sans elles, les participants du dehors ne voient ni n’entendent personne dès qu’ils sont trois. Le guide n’en dit rien\u00a0; Jitsi le demande.',
    en: 'Without them participants from outside neither see nor hear anybody as soon as they are three. The guide says nothing of it; Jitsi asks for it.',
  },
  source: [],
  when: isBehindNat,
  needs: ['install-jitsi'],
  do: [
    setting({
      path: bridgeFile,
      syntax: 'hocon',
      name: 'ice4j.harvest.mapping.static-mappings',
      value: '[ { local-address = %LOCAL_IP%, public-address = %PUBLIC_IP% } ]',
      form: 'raw',
    }),
  ],
});

const restart = step('restart-services', {
  title: { fr: 'Redémarrer tous les services', en: 'Restart all services' },
  why: {
    fr: 'Ceux dont un fichier a changé, et aucun autre\u00a0: les réunions en cours tombent. Prosody l’a été plus haut.',
    en: 'Those of which a file has changed, and no other: running meetings drop. Prosody was restarted further up.',
  },
  source: [[239, 248]],
  says: '$ sudo systemctl restart jitsi-videobridge2.service',
  errata: ['E23', 'E26'],
  needs: ['install-jitsi'],
  do: [
    systemdUnit({
      name: 'jicofo.service',
      enabled: true,
      active: true,
      restartOn: [...jicofoKeys, bridgeKey, propertiesKey, bridgePropertiesKey],
    }),
    systemdUnit({
      name: 'jitsi-videobridge2.service',
      enabled: true,
      active: true,
      restartOn: [mappingsKey],
    }),
    check({
      name: 'services-run',
      probe: {
        all: [{ service: 'prosody.service' }, { service: 'nginx.service' }],
      },
      level: 'stop',
      within: 10,
      say: {
        fr: 'Prosody ou nginx ne tourne pas\u00a0: «\u00a0systemctl status prosody nginx\u00a0» dit pourquoi. Démarrez-le, puis réessayez.',
        en: 'Prosody or nginx does not run: “systemctl status prosody nginx” says why. Start it, then try again.',
      },
    }),
    check({
      name: 'focus-well',
      probe: isFocusWell,
      level: 'stop',
      within: 60,
      say: {
        fr: 'jicofo ne se dit pas en bonne santé (http://127.0.0.1:8888/about/health)\u00a0: «\u00a0journalctl -u jicofo\u00a0» et /var/log/jitsi/jicofo.log disent pourquoi.',
        en: 'jicofo does not say that it is well (http://127.0.0.1:8888/about/health): “journalctl -u jicofo” and /var/log/jitsi/jicofo.log say why.',
      },
    }),
    check({
      name: 'bridge-well',
      probe: isBridgeWell,
      level: 'warn',
      within: 60,
      say: {
        fr: 'Le pont vidéo ne se dit pas en bonne santé (http://127.0.0.1:8080/about/health)\u00a0: /var/log/jitsi/jvb.log dit pourquoi.',
        en: 'The video bridge does not say that it is well (http://127.0.0.1:8080/about/health): /var/log/jitsi/jvb.log says why.',
      },
    }),
  ],
});

const final = step('final-checks', {
  title: { fr: 'Tester une salle de conférence', en: 'Test a conference room' },
  source: [[178, 178]],
  says: 'Le serveur Jitsi Meet est maintenant opérationnel et disponible pour des tests. Ouvrir un navigateur et pointer vers le…',
  needs: ['restart-services'],
  do: [
    check({
      name: 'start-page',
      probe: fromServer('/', 200),
      level: 'stop',
      within: 10,
      say: {
        fr: 'La page d’accueil ne vient pas sous le nom %DOMAIN%\u00a0: les journaux de nginx disent pourquoi.',
        en: 'The welcome page does not come under the name %DOMAIN%: nginx’s logs say why.',
      },
    }),
    check({
      name: 'xmpp-answers',
      probe: fromServer('/http-bind', 200),
      level: 'stop',
      within: 30,
      say: {
        fr: 'Prosody ne répond pas derrière nginx (/http-bind)\u00a0: «\u00a0journalctl -u prosody\u00a0» dit pourquoi.',
        en: 'Prosody does not answer behind nginx (/http-bind): “journalctl -u prosody” says why.',
      },
    }),
    ...only({ not: isSecure }, [
      check({
        name: 'all-get-in',
        probe: letsAllIn,
        level: 'stop',
        within: 30,
        say: {
          fr: 'Prosody n’accepte personne sans compte sur %DOMAIN%, alors que les salles sont à tous (réponse SECURE)\u00a0: regardez son fichier.',
          en: 'Prosody lets nobody in without an account at %DOMAIN%, although rooms are for all (answer SECURE): look at its file.',
        },
      }),
    ]),
    checklist({
      name: 'final-checks',
      items: [
        {
          id: 'first-room',
          when: isSecure,
          text: {
            fr: 'Ouvrir une salle avec un des comptes, et garder les mots de passe en lieu sûr (coffre de mots de passe).',
            en: 'Open a room with one of the accounts, and keep the passwords in a safe place (password vault).',
          },
          at: 'https://%DOMAIN%/',
          optional: true,
        },
        {
          id: 'guest-joins',
          text: {
            fr: 'La rejoindre comme invité depuis un autre réseau, puis à trois\u00a0: c’est alors le pont vidéo qui transmet (10000/udp).',
            en: 'Join it as a guest from another network, then make three of you: then it is the video bridge that passes it on (10000/udp).',
          },
          optional: true,
        },
        {
          id: 'cable',
          text: {
            fr: 'Le serveur est relié par un câble, et non par Wi-Fi\u00a0; derrière un routeur, 80/tcp, 443/tcp et 10000/udp sont renvoyés vers lui.',
            en: 'The server is on a cable, not on Wi-Fi; behind a router 80/tcp, 443/tcp and 10000/udp are forwarded to it.',
          },
          optional: true,
        },
      ],
    }),
  ],
});

export const finishing: Chapter = {
  id: 'customisation',
  title: { fr: 'Customisation et redémarrage', en: 'Customising and restarting' },
  steps: [customise, nat, restart, final],
};
