/** The command line as a contract: exit codes, JSON, lines, terminals that can do little. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runProgram, unattended } from './program.ts';
import { said } from './said.ts';
import { keys, World } from './terminal.ts';

let world: World;
beforeEach(() => {
  world = new World();
});
afterEach(() => world.destroy());

const install = (answers: Readonly<Record<string, string>> = {}, ...more: readonly string[]) =>
  runProgram(world, ['install', 'practice', '--yes', ...more, ...unattended(world, answers)]);

describe('a run without questions', () => {
  test('ends with 0 when all is done, and again when there is nothing to do', async () => {
    const first = await install();
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).toContain(`The exercise is in ${world.folder}.`);
    expect(existsSync(join(world.folder, 'by-hand'))).toBe(true);
    const second = await install();
    expect(second).toMatchObject({ code: 0, stderr: '' });
    expect((await runProgram(world, ['verify', 'practice'])).code).toBe(0);
  });

  test('writes JSON lines in order, the last of type end with the exit code', async () => {
    const { code, stdout } = await install({}, '--json');
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.at(-1)).toMatchObject({ type: 'end', exit: 0, state: 'done' });
    expect(code).toBe(0);
    for (const { seq, time, type } of lines) {
      expect(Number.isInteger(seq)).toBe(true);
      expect(Number.isNaN(Date.parse(time))).toBe(false);
      expect(type).toMatch(/^[a-z-]+$/);
    }
    expect(lines.map(({ seq }) => seq)).toEqual(lines.map(({ seq }) => seq).toSorted((a, b) => a - b));
  });

  test('ends with 1 when a step fails, and finishes once that is mended', async () => {
    const failed = await install({ PRACTICE_OBSTACLE: 'yes' });
    expect(failed.code).toBe(1);
    expect(failed.stdout).toContain(`touch ${world.folder}/mended`);
    expect((await runProgram(world, ['verify', 'practice'])).stdout).toMatch(
      /is not finished: only the \d+ of \d+/,
    );
    writeFileSync(join(world.folder, 'mended'), '');
    expect((await install({ PRACTICE_OBSTACLE: 'yes' })).code).toBe(0);
    expect((await runProgram(world, ['verify', 'practice'])).stdout).not.toContain('not finished');
  });

  test('ends with 2 for a wrong answer, an unknown guide, command or option, and changes nothing', async () => {
    const wrong = await install({ PRACTICE_MAIL: 'nobody' });
    expect(wrong).toMatchObject({ code: 2, stdout: '' });
    expect(wrong.stderr).toContain('PRACTICE_MAIL');
    const others = [['install', 'no-such-guide'], ['no-such-command'], ['list', '--no-such-option']];
    for (const words of others) expect((await runProgram(world, words)).code, words.join(' ')).toBe(2);
    const secret = await runProgram(world, ['plan', 'practice', '--set', 'PRACTICE_PASSWORD=x']);
    expect(secret.code).toBe(2);
    expect(existsSync(world.folder)).toBe(false);
  });

  test('ends with 4 when a person has something to do; ticking it is recorded', async () => {
    const left = await install({ PRACTICE_BY: 'person' });
    expect(left.code).toBe(4);
    expect(left.stdout).toContain('Create the file by-hand');
    expect((await runProgram(world, ['tick', 'practice', 'touch-by-hand'])).code).toBe(1);
    writeFileSync(join(world.folder, 'by-hand'), '');
    for (const item of ['touch-by-hand', 'read-settings'])
      expect((await runProgram(world, ['tick', 'practice', item])).code, item).toBe(0);
    const todo = JSON.parse((await runProgram(world, ['todo', 'practice', '--json'])).stdout);
    expect(todo.map(({ item, done }: { item: string; done: boolean }) => [item, done])).toEqual([
      ['read-settings', true],
      ['touch-by-hand', true],
      ['tell-a-colleague', false],
    ]);
    expect((await install({ PRACTICE_BY: 'person' })).code).toBe(0);
  });

  test('ends with 5 while another window has the run in hand', async () => {
    const terminal = world.start(['install', 'practice']);
    await terminal.waitFor('Answers');
    expect((await install()).code).toBe(5);
    await terminal.press(keys.ctrlC, keys.ctrlC);
    await terminal.ended;
  });

  test('keeps a secret out of everything but the file it belongs in', async () => {
    const answers = join(world.path, 'answers.ini');
    writeFileSync(
      answers,
      `[practice]\nPRACTICE_DIR = ${world.folder}\nPRACTICE_OBSTACLE = no\nPRACTICE_BY = wizard\nPRACTICE_PASSWORD = env:TOP_SECRET\n`,
    );
    const env = { TOP_SECRET: 'hide me well 77' };
    const words = ['install', 'practice', '--yes', '--json', '--answers', answers];
    const { code, stdout, stderr } = await runProgram(world, words, { env });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const report = await runProgram(world, ['report', 'practice']);
    expect(readFileSync(join(world.folder, 'practice.ini'), 'utf8')).toContain(env.TOP_SECRET);
    for (const text of [stdout, report.stdout, JSON.stringify(world.journal())])
      expect(text).not.toContain(env.TOP_SECRET);
  });

  test('rolls back to nothing', async () => {
    await install();
    const back = await runProgram(world, ['rollback', 'practice', '--yes']);
    expect(back).toMatchObject({ code: 0, stderr: '' });
    expect(existsSync(world.folder)).toBe(false);
    const status = JSON.parse((await runProgram(world, ['status', '--json'])).stdout);
    expect(status.map(({ kind, state }: Record<string, string>) => [kind, state])).toEqual([
      ['install', 'rolled-back'],
      ['rollback', 'rolled-back'],
    ]);
    expect((await runProgram(world, ['rollback', 'practice', '--yes'])).code).toBe(0);
  });
});

describe('doctor', () => {
  test('tells in lines of 80 columns what it saw and what to do, and changes nothing', async () => {
    const { code, stdout, stderr } = await runProgram(world, ['doctor']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('Practice guide can be installed here.');
    for (const line of stdout.split('\n')) if (!line.includes('/')) expect(line.length).toBeLessThan(81);
    expect(existsSync(world.state)).toBe(false);
  });

  test('names a run that is not finished, with the command that continues it', async () => {
    await install({ PRACTICE_OBSTACLE: 'yes' });
    const { stdout } = await runProgram(world, ['doctor', '--json']);
    const { ok, findings } = JSON.parse(stdout);
    expect(ok).toBe(true);
    const found = findings.find(({ id }: { id: string }) => id === 'run-unfinished');
    expect(found.todo).toMatch(/\/program\/\S+\/setup-wizard --state-dir \S+ resume practice$/);
  });

  test('ends with 3 when something keeps the wizard from working', async () => {
    writeFileSync(world.state, 'not a folder');
    const { code, stdout } = await runProgram(world, ['doctor'], { env: { LC_ALL: 'C' } });
    expect(code).toBe(3);
    expect(stdout).toContain('in the way');
    expect(stdout).toMatch(/^[\n -~]*$/);
  });
});

test('report prints the as-built document as things stand, in the chosen language', async () => {
  const left = await install({ PRACTICE_BY: 'person' });
  expect(left.stdout).toMatch(/runs\/\S+\/report\.md/);
  writeFileSync(join(world.folder, 'by-hand'), '');
  await runProgram(world, ['tick', 'practice', 'touch-by-hand', '--note', 'seen to it']);
  const { code, stdout } = await runProgram(world, ['--lang', 'fr', 'report', 'practice']);
  expect(code).toBe(0);
  expect(stdout).toContain('# Guide d’exercice\u00a0: dossier d’installation');
  expect(stdout).toContain('  - Note\u00a0: seen to it');
  expect(stdout).toMatch(/ {4}\S+\/program\/\S+\/setup-wizard --state-dir \S+ rollback practice/);
});

describe('lines instead of screens', () => {
  /** The whole guide by typed lines. */
  async function byLines(words: readonly string[], env: Readonly<Record<string, string>>) {
    const terminal = world.start(['install', 'practice', ...words], { env });
    const type = async (question: string, line: string) => {
      await terminal.waitFor(question);
      await terminal.press(`${line}\r`);
    };
    await type('Directory of the exercise', world.folder);
    await type('With something to fix?', '1');
    await type('With an interactive program?', '2');
    await type('Your name', '');
    await type('An e-mail address', 'nobody');
    await type('not accepted', 'nobody@example.org');
    await type('A password (hidden', 'typed in the dark');
    await type('Who does the manual part?', '1');
    await type('+ adds a row', '');
    await type('Number of an answer to change', '');
    await type('Make these', '1');
    await type('[y/N]', 'y');
    await terminal.waitFor('Open a shell here');
    writeFileSync(join(world.folder, 'mended'), '');
    await type('Stop here', '1');
    await type('Read practice.ini', '1');
    writeFileSync(join(world.folder, 'by-hand'), '');
    await type('Create the file by-hand', '1');
    expect(await terminal.ended).toBe(0);
    return terminal;
  }

  test('--plain asks, says what fails and finishes; a secret is not echoed', async () => {
    const terminal = await byLines(['--plain'], {});
    expect(terminal.output).not.toContain('typed in the dark');
    expect(readFileSync(join(world.folder, 'practice.ini'), 'utf8')).toContain('typed in the dark');
  });

  test.each([
    ['Ctrl-C', keys.ctrlC],
    ['Ctrl-D', '\u0004'],
  ])('%s at a question stops there, and says how to go on', async (_, key) => {
    const terminal = world.start(['install', 'practice', '--plain']);
    await terminal.waitFor('Directory of the exercise');
    await terminal.press(key);
    expect(await terminal.ended).toBe(130);
    expect(terminal.history()).toContain(`${world.state}/program/`);
    expect((await runProgram(world, ['status'])).stdout).toContain('interrupted');
  });

  test('TERM=dumb gets lines by itself, without control sequences', async () => {
    const terminal = await byLines([], { TERM: 'dumb' });
    expect(terminal.output).not.toContain('\u001b');
  });
});

describe('terminals that can do little', () => {
  test('NO_COLOR takes the colours and leaves the signs', async () => {
    const terminal = world.start([], { env: { NO_COLOR: '1' } });
    await terminal.waitFor(said('en').home);
    expect(terminal.screen()).toContain('❯');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are such sequences.
    expect(terminal.output).not.toMatch(/\u001b\[[0-9;]*3[0-7]m/);
    await terminal.press('q');
    expect(await terminal.ended).toBe(0);
  });

  test('LANG=C gets no byte above ~, on every screen of an install', async () => {
    const words = said('en');
    const terminal = world.start(['install', 'practice', '--set', `PRACTICE_DIR=${world.folder}`], {
      lang: 'C',
    });
    await terminal.waitFor('Answers');
    for (let field = 0; field < 6; field++) await terminal.press(keys.enter);
    await terminal.choose(words.toPlan);
    await terminal.press(keys.enter);
    await terminal.waitFor('> Plan');
    await terminal.press(keys.enter);
    await terminal.waitFor(words.consent);
    await terminal.press('y');
    await terminal.waitFor(words.retry);
    await terminal.press(keys.ctrlC);
    await terminal.waitFor(words.leave);
    await terminal.press(keys.ctrlC);
    await terminal.ended;
    // biome-ignore lint/suspicious/noControlCharactersInRegex: every byte but those of ASCII is looked for.
    expect(terminal.output.match(/[^\u0000-\u007e]/g)).toBeNull();
  });

  test('no terminal: help, exit 2', async () => {
    const { code, stdout } = await runProgram(world, []);
    expect(code).toBe(2);
    expect(stdout).toContain('Usage: setup-wizard');
    const asking = await runProgram(world, ['install', 'practice']);
    expect(asking).toMatchObject({ code: 2, stdout: '' });
    expect(asking.stderr).toContain('--yes');
  });

  test('a window that becomes too small says so, and comes back', async () => {
    const terminal = world.start([]);
    await terminal.waitFor(said('en').home);
    terminal.resize(40, 10);
    await terminal.waitFor('60');
    terminal.resize(80, 24);
    await terminal.waitFor(/Practise\s+Practice guide/);
    await terminal.press('q');
    expect(await terminal.ended).toBe(0);
  });
});

describe('accounts', () => {
  test.each([
    [['users', 'practice'], 'The guide “Practice guide” has no accounts'],
    [['users', 'practice', 'list', '--json'], 'The guide “Practice guide” has no accounts'],
    [
      ['users', 'practice', 'rename', 'x'],
      'There is no “users … rename”: list, add, passwd and remove are known.',
    ],
    [['users', 'practice', 'add'], 'setup-wizard users practice add NAME'],
    [['users', 'practice', 'list', 'x'], '“x” is too much here'],
    [['users', 'no-such-guide', 'list'], 'There is no guide “no-such-guide”'],
  ])('%j ends with 2 and one sentence', async (words, sentence) => {
    const { code, stdout, stderr } = await runProgram(world, words, { input: 's3cret\n' });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(sentence);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });
});

describe('an old Node', () => {
  test.each(['12.22.12', '18.20.4', '20.20.2', '22.22.1'])(
    '%s is told what to do, exit 3',
    async (version) => {
      const fake = join(world.path, 'old.cjs');
      writeFileSync(
        fake,
        `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } });`,
      );
      const { code, stdout, stderr } = await runProgram(world, ['list'], { node: ['-r', fake] });
      expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
      expect(stderr).toContain(`this is Node ${version}`);
      expect(stderr).toContain('npx --yes -p node@24 -p file:./setup-wizard.tgz setup-wizard');
      expect(stderr).not.toMatch(/npx( --yes)? setup-wizard/);
    },
  );
});
