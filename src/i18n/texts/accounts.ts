/** Accounts after the install: why one cannot be changed now, and what to do. */
import type { Text } from '../../guide/types.ts';
import { both } from '../both.ts';

export const noAccounts = (guide: Text): Text =>
  both(
    `Le guide «\u00a0${guide.fr}\u00a0» n’a pas de comptes\u00a0: il n’y a rien à gérer ici.`,
    `The guide “${guide.en}” has no accounts: there is nothing to look after here.`,
  );

export const notInstalled = (guide: Text, id: string): Text =>
  both(
    `«\u00a0${guide.fr}\u00a0» n’est pas installé sur cette machine\u00a0: commencez par «\u00a0setup-wizard install ${id}\u00a0».`,
    `“${guide.en}” is not installed on this machine: begin with “setup-wizard install ${id}”.`,
  );

export const notThatFar = (guide: Text, id: string): Text =>
  both(
    `L’installation de «\u00a0${guide.fr}\u00a0» n’est pas arrivée jusqu’aux comptes\u00a0: «\u00a0setup-wizard resume ${id}\u00a0» la continue.`,
    `The installation of “${guide.en}” has not come as far as the accounts: “setup-wizard resume ${id}” continues it.`,
  );

export const notAsked = (guide: Text, id: string): Text =>
  both(
    `«\u00a0${guide.fr}\u00a0» est installé sans comptes\u00a0: «\u00a0setup-wizard install ${id}\u00a0» permet de changer cette réponse.`,
    `“${guide.en}” is installed without accounts: “setup-wizard install ${id}” lets you change that answer.`,
  );

export const serverMissing = (program: string, id: string): Text =>
  both(
    `Le programme ${program} n’est plus sur cette machine\u00a0: sans lui, les comptes ne peuvent être ni lus ni changés. «\u00a0setup-wizard verify ${id}\u00a0» dit ce qui manque.`,
    `The program ${program} is no longer on this machine: without it the accounts can be neither read nor changed. “setup-wizard verify ${id}” says what is missing.`,
  );

export const rollbackOpen = (guide: Text, id: string): Text =>
  both(
    `Un retour en arrière de «\u00a0${guide.fr}\u00a0» n’est pas terminé\u00a0: «\u00a0setup-wizard resume ${id}\u00a0» le finit.`,
    `A rollback of “${guide.en}” is not finished: “setup-wizard resume ${id}” finishes it.`,
  );

export const otherChangeOpen = (name: string, id: string): Text =>
  both(
    `Le changement du compte ${name} s’est arrêté au milieu\u00a0: «\u00a0setup-wizard resume ${id}\u00a0» le finit, «\u00a0setup-wizard rollback ${id}\u00a0» le défait.`,
    `The change of the account ${name} was cut off in the middle: “setup-wizard resume ${id}” finishes it, “setup-wizard rollback ${id}” undoes it.`,
  );

export const badName = (name: string, problem: Text): Text =>
  both(
    `«\u00a0${name}\u00a0» ne peut pas être le nom d’un compte. ${problem.fr}`,
    `“${name}” cannot be the name of an account. ${problem.en}`,
  );

export const nameMadeOf: Text = both(
  'Utilisez des lettres sans accent, des chiffres et . _ + -',
  'Use letters without accents, digits and . _ + -',
);

export const nameExists = (account: string): Text =>
  both(
    `Le compte ${account} existe déjà\u00a0: choisissez un autre nom, ou changez son mot de passe.`,
    `The account ${account} already exists: choose another name, or change its password.`,
  );

export const noSuchAccount = (account: string): Text =>
  both(
    `Le compte ${account} n’existe pas\u00a0: vérifiez le nom dans la liste des comptes.`,
    `The account ${account} does not exist: check the name in the list of accounts.`,
  );

export const badPassword = (problem: Text): Text =>
  both(`Ce mot de passe n’est pas accepté. ${problem.fr}`, `This password is not accepted. ${problem.en}`);

/** The run ended before its password was kept. */
export const passwordLost = (name: string): Text =>
  both(
    `Le mot de passe du compte ${name} n’a pas été reçu\u00a0: rien n’a changé, relancez la commande.`,
    `The password of the account ${name} was not received: nothing was changed, give the command again.`,
  );
