/** The certificate that the web server shows (source lines 9–12). */
import type { Step } from '../../../src/guide/types.ts';
import { siteCertificate } from '../../shared/certificate.ts';
import { isTlsHere } from '../questions/site.ts';
import { build } from '../questions.ts';

export const certificate: Step = build.step('certificate', {
  title: { fr: 'Certificat TLS', en: 'TLS certificate' },
  source: [[9, 12]],
  says: 'install OnTask in a web server that uses TTL encryption (HTTPS) to serve all',
  errata: ['E1'],
  when: isTlsHere,
  needs: ['web-packages'],
  do: siteCertificate({
    name: 'ontask',
    tls: 'TLS',
    domain: '%DOMAIN%',
    email: '%CERTBOT_EMAIL%',
    files: { cert: '%TLS_CERT%', key: '%TLS_KEY%' },
    unit: { by: 'WEB_SERVER', of: { nginx: 'nginx', apache: 'apache2' } },
  }),
});
