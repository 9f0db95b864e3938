/** One file with a setting in it, changed by the real kind and put back. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { setting } from '../../../src/operations/setting.ts';
import { Failure, type Json, type Op } from '../../../src/operations/verbs.ts';
import { type TestOptions, temporaryFolder, testContext } from '../context.ts';

export type Setting = Op<'setting'>;
export type Asked = Omit<Setting, 'kind' | 'path'>;

export interface SettingFile {
  readonly path: string;
  readonly op: Setting;
  readonly text: () => Promise<string>;
  readonly write: (text: string) => Promise<void>;
  readonly options: TestOptions & { readonly dir: string };
}

/** Bytes as characters, so that a case shows exactly what is in the file. */
export async function settingFile(
  asked: Asked,
  text: string | undefined,
  options: TestOptions = {},
): Promise<SettingFile> {
  const dir = await temporaryFolder();
  const path = join(dir, 'a.conf');
  const write = (now: string) => writeFile(path, now, 'latin1');
  if (text !== undefined) await write(text);
  return {
    path,
    op: { kind: 'setting', path, ...asked },
    text: () => readFile(path, 'latin1'),
    write,
    options: { ...options, dir },
  };
}

/** Applies it; the second time there must be nothing to do. */
export async function apply({ op, options }: SettingFile): Promise<{ before: Json; diff: string }> {
  const context = await testContext(options);
  const seen = await setting.inspect(op, context);
  const difference = setting.diff(op, seen, context);
  const before: Json = JSON.parse(JSON.stringify(await setting.capture(op, seen, context)));
  await setting.apply(op, seen, context);
  expect(setting.diff(op, await setting.inspect(op, context), context)).toEqual({ change: 'none' });
  return { before, diff: 'diff' in difference ? (difference.diff ?? '') : '' };
}

export async function undo({ op, options }: SettingFile, before: Json): Promise<void> {
  await setting.undo(op, before, await testContext({ ...options, purpose: 'undo' }));
}

export async function differenceOf({ op, options }: SettingFile) {
  const context = await testContext(options);
  return setting.diff(op, await setting.inspect(op, context), context);
}

/** From one text to another, back to the byte, and back among lines that others have added. */
export async function turns(asked: Asked, former: string, wanted: string, comment: string): Promise<void> {
  const file = await settingFile(asked, former);
  const { before } = await apply(file);
  expect(await file.text()).toBe(wanted);
  await undo(file, before);
  expect(await file.text()).toBe(former);

  await apply(file);
  await file.write(withLine(await file.text(), comment));
  await undo(file, before);
  expect(await file.text()).toBe(withLine(former, comment));
}

/** A first line of somebody else, behind the mark of the byte order. */
const withLine = (text: string, comment: string): string =>
  text.replace(/^(\xef\xbb\xbf)?/, (mark) => `${mark}${comment} theirs\n`);

/** What a person is told, in English, and that the file is as it was. */
export async function refusalOf(asked: Asked, text: string): Promise<string> {
  const file = await settingFile(asked, text);
  const error = await differenceOf(file).catch((one: unknown) => one);
  if (!(error instanceof Failure)) throw new Error(`not refused: ${JSON.stringify(error)}`);
  expect(await file.text()).toBe(text);
  return error.say?.en.replace(file.path, 'FILE') ?? error.code;
}
