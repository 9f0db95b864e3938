/** A guide small enough to be read here, with every form of question, default and rule. */
import type { Guide, Question, Text } from '../../src/guide/types.ts';

export const both = (words: string): Text => ({ fr: `${words} (fr)`, en: words });

const base = { topic: 'web', ask: both('Ask') };

export const questions: Question[] = [
  {
    ...base,
    id: 'EDITION',
    kind: 'choice',
    initial: 'vendor',
    choices: [
      {
        value: 'vendor',
        label: both('Vendor'),
        unfit: { when: { fact: 'os.id', is: ['debian'] }, say: both('not on Debian') },
      },
      { value: 'public', label: both('Public') },
      { value: 'old', label: both('Old') },
    ],
  },
  {
    ...base,
    id: 'PUBLIC_URL',
    kind: 'url',
    example: 'https://a.example.org',
    help: both('Seen by\nvisitors'),
    source: [[88, 88]],
  },
  { ...base, id: 'SERVER_NAME', kind: 'fqdn', initial: { hostOf: 'PUBLIC_URL' } },
  { ...base, id: 'DOMAINS', kind: 'text', initial: { filled: 'https://*.%PARENT%' } },
  { ...base, id: 'PARENT', kind: 'fqdn', initial: { parentDomainOf: 'PUBLIC_URL' } },
  { ...base, id: 'MAIL_FROM', kind: 'email', initial: { filled: 'noreply@%PARENT%' } },
  { ...base, id: 'ALIASES', kind: 'fqdns', optional: true },
  { ...base, topic: 'db', id: 'DB_HOST', kind: 'host', initial: 'localhost' },
  {
    ...base,
    topic: 'db',
    id: 'DB_PORT',
    kind: 'port',
    initial: { by: 'EDITION', of: { old: '3306', '': '5432' } },
  },
  { ...base, topic: 'db', id: 'DB_FROM', kind: 'text', initial: { fact: 'net.address' } },
  { ...base, topic: 'db', id: 'DB_PASSWORD', kind: 'password', generate: 24 },
  {
    ...base,
    topic: 'db',
    id: 'ADMIN_PASSWORD',
    kind: 'password',
    when: { not: { answer: 'DB_HOST', is: ['localhost'] } },
  },
  { ...base, topic: 'mail', id: 'SMTP_USER', kind: 'text', optional: true },
  { ...base, topic: 'mail', id: 'SMTP_PASSWORD', kind: 'password', optional: true },
  { ...base, topic: 'mail', id: 'ERRORS_TO', kind: 'emails', initial: { same: 'MAIL_FROM' } },
  { ...base, topic: 'mail', id: 'NOTE', kind: 'text', optional: true, initial: 'a default' },
  {
    ...base,
    topic: 'mail',
    id: 'API_TOKEN',
    kind: 'password',
    later: true,
    pattern: { match: '^[a-z0-9]{8}$', say: both('8 signs') },
  },
];

export const guide: Guide = {
  id: 'small',
  version: '1',
  title: both('Small ; guide'),
  summary: both(''),
  rights: 'root',
  minutes: 1,
  unfit: [],
  topics: ['web', 'db', 'mail', 'empty'].map((id) => ({ id, title: both(id) })),
  questions,
  rules: [
    { rule: 'sameHost', of: ['PUBLIC_URL', 'SERVER_NAME'], say: both('same host') },
    { rule: 'differs', of: ['DB_PASSWORD', 'ADMIN_PASSWORD'], say: both('two passwords') },
    { rule: 'pair', of: ['SMTP_USER', 'SMTP_PASSWORD'], say: both('user and password') },
    {
      rule: 'atMostOne',
      of: ['NOTE', 'ALIASES'],
      say: both('one of them'),
      when: { answer: 'EDITION', is: ['old'] },
    },
  ],
  chapters: [],
  errata: [
    { id: 'e-apt', source: [], severity: 'breaks', says: both(''), does: both(''), literal: true },
    { id: 'e-ssl', source: [], severity: 'security', says: both(''), does: both('') },
  ],
  notes: [],
  source: { title: '', lang: 'fr', lines: 0, blank: [], headings: [], hashes: [] },
  finished: [],
};
