/** Apache, nginx, and what they pass on to. */
import type { KnownCause } from '../../guide/types.ts';

export const web: readonly KnownCause[] = [
  {
    id: 'apache-module-missing',
    match: String.raw`ERROR: Module (?<module>[\w-]{1,60}) does not exist`,
    say: {
      fr: 'Apache n’a pas le module {module} sur cette machine.',
      en: 'Apache does not have the module {module} on this machine.',
    },
    do: {
      fr: '«\u00a0apt-get install --reinstall -o Dpkg::Options::=--force-confmiss apache2 apache2-bin\u00a0» le remet, puis réessayez.',
      en: '“apt-get install --reinstall -o Dpkg::Options::=--force-confmiss apache2 apache2-bin” puts it back, then try again.',
    },
  },
  {
    id: 'apache-certificate-missing',
    match: String.raw`SSLCertificate(?:Key|Chain)?File: file '(?<file>[^'\n]{1,200})' does not exist`,
    say: {
      fr: 'Un site d’Apache nomme un certificat qui n’est plus là\u00a0: {file}. Apache refuse alors toute sa configuration.',
      en: 'A site of Apache names a certificate that is no longer there: {file}. Apache then refuses its whole configuration.',
    },
    do: {
      fr: 'Remettez ce fichier, ou désactivez le site (a2dissite). «\u00a0apache2ctl configtest\u00a0» doit dire Syntax OK. Puis réessayez.',
      en: 'Put that file back, or disable the site (a2dissite). “apache2ctl configtest” has to say Syntax OK. Then try again.',
    },
  },
  {
    id: 'apache-command-unknown',
    match: String.raw`Invalid command '(?<command>[\w<>/]{1,60})', perhaps misspelled`,
    say: {
      fr: 'La configuration d’Apache contient {command}, qu’il ne connaît pas\u00a0: mal écrit, ou module non activé.',
      en: 'Apache’s configuration holds {command}, which it does not know: misspelt, or its module is not enabled.',
    },
    do: {
      fr: 'Le fichier et la ligne sont nommés ci-dessous. Corrigez, ou activez le module (a2enmod)\u00a0; «\u00a0apache2ctl configtest\u00a0» doit dire Syntax OK. Puis réessayez.',
      en: 'The file and line are named below. Correct it, or enable the module (a2enmod); “apache2ctl configtest” has to say Syntax OK. Then try again.',
    },
  },
  {
    id: 'apache-config-broken',
    match: String.raw`(?:Syntax error on line (?<line>\d{1,6}) of (?<file>[\w./-]{1,160}))`,
    say: {
      fr: 'La configuration d’Apache a une faute\u00a0: {file}, ligne {line}.',
      en: 'Apache’s configuration has a mistake: {file}, line {line}.',
    },
    do: {
      fr: 'Corrigez-la, ou désactivez ce site (a2dissite)\u00a0; «\u00a0apache2ctl configtest\u00a0» doit dire Syntax OK. Puis réessayez.',
      en: 'Correct it, or disable that site (a2dissite); “apache2ctl configtest” has to say Syntax OK. Then try again.',
    },
  },
  {
    id: 'apache-backend-stopped',
    match: String.raw`^problem: https?://[^\n]{1,160}: 50[234] ≠`,
    say: {
      fr: 'Le serveur web répond, mais l’application derrière lui non.',
      en: 'The web server answers, but the application behind it does not.',
    },
    do: {
      fr: '«\u00a0systemctl --failed\u00a0» et le journal du service de l’application (journalctl -u) disent pourquoi. Démarrez-le, puis réessayez.',
      en: '“systemctl --failed” and the log of the application’s service (journalctl -u) say why. Start it, then try again.',
    },
  },
  {
    id: 'nginx-certificate-missing',
    match: String.raw`cannot load certificate(?: key)? "(?<file>[^"\n]{1,200})"`,
    say: {
      fr: 'Un site de nginx nomme un certificat ou une clé qui n’est pas là, ou qui ne se lit pas\u00a0: {file}. nginx refuse alors toute sa configuration.',
      en: 'A site of nginx names a certificate or key that is not there, or cannot be read: {file}. nginx then refuses its whole configuration.',
    },
    do: {
      fr: 'Remettez ce fichier, ou retirez le lien du site dans /etc/nginx/sites-enabled. «\u00a0nginx -t\u00a0» doit dire successful. Puis réessayez.',
      en: 'Put that file back, or remove the site’s link in /etc/nginx/sites-enabled. “nginx -t” has to say successful. Then try again.',
    },
  },
  {
    id: 'nginx-key-mismatch',
    match: String.raw`SSL_CTX_use_PrivateKey\("(?<file>[^"\n]{1,200})"\) failed[^\n]{0,200}key values mismatch`,
    say: {
      fr: 'La clé {file} n’est pas celle du certificat de ce site.',
      en: 'The key {file} is not that of the certificate of this site.',
    },
    do: {
      fr: 'Mettez la clé qui a servi à demander ce certificat, ou le certificat de cette clé, puis réessayez.',
      en: 'Put in place the key that this certificate was asked for with, or the certificate of this key, then try again.',
    },
  },
  {
    id: 'nginx-config-broken',
    match: String.raw`\[emerg\][^\n]{1,300}? in (?<file>/[\w./-]{1,160}):(?<line>\d{1,6})`,
    say: {
      fr: 'La configuration de nginx a une faute\u00a0: {file}, ligne {line}.',
      en: 'The configuration of nginx has a mistake: {file}, line {line}.',
    },
    do: {
      fr: 'Corrigez-la, ou retirez le lien de ce site dans /etc/nginx/sites-enabled\u00a0; «\u00a0nginx -t\u00a0» doit dire successful. Puis réessayez.',
      en: 'Correct it, or remove the link of that site in /etc/nginx/sites-enabled; “nginx -t” has to say successful. Then try again.',
    },
  },
];
