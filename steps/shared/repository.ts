/** The address of a git repository, as far as a question can tell: the kind `git-checkout` takes no other. */
import type { Question } from '../../src/guide/types.ts';

/** An account is part of an ssh address only; a password would stand in commands and journals. */
export const repositoryPattern: NonNullable<Question['pattern']> = {
  match: String.raw`(https?://|file:///|ssh://([\w.-]+@)?)[^\s@]+`,
  say: {
    fr: 'Une adresse qui commence par https://, http://, ssh:// ou file:///, sans espace ni mot de passe.',
    en: 'An address that begins with https://, http://, ssh:// or file:///, with no space and no password in it.',
  },
};
