/** Jitsi Meet: "Projet Format Dialogue : installation de Jitsi Meet", made executable. */
import { questionsOf } from '../../src/guide/kit.ts';
import type { Guide } from '../../src/guide/types.ts';
import { causes } from './causes.ts';
import { certificateChapter } from './chapters/certificate.ts';
import { finishing } from './chapters/finish.ts';
import { firewall } from './chapters/firewall.ts';
import { installing } from './chapters/install.ts';
import { nameChapter } from './chapters/name.ts';
import { requirements } from './chapters/requirements.ts';
import { accounts, settings } from './chapters/rooms.ts';
import { errata } from './errata.ts';
import { looks } from './looks.ts';
import { notes } from './notes.ts';
import { isSupported } from './platforms.ts';
import { isSecure } from './questions/rooms.ts';
import { ask, topics } from './questions.ts';
import { source } from './source.ts';

export const guide: Guide = {
  id: 'jitsi',
  version: '1',
  title: { fr: 'Jitsi Meet', en: 'Jitsi Meet' },
  summary: {
    fr: 'visioconférence, salles ouvertes par des comptes',
    en: 'video conferences, rooms opened by accounts',
  },
  rights: 'root',
  minutes: 4,
  unfit: [
    {
      when: { not: isSupported },
      say: {
        fr: 'Ce guide demande Debian 12 ou 13, Ubuntu 22.04 ou 24.04. Ubuntu 18.04, pour lequel il a été écrit, n’est plus maintenu depuis mai 2023.',
        en: 'This guide needs Debian 12 or 13, Ubuntu 22.04 or 24.04. Ubuntu 18.04, which it was written for, has not been maintained since May 2023.',
      },
    },
    {
      when: { not: { fact: 'init', is: ['systemd'] } },
      say: {
        fr: 'Les services de Jitsi sont lancés par systemd, qui ne tourne pas sur cette machine.',
        en: 'Jitsi’s services are started by systemd, which does not run on this machine.',
      },
    },
  ],
  topics,
  questions: questionsOf(ask),
  rules: [
    {
      rule: 'differs',
      of: ['DOMAIN', 'GUEST_DOMAIN'],
      when: isSecure,
      say: {
        fr: 'Les invités ont besoin d’un domaine à eux, différent de celui du serveur.',
        en: 'Guests need a domain of their own, other than that of the server.',
      },
    },
  ],
  chapters: [
    requirements,
    nameChapter,
    firewall,
    installing,
    certificateChapter,
    settings,
    accounts,
    finishing,
  ],
  accounts: { list: 'USERS' },
  errata,
  looks,
  causes,
  notes,
  source,
  finished: [
    {
      fr: 'Jitsi Meet\u00a0: https://%DOMAIN%/',
      en: 'Jitsi Meet: https://%DOMAIN%/',
    },
    {
      fr: 'Journaux\u00a0: journalctl -u prosody -u jicofo -u jitsi-videobridge2, et /var/log/jitsi.',
      en: 'Logs: journalctl -u prosody -u jicofo -u jitsi-videobridge2, and /var/log/jitsi.',
    },
    {
      fr: 'Les comptes sont ceux de Prosody\u00a0: prosodyctl adduser, passwd, deluser alice@%DOMAIN%.',
      en: 'Accounts are Prosody’s: prosodyctl adduser, passwd, deluser alice@%DOMAIN%.',
    },
  ],
};
