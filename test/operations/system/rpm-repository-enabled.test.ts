/** The numbered promises of src/operations/rpm-repository-enabled.ts, on paper; test/lab/rpm.test.ts has the real dnf. */
import { describe, expect, test } from 'vitest';
import { rpmRepositoryEnabled } from '../../../src/operations/rpm-repository-enabled.ts';
import { findSection, isEnabled, withEnabled } from '../../../src/operations/shared/repo-files.ts';
import type { Op } from '../../../src/operations/verbs.ts';
import { testContext } from '../context.ts';
import { paperHost } from './machine.ts';

const op: Op<'rpm-repository-enabled'> = { kind: 'rpm-repository-enabled', id: 'crb' };
const path = '/etc/yum.repos.d/rocky.repo';
const text = `# Rocky
[baseos]
name=BaseOS
enabled=1

[crb]
name=Rocky $releasever - CRB — é
mirrorlist=https://mirrors.example.org/?repo=crb
gpgcheck=1
enabled = 0
countme=1

[crb-source]
name=Source
enabled=0
`;

const sectionOf = (content: string, id = 'crb') => findSection([{ path, text: content }], id);

describe('a section', () => {
  test.each([
    ['enabled=0', false],
    ['enabled = False', false],
    ['enabled: no', false],
    ['enabled=1', true],
    ['enabled=true', true],
    ['name=x', true],
  ])('with %s is switched on: %s', (line, on) => {
    const section = sectionOf(`[other]\nenabled=0\n[crb]\n${line}\n[more]\nenabled=0\n`);
    expect(section && isEnabled(section)).toBe(on);
  });

  test.each([
    ['[crb]\nenabled = 0 \n[x]\nenabled=0\n', '1', '[crb]\nenabled = 1 \n[x]\nenabled=0\n'],
    ['[crb]\nname=x', '0', '[crb]\nenabled=0\nname=x'],
    ['[crb]\nname=x\nenabled=1\n', undefined, '[crb]\nname=x\n'],
    ['[crb] # ours\r\nenabled=0\r\n', '1', '[crb] # ours\r\nenabled=1\r\n'],
  ])('changes in nothing but its word: %j', (content, word, wanted) => {
    const section = sectionOf(content);
    expect(section && withEnabled(section, word)).toBe(wanted);
  });

  test('is not taken for one whose name only begins so', () => {
    expect(sectionOf('[crb-source]\nenabled=0\n')).toBeUndefined();
  });
});

async function on(content: string, programs = {}) {
  const host = paperHost({ files: { [path]: content }, programs });
  const context = await testContext({ host });
  const seen = await rpmRepositoryEnabled.inspect(op, context);
  return { host, context, seen };
}

describe('a repository that is there', () => {
  test('is switched on in its own section, shown as a difference', async () => {
    const { host, context, seen } = await on(text);
    expect(rpmRepositoryEnabled.diff(op, seen, context)).toMatchObject({
      diff: expect.stringContaining('-enabled = 0\n+enabled = 1\n'),
    });
    await rpmRepositoryEnabled.apply(op, seen, context);
    expect(host.files.get(path)).toBe(text.replace('enabled = 0', 'enabled = 1'));
    const after = await rpmRepositoryEnabled.inspect(op, context);
    expect(rpmRepositoryEnabled.diff(op, after, context)).toEqual({ change: 'none' });
  });

  test.each([
    ['nothing', (now: string) => now, text],
    [
      'another line of the file',
      (now: string) => now.replace('countme=1', 'countme=0'),
      text.replace('countme=1', 'countme=0'),
    ],
    ['the section itself', () => '[baseos]\nenabled=1\n', '[baseos]\nenabled=1\n'],
  ])('is as it was once it is undone, where somebody changed %s', async (_, change, wanted) => {
    const { host, context, seen } = await on(text);
    const before = await rpmRepositoryEnabled.capture(op, seen, context);
    await rpmRepositoryEnabled.apply(op, seen, context);
    host.files.set(path, change(host.files.get(path) ?? ''));
    expect(await rpmRepositoryEnabled.undo(op, before, { ...context, purpose: 'undo' })).toEqual({});
    expect(host.files.get(path)).toBe(wanted);
  });

  test('is undone where it was never done', async () => {
    const { host, context, seen } = await on(text);
    const before = await rpmRepositoryEnabled.capture(op, seen, context);
    await rpmRepositoryEnabled.undo(op, before, context);
    expect(host.files.get(path)).toBe(text);
  });

  test.each([
    ['unknown to this machine', op],
    ['called so that it would be an option', { ...op, id: '--x' }],
  ])('and is %s is refused', async (_, one) => {
    const context = await testContext({ host: paperHost({ files: {} }) });
    const seen = await rpmRepositoryEnabled.inspect(one, context);
    expect(() => rpmRepositoryEnabled.diff(one, seen, context)).toThrow(
      expect.objectContaining({ code: 'check-failed' }),
    );
  });
});

describe('a repository of subscription-manager', () => {
  const managed = `#\n# Certificate-Based Repositories\n# Managed by (rhsm) subscription-manager\n#\n\n${text}`;
  const list = 'subscription-manager repo-override --list --repo=crb';
  const none = 'This system does not have any content overrides applied to it.\n';

  test.each([
    ['none', none, 'repo-override --repo=crb --remove=enabled'],
    ['0', 'Repository: crb\n  enabled: 0\n\n', 'repos --disable=crb'],
  ])('is switched on by it, and undone to its former override: %s', async (_, former, back) => {
    let said = former;
    const { host, context, seen } = await on(managed, {
      [list]: () => said,
      'subscription-manager repo': '',
    });
    expect(rpmRepositoryEnabled.diff(op, seen, context)).toEqual({
      change: 'change',
      commands: [['subscription-manager', 'repos', '--enable=crb']],
    });
    const before = await rpmRepositoryEnabled.capture(op, seen, context);
    await rpmRepositoryEnabled.apply(op, seen, context);
    said = 'Repository: crb\n  enabled: 1\n\n';
    host.files.set(path, managed.replace('enabled = 0', 'enabled = 1'));
    await rpmRepositoryEnabled.undo(op, before, { ...context, purpose: 'undo' });
    expect(host.done.map(({ argv }) => argv)).toEqual([
      'subscription-manager repos --enable=crb',
      `subscription-manager ${back}`,
    ]);
    expect(host.files.get(path)).toContain('enabled = 1');
  });

  test('is left alone where it is as it was', async () => {
    const { host, context, seen } = await on(managed, { [list]: none });
    const before = await rpmRepositoryEnabled.capture(op, seen, context);
    await rpmRepositoryEnabled.undo(op, before, context);
    expect(host.done).toEqual([]);
  });
});
