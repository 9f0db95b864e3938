/** Étape 3: repository, answers, packages (source lines 101–151). */
import type { Chapter } from '../../../src/guide/types.ts';
import { certificateFiles } from '../../shared/certificate.ts';
import { only } from '../../shared/conditions.ts';
import { isUbuntu } from '../platforms.ts';
import { configureAnew, configureBack, isConfigured, isTrusted, trust, trustNoMore } from '../programs.ts';
import { hasTurn } from '../questions/machine.ts';
import { areFiles } from '../questions/packages.ts';
import { build } from '../questions.ts';

const { step, aptRepository, check, command, debconfAnswer, packages } = build;

const key = step('repo-key', {
  title: { fr: 'Télécharger la clé Jitsi GPG', en: 'Download the Jitsi GPG key' },
  why: {
    fr: 'L’assistant la prend lui-même, et ne la croit que pour son empreinte\u00a0: %KEY_FINGERPRINT%.',
    en: 'The wizard fetches it itself, and believes it only for its fingerprint: %KEY_FINGERPRINT%.',
  },
  source: [[101, 121]],
  says: 'wget https://download.jitsi.org/jitsi-key.gpg.key',
  errata: ['E6', 'E7'],
  do: [packages({ names: ['ca-certificates', 'curl', 'gpg'] })],
});

const repository = step('repo-source', {
  title: { fr: 'Ajouter le dépôt Jitsi', en: 'Add the Jitsi repository' },
  source: [[123, 135]],
  says: 'deb https://download.jitsi.org stable/',
  errata: ['E8'],
  do: [
    check({
      when: isUbuntu,
      name: 'universe',
      probe: { run: ['sh', '-c', 'apt-cache policy | grep -q "c=universe"'] },
      level: 'stop',
      verify: false,
      say: {
        fr: 'Le dépôt universe d’Ubuntu, où sont Prosody et coturn, n’est pas activé\u00a0: «\u00a0add-apt-repository universe\u00a0», puis réessayez.',
        en: 'Ubuntu’s repository universe, which has Prosody and coturn, is not enabled: “add-apt-repository universe”, then try again.',
      },
    }),
    aptRepository({
      name: 'jitsi-stable',
      uri: '%REPOSITORY%',
      suite: 'stable/',
      key: '%REPOSITORY_KEY%',
      fingerprints: ['%KEY_FINGERPRINT%'],
    }),
  ],
});

const preseed = step('debconf-preseed', {
  title: { fr: 'Saisir le nom de domaine', en: 'Enter the domain name' },
  why: {
    fr: 'Les paquets posent leurs questions pendant l’installation\u00a0: elles ont leurs réponses avant. Les secrets qu’ils tirent au sort restent les leurs.',
    en: 'The packages ask their questions while they are installed: these have their answers before. The secrets that they make by chance stay theirs.',
  },
  source: [[143, 151]],
  says: 'Saisir le nom de domaine (par exemple, `jitsi.your-domain`)',
  errata: ['E10'],
  do: [
    ...only(areFiles, [
      { kind: 'packages', names: ['openssl'] },
      ...certificateFiles({ cert: '%TLS_CERT%', key: '%TLS_KEY%', domain: '%DOMAIN%' }),
    ]),
    debconfAnswer({
      package: 'jitsi-videobridge2',
      question: 'jitsi-videobridge/jvb-hostname',
      value: '%DOMAIN%',
    }),
    debconfAnswer({
      package: 'jitsi-meet-web-config',
      question: 'jitsi-meet/cert-choice',
      choice: { by: 'TLS', of: { files: 'own certificate', '': 'self-signed' } },
      why: {
        fr: 'Pour Let’s Encrypt aussi, l’installation commence par un certificat fait ici\u00a0: un échec n’arrête alors pas dpkg.',
        en: 'For Let’s Encrypt too, the installation begins with a certificate made here: a failure then does not stop dpkg.',
      },
    }),
    debconfAnswer({
      when: areFiles,
      package: 'jitsi-meet-web-config',
      question: 'jitsi-meet/cert-path-key',
      value: '%TLS_KEY%',
    }),
    debconfAnswer({
      when: areFiles,
      package: 'jitsi-meet-web-config',
      question: 'jitsi-meet/cert-path-crt',
      value: '%TLS_CERT%',
    }),
    debconfAnswer({
      package: 'jitsi-meet-web-config',
      question: 'jitsi-meet/jaas-choice',
      value: 'false',
      why: {
        fr: 'La téléphonie d’un service tiers\u00a0: le guide n’en parle pas.',
        en: 'The telephony of a third party’s service: the guide does not speak of it.',
      },
    }),
  ],
});

/** nginx in the same transaction: the packages see it there, and none of them takes Apache. */
const install = step('install-jitsi', {
  title: { fr: 'Installation de Jitsi Meet', en: 'Install Jitsi Meet' },
  source: [[137, 142]],
  says: 'sudo apt install jitsi-meet',
  errata: ['E9'],
  needs: ['debconf-preseed'],
  do: [
    command({
      name: 'jitsi-trust',
      run: ['sh', '-c', trust, 'sh', '%DOMAIN%'],
      done: { run: ['sh', '-c', isTrusted, 'sh', '%DOMAIN%'] },
      undo: { run: ['sh', '-c', trustNoMore, 'sh', '%DOMAIN%'] },
      why: {
        fr: 'La place du certificat interne que les paquets font reconnaître par cette machine\u00a0: ils ne l’enlèvent pas quand ils partent.',
        en: 'The place of the internal certificate that the packages make this machine trust: they do not take it away when they go.',
      },
    }),
    packages({ when: hasTurn, names: ['nginx', 'jitsi-meet', 'jitsi-meet-turnserver'] }),
    packages({ when: { not: hasTurn }, names: ['nginx', 'jitsi-meet'] }),
    command({
      name: 'jitsi-configure',
      run: ['sh', '-c', configureAnew, 'sh', '%DOMAIN%'],
      done: { run: ['sh', '-c', isConfigured, 'sh', '%DOMAIN%'] },
      undo: { run: ['sh', '-c', configureBack, 'sh', '%DOMAIN%'] },
      interrupted: 'again',
      why: {
        fr: 'Les paquets se configurent en s’installant. Ils ne sont configurés de nouveau que si leur nom a changé depuis.',
        en: 'The packages configure themselves while they are installed. They are configured anew only if their name has changed since.',
      },
    }),
  ],
});

export const installing: Chapter = {
  id: 'install',
  title: { fr: 'Étape 3\u00a0: installation', en: 'Step 3: installation' },
  steps: [key, repository, preseed, install],
};
