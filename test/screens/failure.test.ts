import { describe, expect, test } from 'vitest';
import { stories } from '../../screens/stories.tsx';
import type { View } from '../../src/run/protocol.ts';
import { stage } from './stage.tsx';

const failure = stories['failure'] as View;

describe('a failure of a known kind', () => {
  test('says the likely cause and what to do', async () => {
    const { text } = await stage({ view: failure, size: [120, 40] });
    expect(text()).toContain('Likely cause: pkg-config is not installed');
    expect(text()).toContain('What to do: install pkg-config in a shell');
  });

  test.each(['fr', 'en'] as const)(
    'at 80×24 (%s) leaves room for all choices and three last lines',
    async (lang) => {
      const { lines, text } = await stage({ view: failure, lang });
      expect(lines().filter((line) => line.startsWith('  │ ')).length).toBeGreaterThanOrEqual(3);
      expect(text()).toMatch(/Stop here, resume later|S’arrêter là, reprendre plus tard/);
      expect(text()).toContain('pip.log');
    },
  );

  test.each(['fr', 'en'] as const)(
    'at 60×16 (%s) the last lines give way, advice and choices stay',
    async (lang) => {
      const { text } = await stage({ view: failure, lang, size: [60, 16] });
      const flat = text().replaceAll(/\s+/g, ' ');
      expect(flat).toMatch(/then try again|puis réessayez/);
      expect(flat).toMatch(/Stop here, resume later|S’arrêter là, reprendre plus tard/);
    },
  );

  test('at 60×16, without room for both, what to do stands whole and the cause gives way', async () => {
    const error = failure.error as NonNullable<View['error']>;
    const say = { fr: 'Long. '.repeat(25), en: 'Long. '.repeat(25) };
    const doing =
      'touch /srv/practice/mended in another terminal, or in the shell opened from here; then try again.';
    const cause = { id: 'x', say, do: { fr: doing, en: doing } };
    const view = { ...failure, error: { ...error, error: { ...error.error, cause } } };
    const { text } = await stage({ view, size: [60, 16] });
    expect(text().replaceAll(/\s+/g, ' ')).toContain(doing);
  });

  test('the clipboard gets cause and advice with the error', async () => {
    const { press, copied } = await stage({ view: failure });
    await press('c');
    expect(copied[0]).toContain('Likely cause: pkg-config');
    expect(copied[0]).toContain('Can not find valid pkg-config name.');
    expect(copied[0]).toContain('logs/pip.log');
  });
});

describe('a shell beside a failure', () => {
  test('is told to the engine, and tells the person where they are', async () => {
    const told: (readonly string[])[] = [];
    const shell = async (lines: readonly string[]) => {
      told.push(lines);
      return { code: 0, signal: null };
    };
    const { press, connection } = await stage({ view: failure, desk: { shell } });
    await press('3');
    expect(connection.sent).toEqual([{ type: 'shell' }]);
    expect(told[0]).toEqual([
      'Failed step: pip install pretix==4.20.4',
      'Its command: /var/pretix/venv/bin/pip install gunicorn mysqlclient',
      expect.stringContaining('/logs/pip.log'),
      '“exit” leads back to the wizard, which waits for your choice.',
    ]);
    await press('1');
    expect(connection.sent).toEqual([{ type: 'shell' }, { type: 'retry' }]);
  });

  test('is offered in a rollback too, where nothing can be skipped', async () => {
    const { text } = await stage({ view: { ...failure, kind: 'rollback' } });
    expect(text()).toContain('Open a shell here');
    expect(text()).toContain('Try again');
    expect(text()).not.toContain('Skip this step');
  });
});

describe('repairs that the guide offers', () => {
  const error = failure.error as NonNullable<View['error']>;
  const remedies = [
    { id: 'collect', title: { fr: 'rassembler', en: 'collect the files again' } },
    { id: 'empty', title: { fr: 'vider', en: 'empty the volume' } },
  ];
  const view = { ...failure, error: { ...error, error: { ...error.error, remedies } } };

  test('come first in the menu, and the one that is chosen is told to the engine', async () => {
    const { text, press, connection } = await stage({ view });
    expect(text()).toMatch(/Repair: collect the files again[\s\S]*Repair: empty the volume[\s\S]*Try again/);
    await press('2');
    expect(connection.sent).toEqual([{ type: 'remedy', id: 'empty' }]);
  });

  test('leave every choice within reach at 60×16', async () => {
    const { text, press, connection } = await stage({ view, lang: 'fr', size: [60, 16] });
    expect(text()).toMatch(/Réparer\s: rassembler/);
    for (let count = 1; count < 8; count++) await press('\u001b[B');
    await press('\r');
    expect(connection.sent).toEqual([{ type: 'stop' }]);
  });
});
