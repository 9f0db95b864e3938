import { CannotCarry, refuseBlankEdges, refuseControls, refuseEmpty, refuseMatch } from './cannot-carry.ts';

/**
 * A user name, or one word of a command's arguments. What sudo would match as a pattern (`* ? [ ] ^ \`), read as a
 * group, netgroup, id, exclusion or include at the start of a word (`% + # ! @`), or take for an alias or keyword
 * (all capitals) is refused, whether or not an escape exists: here a wrong reading gives root away.
 */
export function sudoers(value: string): string {
  refuseEmpty('sudoers', value);
  refuseControls('sudoers', value);
  refuseBlankEdges('sudoers', value);
  refuseMatch('sudoers', value, /^[%+#@]|[^\p{L}\p{M}\p{N}_./@+~%#,:= -]/u);
  if (/^[A-Z][A-Z0-9_]*$/.test(value)) throw new CannotCarry('sudoers', 'character', value.charAt(0));
  return value.replace(/[,:= #]/g, '\\$&');
}
