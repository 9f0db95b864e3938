/** Every kind with its verbs. A kind of the vocabulary that is missing here is a compile error. */
import { apacheModule } from './apache-module.ts';
import { apacheSite } from './apache-site.ts';
import { block } from './block.ts';
import { check } from './check.ts';
import { checklist } from './checklist.ts';
import { command } from './command.ts';
import { directory } from './directory.ts';
import { file } from './file.ts';
import { gitCheckout } from './git-checkout.ts';
import { hostName } from './host-name.ts';
import { hostsEntry } from './hosts-entry.ts';
import { link } from './link.ts';
import { nginxSite } from './nginx-site.ts';
import { packages } from './packages.ts';
import { pip } from './pip.ts';
import { produce } from './produce.ts';
import { prosodyAccount } from './prosody-account.ts';
import { script } from './script.ts';
import { setting } from './setting.ts';
import { sqlDatabase } from './sql-database.ts';
import { sqlDump } from './sql-dump.ts';
import { sqlGrant } from './sql-grant.ts';
import { sqlMode } from './sql-mode.ts';
import { sqlUser } from './sql-user.ts';
import { systemdUnit } from './systemd-unit.ts';
import { terminal } from './terminal.ts';
import { unixUser } from './unix-user.ts';
import type { Table } from './verbs.ts';
import { virtualenv } from './virtualenv.ts';

export const table: Table = {
  'apache-module': apacheModule,
  'apache-site': apacheSite,
  'git-checkout': gitCheckout,
  'host-name': hostName,
  'hosts-entry': hostsEntry,
  'nginx-site': nginxSite,
  'prosody-account': prosodyAccount,
  'sql-database': sqlDatabase,
  'sql-dump': sqlDump,
  'sql-grant': sqlGrant,
  'sql-mode': sqlMode,
  'sql-user': sqlUser,
  'systemd-unit': systemdUnit,
  'unix-user': unixUser,
  block,
  check,
  checklist,
  command,
  directory,
  file,
  link,
  packages,
  pip,
  produce,
  script,
  setting,
  terminal,
  virtualenv,
};
