/** A small guide with accounts: Prosody with one host, as a guide of a meeting server has it. */
import type { Operation } from '../../../../src/guide/kinds.ts';
import type { Guide, Question, Step, Text } from '../../../../src/guide/types.ts';

const text = (word: string): Text => ({ fr: word, en: word });

const step = (id: string, ...all: Step['do']): Step => ({ id, title: text(id), source: [], do: all });

const config = '/etc/prosody/conf.d/meet.cfg.lua';

const account: Operation & { readonly kind: 'prosody-account' } = {
  kind: 'prosody-account',
  user: '%USERS.username%',
  host: '%DOMAIN%',
  password: '%USERS.password%',
};

const questions: readonly Question[] = [
  { id: 'DOMAIN', kind: 'fqdn', topic: 'all', ask: text('Domain'), initial: 'meet.test' },
  {
    id: 'USERS',
    kind: 'list',
    topic: 'all',
    ask: text('Users'),
    key: 'username',
    of: {
      username: { kind: 'text', ask: text('Name') },
      password: { kind: 'password', ask: text('Password'), min: 6 },
    },
  },
];

export const guide: Guide = {
  id: 'meet',
  version: '1',
  title: text('Meetings'),
  summary: text('for tests'),
  rights: 'root',
  minutes: 1,
  unfit: [],
  topics: [{ id: 'all', title: text('All') }],
  questions,
  rules: [],
  chapters: [
    {
      id: 'all',
      title: text('Meetings'),
      steps: [
        step('packages', { kind: 'packages', names: ['prosody'] }),
        step(
          'host',
          { kind: 'file', path: config, template: 'meet/meet.cfg.lua', syntax: 'lua', mode: '0644' },
          {
            kind: 'systemd-unit',
            name: 'prosody.service',
            enabled: true,
            active: true,
            restartOn: [`file:${config}`],
          },
          {
            kind: 'check',
            name: 'listens',
            probe: { tcp: '127.0.0.1:5222' },
            level: 'stop',
            within: 30,
            say: text('nothing listens'),
          },
        ),
        step('prosody-users', { each: 'USERS', do: [account] }),
      ],
    },
  ],
  errata: [],
  accounts: { list: 'USERS' },
  notes: [],
  source: { title: 'meet', lang: 'en', lines: 0, blank: [], headings: [], hashes: [] },
  finished: [],
};
