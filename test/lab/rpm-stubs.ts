/**
 * Repositories of dnf that a lab builds for itself: small packages of no architecture, signed with keys that are made
 * there. Debian has dnf, rpm, rpmbuild and createrepo_c themselves.
 */
import type { Lab } from './lab.ts';
import { shell, signWith } from './signing-keys.ts';

/** The tools; installed with a way out to the registries. */
export const rpmTools = 'dnf rpm createrepo-c gpg gpg-agent curl';

interface Stub {
  readonly name: string;
  readonly version: string;
  /** Lines of its head. */
  readonly head?: string;
  /** Shell that fills %{buildroot}. */
  readonly install?: string;
  readonly scripts?: string;
  readonly files?: string;
}

/** What a RHEL has from the start, as far as dnf looks at it. */
const base: Stub = {
  name: 'stub-release',
  version: '9.4',
  head: 'Provides: system-release(releasever) = 9, system-release = 9, /bin/sh',
};

const web: Stub = {
  name: 'stubweb',
  version: '1.20',
  head: 'Epoch: 1\nRequires: libstub >= 2, stub-filesystem-with-a-long-name\nRecommends: stubextra',
  install: `mkdir -p %{buildroot}/etc/stubweb/conf.d %{buildroot}/usr/lib/systemd/system %{buildroot}/var/lib/stubweb %{buildroot}/var/log/stubweb
echo 'port 80' >%{buildroot}/etc/stubweb/stubweb.conf; echo 'on' >%{buildroot}/etc/stubweb.switch
printf '[Service]\\nUser=stubweb\\nExecStart=/bin/sleep 1000\\n[Install]\\nWantedBy=multi-user.target\\n' >%{buildroot}/usr/lib/systemd/system/stubweb.service
touch %{buildroot}/var/log/stubweb/access.log`,
  scripts: `%pre
getent group stubweb >/dev/null || groupadd -r stubweb
getent passwd stubweb >/dev/null || useradd -r -g stubweb -d /var/lib/stubweb -s /sbin/nologin stubweb
%post
if [ $1 -eq 1 ]; then echo first >/var/lib/stubweb/made; fi
sleep $(cat /run/stub-sleep 2>/dev/null || echo 1)
systemctl daemon-reload || :
%preun
if [ $1 -eq 0 ]; then systemctl --no-reload disable --now stubweb.service || :; fi
%postun
systemctl daemon-reload || :`,
  files: `%dir /etc/stubweb
%dir /etc/stubweb/conf.d
%config(noreplace) /etc/stubweb/stubweb.conf
%config /etc/stubweb.switch
/usr/lib/systemd/system/stubweb.service
%attr(755,stubweb,stubweb) %dir /var/lib/stubweb
%dir /var/log/stubweb
%ghost /var/log/stubweb/access.log`,
};

const shared = (name: string, version: string, head = ''): Stub => ({
  name,
  version,
  head,
  install: `mkdir -p %{buildroot}/usr/share/${name}; echo ${version} >%{buildroot}/usr/share/${name}/version`,
  files: `/usr/share/${name}`,
});

/** Long enough in the making to be stopped in the middle of its files. */
const big: Stub = {
  name: 'stubbig',
  version: '1',
  head: 'Requires: libstub >= 2',
  install: `mkdir -p %{buildroot}/usr/share/stubbig %{buildroot}/etc/stubbig
for i in $(seq 300); do head -c 300000 /dev/urandom >%{buildroot}/usr/share/stubbig/f$i; done; echo c >%{buildroot}/etc/stubbig/conf`,
  files: '/usr/share/stubbig\n%dir /etc/stubbig\n%config(noreplace) /etc/stubbig/conf',
};

const library1 = shared('libstub', '1');
const library2 = shared('libstub', '2');

const usual: readonly Stub[] = [
  library1,
  library2,
  web,
  big,
  shared('stub-filesystem-with-a-long-name', '1'),
  shared('stubextra', '1'),
  shared('stubtool', '1', 'Requires: libstub'),
  shared('stubneeds', '1', 'Requires: stubweb'),
  shared('stubold', '1'),
  shared('stubnew', '2', 'Obsoletes: stubold < 2\nProvides: stubvirtual'),
];

const modular = (name: string, version: string, module: string): Stub =>
  shared(name, version, `ModularityLabel: ${module}:1:c0ffee42`);

const ofModules: readonly Stub[] = [
  modular('stubdb', '15', 'stubdb:15'),
  modular('stubdb', '16', 'stubdb:16'),
  modular('stublang', '3', 'stublang:3'),
];

const modules = `${[
  ['stubdb', '15', '15'],
  ['stubdb', '16', '16'],
  ['stublang', '3', '3'],
]
  .map(
    ([name, stream, version]) => `---
document: modulemd
version: 2
data:
  name: ${name}
  stream: "${stream}"
  version: 1
  context: c0ffee42
  arch: noarch
  summary: x
  description: x
  license: { module: [MIT] }
${name === 'stubdb' ? '  dependencies:\n  - requires: { stublang: ["3"] }\n' : ''}  artifacts:
    rpms: [ "${name}-0:${version}-1.noarch" ]
...
`,
  )
  .join('')}---
document: modulemd-defaults
version: 1
data: { module: stubdb, stream: "15" }
...
`;

const specOf = ({ name, version, head = '', install = ':', scripts = '', files = '' }: Stub): string => `
Name: ${name}
Version: ${version}
Release: 1
Summary: x
License: MIT
BuildArch: noarch
AutoReqProv: no
${head}
%description
x
%install
${install}
${scripts}
%files
${files}
`;

async function build(lab: Lab, stubs: readonly Stub[], folder: string): Promise<void> {
  for (const stub of stubs) {
    const spec = `/srv/specs/${stub.name}-${stub.version}.spec`;
    await lab.write(spec, specOf(stub));
    await shell(
      lab,
      `mkdir -p ${folder}; rpmbuild --quiet -bb --define '_binary_payload w0.gzdio' --define '_rpmdir ${folder}' --define '_build_name_fmt %%{NAME}-%%{VERSION}.rpm' ${spec} 2>&1`,
    );
  }
}

const sign = (key: string, files: string) =>
  `rpmsign --define '__gpg /usr/bin/gpg' --define '_gpg_path /srv/gpg' --define '_gpg_name ${key}@example.org' --addsign ${files} >/dev/null 2>&1`;

/**
 * Repositories below /srv/rpm: `usual`, unsigned and switched on; `extra`, signed by the first key, its list too, known to
 * nobody yet; `modular`, with streams of modules, switched off. libstub 1 is installed.
 */
export async function makeRepositories(lab: Lab): Promise<void> {
  await build(lab, [base, ...usual], '/srv/rpm/usual');
  await build(lab, [shared('stubsigned', '1')], '/srv/rpm/extra');
  await build(lab, ofModules, '/srv/rpm/modular');
  await lab.write('/srv/rpm/modules.yaml', modules);
  await shell(
    lab,
    `cd /srv/rpm; ${sign('one', 'extra/*.rpm')}
    for name in usual extra modular; do createrepo_c -q $name; done
    modifyrepo_c --mdtype=modules modules.yaml modular/repodata >/dev/null
    ${signWith('one', '--armor --detach-sign extra/repodata/repomd.xml')}
    mkdir -p /etc/yum.repos.d
    printf '[usual]\\nname=usual\\nbaseurl=file:///srv/rpm/usual\\ngpgcheck=0\\n' >/etc/yum.repos.d/usual.repo
    printf '# modules\\n[modular]\\nname = modular\\nbaseurl = file:///srv/rpm/modular\\ngpgcheck = 0\\nenabled = 0 \\n\\n[other]\\nname=other\\nbaseurl=file:///srv/rpm/extra\\ngpgcheck=0\\nenabled=0\\n' >/etc/yum.repos.d/modular.repo
    dnf -q -y install stub-release libstub-1`,
  );
}

/** What files do not show: packages and why they are there, keys, streams. */
export const rpmLook = `
rpm -qa --qf '%{NAME} %{EVR}\\n' | sort
dnf -q -C --disablerepo='*' repoquery --installed --qf '%{name} %{reason}' | sort
cat /etc/dnf/modules.d/* 2>/dev/null || true
systemctl is-enabled stubweb 2>&1 || true
`;
