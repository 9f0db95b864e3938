/**
 * Debian packages.
 *
 * 1. `apply` installs what is missing, upgrades only what that needs, and removes nothing.
 * 2. `undo` purges the names that were not there before, and what only they needed; never a package that was there,
 *    never one that something else needs: a simulation comes first. What another guide needs goes with that guide.
 * 3. Users, groups and folders that those packages made and their purge leaves go too; databases are dumped first.
 *
 * Proven by test/operations/system/packages.test.ts and test/lab/kinds.test.ts.
 */
import { apt } from './shared/apt.ts';
import { packageVerbs } from './shared/package-verbs.ts';

export const packages = packageVerbs(apt);
