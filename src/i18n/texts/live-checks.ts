/** Said beside a form: what is looked at, then what was found. Short: it has to fit on a line or two. */
import type { Text } from '../../guide/types.ts';

const nbsp = '\u00a0';
const listed = (all: readonly string[]): string => all.join(', ');

// While it is looked at.

export const lookingUp = (name: string): Text => ({
  fr: `Recherche de ${name} dans le DNS…`,
  en: `Looking up ${name} in the DNS…`,
});

export const connecting = (address: string): Text => ({
  fr: `Connexion à ${address}…`,
  en: `Connecting to ${address}…`,
});

export const lookingAtPort = (port: string): Text => ({
  fr: `Le port ${port} est-il libre${nbsp}?`,
  en: `Is port ${port} free?`,
});

export const signingIn = (server: string): Text => ({
  fr: `Connexion à ${server}…`,
  en: `Signing in to ${server}…`,
});

// Names.

export const leadsHere = (name: string, addresses: readonly string[]): Text => ({
  fr: `${name} mène à cette machine (${listed(addresses)}).`,
  en: `${name} leads to this machine (${listed(addresses)}).`,
});

export const leadsElsewhere = (name: string, there: readonly string[], own: readonly string[]): Text => ({
  fr: `${name} mène à ${listed(there)}, qui n’est pas une adresse de cette machine (${listed(own)})${nbsp}: c’est juste si un routeur ou un frontal se trouve entre les deux.`,
  en: `${name} leads to ${listed(there)}, which is not an address of this machine (${listed(own)}): right if a router or proxy stands in between.`,
});

export const leadsHereAndElsewhere = (name: string, there: readonly string[]): Text => ({
  fr: `${name} mène à cette machine, mais aussi à ${listed(there)}, qui n’est pas elle${nbsp}: une partie des visiteurs arrivera ailleurs.`,
  en: `${name} leads to this machine, and also to ${listed(there)}, which is not this one: some visitors will arrive there.`,
});

export const onlyFromHere = (name: string): Text => ({
  fr: `${name} n’est joignable que depuis cette machine.`,
  en: `${name} can be reached from this machine only.`,
});

export const noSuchName = (name: string): Text => ({
  fr: `${name} n’existe pas dans le DNS${nbsp}: créez cet enregistrement, ou corrigez le nom.`,
  en: `${name} does not exist in the DNS: create the record, or correct the name.`,
});

export const noNameServer = (name: string): Text => ({
  fr: `Aucun serveur DNS n’a répondu pour ${name}${nbsp}: l’adresse n’a pas pu être vérifiée.`,
  en: `No name server answered for ${name}: the address could not be checked.`,
});

// Servers.

export const answersIn = (address: string, time: number, said: string): Text => ({
  fr: `${address} répond en ${time}${nbsp}ms${said === '' ? '.' : `${nbsp}: ${said}`}`,
  en: `${address} answers in ${time}${nbsp}ms${said === '' ? '.' : `: ${said}`}`,
});

export const answersOtherwise = (address: string, said: string, expected: string): Text => ({
  fr: `${address} répond «${nbsp}${said}${nbsp}» au lieu de «${nbsp}${expected}…${nbsp}»${nbsp}: est-ce le bon port${nbsp}?`,
  en: `${address} answers “${said}” instead of “${expected}…”: is it the right port?`,
});

export const saysNothing = (address: string): Text => ({
  fr: `${address} accepte la connexion et ne dit rien${nbsp}: ce port attend peut-être TLS dès la connexion.`,
  en: `${address} takes the connection and says nothing: perhaps this port expects TLS from the start.`,
});

export const refuses = (address: string): Text => ({
  fr: `${address} refuse la connexion${nbsp}: aucun serveur n’écoute là pour l’instant.`,
  en: `${address} refuses the connection: no server listens there for now.`,
});

export const unknownHost = (host: string): Text => ({
  fr: `Le nom ${host} est introuvable depuis cette machine${nbsp}: corrigez-le, ou complétez le DNS.`,
  en: `The name ${host} cannot be found from this machine: correct it, or complete the DNS.`,
});

export const silent = (address: string): Text => ({
  fr: `${address} ne répond pas${nbsp}: adresse fausse, serveur arrêté ou pare-feu.`,
  en: `${address} does not answer: a wrong address, a stopped server or a firewall.`,
});

export const unreachable = (address: string, reason: string): Text => ({
  fr: `${address} ne peut pas être joint${nbsp}: ${reason}`,
  en: `${address} cannot be reached: ${reason}`,
});

export const notInTime = (what: string): Text => ({
  fr: `${what}${nbsp}: pas de réponse à temps, rien n’a pu être vérifié.`,
  en: `${what}: no answer in time, nothing could be checked.`,
});

export const cannotLook = (what: string, reason: string): Text => ({
  fr: `${what}${nbsp}: impossible à vérifier (${reason}).`,
  en: `${what}: it could not be checked (${reason}).`,
});

// Ports.

export const portFree = (port: string): Text => ({
  fr: `Le port ${port} est libre.`,
  en: `Port ${port} is free.`,
});

export const portTaken = (port: string, holder: string): Text => ({
  fr: `Le port ${port} est déjà pris par ${holder}${nbsp}: arrêtez ce programme avant l’installation.`,
  en: `Port ${port} is already taken by ${holder}: stop that program before the installation.`,
});

export const portTakenBySomething = (port: string): Text => ({
  fr: `Le port ${port} est déjà pris${nbsp}: «${nbsp}ss -ltnp${nbsp}», en root, dit par quel programme.`,
  en: `Port ${port} is already taken: “ss -ltnp”, as root, says by which program.`,
});

export const portOurs = (port: string): Text => ({
  fr: `Le port ${port} est tenu par ce que ce guide a déjà installé.`,
  en: `Port ${port} is held by what this guide has installed before.`,
});

// Databases.

export const signedIn = (version: string, user: string): Text => ({
  fr: `${version} répond, connexion de ${user} acceptée.`,
  en: `${version} answers, signed in as ${user}.`,
});

export const signedInWithMode = (version: string, user: string, mode: string): Text => ({
  fr: `${version} répond, connexion de ${user} acceptée${nbsp}; sql_mode contient ${mode}.`,
  en: `${version} answers, signed in as ${user}; sql_mode has ${mode}.`,
});

export const denies = (server: string, user: string): Text => ({
  fr: `${server} refuse la connexion de ${user}${nbsp}: vérifiez le compte et son mot de passe.`,
  en: `${server} refuses to sign ${user} in: check the account and its password.`,
});

export const willBeInstalled = (program: string): Text => ({
  fr: `${program} n’est pas encore sur cette machine${nbsp}: il sera installé.`,
  en: `${program} is not on this machine yet: it will be installed.`,
});

export const needsClient = (program: string): Text => ({
  fr: `Le client ${program} n’est pas encore installé${nbsp}: la connexion sera essayée pendant l’installation.`,
  en: `The client of ${program} is not installed yet: signing in will be tried during the installation.`,
});

export const isStopped = (program: string): Text => ({
  fr: `${program} est installé ici et ne répond pas${nbsp}: démarrez-le, ou regardez son journal.`,
  en: `${program} is installed here and does not answer: start it, or look at its log.`,
});

export const onlyRoot = (what: string): Text => ({
  fr: `${what}${nbsp}: seul root peut vérifier cela.`,
  en: `${what}: only root can check this.`,
});
