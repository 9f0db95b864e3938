import { describe, expect, it } from 'vitest';
import { kit, placeholders, questionsOf } from '../../src/guide/kit.ts';

const ask = placeholders({
  BDD_HOST: { kind: 'host', topic: 'db', ask: { fr: 'Serveur', en: 'Server' } },
  BDD_PASSWORD: { kind: 'password', topic: 'db', ask: { fr: 'Mot de passe', en: 'Password' } },
});
const { command, file, check, step } = kit(ask, { STATIC_DIST: 'public', API_TOKEN: 'secret' });

describe('the kit', () => {
  it('builds an operation of its kind', () => {
    const op = file({ path: '/etc/x', content: 'host=%BDD_HOST% pw=%BDD_PASSWORD%', syntax: 'ini' });
    expect(op).toEqual({
      kind: 'file',
      path: '/etc/x',
      content: 'host=%BDD_HOST% pw=%BDD_PASSWORD%',
      syntax: 'ini',
    });
  });

  it('lets produced values and other percent signs stand', () => {
    const op = command({
      name: 'x',
      run: [
        'printf',
        '%{X-Forwarded-For}i %l 100% %STATIC_DIST%',
        { by: 'BDD_HOST', of: { '': '%BDD_HOST%' } },
      ],
      stdin: '%API_TOKEN%',
      done: { run: ['true'], stdin: '%BDD_PASSWORD%' },
      undo: { none: { fr: 'rien', en: 'nothing' } },
    });
    expect(op.kind).toBe('command');
  });

  it('refuses a name that nobody declared', () => {
    // @ts-expect-error not a placeholder that may stand here: %BDD_HOTS%
    file({ path: '/etc/%BDD_HOTS%', content: '', syntax: 'ini' });
    check({
      name: 'x',
      // @ts-expect-error not a placeholder that may stand here: %NOBODY%
      probe: { all: [{ http: 'http://127.0.0.1/%NOBODY%', status: 200 }] },
      level: 'stop',
      say: { fr: 'non', en: 'no' },
    });
  });

  it('refuses a secret where it would be shown', () => {
    // @ts-expect-error not a placeholder that may stand here: %BDD_PASSWORD%
    file({ path: '/etc/%BDD_PASSWORD%', content: '', syntax: 'ini' });
    expect(step('x', { title: { fr: 'x', en: 'x' }, source: [], do: [] }).id).toBe('x');
  });

  it('gives the questions in their order, with their ids', () => {
    expect(questionsOf(ask).map(({ id }) => id)).toEqual(['BDD_HOST', 'BDD_PASSWORD']);
  });
});
