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
import { link } from './link.ts';
import { nginxSite } from './nginx-site.ts';
import { packages } from './packages.ts';
import { pip } from './pip.ts';
import { produce } from './produce.ts';
import { script } from './script.ts';
import { sqlDatabase } from './sql-database.ts';
import { sqlDump } from './sql-dump.ts';
import { sqlGrant } from './sql-grant.ts';
import { sqlMode } from './sql-mode.ts';
import { sqlUser } from './sql-user.ts';
import { systemdUnit } from './systemd-unit.ts';
import { terminal } from './terminal.ts';
import { ufw } from './ufw.ts';
import { ufwRule } from './ufw-rule.ts';
import { unixUser } from './unix-user.ts';
import type { Table } from './verbs.ts';
import { virtualenv } from './virtualenv.ts';

export const table: Table = {
  'apache-module': apacheModule,
  'apache-site': apacheSite,
  'git-checkout': gitCheckout,
  'nginx-site': nginxSite,
  'sql-database': sqlDatabase,
  'sql-dump': sqlDump,
  'sql-grant': sqlGrant,
  'sql-mode': sqlMode,
  'sql-user': sqlUser,
  'systemd-unit': systemdUnit,
  'ufw-rule': ufwRule,
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
  terminal,
  ufw,
  virtualenv,
};
