/** The environment that programs are run in: built, never inherited. */
import type { Account } from './accounts.ts';

/** npx puts its own Node first in PATH: the guides mean the system's programs. */
const systemPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** Nothing here may ask, page or colour: nobody sits at the program's terminal. */
const quiet = {
  PATH: systemPath,
  LANG: 'C.UTF-8',
  LC_ALL: 'C.UTF-8',
  TERM: 'dumb',
  PAGER: 'cat',
  SYSTEMD_PAGER: 'cat',
  SYSTEMD_COLORS: '0',
  DEBIAN_FRONTEND: 'noninteractive',
  NEEDRESTART_MODE: 'l',
  NEEDRESTART_SUSPEND: '1',
  APT_LISTCHANGES_FRONTEND: 'none',
  PIP_NO_INPUT: '1',
  PIP_DISABLE_PIP_VERSION_CHECK: '1',
  GIT_TERMINAL_PROMPT: '0',
};

/** Proxies and certificates of this site. */
const passed =
  /^((https?|no|all|ftp)_proxy|PIP_.*|SSL_CERT_FILE|SSL_CERT_DIR|REQUESTS_CA_BUNDLE|CURL_CA_BUNDLE|GIT_.*)$/i;

/** They say which repository or which program is meant: that of the caller, not ours. */
const caller =
  /^GIT_(DIR|WORK_TREE|INDEX_FILE|OBJECT_DIRECTORY|ALTERNATE_OBJECT_DIRECTORIES|COMMON_DIR|NAMESPACE|PREFIX|EXEC_PATH|.*EDITOR|.*ASKPASS)$/;

export function isSiteSetting(name: string): boolean {
  return passed.test(name) && !caller.test(name);
}

/** Those of an environment that are of the site. */
export function siteOf(from: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(from).flatMap(([name, value]) =>
      value !== undefined && isSiteSetting(name) ? [[name, value]] : [],
    ),
  );
}

export function buildEnvironment(
  from: NodeJS.ProcessEnv,
  account: Account,
  extra: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const user = { HOME: account.home, USER: account.name, LOGNAME: account.name };
  return { ...siteOf(from), ...quiet, ...user, ...extra };
}
