/** A small guide that shares a server with others: packages, Redis, Apache, a user, folders, lines in their files. */
import type { Operation } from '../../../src/guide/kinds.ts';
import type { Guide, Question, Step, Text } from '../../../src/guide/types.ts';
import { redisDatabases, redisServer } from '../../../steps/shared/redis.ts';

export interface Small {
  readonly port: string;
  readonly database: string;
  readonly packages: readonly string[];
  readonly modules: readonly string[];
}

const text = (word: string): Text => ({ fr: word, en: word });

const step = (id: string, ...operations: readonly Operation[]): Step => ({
  id,
  title: text(id),
  source: [],
  do: operations,
});

const ask = (id: string, kind: 'text' | 'path' | 'int' | 'port', initial: string): Question => ({
  id,
  kind,
  topic: 'all',
  ask: text(id),
  initial,
});

/** Lines of this guide, as `pg_hba.conf` and `/etc/hosts` have them. */
const lines = (id: string, path: string, content: string): Operation => ({
  kind: 'block',
  path,
  name: id,
  content,
  syntax: 'plain',
  comment: '#',
});

export function small(id: string, { port, database, packages, modules }: Small): Guide {
  const unit = `small-${id}.service`;
  const steps = [
    step('packages', { kind: 'packages', names: ['apache2', 'python3', 'adduser', ...packages] }),
    step('redis', ...redisServer, redisDatabases(id, ['%REDIS_DB%'])),
    step('user', { kind: 'unix-user', name: 'small', home: '/srv/small-home' }),
    step(
      'files',
      { kind: 'directory', path: '/srv/small', mode: '0755', owner: 'root:small' },
      { kind: 'directory', path: '%FOLDER%', mode: '0755', owner: 'small:small' },
      { kind: 'file', path: '/srv/small/shared.txt', content: 'of all\n', syntax: 'plain', mode: '0644' },
      {
        kind: 'file',
        path: '%FOLDER%/index.html',
        content: `page of ${id}\n`,
        syntax: 'plain',
        mode: '0644',
      },
    ),
    step(
      'lines',
      lines(id, '/etc/hosts', '127.0.0.1 %SITE_NAME%\n'),
      { kind: 'directory', path: '/etc/shared.d' },
      lines(id, '/etc/shared.d/access.conf', `host ${id} small 127.0.0.1/32 scram-sha-256\n`),
    ),
    step('unit', {
      kind: 'systemd-unit',
      name: unit,
      template: 'small/unit.service',
      enabled: true,
      active: true,
      claims: ['port:tcp/%PORT%'],
    }),
    step(
      'site',
      ...modules.map((name): Operation => ({ kind: 'apache-module', name })),
      { kind: 'apache-site', name: `small-${id}`, template: 'small/site.conf' },
      {
        kind: 'check',
        name: `page-${id}`,
        probe: { http: 'http://127.0.0.1/', host: '%SITE_NAME%', status: 200, contains: `page of ${id}` },
        level: 'stop',
        within: 20,
        say: text('no page'),
      },
    ),
  ];
  return {
    id,
    version: '1',
    title: text(`Small ${id}`),
    summary: text('for tests'),
    rights: 'root',
    minutes: 1,
    unfit: [],
    topics: [{ id: 'all', title: text('all') }],
    questions: [
      ask('SITE_NAME', 'text', `${id}.example.org`),
      ask('FOLDER', 'path', `/srv/small/${id}`),
      ask('PORT', 'port', port),
      ask('REDIS_DB', 'int', database),
    ],
    rules: [],
    chapters: [{ id: 'all', title: text('all'), steps }],
    errata: [],
    notes: [],
    source: { title: id, lang: 'en', lines: 0, blank: [], headings: [], hashes: [] },
    finished: [],
  };
}
