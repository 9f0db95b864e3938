/** Every kind with its verbs. A kind of the vocabulary that is missing here is a compile error. */
import { apacheModule } from './apache-module.ts';
import { apacheSite } from './apache-site.ts';
import { aptRepository } from './apt-repository.ts';
import { block } from './block.ts';
import { check } from './check.ts';
import { checklist } from './checklist.ts';
import { command } from './command.ts';
import { composeProject } from './compose-project.ts';
import { debconfAnswer } from './debconf-answer.ts';
import { directory } from './directory.ts';
import { dockerImages } from './docker-images.ts';
import { file } from './file.ts';
import { firewalldService } from './firewalld-service.ts';
import { gitCheckout } from './git-checkout.ts';
import { hostName } from './host-name.ts';
import { hostsEntry } from './hosts-entry.ts';
import { link } from './link.ts';
import { nginxSite } from './nginx-site.ts';
import { packages } from './packages.ts';
import { pip } from './pip.ts';
import { produce } from './produce.ts';
import { prosodyAccount } from './prosody-account.ts';
import { rpmModule } from './rpm-module.ts';
import { rpmPackages } from './rpm-packages.ts';
import { rpmRepository } from './rpm-repository.ts';
import { rpmRepositoryEnabled } from './rpm-repository-enabled.ts';
import { script } from './script.ts';
import { selinuxBoolean } from './selinux-boolean.ts';
import { setting } from './setting.ts';
import { sqlDatabase } from './sql-database.ts';
import { sqlDump } from './sql-dump.ts';
import { sqlGrant } from './sql-grant.ts';
import { sqlMode } from './sql-mode.ts';
import { sqlUser } from './sql-user.ts';
import { supervisorProgram } from './supervisor-program.ts';
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
  'firewalld-service': firewalldService,
  'apt-repository': aptRepository,
  'debconf-answer': debconfAnswer,
  'compose-project': composeProject,
  'docker-images': dockerImages,
  'git-checkout': gitCheckout,
  'host-name': hostName,
  'hosts-entry': hostsEntry,
  'nginx-site': nginxSite,
  'selinux-boolean': selinuxBoolean,
  'rpm-module': rpmModule,
  'rpm-packages': rpmPackages,
  'rpm-repository': rpmRepository,
  'rpm-repository-enabled': rpmRepositoryEnabled,
  'prosody-account': prosodyAccount,
  'sql-database': sqlDatabase,
  'sql-dump': sqlDump,
  'sql-grant': sqlGrant,
  'sql-mode': sqlMode,
  'sql-user': sqlUser,
  'supervisor-program': supervisorProgram,
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
  setting,
  terminal,
  ufw,
  virtualenv,
};
