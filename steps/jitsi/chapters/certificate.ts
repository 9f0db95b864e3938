/** Étape 4: a signed certificate, and port 80 (source lines 152–178). */
import type { Chapter, Cond } from '../../../src/guide/types.ts';
import { selfSigned } from '../../shared/certificate.ts';
import { only } from '../../shared/conditions.ts';
import { siteFile } from '../probes.ts';
import {
  isVouchedFor,
  letsEncrypt,
  letsEncryptBack,
  nameCertificate,
  nameCertificateBack,
  namesCertificate,
  showsName,
} from '../programs.ts';
import { hasName, isPort80Closed, isUfw } from '../questions/machine.ts';
import { areFiles, isCertbot } from '../questions/packages.ts';
import { build } from '../questions.ts';

const { step, check, command, packages, ufwRule } = build;

const own = { cert: '/etc/jitsi/meet/%DOMAIN%.crt', key: '/etc/jitsi/meet/%DOMAIN%.key' };
const certificate = { by: 'TLS', of: { files: '%TLS_CERT%', '': own.cert } } as const;
const certificateKey = { by: 'TLS', of: { files: '%TLS_KEY%', '': own.key } } as const;

const tls = step('tls-certificate', {
  title: { fr: 'Obtention d’un certificat TLS signé', en: 'Get a signed TLS certificate' },
  source: [[152, 171]],
  says: 'sudo /usr/share/jitsi-meet/scripts/install-letsencrypt-cert.sh',
  errata: ['E11', 'E12'],
  needs: ['install-jitsi'],
  do: [
    packages({ names: ['openssl'] }),
    ...only(
      { all: [hasName, { not: areFiles }] },
      selfSigned({ name: 'jitsi', ...own, domain: '%DOMAIN%', unit: 'nginx' }),
    ),
    command({
      name: 'jitsi-site-certificate',
      run: ['sh', '-c', nameCertificate, 'sh', siteFile, certificate, certificateKey],
      done: { run: ['sh', '-c', namesCertificate, 'sh', siteFile, certificate, certificateKey, '%TLS%'] },
      undo: { run: ['sh', '-c', nameCertificateBack, 'sh', siteFile, own.cert, own.key] },
      interrupted: 'again',
      why: {
        fr: 'Les paquets le font en s’installant\u00a0; ce n’est à faire que si le certificat est choisi après.',
        en: 'The packages do it while they are installed; it is to be done only where the certificate is chosen later.',
      },
    }),
    packages({ when: isCertbot, names: ['certbot'] }),
    check({
      when: isCertbot,
      name: 'renewal-free',
      probe: {
        run: [
          'sh',
          '-c',
          '! test -e "$1" || grep -q le-renew.log "$1"',
          'sh',
          '/etc/cron.weekly/letsencrypt-renew',
        ],
      },
      level: 'stop',
      verify: false,
      say: {
        fr: '/etc/cron.weekly/letsencrypt-renew existe déjà, et le script de Jitsi le remplacerait\u00a0: renommez-le, puis réessayez.',
        en: '/etc/cron.weekly/letsencrypt-renew already exists, and Jitsi’s script would replace it: rename it, then try again.',
      },
    }),
    command({
      when: isCertbot,
      name: 'jitsi-lets-encrypt',
      run: ['sh', '-c', letsEncrypt],
      stdin: '%CERTBOT_EMAIL%\n',
      done: { run: ['sh', '-c', isVouchedFor, 'sh', '%DOMAIN%'] },
      undo: { run: ['sh', '-c', letsEncryptBack, 'sh', '%DOMAIN%'] },
      why: {
        fr: 'Le script de Jitsi, qui accepte les conditions de Let’s Encrypt\u00a0; la sortie dit par quel outil. Défaire supprime le certificat d’ici\u00a0; le nom reste dans les registres publics, et l’émission compte dans les limites de Let’s Encrypt.',
        en: 'Jitsi’s script, which accepts the terms of Let’s Encrypt; the output says by which tool. Undoing removes the certificate from here; the name stays in the public records, and the issue counts towards the limits of Let’s Encrypt.',
      },
    }),
    check({
      when: hasName,
      name: 'certificate-shown',
      probe: { run: ['sh', '-c', showsName, 'sh', '%DOMAIN%'] },
      level: 'stop',
      within: 20,
      say: {
        fr: 'nginx ne montre pas de certificat au nom de %DOMAIN%\u00a0: «\u00a0nginx -T\u00a0» dit quel site répond sur le port 443, et avec quel certificat.',
        en: 'nginx shows no certificate in the name of %DOMAIN%: “nginx -T” says which site answers on port 443, and with which certificate.',
      },
    }),
  ],
});

const isClosedHere: Cond = { all: [isUfw, isPort80Closed] };

const port80 = step('close-port-80', {
  title: { fr: 'Fermer le port 80', en: 'Close port 80' },
  why: {
    fr: 'Il n’est plus possible ensuite d’obtenir ni de renouveler un certificat de Let’s Encrypt, et http n’est plus renvoyé vers https.',
    en: 'After that a certificate of Let’s Encrypt can neither be obtained nor renewed, and http is sent on to HTTPS no more.',
  },
  source: [[172, 176]],
  says: 'sudo ufw delete allow 80/tcp',
  errata: ['E13'],
  when: isClosedHere,
  do: [ufwRule({ allow: '80/tcp', present: false })],
});

export const certificateChapter: Chapter = {
  id: 'certificate',
  title: { fr: 'Étape 4\u00a0: certificat TLS', en: 'Step 4: TLS certificate' },
  steps: [tls, port80],
};
