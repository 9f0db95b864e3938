import { chmod, mkdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { setting } from '../../src/operations/setting.ts';
import { Failure } from '../../src/operations/verbs.ts';
import { testContext } from './context.ts';
import { type Asked, apply, differenceOf, type SettingFile, settingFile, undo } from './setting/file.ts';

const enabled: Asked = { syntax: 'hocon', name: 'a.enabled', value: 'true', form: 'raw' };
const secret: Asked = { syntax: 'lua', name: 'app_secret', value: '%SECRET%' };
const secrets = { secrets: { SECRET: 's3cret-value' } };

const markOf = async ({ op, options }: SettingFile) => {
  const context = await testContext({ ...options, purpose: 'undo' });
  return setting.mark(op, await setting.inspect(op, context), context);
};

describe('keys', () => {
  test.each([
    [{ section: 'VirtualHost "%DOMAIN%"', name: 'authentication' }, 'VirtualHost "a.org"/authentication'],
    [{ name: 'admins' }, '/admins'],
  ])('name the file, the section and the setting: %j', async (named, key) => {
    const context = await testContext({ values: { DOMAIN: 'a.org' } });
    const op = { kind: 'setting', path: '/etc/x', syntax: 'lua', value: '1', ...named } as const;
    expect(setting.keys(op, context.values)).toEqual([`file:/etc/x#${key}`]);
  });
});

describe('the file', () => {
  test('keeps its mode, and a link stays a link', async () => {
    const file = await settingFile(enabled, undefined);
    const real = join(file.options.dir, 'real', 'a.conf');
    await mkdir(join(file.options.dir, 'real'));
    await writeFile(real, 'a { enabled = false }\n');
    await chmod(real, 0o604);
    await symlink('real/a.conf', file.path);
    const { before } = await apply(file);
    expect(await readFile(real, 'utf8')).toBe('a { enabled = true }\n');
    expect((await stat(real)).mode & 0o7777).toBe(0o604);
    await undo(file, before);
    expect(await readFile(real, 'utf8')).toBe('a { enabled = false }\n');
  });

  test('that is not there yet can be planned, and is refused when its turn comes', async () => {
    const file = await settingFile(secret, undefined, secrets);
    const plan = { ...file, options: { ...file.options, purpose: 'plan' as const } };
    expect(await differenceOf(plan)).toEqual({
      change: 'change',
      diff: `+${file.path} app_secret: "••••••••"\n`,
    });
    await expect(differenceOf(file)).rejects.toMatchObject({
      code: 'refused-existing',
      say: { en: expect.stringContaining('does not exist: install the software') },
    });
  });

  test('that is a folder is refused', async () => {
    const file = await settingFile(enabled, undefined);
    await mkdir(file.path);
    await expect(differenceOf(file)).rejects.toMatchObject({ code: 'refused-existing' });
  });

  test.each<[Asked, string]>([
    [{ syntax: 'env', name: 'LAST', value: 'x' }, 'A=1\n# a comment that is a little longer\n'],
    [{ syntax: 'properties', name: 'last', value: 'x' }, 'a=1\n# a comment that is a little longer\n'],
    [{ syntax: 'hocon', name: 'last', value: 'x' }, 'a { b = 1 }\n# a comment that is a little longer\n'],
    [{ syntax: 'lua', name: 'last', value: 'x' }, 'a = { b = 1 }\n-- a comment that is a little longer\n'],
    [{ syntax: 'javascript', section: 'c', name: 'last', value: 'x' }, 'var c = {};\n// a comment, longer\n'],
  ])(
    'may be of many megabytes: %j',
    async (asked, piece) => {
      const often = asked.syntax === 'env' || asked.syntax === 'properties' || asked.syntax === 'javascript';
      const [first, rest] = [piece, piece.replace(/^A=.*|^a=.*|^var.*/, '')];
      const size = 4_000_000;
      const text = often ? first + rest.repeat(size / rest.length) : piece.repeat(size / piece.length);
      const file = await settingFile(asked, text);
      const began = performance.now();
      const { before, diff } = await apply(file);
      expect(diff).toBe(`± ${file.path}\n`);
      await undo(file, before);
      expect(await file.text()).toBe(text);
      expect(performance.now() - began).toBeLessThan(40_000);
    },
    120_000,
  );

  test.each<[Asked, string]>([
    [{ syntax: 'env', name: 'A', value: 'x' }, 'A="'],
    [{ syntax: 'properties', name: 'a', value: 'x' }, 'a\\'],
    [{ syntax: 'hocon', name: 'a', value: 'x' }, '"\\"'],
    [{ syntax: 'lua', name: 'a', value: 'x' }, '"\\"'],
    [{ syntax: 'javascript', section: 'c', name: 'a', value: 'x' }, '`${'],
  ])(
    'of one line without an end takes no time: %j',
    async (asked, piece) => {
      const file = await settingFile(asked, piece.repeat(2_000_000));
      const began = performance.now();
      await differenceOf(file).catch((error: unknown) => expect(error).toBeInstanceOf(Failure));
      expect(performance.now() - began).toBeLessThan(20_000);
    },
    120_000,
  );
});

describe('the value', () => {
  test('that the syntax cannot hold is refused, with the name of the answer', async () => {
    const asked: Asked = { syntax: 'env', name: 'A', value: 'x%GOOD%%BAD%' };
    const file = await settingFile(asked, 'A=1\n', { values: { GOOD: 'good', BAD: 'a\nb' } });
    await expect(differenceOf(file)).rejects.toMatchObject({
      code: 'cannot-carry',
      values: { name: 'BAD', syntax: 'env', why: 'newline "\\n"' },
    });
  });

  test('that is raw holds others, each encoded', async () => {
    const value = '[ { local = %LOCAL%, public = %PUBLIC% } ]';
    const values = { LOCAL: '10.0.0.1', PUBLIC: '" } ], c = 1' };
    const file = await settingFile({ syntax: 'hocon', name: 'a', value, form: 'raw' }, '', { values });
    await apply(file);
    expect(await file.text()).toBe('a = [ { local = "10.0.0.1", public = "\\" } ], c = 1" } ]\n');
  });

  test.each<Asked>([
    { syntax: 'lua', name: 'a', value: '1 b = 2' },
    { syntax: 'lua', name: 'a', value: '"x' },
    { syntax: 'lua', name: 'a', value: '1 -- x' },
    { syntax: 'javascript', section: 'c', name: 'a', value: '1, b: 2' },
    { syntax: 'javascript', section: 'c', name: 'a', value: '{' },
    { syntax: 'hocon', name: 'a', value: '1, b = 2' },
    { syntax: 'hocon', name: 'a', value: '1\nb = 2' },
    { syntax: 'hocon', name: 'a', value: '{ b = 1 }' },
    { syntax: 'properties', name: 'a', value: '1\nb=2' },
    { syntax: 'properties', name: 'a', value: '1\\' },
    { syntax: 'env', name: 'A', value: '1\nB=2' },
    { syntax: 'env', name: 'A', value: '"1' },
  ])('that is raw is one value, or a fault of the guide: %j', async (asked) => {
    const file = await settingFile(
      { ...asked, form: 'raw' },
      asked.syntax === 'javascript' ? 'var c = {}' : '',
    );
    await expect(differenceOf(file)).rejects.toMatchObject({ code: 'bug' });
  });

  test.each<Asked>([
    { syntax: 'lua', name: 'a b', value: '1' },
    { syntax: 'javascript', name: 'a', value: '1' },
    { syntax: 'hocon', name: 'a.', value: '1' },
    { syntax: 'hocon', section: 'a', name: 'b', value: '1' },
    { syntax: 'properties', name: '', value: '1' },
    { syntax: 'env', name: 'A-B', value: '1' },
  ])('of a name that there cannot be is a fault of the guide: %j', async (asked) => {
    await expect(differenceOf(await settingFile(asked, ''))).rejects.toMatchObject({ code: 'bug' });
  });
});

describe('undo', () => {
  const there = 'a {\n  enabled = false # no\n}\nb = 1\n';
  const nested = { nothing: 'a {\n  x = 1\n}\n', example: 'a {\n  # enabled = false\n}\n', there };

  test.each(Object.entries(nested))(
    'leaves what others have written in the line: %s',
    async (name, former) => {
      const file = await settingFile(enabled, former);
      const { before } = await apply(file);
      await file.write((await file.text()).replace(/(enabled = true).*/, '$1 // theirs'));
      await undo(file, before);
      const wanted = {
        nothing: 'a {\n  x = 1\n  // theirs\n}\n',
        example: 'a {\n  # enabled = false // theirs\n}\n',
        there: 'a {\n  enabled = false // theirs\n}\nb = 1\n',
      };
      expect(await file.text()).toBe(wanted[name as keyof typeof nested]);
    },
  );

  test('finds the setting where others have moved it', async () => {
    const file = await settingFile(enabled, there);
    const { before } = await apply(file);
    await file.write('b = 1, a.enabled = true, c = 2');
    await undo(file, before);
    expect(await file.text()).toBe('b = 1, a.enabled = false, c = 2');
  });

  test('takes a line that was added away, wherever others have moved it', async () => {
    const file = await settingFile(enabled, 'a {\n}\n');
    const { before } = await apply(file);
    await file.write('b = 1, a.enabled = true, c = 2');
    await undo(file, before);
    expect(await file.text()).toBe('b = 1, c = 2');
  });

  test('takes the last line away, with the end that it gave to the line before', async () => {
    const file = await settingFile({ syntax: 'env', name: 'B', value: '2' }, 'A=1');
    const { before } = await apply(file);
    expect(await file.text()).toBe('A=1\nB=2');
    await file.write('X=1\nB=2');
    await undo(file, before);
    expect(await file.text()).toBe('X=1');
  });

  test('of two settings goes in any order', async () => {
    const first = await settingFile({ syntax: 'env', name: 'A', value: '1' }, 'X=1');
    const second = { ...first, op: { ...first.op, name: 'B' } };
    const one = await apply(first);
    const two = await apply(second);
    await undo(first, one.before);
    expect(await first.text()).toBe('X=1\nB=1');
    await undo(second, two.before);
    expect(await first.text()).toBe('X=1');
  });

  test('gives the former value back where others have taken the line away, and nothing else', async () => {
    const file = await settingFile(enabled, there);
    const { before } = await apply(file);
    await file.write('a {\n}\n');
    await undo(file, before);
    expect(await file.text()).toBe('a {\n  enabled = false\n}\n');

    const other = await settingFile(enabled, 'a {\n}\n');
    const added = await apply(other);
    await other.write('a {\n}\nc = 1\n');
    await undo(other, added.before);
    expect(await other.text()).toBe('a {\n}\nc = 1\n');
  });

  test('makes no file that is gone, unless the setting was in it', async () => {
    for (const [former, left] of [
      ['a {\n}\n', undefined],
      [there, there],
    ] as const) {
      const file = await settingFile(enabled, former);
      const { before } = await apply(file);
      await rm(file.path);
      await undo(file, before);
      expect(await file.text().catch(() => undefined)).toBe(left);
    }
  });

  test('is refused with the line where the file can no longer be read', async () => {
    const file = await settingFile(enabled, there);
    const { before } = await apply(file);
    await file.write('a {\n  enabled = true\n');
    await expect(undo(file, before)).rejects.toMatchObject({
      code: 'refused-existing',
      say: { en: expect.stringContaining('cannot be read as hocon from line 1 on') },
    });
    expect(await file.text()).toBe('a {\n  enabled = true\n');
  });

  test('needs no value: a secret may be lost by then', async () => {
    const file = await settingFile(secret, 'app_secret = "old"\n', secrets);
    const { before } = await apply(file);
    await file.write(`x = 1\n${await file.text()}`);
    await undo({ ...file, options: { dir: file.options.dir } }, before);
    expect(await file.text()).toBe('x = 1\napp_secret = "old"\n');
  });
});

describe('mark', () => {
  test('is of the value alone, however it is written', async () => {
    const file = await settingFile({ syntax: 'lua', name: 'a', value: 'x' }, 'a = "x"\n');
    const mark = await markOf(file);
    await file.write("b = 2\na = 'x' -- theirs\n");
    expect(await markOf(file)).toEqual(mark);
    await file.write('a = "y"\n');
    expect(await markOf(file)).not.toEqual(mark);
  });

  test('tells of a line that is not there, or not to be told', async () => {
    const file = await settingFile({ syntax: 'lua', name: 'a', value: 'x' }, '-- a = "x"\n');
    expect(await markOf(file)).toBeNull();
    await file.write('a = 1\na = 2\n');
    expect(await markOf(file)).toEqual({ unclear: 'twice' });
  });
});

describe('no secret is shown', () => {
  test('in a diff: ours, a former one, one in the lines around', async () => {
    const text = 'x = 1\nother_password = "of-others"\napp_secret = "of-last-year" -- mine\ny = 2\n';
    const { diff } = await apply(await settingFile(secret, text, secrets));
    expect(diff).toContain(
      ' x = 1\n other_password = ••••••••\n-app_secret = •••••••• -- mine\n+app_secret = "••••••••" -- mine\n y = 2\n',
    );
    expect(diff).not.toMatch(/last-year|of-others|s3cret/);
  });

  test('in a diff where only the secret changes in a raw value', async () => {
    const asked: Asked = { ...secret, name: 'list', value: '{ %SECRET% }', form: 'raw' };
    const { diff } = await apply(await settingFile(asked, 'list = { "old" }\n', secrets));
    expect(diff).toContain('-list = ••••••••\n+list = { "••••••••" }\n');
  });

  test('in a diff of a properties file, whose syntax has no bullets', async () => {
    const { diff } = await apply(await settingFile({ ...secret, syntax: 'properties' }, 'a=1\n', secrets));
    expect(diff).toContain(' a=1\n+app_secret=••••••••\n');
  });

  test('in an example, or in the line below', async () => {
    const text = '#app_secret=of-last-year\ndb_password=of-others\n';
    const { diff } = await apply(await settingFile({ ...secret, syntax: 'properties' }, text, secrets));
    expect(diff).not.toMatch(/last-year|of-others|s3cret/);
    const added = await apply(await settingFile({ ...secret, syntax: 'env', name: 'A' }, text, secrets));
    expect(added.diff).not.toMatch(/last-year|of-others|s3cret/);
  });

  test('when somebody has changed it since', async () => {
    const drift = async (asked: Asked, now: string, options = {}) => {
      const file = await settingFile(asked, now, options);
      const context = await testContext({ ...file.options, purpose: 'undo' });
      const seen = await setting.inspect(file.op, context);
      return setting.drift?.(file.op, seen, null, context).replaceAll(file.path, 'FILE');
    };
    expect(await drift(secret, 'app_secret = "theirs"\n', secrets)).toBe(
      '-FILE app_secret: "••••••••"\n+FILE app_secret: ••••••••\n',
    );
    expect(await drift(secret, 'x = 1\n')).toBe('-FILE app_secret: ••••••••\n');
    expect(await drift({ syntax: 'lua', name: 'a', value: 'x' }, 'a = "y"\n')).toBe(
      '-FILE a: "x"\n+FILE a: "y"\n',
    );
  });
});
