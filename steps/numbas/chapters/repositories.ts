/** Subscription and extra repositories of the Red Hat family (source lines 37–52). */
import type { Cond, Step } from '../../../src/guide/types.ts';
import { isEnterprise, isOn, isRedHat } from '../platforms.ts';
import { isFromNginxOrg } from '../questions/site.ts';
import { build } from '../questions.ts';

const { step, check, rpmPackages, rpmRepository, rpmRepositoryEnabled } = build;

const isRebuild: Cond = { all: [isEnterprise, { not: isRedHat }] };

/** Where packages to build with are: Red Hat has them in a repository that is off at first. */
const builder = [
  { on: 'el8', ofRedHat: 'codeready-builder-for-rhel-8-x86_64-rpms', ofRebuild: 'powertools' },
  { on: 'el9', ofRedHat: 'codeready-builder-for-rhel-9-x86_64-rpms', ofRebuild: 'crb' },
  { on: 'el10', ofRedHat: 'codeready-builder-for-rhel-10-x86_64-rpms', ofRebuild: 'crb' },
] as const;

/** EPEL signs each release with a key of its own; Red Hat has no package that brings it. */
const epel = [
  { on: 'el8', release: '8', fingerprint: '94E279EB8D8F25B21810ADF121EA45AB2F86D6A1' },
  { on: 'el9', release: '9', fingerprint: 'FF8AD1344597106ECE813B918A3872BF3228467C' },
  { on: 'el10', release: '10', fingerprint: '7D8D15CBFC4E62688591FB2633D98517E37ED158' },
] as const;

const repositories = step('repos', {
  title: { fr: 'Activer les dépôts supplémentaires', en: 'Enable extra repositories' },
  why: {
    fr: 'supervisor vient d’EPEL, qui s’appuie sur CodeReady Builder.',
    en: 'supervisor comes from EPEL, which rests on CodeReady Builder.',
  },
  source: [[37, 44]],
  says: 'You may need to enable some extra repositories::',
  errata: ['E2'],
  when: isEnterprise,
  do: [
    check({
      when: isRedHat,
      name: 'subscription',
      probe: { run: ['subscription-manager', 'status'] },
      level: 'stop',
      verify: false,
      say: {
        fr: 'Cette machine n’a pas d’abonnement Red Hat actif\u00a0: «\u00a0subscription-manager register\u00a0» l’enregistre. Puis réessayez.',
        en: 'This machine has no active Red Hat subscription: “subscription-manager register” registers it. Then try again.',
      },
    }),
    ...builder.map(({ on, ofRedHat }) =>
      rpmRepositoryEnabled({ when: { all: [isRedHat, isOn(on)] }, id: ofRedHat }),
    ),
    ...builder.map(({ on, ofRebuild }) =>
      rpmRepositoryEnabled({ when: { all: [isRebuild, isOn(on)] }, id: ofRebuild }),
    ),
    rpmPackages({ when: isRebuild, names: ['epel-release'] }),
    ...epel.map(({ on, release, fingerprint }) =>
      rpmRepository({
        when: { all: [isRedHat, isOn(on)] },
        id: 'epel',
        name: `Extra Packages for Enterprise Linux ${release}`,
        baseurl: `https://dl.fedoraproject.org/pub/epel/${release}/Everything/$basearch/`,
        key: `https://dl.fedoraproject.org/pub/epel/RPM-GPG-KEY-EPEL-${release}`,
        fingerprints: [fingerprint],
      }),
    ),
  ],
});

/** Those in the one file of keys that nginx.org hands out. */
const nginxKeys = [
  '573BFD6B3D8FBC641079A6ABABF5BD827BD9BF62',
  '8540A6F18833A80E9C1653A42FD21310B49F6B46',
  '9E9BE90EACBCDE69FE9B204CBCDCD8A38D88A2B3',
] as const;

const nginx = step('nginx-repo', {
  title: { fr: 'Dépôt NGINX', en: 'NGINX repository' },
  source: [[46, 53]],
  says: 'baseurl=http://nginx.org/packages/rhel/7/$basearch/',
  errata: ['E3'],
  when: { all: [isEnterprise, isFromNginxOrg] },
  do: (['8', '9', '10'] as const).map((release) =>
    rpmRepository({
      when: isOn(`el${release}`),
      id: 'nginx',
      name: 'nginx.org',
      baseurl: `https://nginx.org/packages/rhel/${release}/$basearch/`,
      key: 'https://nginx.org/keys/nginx_signing.key',
      fingerprints: nginxKeys,
      moduleHotfixes: true,
    }),
  ),
});

export const repositorySteps: readonly Step[] = [repositories, nginx];
