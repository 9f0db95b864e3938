/** The systems that Numbas can be installed on, and what differs between them: packages, units, places, users. */
import type { Operation } from '../../src/guide/kinds.ts';
import type { Chosen, Cond } from '../../src/guide/types.ts';
import { only } from '../shared/conditions.ts';

const debianFamily = ['debian12', 'debian13', 'ubuntu22.04', 'ubuntu24.04'] as const;
/** Red Hat Enterprise Linux, Rocky Linux, AlmaLinux. */
const enterpriseFamily = ['el8', 'el9', 'el10'] as const;
type Enterprise = (typeof enterpriseFamily)[number];

export const isOn = (...platforms: readonly string[]): Cond => ({ fact: 'os.platform', is: platforms });
export const isDebianFamily = isOn(...debianFamily);
export const isEnterprise = isOn(...enterpriseFamily);
/** Only Red Hat's own has subscriptions. */
export const isRedHat: Cond = { fact: 'os.id', is: ['rhel'] };
/** Neither its Python nor a package of it is new enough for what is on v4_STABLE today. */
export const isOldPython = isOn('debian12', 'ubuntu22.04');

/** A value for the Debian family and one for Red Hat's, which a single release may have otherwise. */
export const byFamily = <const D extends string, const E extends string, const O extends string = never>(
  debian: D,
  enterprise: E,
  otherwise: Readonly<Partial<Record<Enterprise, O>>> = {},
): Chosen & { readonly by: 'os.platform'; readonly of: Readonly<Record<string, D | E | O>> } => ({
  by: 'os.platform',
  of: {
    '': debian,
    ...Object.fromEntries(enterpriseFamily.map((platform) => [platform, enterprise])),
    ...otherwise,
  },
});

/** Names of packages in each family; what a single release of Red Hat's has otherwise or besides. */
interface Names {
  readonly debian: readonly string[];
  readonly enterprise: readonly string[];
  readonly only?: Readonly<Partial<Record<Enterprise, readonly string[]>>>;
}

export const installed = ({ debian, enterprise, only: own = {} }: Names): Operation[] => [
  ...(debian.length === 0 ? [] : only(isDebianFamily, [{ kind: 'packages', names: debian }])),
  ...(enterprise.length === 0 ? [] : only(isEnterprise, [{ kind: 'rpm-packages', names: enterprise }])),
  ...Object.entries(own).flatMap(([platform, names]) =>
    only(isOn(platform), [{ kind: 'rpm-packages', names }]),
  ),
];

/** The interpreter that the system brings, or that its packages bring. */
export const systemPython = byFamily('/usr/bin/python3', '/usr/bin/python3.12', { el10: '/usr/bin/python3' });
export const redisUnit = byFamily('redis-server.service', 'redis.service', { el10: 'valkey.service' });
export const supervisorUnit = byFamily('supervisor.service', 'supervisord.service');
export const programsFile = byFamily(
  '/etc/supervisor/conf.d/numbas_lti.conf',
  '/etc/supervisord.d/numbas_lti.ini',
);
/** Whom the web server reads files as. */
export const webUser = byFamily('www-data', 'nginx');
/** What nginx’s own default site shows. */
export const webRoot = byFamily('/var/www/html', '/usr/share/nginx/html');
/** Where nginx reads sites; Debian has two folders for them. */
export const siteFolder = byFamily('', 'conf.d');
