/** apt and dpkg. */
import { answerOn, type Injection } from './injection.ts';

/** Nothing that was fetched before is there. */
const noPackages =
  'rm -rf /var/lib/apt/lists/*; mkdir -p /empty/partial; mount --bind /empty /var/cache/apt/archives;';

/** A package that somebody made here; `what` puts something into it. */
export const ownPackage = (name: string, what: string) =>
  `mkdir -p /tmp/p/DEBIAN; printf 'Package: ${name}\\nVersion: 1\\nArchitecture: all\\nMaintainer: a <a@example.org>\\nDescription: x\\n' >/tmp/p/DEBIAN/control; ${what}; dpkg-deb -b /tmp/p /tmp/p.deb`;

export const packages: readonly Injection[] = [
  { name: 'no network', guide: 'pretix', break: noPackages, cause: 'apt-unreachable' },
  {
    name: 'proxy of apt refuses',
    guide: 'pretix',
    break: `${noPackages} echo 'Acquire::http::Proxy "http://127.0.0.1:9";' >/etc/apt/apt.conf.d/99zproxy; echo 'Acquire::https::Proxy "http://127.0.0.1:9";' >>/etc/apt/apt.conf.d/99zproxy`,
    cause: 'apt-unreachable',
  },
  {
    name: 'suite that is not there',
    guide: 'pretix',
    network: 'host',
    break: `${noPackages} sed -i 's/ bookworm / bookwurm /' /etc/apt/sources.list`,
    cause: 'apt-no-release',
  },
  {
    name: 'archive key missing',
    guide: 'pretix',
    network: 'host',
    break: `${noPackages} rm -f /etc/apt/trusted.gpg.d/*; rm -f /usr/share/keyrings/debian-archive*`,
    cause: 'apt-key-missing',
  },
  {
    name: 'no package sources',
    guide: 'pretix',
    break: `${noPackages} : >/etc/apt/sources.list; rm -f /etc/apt/sources.list.d/*`,
    cause: 'apt-unknown-package',
  },
  {
    name: 'sources.list misspelt',
    guide: 'pretix',
    break: `${noPackages} echo 'dbe http://deb.example.org bookworm main' >>/etc/apt/sources.list`,
    cause: 'apt-sources-malformed',
  },
  {
    name: 'clock years ahead',
    guide: 'pretix',
    network: 'host',
    break: `${noPackages} echo 'Acquire::Check-Valid-Until "true"; Acquire::Max-ValidTime "1"; Acquire::Check-Date "true";' >/etc/apt/apt.conf.d/99zvalid`,
    cause: 'apt-clock',
  },
  {
    name: 'package held',
    guide: 'pretix',
    after: 'probe-proxy',
    break: `echo 'mariadb-server hold' | dpkg --set-selections; apt-mark hold mariadb-server`,
    cause: 'apt-held-package',
  },
  {
    name: 'pinned away',
    guide: 'pretix',
    after: 'probe-proxy',
    network: 'host',
    break: `printf 'Package: mariadb-client*\\nPin: release *\\nPin-Priority: -1\\n' >/etc/apt/preferences.d/local`,
    cause: 'apt-unmet-dependencies',
  },
  {
    name: 'maintainer script fails',
    guide: 'pretix',
    after: 'probe-proxy',
    break: `${ownPackage('local-agent', "printf '#!/bin/sh\\nexit 1\\n' >/tmp/p/DEBIAN/postinst; chmod 755 /tmp/p/DEBIAN/postinst")}; dpkg -i /tmp/p.deb; true`,
    cause: 'dpkg-script-failed',
  },
  {
    name: 'dpkg status damaged',
    guide: 'pretix',
    after: 'probe-proxy',
    break: `printf 'garbage here\\n' >>/var/lib/dpkg/status`,
    cause: 'dpkg-status-damaged',
  },
  {
    name: 'package cache full',
    guide: 'pretix',
    after: 'probe-proxy',
    break: `mkdir /small; mount -t tmpfs -o size=1m tmpfs /small; mkdir /small/partial; mount --bind /small /var/cache/apt/archives`,
    cause: 'disk-full',
  },
  {
    name: 'usr read-only',
    guide: 'pretix',
    after: 'probe-proxy',
    break: `mount --bind /usr /usr; mount -o remount,ro,bind /usr`,
    cause: 'read-only',
  },
  {
    name: 'dpkg lock not writable',
    guide: 'pretix',
    after: 'probe-proxy',
    break: `mount --bind /var/lib/dpkg /var/lib/dpkg; mount -o remount,ro,bind /var/lib/dpkg`,
    cause: 'read-only',
  },
  {
    name: 'policy-rc.d forbids',
    guide: 'pretix',
    after: 'probe-proxy',
    break: `printf '#!/bin/sh\\nexit 101\\n' >/usr/sbin/policy-rc.d; chmod 755 /usr/sbin/policy-rc.d`,
    cause: 'services-forbidden',
  },
  {
    name: 'proxy of apt wants a password',
    guide: 'pretix',
    break: `${noPackages} ${answerOn(8080, 407)}; echo 'Acquire::http::Proxy "http://127.0.0.1:8080";' >/etc/apt/apt.conf.d/99zproxy; echo 'Acquire::https::Proxy "http://127.0.0.1:8080";' >>/etc/apt/apt.conf.d/99zproxy`,
    cause: 'apt-proxy-denied',
  },
  {
    name: 'files conflict',
    guide: 'pretix',
    after: 'probe-proxy',
    break: `${ownPackage('local-tools', 'mkdir -p /tmp/p/usr/bin; echo >/tmp/p/usr/bin/socat')}; dpkg -i /tmp/p.deb`,
    cause: 'dpkg-file-conflict',
  },
];
