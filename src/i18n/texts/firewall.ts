/** What the kinds of ufw say: titles, what comes with it, the question while it is on trial, refusals. */
import type { Text } from '../../guide/types.ts';
import { counted } from '../numbers.ts';

// Titles.

export const letIn = (what: string): Text => ({
  fr: `Laisser entrer ${what} (ufw)`,
  en: `Let ${what} in (ufw)`,
});

export const letInNoMore = (what: string): Text => ({
  fr: `Ne plus laisser entrer ${what} (ufw)`,
  en: `Let ${what} in no more (ufw)`,
});

export const switchOn: Text = { fr: 'Activer le pare-feu ufw', en: 'Switch on the firewall ufw' };

/** Of the unit of systemd that ends the trial. */
export const switchTitle: Text = {
  fr: 'Setup Wizard\u00a0: désactiver ufw si personne ne confirme',
  en: 'Setup Wizard: switch ufw off if nobody confirms',
};

// What comes with it, in a plan.

export const onTrialFirst = (seconds: number): Text => ({
  fr: `à l’essai d’abord\u00a0: désactivé au bout de ${seconds}\u00a0s si personne ne confirme`,
  en: `on trial first: off again after ${seconds}\u00a0s if nobody confirms`,
});

export const noSsh: Text = {
  fr: 'aucun serveur SSH n’écoute sur cette machine\u00a0: aucun port n’est ouvert pour SSH',
  en: 'no SSH server listens on this machine: no port is opened for SSH',
};

export const nftablesToo: Text = {
  fr: 'nftables.service a aussi ses règles\u00a0: ce que l’un des deux rejette est rejeté, et le relancer peut vider celles d’ufw',
  en: 'nftables.service has rules too: what either of the two drops is dropped, and its restart may empty those of ufw',
};

export const dockerPasses: Text = {
  fr: 'Docker publie les ports de ses conteneurs sans passer par ufw\u00a0: ils restent joignables',
  en: 'Docker publishes the ports of its containers past ufw: they can still be reached',
};

export const otherRules = (count: number): Text => ({
  fr: `${counted('fr', count, 'autre règle', 'autres règles')} d’iptables en vigueur, en plus de celles d’ufw`,
  en: `${counted('en', count, 'other rule', 'other rules')} of iptables in force, beside those of ufw`,
});

// While it is on trial, and after.

export const isOnTrial = (ports: readonly number[]): Text =>
  ports.length === 0
    ? {
        fr: 'Le pare-feu est actif, à l’essai. Si cette machine répond encore par où vous l’atteignez, confirmez. Sinon ne faites rien\u00a0: il se désactive tout seul.',
        en: 'The firewall is on, on trial. If this machine still answers where you reach it, confirm. If not, do nothing: it goes off by itself.',
      }
    : {
        fr: `Le pare-feu est actif, à l’essai. Ouvrez une autre connexion SSH vers cette machine (port ${ports.join(', ')})\u00a0: si elle s’établit, confirmez. Sinon ne faites rien\u00a0: il se désactive tout seul.`,
        en: `The firewall is on, on trial. Open another SSH connection to this machine (port ${ports.join(', ')}): if it works, confirm. If not, do nothing: it goes off by itself.`,
      };

export const nobodyConfirmed: Text = {
  fr: 'Personne n’a confirmé à temps que la machine reste joignable\u00a0: ufw est de nouveau désactivé, comme avant. Voyez si une nouvelle connexion SSH s’établit, puis réessayez.',
  en: 'Nobody confirmed in time that the machine can still be reached: ufw is off again, as before. See whether a new SSH connection works, then try again.',
};

export const notConfirmed: Text = {
  fr: 'Le pare-feu n’a pas été confirmé\u00a0: ufw est de nouveau désactivé, comme avant.',
  en: 'The firewall was not confirmed: ufw is off again, as before.',
};

export const needsSomebody = (seconds: number): Text => ({
  fr: `ufw n’a pas été activé\u00a0: quelqu’un doit confirmer en ${seconds}\u00a0s que la machine reste joignable. Relancez sans --yes.`,
  en: `ufw was not switched on: somebody has to confirm within ${seconds}\u00a0s that the machine can still be reached. Run it again without --yes.`,
});

// What undo leaves.

export const sshRulesStay = (ports: readonly string[]): Text => ({
  fr: `ufw est comme avant, mais laisse entrer ${ports.join(', ')}\u00a0: un autre guide en a besoin`,
  en: `ufw is as before, but lets ${ports.join(', ')} in: another guide needs it`,
});

export const leftOpen = (commands: readonly string[]): Text => ({
  fr: `ufw est désactivé. Non remis, car les règles autour ont changé depuis, ce qui pourrait couper l’accès\u00a0: ${commands.join('\u00a0; ')}`,
  en: `ufw is off. Not put back, as the rules around it have changed since and it might cut off access: ${commands.join('; ')}`,
});

// Refusals.

export const notAPort = (what: string): Text => ({
  fr: `«\u00a0${what}\u00a0» n’est ni un port (443, 443/tcp, 10000/udp) ni le nom d’un profil d’ufw\u00a0: corrigez la réponse, puis réessayez.`,
  en: `“${what}” is neither a port (443, 443/tcp, 10000/udp) nor the name of a profile of ufw: correct the answer, then try again.`,
});

export const noProfile = (name: string): Text => ({
  fr: `ufw n’a pas de profil «\u00a0${name}\u00a0» («\u00a0ufw app list\u00a0» les donne)\u00a0: installez le paquet qui l’apporte, puis réessayez.`,
  en: `ufw has no profile “${name}” (“ufw app list” names them): install the package that brings it, then try again.`,
});

export const closedByRule = (what: string, rule: string): Text => ({
  fr: `Une règle d’ufw ferme ${what}\u00a0: «\u00a0${rule}\u00a0». Supprimez-la («\u00a0ufw show added\u00a0» les donne toutes), puis réessayez.`,
  en: `A rule of ufw closes ${what}: “${rule}”. Delete it (“ufw show added” lists them all), then try again.`,
});

export const openByRule = (what: string, rule: string): Text => ({
  fr: `Une autre règle d’ufw laisse entrer ${what}\u00a0: «\u00a0${rule}\u00a0». Changez-la («\u00a0ufw show added\u00a0» les donne toutes), puis réessayez.`,
  en: `Another rule of ufw lets ${what} in: “${rule}”. Change it (“ufw show added” lists them all), then try again.`,
});

export const kernelDiffers = (what: string): Text => ({
  fr: `Pour ${what}, le noyau n’applique pas ce que disent les fichiers d’ufw\u00a0: «\u00a0ufw reload\u00a0» les relit. Puis réessayez.`,
  en: `For ${what}, the kernel does not do what ufw’s files say: “ufw reload” has them read again. Then try again.`,
});

export const triedElsewhere: Text = {
  fr: 'ufw est à l’essai pour une autre exécution, que personne n’a confirmée\u00a0: attendez une minute, puis réessayez.',
  en: 'ufw is on trial for another run, which nobody has confirmed: wait a minute, then try again.',
};

export const rivalIsOn = (name: string): Text => ({
  fr: `${name} est actif, et deux pare-feu défont chacun les règles de l’autre\u00a0: arrêtez-le (systemctl disable --now ${name}), puis réessayez, ou passez cette étape.`,
  en: `${name} is active, and two firewalls undo each other’s rules: stop it (systemctl disable --now ${name}), then try again, or skip this step.`,
});

export const emptiesOthers: Text = {
  fr: 'MANAGE_BUILTINS=yes dans /etc/default/ufw\u00a0: activé, ufw supprimerait les règles de tous les autres programmes. Mettez «\u00a0no\u00a0», puis réessayez.',
  en: 'MANAGE_BUILTINS=yes in /etc/default/ufw: switched on, ufw would remove the rules of all other programs. Set it to “no”, then try again.',
};

export const cutsOffByRule = (from: string, port: number, rule: string): Text => ({
  fr: `Une session SSH vient de ${from} (port ${port}), et ufw la couperait\u00a0: «\u00a0${rule}\u00a0». Ajoutez une règle pour elle ou connectez-vous d’ailleurs, puis réessayez.`,
  en: `An SSH session comes from ${from} (port ${port}), and ufw would cut it off: “${rule}”. Add a rule for it or connect from elsewhere, then try again.`,
});

export const cutsOffFamily = (from: string): Text => ({
  fr: `Une session SSH vient de ${from}, et ufw rejette tout IPv6 (IPV6=no dans /etc/default/ufw)\u00a0: mettez «\u00a0yes\u00a0» ou connectez-vous en IPv4, puis réessayez.`,
  en: `An SSH session comes from ${from}, and ufw drops all of IPv6 (IPV6=no in /etc/default/ufw): set it to “yes” or connect over IPv4, then try again.`,
});
