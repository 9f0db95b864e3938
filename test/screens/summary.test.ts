import { expect, test } from 'vitest';
import { stories } from '../../screens/stories.tsx';
import { summary } from '../../screens/summary.ts';
import type { View } from '../../src/run/protocol.ts';

const text = (name: string) => summary(stories[name] as View, 'en').replaceAll('\u00a0', ' ');

test('what stays in the scrollback says addresses, report, and how to verify and undo', () => {
  expect(text('finished')).toContain('https://inscription.mon-univ.fr/control');
  expect(text('finished')).toContain('/20261103-141200-pretix/report.md');
  expect(text('finished')).toMatch(/setup-wizard verify pretix\n/);
  expect(text('finished')).toMatch(/setup-wizard rollback pretix\n/);
});

test('an item that may be left open can be ticked later: by which command', () => {
  const finished = stories['finished'] as View;
  const open = (stories['needs-person'] as View).todo.filter(({ done }) => !done).slice(0, 1);
  const said = summary({ ...finished, todo: open }, 'en');
  expect(said).toMatch(new RegExp(`setup-wizard tick pretix ${open[0]?.item}\n`));
  expect(summary({ ...finished, todo: [] }, 'en')).not.toContain(' tick pretix ');
});

test('a skipped step stands there with its reason', () => {
  expect(text('finished')).toContain('– Nightly backup\n    une autre équipe s’en charge');
});

test('of a failed run the likely cause and what to do stay in the scrollback', () => {
  expect(text('failed')).toContain('Likely cause: pkg-config is not installed');
  expect(text('failed')).toContain('What to do: install pkg-config');
  expect(text('failed')).toContain('resume pretix');
});

test('no secret is in it', () => {
  const view = stories['needs-person'] as View;
  const revealed = { 'item:token/Team password': 's3cret' };
  expect(summary({ ...view, revealed }, 'en')).not.toContain('s3cret');
});
