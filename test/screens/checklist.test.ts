import { describe, expect, test } from 'vitest';
import { stories } from '../../screens/stories.tsx';
import { todoMarkdown } from '../../src/i18n/todo-markdown.ts';
import type { TodoItem, View } from '../../src/run/protocol.ts';
import { keys, stage } from './stage.tsx';

const checklist = stories['checklist'] as View;
const licence = checklist.todo[1] as TodoItem;

describe('checklist', () => {
  test('a digit copies that field and says which; the item’s own line copies the first', async () => {
    const { press, copied, text } = await stage({ view: checklist });
    await press('3');
    expect(text()).toContain('clipboard: Footer');
    await press('c', '9');
    expect(copied).toEqual(['Kosmos Education', licence.fields[0]?.value]);
    expect(text()).toContain('Nothing to copy here.');
  });

  test('who ticked an item, when, and the note stand beside it', async () => {
    const { line, text } = await stage({ view: checklist });
    expect(line('Put the logo')).toMatch(/camille, today at \d\d:12/);
    expect(text()).toContain('Note: demandé à la com');
  });

  test('Space on a value never takes a tick away', async () => {
    const todo = [{ ...licence, done: true }, ...checklist.todo.filter(({ item }) => item !== licence.item)];
    const { press, connection, text } = await stage({ view: { ...checklist, todo } });
    await press(keys.up, keys.up, keys.up, keys.down, ' ');
    expect(text()).toContain('Already ticked: Space on the item itself unticks it.');
    expect(connection.sent).toEqual([]);
    await press(keys.up, ' ');
    expect(connection.sent).toMatchObject([{ type: 'tick', item: licence.item, done: false }]);
  });

  test('r has the wizard look again, only where it can', async () => {
    const { press, connection, text, show } = await stage({ view: checklist });
    await press('r');
    expect(connection.sent).toEqual([{ type: 'tick', item: 'licence', done: true, note: '' }]);
    expect(text()).toContain('Looking again');
    await show({ todo: [...checklist.todo] });
    expect(text()).not.toContain('Looking again');
    await press(...Array.from({ length: 6 }, () => keys.down), 'r');
    expect(connection.sent).toHaveLength(1);
    expect(text()).toContain('Nothing to look at here');
  });

  test('a value longer than the screen can be read to its end', async () => {
    const value = Array.from({ length: 30 }, (_, index) => `SET value_${index};`).join('\n');
    const todo = [{ ...licence, fields: [{ label: 'SQL', value, secret: false }] }];
    const { press, text } = await stage({ view: { ...checklist, todo }, size: [60, 16] });
    const seen = new Set<string>();
    for (let step = 0; step < 30; step++) {
      for (const [found] of text().matchAll(/value_\d+/g)) seen.add(found);
      await press(keys.down);
    }
    expect(seen.size).toBe(30);
  });

  test('m saves the list for printing and says where', async () => {
    const saved: string[] = [];
    const save = async (name: string, text: string) => {
      saved.push(name, text);
      return `/root/${name}`;
    };
    const { press, text } = await stage({ view: checklist, desk: { save } });
    await press('m');
    expect(text()).toContain('Saved: /root/pretix-todo.md');
    expect(saved[1]).toContain(licence.fields[1]?.value);
  });

  test('a list that cannot be saved is said', async () => {
    const save = () => Promise.reject(new Error('read-only file system'));
    const { press, text } = await stage({ view: checklist, desk: { save } });
    await press('m');
    expect(text()).toContain('Could not be saved: read-only file system');
  });
});

describe('a checklist on paper', () => {
  const paper = (items: readonly TodoItem[]) =>
    todoMarkdown(items, { title: 'Pretix', lang: 'en', now: Date.parse('2026-11-03T15:00:00Z') });

  test('has a box per item, who and when, addresses and notes', () => {
    const text = paper(checklist.todo);
    expect(text).toContain('- [x] **Change the password of admin@localhost**');
    expect(text).toMatch(/Done by the wizard, today at/);
    expect(text).toContain('- [ ] **Declare AGPLv3 compliance**');
    expect(text).toContain(`Where: <${licence.at}>`);
    expect(text).toContain('- [x] **Put the logo of your institution** (optional)');
  });

  test('holds values to the letter, whatever signs they have', () => {
    const value = '```\n* not a list *\n```';
    const text = paper([{ ...licence, fields: [{ label: 'Text', value, secret: false }] }]);
    expect(text).toContain('    ````\n    ```\n    * not a list *\n    ```\n    ````');
  });

  test('prints no secret and says where it is', () => {
    const fields = [{ label: 'Password', value: 's3cret', secret: true }];
    const text = paper([{ ...licence, fields }]);
    expect(text).not.toContain('s3cret');
    expect(text).toContain('not printed');
  });
});
