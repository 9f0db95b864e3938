import { describe, expect, it } from 'vitest';
import { kit, placeholders, questionsOf } from '../../src/guide/kit.ts';

const ask = placeholders({
  BDD_HOST: { kind: 'host', topic: 'db', ask: { fr: 'Serveur', en: 'Server' } },
  BDD_PASSWORD: { kind: 'password', topic: 'db', ask: { fr: 'Mot de passe', en: 'Password' } },
  USERS: {
    kind: 'list',
    topic: 'db',
    ask: { fr: 'Comptes', en: 'Accounts' },
    key: 'name',
    of: {
      name: { kind: 'name', ask: { fr: 'Nom', en: 'Name' } },
      password: { kind: 'password', ask: { fr: 'Mot de passe', en: 'Password' }, generate: 20 },
    },
  },
});
const { command, file, check, step, each, produce, setting } = kit(ask, {
  STATIC_DIST: 'public',
  API_TOKEN: 'secret',
});

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

  it('lets a secret be the value of a setting, and not its name', () => {
    const op = setting({ path: '/etc/x', syntax: 'env', name: 'PASSWORD', value: 'x%BDD_PASSWORD%' });
    expect(op.value).toBe('x%BDD_PASSWORD%');
    // @ts-expect-error not a placeholder that may stand here: %BDD_PASSWORD%
    setting({ path: '/etc/x', syntax: 'env', name: '%BDD_PASSWORD%', value: 'x' });
  });

  it('knows the cells of a list inside what is done for each of its rows, and there only', () => {
    const all = each('USERS', ({ file: one, link }) => [
      one({ path: '/etc/%USERS.name%', content: '%USERS.password%@%BDD_HOST%', syntax: 'ini' }),
      // @ts-expect-error not a placeholder that may stand here: %USERS.password%
      link({ path: '/etc/%USERS.password%', to: '/x' }),
      // @ts-expect-error not a placeholder that may stand here: %USERS.mail%
      link({ path: '/etc/%USERS.mail%', to: '/x' }),
    ]);
    expect(all.each).toBe('USERS');
    expect(all.do[0]).toMatchObject({ kind: 'file', path: '/etc/%USERS.name%' });
    // @ts-expect-error not a placeholder that may stand here: %USERS.name%
    file({ path: '/etc/%USERS.name%', content: '', syntax: 'ini' });
    // @ts-expect-error no list
    each('BDD_HOST', () => []);
    // @ts-expect-error a value of that name can be produced once only
    each('USERS', () => [produce({ name: 'X', run: ['true'], type: 'text' })]);
  });

  it('gives the questions in their order, with their ids', () => {
    expect(questionsOf(ask).map(({ id }) => id)).toEqual(['BDD_HOST', 'BDD_PASSWORD', 'USERS']);
  });
});
