import { describe, expect, test } from 'vitest';
import { FakeConnection, homeStory, stories } from '../../screens/stories.tsx';
import type { View } from '../../src/run/protocol.ts';
import { keys, stage } from './stage.tsx';

const story = (name: string, change: Partial<View> = {}): View => ({ ...(stories[name] as View), ...change });

describe('home', () => {
  test('what needs the person comes first', async () => {
    const { lines } = await stage({ home: homeStory });
    const verbs = lines().flatMap((line) => /(Resume|Verify|Install|Practise) /.exec(line)?.[1] ?? []);
    expect(verbs).toEqual(['Resume', 'Verify', 'Install', 'Install', 'Practise']);
  });

  test('Enter opens the guide under the cursor', async () => {
    const opened: string[] = [];
    const open = async ({ guide }: { guide: string }, action: string) => {
      opened.push(guide, action);
      return new FakeConnection(story('questions'));
    };
    const { press, text } = await stage({ home: homeStory, open });
    await press(keys.enter);
    expect(opened).toEqual(['pretix', 'install']);
    expect(text()).toContain('Answers');
  });

  test('what is installed is verified, gone on with or taken back', async () => {
    const opened: string[] = [];
    const open = async ({ guide }: { guide: string }, action: string) => {
      opened.push(guide, action);
      return new FakeConnection(story('questions'));
    };
    const drift = {
      step: 'conf',
      key: 'file:/etc/x',
      title: { fr: 'Fichier x', en: 'File x' },
      diff: '+y\n',
    };
    const { press, text } = await stage({ home: homeStory, open, verify: async () => [drift] });
    await press(keys.down, keys.enter, keys.enter);
    expect(text()).toContain('1 thing changed since the installation');
    expect(text()).toContain('File x');
    await press(keys.down, keys.down, keys.down, keys.enter);
    expect(opened).toEqual(['ontask', 'rollback']);
  });

  test('a guide that cannot run here is not opened: Enter says why', async () => {
    const { press, text } = await stage({ home: homeStory, open: () => Promise.reject(new Error('opened')) });
    await press(keys.down, keys.down, keys.down, keys.enter);
    expect(text()).toContain('Numbas LTI cannot run here: needs Debian 13');
  });

  test('a refusal to open is shown and one can choose again', async () => {
    const { press, text, outcomes } = await stage({
      home: homeStory,
      open: () => Promise.reject(new Error('sudo: wrong password')),
    });
    await press(keys.enter);
    expect(text()).toContain('Could not open it: sudo: wrong password');
    await press('q');
    expect(outcomes).toEqual([{ exit: 0, view: null, lang: 'en' }]);
  });

  test('l switches the language, which is kept when leaving', async () => {
    const { press, text, outcomes } = await stage({ home: homeStory });
    await press('l');
    expect(text()).toContain('Que voulez-vous faire ?');
    await press('q');
    expect(outcomes).toMatchObject([{ lang: 'fr' }]);
  });
});

describe('questions', () => {
  const fresh = story('questions', {
    form: {
      ...story('questions').form,
      fields: story('questions').form.fields.map((one) =>
        one.from === 'person' ? { ...one, from: 'default' as const } : one,
      ),
    },
  });

  test('what is typed is sent when the fingers rest, to have it checked', async () => {
    const { press, connection, pause } = await stage({ view: fresh });
    await press(keys.tab, '.', 'e', 'u');
    expect(connection.sent).toEqual([]);
    await pause(350);
    expect(connection.sent).toEqual([{ type: 'answer', id: 'BDD_HOST', value: 'localhost.eu' }]);
  });

  test('leaving a field sends it at once, and only once', async () => {
    const { press, connection, pause } = await stage({ view: fresh });
    await press(keys.tab, '2', keys.enter);
    expect(connection.sent).toEqual([{ type: 'answer', id: 'BDD_HOST', value: 'localhost2' }]);
    await pause(350);
    expect(connection.sent).toHaveLength(1);
  });

  test('an untouched field sends nothing', async () => {
    const { press, connection } = await stage({ view: fresh });
    await press(keys.tab, keys.tab, keys.tab, keys.shiftTab);
    expect(connection.sent).toEqual([]);
  });

  test('left and right choose among what can be chosen; the reason of the rest is shown', async () => {
    const { press, connection, text } = await stage({ view: fresh });
    expect(text()).toContain('✖ Docker: Docker is not installed on this machine.');
    await press(keys.right, keys.right, keys.right, keys.tab);
    expect(connection.sent).toEqual([{ type: 'answer', id: 'BDD_WHERE', value: 'remote' }]);
  });

  test('a problem appears under its field and moves no other line', async () => {
    const { press, show, lines, line } = await stage({ view: fresh });
    await press(keys.tab, '!');
    const before = lines();
    const fields = fresh.form.fields.map((one) =>
      one.id === 'BDD_HOST' ? { ...one, problem: { fr: 'Pas un nom.', en: 'Not a name.' } } : one,
    );
    await show({ form: { ...fresh.form, fields } });
    expect(line('Not a name.')).toContain('✖');
    expect(lines().filter((one) => !one.includes('Not a name.')).length).toBe(before.length - 1);
    const index = lines().findIndex((one) => one.includes('Not a name.'));
    expect(lines()[index - 1]).toContain('Server');
  });

  test('control keys are not text', async () => {
    const { press, connection, text } = await stage({ view: fresh });
    await press(keys.tab, keys.ctrl('g'), keys.ctrl('r'), keys.ctrl('w'), keys.tab);
    expect(connection.sent).toEqual([]);
    expect(text()).toContain('localhost ');
  });

  test('a secret is hidden while typed, revealed and generated on request', async () => {
    const { press, connection, text, show } = await stage({ view: fresh });
    await press(keys.tab, keys.tab, keys.tab, keys.ctrl('r'));
    expect(connection.sent).toEqual([{ type: 'reveal', id: 'BDD_PASSWORD' }]);
    await show({ revealed: { BDD_PASSWORD: 'correct horse' } });
    expect(text()).toContain('correct horse');
    await press(keys.ctrl('r'));
    expect(text()).not.toContain('correct horse');
    await press(keys.ctrl('g'), 'a', 'b', 'c');
    expect(connection.sent[1]).toEqual({ type: 'generate', id: 'BDD_PASSWORD' });
    expect(text()).toContain('***');
    expect(text()).not.toContain('abc');
  });

  test('Continue with open problems leads to the first of them', async () => {
    const { press, text, line } = await stage({ view: fresh });
    await press(keys.escape, keys.down, keys.down, keys.enter);
    expect(text()).toContain('2 answers still need attention');
    expect(line('Public address')).toContain('❯');
    expect(text()).toContain('A complete address begins with https://');
  });

  test('Continue with nothing open submits', async () => {
    const view = { ...fresh, form: { ...fresh.form, open: [] } };
    const { press, connection } = await stage({ view });
    await press(...Array.from({ length: 7 }, () => keys.tab), keys.enter);
    expect(connection.sent).toEqual([{ type: 'submit' }]);
  });

  test('text typed ahead of the Enter key is text', async () => {
    const { press, connection } = await stage({ view: fresh });
    await press(keys.tab, '.example.org');
    await press(keys.enter);
    expect(connection.sent).toEqual([{ type: 'answer', id: 'BDD_HOST', value: 'localhost.example.org' }]);
  });

  test('a value longer than its field is kept whole', async () => {
    const { press, connection, text } = await stage({ view: fresh });
    const long = 'a.very.long.name.of.a.database.server.that.does.not.fit.example.org';
    await press(keys.tab, keys.ctrl('u'), long);
    expect(text()).toContain('fit.example.org');
    await press(keys.enter);
    expect(connection.sent).toEqual([{ type: 'answer', id: 'BDD_HOST', value: long }]);
  });
});

describe('plan', () => {
  test('two keys consent: Enter, then yes, with the hash of what was shown', async () => {
    const { press, connection, text } = await stage({ view: story('plan'), lang: 'fr' });
    await press(keys.enter);
    expect(connection.sent).toEqual([]);
    expect(text()).toContain('Appliquer ces 6 changements ? o / n');
    expect(text()).toContain('Créer les tables : migrate change le schéma');
    await press('o');
    expect(connection.sent).toEqual([{ type: 'consent', hash: 'abc123' }]);
  });

  test('consent is not typed ahead by a pasted text', async () => {
    const { press, connection } = await stage({ view: story('plan') });
    await press(keys.enter, 'yes please');
    expect(connection.sent).toEqual([]);
  });

  test('differences from the guide for security stand above the plan', async () => {
    const { text } = await stage({ view: story('plan') });
    expect(text()).toContain('Security: in 4 places the wizard does not follow the guide');
    expect(text()).toContain('≠ Create the database and its account: an account of Pretix’s own, limited t…');
  });

  test('right unfolds a step to its commands and differences, readable without colour', async () => {
    const { press, text } = await stage({ view: story('plan'), size: [80, 40] });
    const toConfig = Array.from({ length: 6 }, () => keys.down);
    await press(...toConfig, keys.right);
    expect(text()).toContain('+backend=mysql');
    expect(text()).toContain('Why: The password is never shown nor logged.');
    await press(keys.left);
    expect(text()).not.toContain('+backend=mysql');
  });

  test('the irreversible is said without unfolding', async () => {
    const { text } = await stage({ view: story('plan'), size: [80, 40] });
    expect(text()).toContain('Cannot be undone: migrate changes the schema');
  });

  test('a leaves only what changes', async () => {
    const { press, text } = await stage({ view: story('plan') });
    expect(text()).toContain('Python version');
    await press('a');
    expect(text()).not.toContain('Python version');
  });

  test('Escape goes back to the answers', async () => {
    const { press, connection } = await stage({ view: story('plan') });
    await press(keys.escape);
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(connection.sent).toEqual([{ type: 'correct' }]);
  });

  test('q asks, then leaves with nothing done', async () => {
    const { press, text, outcomes, connection } = await stage({ view: story('plan') });
    await press('q');
    expect(text()).toContain('nothing was changed on this machine');
    await press(keys.down, keys.enter);
    expect(outcomes).toMatchObject([{ exit: 130 }]);
    expect(connection.sent).toEqual([{ type: 'stop' }]);
    expect(connection.isClosed).toBe(true);
  });
});

describe('run', () => {
  test('skipped and finished steps are listed with the time they took', async () => {
    const { line } = await stage({ view: story('run') });
    expect(line('Nightly backup')).toMatch(/– Nightly backup +skipped/);
    expect(line('Python environment in')).toMatch(/✔ .* 0:10/);
    expect(line('▸ pip install')).toContain('0:30');
  });

  test('the output follows its end until one scrolls; colours of programs are taken out', async () => {
    const { press, text, show } = await stage({ view: story('run') });
    expect(text()).toContain('still running...');
    await press(keys.pageUp);
    expect(text()).not.toContain('still running...');
    expect(text()).toContain('End follows again');
    await press(keys.end);
    await show({ lines: ['new last line'] });
    expect(text()).toContain('new last line');
    expect(text()).not.toContain('\u001b');
  });

  test('p asks once for a stop after the step', async () => {
    const { press, connection, text } = await stage({ view: story('run') });
    await press('p', 'p');
    expect(connection.sent).toEqual([{ type: 'stop' }]);
    expect(text()).toContain('Stop asked for: after the current step.');
  });

  test('Ctrl-C asks, and its first choice changes nothing', async () => {
    const { press, connection, outcomes, text } = await stage({ view: story('run') });
    await press(keys.ctrl('c'));
    expect(text()).toContain('❯ Keep watching');
    await press(keys.enter);
    expect(text()).toContain('pip install');
    expect(connection.sent).toEqual([]);
    expect(outcomes).toEqual([]);
  });

  test('leaving lets the work go on', async () => {
    const { press, connection, outcomes } = await stage({ view: story('run') });
    await press(keys.ctrl('c'), keys.down, keys.down, keys.enter);
    expect(connection.sent).toEqual([]);
    expect(outcomes).toMatchObject([{ exit: 130, lang: 'en' }]);
  });
});

describe('failure', () => {
  test('says what happened, what still holds and where the log is', async () => {
    const { text } = await stage({ view: story('failure') });
    expect(text()).toContain('pip install gunicorn');
    expect(text()).toContain('Can not find valid pkg-config name.');
    expect(text()).toContain('logs/pip.log');
    expect(text()).toContain('the 4 finished steps stay done');
  });

  test('Enter tries again, once', async () => {
    const { press, connection } = await stage({ view: story('failure') });
    await press(keys.enter, keys.enter);
    expect(connection.sent).toEqual([{ type: 'retry' }]);
  });

  test('after another failure one can decide again', async () => {
    const { press, connection, show } = await stage({ view: story('failure') });
    await press(keys.enter);
    await show({});
    await press(keys.enter);
    expect(connection.sent).toEqual([{ type: 'retry' }, { type: 'retry' }]);
  });

  test('skipping asks for a reason and takes no empty one', async () => {
    const { press, connection, text } = await stage({ view: story('failure') });
    await press('4', keys.enter);
    expect(text()).toContain('A short reason is needed');
    await press('not needed here', keys.enter);
    expect(connection.sent).toEqual([{ type: 'skip', reason: 'not needed here' }]);
  });

  test('undoing everything is confirmed, and the first choice is no', async () => {
    const { press, connection, text } = await stage({ view: story('failure') });
    await press('5', keys.enter);
    expect(connection.sent).toEqual([]);
    await press('5');
    expect(text()).toContain('Undo everything this run has done?');
    await press(keys.down, keys.enter);
    expect(connection.sent).toEqual([{ type: 'rollback' }]);
  });

  test('correct and stop are sent as such', async () => {
    const first = await stage({ view: story('failure') });
    await first.press('2');
    expect(first.connection.sent).toEqual([{ type: 'correct' }]);
    const second = await stage({ view: story('failure') });
    await second.press('6');
    expect(second.connection.sent).toEqual([{ type: 'stop' }]);
  });

  test('a sentence of the guide comes before the catalogue', async () => {
    const say = { fr: 'Il manque pkg-config.', en: 'pkg-config is missing.' };
    const error = { step: 'pip', error: { code: 'check-failed', values: {}, say, lastLines: [] } };
    const { text } = await stage({ view: story('failure', { error }), lang: 'fr' });
    expect(text()).toContain('Il manque pkg-config.');
  });
});

describe('checklist', () => {
  test('long values stand whole, only wrapped', async () => {
    const { text } = await stage({ view: story('checklist') });
    const flat = text().replaceAll(/\s+/g, ' ');
    for (const { value } of story('checklist').todo[1]?.fields ?? []) {
      const words = value.split(' ');
      expect(words.every((word) => flat.includes(word))).toBe(true);
      expect(text()).not.toContain('…');
    }
    expect(flat).toContain('without restriction on the scope');
  });

  test('space ticks the item under the cursor', async () => {
    const { press, connection } = await stage({ view: story('checklist') });
    await press(' ');
    expect(connection.sent).toEqual([{ type: 'tick', item: 'licence', done: true, note: '' }]);
  });

  test('c copies the exact value under the cursor', async () => {
    const { press, copied, text } = await stage({ view: story('checklist') });
    await press(keys.down, keys.down, 'c');
    expect(copied).toEqual([story('checklist').todo[1]?.fields[1]?.value]);
    expect(text()).toContain('Copied');
  });

  test('a secret is copied without being shown', async () => {
    const { press, copied, connection, show, text } = await stage({ view: story('checklist') });
    await press(keys.down, keys.down, keys.down, keys.down, 'c');
    expect(connection.sent).toEqual([{ type: 'reveal', id: 'item:token/Team password' }]);
    await show({ revealed: { 'item:token/Team password': 's3cret' } });
    expect(copied).toEqual(['s3cret']);
    expect(text()).not.toContain('s3cret');
    await press('v');
    expect(text()).toContain('s3cret');
  });

  test('an item that gives a value asks for it, hidden', async () => {
    const { press, connection, text } = await stage({ view: story('checklist') });
    await press(keys.down, keys.down, keys.down, keys.down, ' ', 'tok3n');
    expect(text()).toContain('*****');
    expect(text()).not.toContain('tok3n');
    await press(keys.enter);
    expect(connection.sent).toEqual([
      { type: 'answer', id: 'KSUP_TOKEN', value: 'tok3n' },
      { type: 'tick', item: 'token', done: true, note: '' },
    ]);
  });

  test('n keeps a note and leaves the tick as it is', async () => {
    const { press, connection } = await stage({ view: story('checklist') });
    await press('n', 'asked Jo', keys.enter);
    expect(connection.sent).toEqual([{ type: 'tick', item: 'licence', done: false, note: 'asked Jo' }]);
  });

  test('what proof found wrong is shown under the item', async () => {
    const { text } = await stage({ view: story('checklist') });
    expect(text()).toContain('✖ The page still says “licence not declared”.');
  });

  test('Escape puts it off', async () => {
    const { press, pause, connection } = await stage({ view: story('checklist') });
    await press(keys.escape);
    await pause(60);
    expect(connection.sent).toEqual([{ type: 'later' }]);
  });
});

describe('conflict', () => {
  test('keeping is the first choice', async () => {
    const { press, connection } = await stage({ view: story('conflict') });
    await press(keys.enter);
    expect(connection.sent).toEqual([{ type: 'keep' }]);
  });

  test('overwriting takes a second yes', async () => {
    const { press, connection } = await stage({ view: story('conflict') });
    await press(keys.down, keys.enter);
    expect(connection.sent).toEqual([]);
    await press(keys.down, keys.enter);
    expect(connection.sent).toEqual([{ type: 'overwrite' }]);
  });
});

describe('several conflicts', () => {
  test('one answer serves for all of them', async () => {
    const { press, connection, text } = await stage({ view: story('conflict') });
    expect(text()).toContain('web@mon-univ.fr');
    await press(keys.down, keys.down, keys.enter);
    expect(connection.sent).toEqual([{ type: 'keep', all: true }]);
  });

  test('overwriting all of them takes a second yes', async () => {
    const { press, connection } = await stage({ view: story('conflict') });
    await press(keys.down, keys.down, keys.down, keys.enter);
    expect(connection.sent).toEqual([]);
    await press(keys.down, keys.enter);
    expect(connection.sent).toEqual([{ type: 'overwrite', all: true }]);
  });
});

describe('finished', () => {
  test('Enter leaves with the exit code of the run', async () => {
    const { press, outcomes, text } = await stage({ view: story('needs-person') });
    expect(text()).toContain('https://inscription.mon-univ.fr/control');
    await press(keys.enter);
    expect(outcomes).toMatchObject([{ exit: 4 }]);
  });
});
