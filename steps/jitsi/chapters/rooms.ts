/** Who may open a room (source lines 180–216), and the accounts (218–238). */
import type { Chapter, Cond } from '../../../src/guide/types.ts';
import {
  configFile,
  fromServer,
  hostFile,
  jicofoFile,
  letsAccountsIn,
  letsGuestsIn,
  propertiesFile,
} from '../probes.ts';
import { isReadable } from '../programs.ts';
import { isHocon, isPlain, isSecure } from '../questions/rooms.ts';
import { build } from '../questions.ts';

const { step, block, check, each, setting, systemdUnit } = build;

export const hostKeys = [
  `file:${hostFile}#VirtualHost "%DOMAIN%"/authentication`,
  `file:${hostFile}#jitsi-guests`,
] as const;
export const jicofoKeys = [
  `file:${jicofoFile}#/jicofo.authentication.enabled`,
  `file:${jicofoFile}#/jicofo.authentication.type`,
  `file:${jicofoFile}#/jicofo.authentication.login-url`,
] as const;
export const propertiesKey = `file:${propertiesFile}#/org.jitsi.jicofo.auth.URL`;

const isAnonymous: Cond = { answer: 'LITERAL', is: ['E16'] };
const authentication = {
  path: hostFile,
  syntax: 'lua',
  section: 'VirtualHost "%DOMAIN%"',
  name: 'authentication',
} as const;
const guests = { path: hostFile, name: 'jitsi-guests', syntax: 'lua', comment: '--' } as const;
const inJicofo = { path: jicofoFile, syntax: 'hocon' } as const;

const prosody = step('prosody-auth', {
  title: { fr: 'Restreindre la création des salles (Prosody)', en: 'Restrict room creation (Prosody)' },
  why: {
    fr: 'Prosody est redémarré ici\u00a0: à partir de la version 13, c’est le serveur en marche qui crée les comptes, et il doit connaître leur domaine.',
    en: 'Prosody is restarted here: from release 13 on it is the running server that makes the accounts, and it has to know their domain.',
  },
  source: [[182, 195]],
  says: '$ sudo nano /etc/prosody/conf.avail/your.domain.com.cfg.lua',
  errata: ['E14', 'E15', 'E16', 'E25'],
  when: isSecure,
  needs: ['install-jitsi'],
  do: [
    check({
      when: { not: isAnonymous },
      name: 'guest-plugin',
      probe: { exists: '/usr/share/jitsi-meet/prosody-plugins/mod_auth_jitsi-anonymous.lua' },
      level: 'stop',
      say: {
        fr: 'Ce Jitsi n’a pas le module jitsi-anonymous\u00a0: il est d’avant 2022. Installez-en un plus récent, ou prenez l’authentification du guide (--literal E16).',
        en: 'This Jitsi has no module jitsi-anonymous: it is from before 2022. Install a newer one, or take the guide’s authentication (--literal E16).',
      },
    }),
    setting({ when: { not: isPlain }, ...authentication, value: 'internal_hashed' }),
    setting({ when: isPlain, ...authentication, value: 'internal_plain' }),
    block({
      when: { not: isAnonymous },
      ...guests,
      content:
        'VirtualHost %GUEST_DOMAIN%\n    authentication = "jitsi-anonymous"\n    c2s_require_encryption = false\n',
    }),
    block({
      when: isAnonymous,
      ...guests,
      content:
        'VirtualHost %GUEST_DOMAIN%\n    authentication = "anonymous"\n    c2s_require_encryption = false\n',
    }),
    check({
      name: 'prosody-reads',
      probe: { run: ['sh', '-c', isReadable, 'sh', '%DOMAIN%'] },
      level: 'stop',
      say: {
        fr: 'Prosody ne peut pas lire sa configuration\u00a0: «\u00a0prosodyctl check config\u00a0» dit la ligne. Il n’a pas été redémarré, et marche comme avant.',
        en: 'Prosody cannot read its configuration: “prosodyctl check config” says the line. It was not restarted, and works as before.',
      },
    }),
    systemdUnit({ name: 'prosody.service', enabled: true, active: true, restartOn: hostKeys }),
    check({
      name: 'accounts-only',
      probe: letsAccountsIn,
      level: 'stop',
      within: 30,
      say: {
        fr: 'Prosody laisse encore entrer n’importe qui sur %DOMAIN%, ou ne répond pas derrière nginx\u00a0: «\u00a0journalctl -u prosody\u00a0» dit pourquoi.',
        en: 'Prosody still lets anybody in at %DOMAIN%, or does not answer behind nginx: “journalctl -u prosody” says why.',
      },
    }),
    check({
      name: 'guests-get-in',
      probe: letsGuestsIn,
      level: 'stop',
      within: 30,
      say: {
        fr: 'Prosody ne laisse pas entrer les invités sur %GUEST_DOMAIN%\u00a0: «\u00a0journalctl -u prosody\u00a0» dit pourquoi.',
        en: 'Prosody does not let guests in at %GUEST_DOMAIN%: “journalctl -u prosody” says why.',
      },
    }),
  ],
});

const web = step('web-anonymous-domain', {
  title: { fr: 'Domaine des invités (config.js)', en: 'Guest domain (config.js)' },
  source: [[196, 208]],
  says: '$ sudo nano /etc/jitsi/meet/your.domain.com-config.js',
  errata: ['E17'],
  when: isSecure,
  needs: ['prosody-auth'],
  do: [
    setting({
      path: configFile,
      syntax: 'javascript',
      section: 'config.hosts',
      name: 'anonymousdomain',
      value: '%GUEST_DOMAIN%',
    }),
    check({
      name: 'guest-domain-served',
      probe: fromServer('/config.js', 200, '%GUEST_DOMAIN%'),
      level: 'stop',
      within: 10,
      say: {
        fr: 'Le config.js que nginx sert ne nomme pas %GUEST_DOMAIN%\u00a0: un autre site répond sous le nom %DOMAIN%, ou un autre fichier est servi.',
        en: 'The config.js that nginx serves does not name %GUEST_DOMAIN%: another site answers under the name %DOMAIN%, or another file is served.',
      },
    }),
  ],
});

const jicofo = step('jicofo-auth', {
  title: { fr: 'Authentification Jicofo', en: 'Jicofo authentication' },
  source: [[210, 216]],
  says: '`org.jitsi.jicofo.auth.URL=XMPP:your.domain.com`',
  errata: ['E18'],
  when: isSecure,
  needs: ['prosody-auth'],
  do: [
    check({
      when: isHocon,
      name: 'jicofo-is-new',
      probe: { exists: jicofoFile },
      level: 'stop',
      say: {
        fr: `${jicofoFile} n’existe pas\u00a0: ce jicofo est d’avant 2021, et lit le fichier du guide. Répondez properties à JICOFO_CONFIG.`,
        en: `${jicofoFile} does not exist: this jicofo is from before 2021, and reads the guide’s file. Answer properties to JICOFO_CONFIG.`,
      },
    }),
    setting({
      when: isHocon,
      ...inJicofo,
      name: 'jicofo.authentication.enabled',
      value: 'true',
      form: 'raw',
    }),
    setting({ when: isHocon, ...inJicofo, name: 'jicofo.authentication.type', value: 'XMPP' }),
    setting({ when: isHocon, ...inJicofo, name: 'jicofo.authentication.login-url', value: '%DOMAIN%' }),
    setting({
      when: { not: isHocon },
      path: propertiesFile,
      syntax: 'properties',
      name: 'org.jitsi.jicofo.auth.URL',
      value: 'XMPP:%DOMAIN%',
    }),
  ],
});

const users = step('prosody-users', {
  title: { fr: 'Gestion de la base de données Prosody', en: 'Manage Prosody accounts' },
  why: {
    fr: 'Chaque mot de passe est donné à Prosody sur son entrée standard. Un compte qui existe déjà avec un autre mot de passe n’est pas changé.',
    en: 'Each password is given to Prosody on its standard input. An account that already exists with another password is not changed.',
  },
  source: [[218, 238]],
  says: '$ sudo prosodyctl register <username> <hostname> <password>',
  errata: ['E19', 'E20', 'E21', 'E22'],
  when: isSecure,
  needs: ['prosody-auth'],
  do: [
    each('USERS', (row) => [
      row.prosodyAccount({ user: '%USERS.username%', host: '%DOMAIN%', password: '%USERS.password%' }),
    ]),
  ],
});

export const settings: Chapter = {
  id: 'settings',
  title: {
    fr: 'Quelques réglages',
    en: 'Some settings',
  },
  steps: [prosody, web, jicofo],
};

export const accounts: Chapter = {
  id: 'accounts',
  title: { fr: 'Base de données Prosody', en: 'Prosody’s accounts' },
  steps: [users],
};
