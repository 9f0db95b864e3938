/** What a right answer looks like, before anything is wrong. */
import type { QuestionKind, Text } from '../../guide/types.ts';

export const byKind: Readonly<Partial<Record<QuestionKind, Text>>> = {
  host: {
    fr: 'Un nom d’hôte ou une adresse IP, sans port\u00a0: db.mon-univ.fr, 192.0.2.10, 2001:db8::10.',
    en: 'A host name or an IP address, without a port: db.example.org, 192.0.2.10, 2001:db8::10.',
  },
  port: { fr: 'Un nombre entier de 1 à 65535.', en: 'A whole number from 1 to 65535.' },
  url: {
    fr: 'Une adresse web, http ou https, jusqu’au nom du serveur ou à son port\u00a0; sans barre oblique à la fin.',
    en: 'A web address, http or https, up to the server’s name or its port; no slash at the end.',
  },
  email: { fr: 'Une adresse électronique complète.', en: 'A complete e-mail address.' },
  emails: {
    fr: 'Une ou plusieurs adresses électroniques, séparées par des virgules.',
    en: 'One or several e-mail addresses, separated by commas.',
  },
  fqdn: {
    fr: 'Un nom de domaine complet\u00a0: inscription.mon-univ.fr.',
    en: 'A full domain name: tickets.example.org.',
  },
  fqdns: {
    fr: 'Un ou plusieurs noms de domaine complets, séparés par des espaces.',
    en: 'One or several full domain names, separated by blanks.',
  },
  path: {
    fr: 'Un chemin absolu, qui commence par «\u00a0/\u00a0».',
    en: 'An absolute path: it begins with “/”.',
  },
  name: {
    fr: 'Lettres minuscules, chiffres, «\u00a0_\u00a0» et «\u00a0-\u00a0»\u00a0; une lettre ou «\u00a0_\u00a0» au début.',
    en: 'Lower-case letters, digits, “_” and “-”; a letter or “_” first.',
  },
};

export const between = (min: string, max: string): Text => ({
  fr: `Un nombre entier de ${min} à ${max}.`,
  en: `A whole number from ${min} to ${max}.`,
});

export const wholeNumber: Text = { fr: 'Un nombre entier.', en: 'A whole number.' };
