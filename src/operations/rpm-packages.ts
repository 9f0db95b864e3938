/**
 * Packages of dnf 4: RHEL, Rocky and Alma 8 to 10.
 *
 * 1. `apply` installs what is missing, without weak dependencies, upgrades only what that needs, and replaces nothing.
 * 2. `undo` removes the names that were not there before, and what only they needed; never a package that was there,
 *    never one that something else needs: a simulation comes first. What another guide needs goes with that guide.
 * 3. Users, groups and folders that those packages made and their removal leaves go too, and keys and streams of modules
 *    that dnf took up for them; databases are dumped and edited configuration is packed first.
 * 4. What a transaction that was cut off left is completed and taken away, before it is begun anew.
 *
 * Proven by test/operations/system/rpm-packages.test.ts and test/lab/rpm.test.ts.
 */
import { dnf } from './shared/dnf.ts';
import { packageVerbs, type Seen } from './shared/package-verbs.ts';
import { cutTransaction } from './shared/rpm-repair.ts';
import type { Op, Verbs } from './verbs.ts';

const verbs = packageVerbs(dnf);

export const rpmPackages: Verbs<Op<'rpm-packages'>, Seen> = {
  ...verbs,

  // A script that only runs when its package comes runs when it comes again.
  cutOff: 'undo-first',

  async undo(op, before, context) {
    const isWhole = context.purpose === 'run' && !(await cutTransaction(context.host));
    return isWhole ? {} : verbs.undo(op, before, context);
  },
};
