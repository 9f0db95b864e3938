/** A guide of a firewall and little else, for tests: rules, the firewall itself, what needs it and what does not. */
import type { Operation } from '../../../../src/guide/kinds.ts';
import type { Guide, Step, Text } from '../../../../src/guide/types.ts';

const text = (word: string): Text => ({ fr: word, en: word });

const step = (id: string, operations: readonly Operation[], needs: readonly string[] = []): Step => ({
  id,
  title: text(id),
  source: [],
  needs,
  do: operations,
});

const file = (path: string): Operation => ({
  kind: 'file',
  path,
  content: 'x\n',
  syntax: 'plain',
  mode: '0644',
});

export const guide: Guide = {
  id: 'wall',
  version: '1',
  title: text('Wall'),
  summary: text('for tests'),
  rights: 'root',
  minutes: 1,
  unfit: [],
  topics: [],
  questions: [],
  rules: [],
  chapters: [
    {
      id: 'all',
      title: text('all'),
      steps: [
        step('rules', [
          { kind: 'ufw-rule', allow: '443/tcp' },
          { kind: 'ufw-rule', allow: '10000/udp' },
        ]),
        step('firewall', [{ kind: 'ufw' }]),
        step('needs-it', [file('/etc/wall-needs-it')], ['firewall']),
        step('needs-nothing', [file('/etc/wall')]),
      ],
    },
  ],
  errata: [],
  notes: [],
  source: { title: 'wall', lang: 'en', lines: 0, blank: [], headings: [], hashes: [] },
  finished: [],
};
