/** A site's certificate: files that are there already, one made here, or one from Let's Encrypt. */
import type { Check, Operation, Public } from '../../src/guide/kinds.ts';
import type { Id, Text } from '../../src/guide/types.ts';
import { only } from './conditions.ts';

interface Certificate {
  /** With its chain, PEM. */
  readonly cert: Public;
  readonly key: Public;
  readonly domain: Public;
}

interface Site {
  /** Names what is made: `ontask` for /etc/ssl/ontask.pem and /etc/ssl/private/ontask.key. */
  readonly name: string;
  /** The answer `files`, `self-signed`, `certbot`, or another one for none of them. */
  readonly tls: Id;
  /** `%NAME%` of the answer. */
  readonly domain: string;
  /** Of those who keep an eye on it: for Let's Encrypt. */
  readonly email: string;
  /** The files of `files`: `%NAME%` of the answers. */
  readonly files: Pick<Certificate, 'cert' | 'key'>;
  /** The web server: it reads a new certificate at once. */
  readonly unit: Public;
  /** What its default site shows. Default: Debian's. */
  readonly webRoot?: Public;
  /** Installs packages that have one name everywhere. Default: Debian's way. */
  readonly install?: (names: readonly string[]) => readonly Operation[];
}

const asDebian = (names: readonly string[]): Operation[] => [{ kind: 'packages', names }];

/** Where the files are, for the web server's own file. */
export const selfSignedFiles = (name: string): { readonly cert: string; readonly key: string } => ({
  cert: `/etc/ssl/${name}.pem`,
  key: `/etc/ssl/private/${name}.key`,
});

export const certbotFiles = (domain: string): { readonly cert: string; readonly key: string } => ({
  cert: `/etc/letsencrypt/live/${domain}/fullchain.pem`,
  key: `/etc/letsencrypt/live/${domain}/privkey.pem`,
});

/**
 * Before the site that names them. certbot puts its proof into `.well-known/acme-challenge/` of what the server's default site
 * shows at first; at each renewal the site itself has to show it on port 80.
 */
export function siteCertificate(site: Site): Operation[] {
  const { name, tls, domain, files, unit, install = asDebian } = site;
  const when = (...is: string[]) => ({ answer: tls, is });
  return [
    ...only(when('files', 'self-signed', 'certbot'), install(['openssl'])),
    ...only(when('files'), certificateFiles({ ...files, domain })),
    ...only(when('self-signed'), selfSigned({ name, ...selfSignedFiles(name), domain, unit })),
    ...only(when('certbot'), [...install(['certbot']), certbot(site)]),
  ];
}

/** Said of certificate, key and name: `$1`, `$2`, `$3`. */
const tests = {
  certificate: 'openssl x509 -in "$1" -noout',
  key: 'openssl pkey -in "$2" -passin pass: -noout',
  pair: 'openssl x509 -in "$1" -noout -pubkey >/dev/null && test "$(openssl x509 -in "$1" -noout -pubkey)" = "$(openssl pkey -in "$2" -passin pass: -pubout)"',
  // A name that is only in the subject counts for no browser.
  name: 'openssl x509 -in "$1" -noout -ext subjectAltName | grep -q DNS: && openssl x509 -in "$1" -noout -checkhost "$3" | grep -q "does match"',
  time: 'openssl verify -partial_chain -auth_level 0 -trusted "$1" "$1"',
};

const fits = Object.values(tests).join(' && ');

const testing = (script: string, { cert, key, domain }: Certificate) => ({
  run: ['sh', '-c', script, 'sh', cert, key, domain],
});

/** Both are there, whoever looks after them. */
export const certificateIsThere = ({ cert, key }: Pick<Certificate, 'cert' | 'key'>): Check => ({
  kind: 'check',
  name: 'tls-files',
  probe: { all: [{ exists: cert }, { exists: key }] },
  level: 'stop',
  say: {
    fr: `Le certificat ${shown(cert)} ou sa clé ${shown(key)} n’existe pas sur cette machine\u00a0: copiez-les ou corrigez la réponse, puis réessayez.`,
    en: `The certificate ${shown(cert)} or its key ${shown(key)} is not on this machine: copy them or correct the answer, then try again.`,
  },
});

/** Files that somebody else looks after: nothing of them is changed. */
export function certificateFiles(files: Certificate): Operation[] {
  const check = (name: keyof typeof tests, say: Text): Check => ({
    kind: 'check',
    name: `tls-${name}`,
    probe: testing(tests[name], files),
    level: 'stop',
    say,
  });
  const [cert, key, domain] = [files.cert, files.key, files.domain].map(shown);
  return [
    certificateIsThere(files),
    check('certificate', {
      fr: `${cert} n’est pas un certificat PEM («\u00a0-----BEGIN CERTIFICATE-----\u00a0»)\u00a0: convertissez-le avec openssl, puis réessayez.`,
      en: `${cert} is not a PEM certificate (“-----BEGIN CERTIFICATE-----”): convert it with openssl, then try again.`,
    }),
    check('key', {
      fr: `${key} n’est pas une clé privée PEM sans mot de passe\u00a0: un serveur web ne peut pas en demander. Retirez-le avec «\u00a0openssl pkey\u00a0», puis réessayez.`,
      en: `${key} is not a PEM private key without a password: a web server cannot ask for one. Take it off with “openssl pkey”, then try again.`,
    }),
    check('pair', {
      fr: `La clé ${key} n’est pas celle du certificat ${cert}\u00a0: mettez la clé qui a servi à le demander, et le certificat du serveur avant ceux de sa chaîne, puis réessayez.`,
      en: `The key ${key} is not that of the certificate ${cert}: put in place the key it was asked for with, and the server’s certificate before those of its chain, then try again.`,
    }),
    check('name', {
      fr: `Le certificat ${cert} ne vaut pas pour ${domain}\u00a0: «\u00a0openssl x509 -noout -ext subjectAltName -in ${cert}\u00a0» montre ses noms. Demandez-en un pour ce nom ou corrigez la réponse, puis réessayez.`,
      en: `The certificate ${cert} does not hold for ${domain}: “openssl x509 -noout -ext subjectAltName -in ${cert}” shows its names. Ask for one for this name or correct the answer, then try again.`,
    }),
    check('time', {
      fr: `Le certificat ${cert} ne vaut pas aujourd’hui\u00a0: il a expiré ou ne vaut pas encore, ou l’horloge de cette machine est fausse (timedatectl). Renouvelez-le, puis réessayez.`,
      en: `The certificate ${cert} does not hold today: it has expired or does not hold yet, or the clock of this machine is wrong (timedatectl). Renew it, then try again.`,
    }),
  ];
}

const shown = (value: Public): string =>
  typeof value === 'string' ? value : Object.values(value.of).join(', ');

/** Whether the certificate that is there was made here, or none is; `$1`. */
const ours = 'openssl x509 -in "$1" -noout -subject -nameopt RFC2253 2>/dev/null | grep -q "O=setup-wizard"';
const free = `if test -e "$1"; then ${ours}; else ! test -e "$2"; fi`;
const closed = 'test -z "$(find "$2" -perm /007)"';

/** The certificate is put in place before its key: what is there is ours as soon as one of the two is. */
const make = `set -eu
umask 077
{ ${free}; } || exit 1
rm -f -- "$1.setup-wizard" "$2.setup-wizard"
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 825 -sha256 \\
  -subj "/O=setup-wizard/CN=$(printf %.64s "$3")" -addext "subjectAltName=DNS:$3" \\
  -keyout "$2.setup-wizard" -out "$1.setup-wizard"
chmod 644 "$1.setup-wizard"
sync "$1.setup-wizard" "$2.setup-wizard"
mv -f "$1.setup-wizard" "$1"
mv -f "$2.setup-wizard" "$2"
sync "$(dirname "$1")" "$(dirname "$2")"
! systemctl is-active --quiet "$4" || systemctl reload "$4"`;

/** What somebody has put in its place since stays, with its key. */
const remove = `rm -f -- "$1.setup-wizard" "$2.setup-wizard"
if ${ours}; then rm -f -- "$2" && rm -f -- "$1"; fi`;

/** One that no authority vouches for. One that fits is left as it is, whoever has put it there. */
export function selfSigned(site: Certificate & Pick<Site, 'name' | 'unit'>): Operation[] {
  const { name, cert, key, domain, unit } = site;
  return [
    {
      kind: 'check',
      name: 'tls-place',
      probe: testing(`{ ${fits}; } >/dev/null 2>&1 || { ${free}; }`, site),
      level: 'stop',
      verify: false,
      say: {
        fr: `${shown(cert)} ou ${shown(key)} existe déjà, n’a pas été fait ici et ne convient pas à ce site\u00a0: renommez-les, ou choisissez un certificat déjà sur cette machine, puis réessayez.`,
        en: `${shown(cert)} or ${shown(key)} already exists, was not made here and does not fit this site: rename them, or choose a certificate that is on this machine, then try again.`,
      },
    },
    {
      kind: 'command',
      name: `self-signed-${name}`,
      run: ['sh', '-c', make, 'sh', cert, key, domain, unit],
      done: testing(`${fits} && ${closed}`, site),
      undo: { run: ['sh', '-c', remove, 'sh', cert, key] },
      why: {
        fr: 'Les navigateurs s’en plaignent\u00a0: il est fait pour un essai, et à remplacer.',
        en: 'Browsers complain about it: it is made for a trial, and to be replaced.',
      },
    },
  ];
}

const reloading = (unit: Public): Public =>
  typeof unit === 'string'
    ? `systemctl reload ${unit}`
    : {
        ...unit,
        of: Object.fromEntries(Object.entries(unit.of).map(([is, one]) => [is, `systemctl reload ${one}`])),
      };

/** Renewed by the timer of the system's certbot. */
function certbot({ domain, email, unit, webRoot = '/var/www/html' }: Site): Operation {
  return {
    kind: 'command',
    name: 'certbot',
    run: [
      'certbot',
      'certonly',
      '--non-interactive',
      '--agree-tos',
      '--no-eff-email',
      '--email',
      email,
      '--webroot',
      '--webroot-path',
      webRoot,
      '--cert-name',
      domain,
      '--domain',
      domain,
      '--deploy-hook',
      reloading(unit),
    ],
    done: testing(fits, { ...certbotFiles(domain), domain }),
    undo: { run: ['certbot', 'delete', '--non-interactive', '--cert-name', domain] },
    why: {
      fr: 'Accepte les conditions de Let’s Encrypt. Défaire supprime d’ici certificat et clé\u00a0; le nom reste dans les registres publics des certificats, et l’émission compte dans les limites de Let’s Encrypt.',
      en: 'Accepts the terms of Let’s Encrypt. Undoing removes certificate and key from here; the name stays in the public records of certificates, and the issue counts towards the limits of Let’s Encrypt.',
    },
  };
}
