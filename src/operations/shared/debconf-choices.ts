/** What a package that is not installed would offer: its templates are read in the package itself. */
import type { Host } from '../../host/types.ts';
import { Failure } from '../verbs.ts';
import { splitChoices } from './debconf.ts';

/** It may have to be fetched. */
const patience = 10 * 60_000;

/** A question as the package's own templates have it. */
export interface Offered {
  readonly type: string;
  readonly choices: readonly string[];
}

/** Of the version that apt would install; nothing where the package has no such question. */
export async function offeredQuestion(
  name: string,
  question: string,
  host: Host,
): Promise<Offered | undefined> {
  const folder = `/tmp/setup-wizard-deb-${host.random(12).toString('hex')}`;
  await host.mkdir(folder, { mode: '0700' });
  try {
    const argv = ['apt-get', 'download', name];
    const ran = await host.look(argv, { cwd: folder, timeout: patience });
    const [file] = (await host.list(folder)).filter((one) => one.endsWith('.deb'));
    if (file === undefined) {
      const lastLine = ran.stderr.trim().split('\n').at(-1) ?? '';
      throw new Failure('command-failed', { command: argv.join(' '), code: String(ran.code), lastLine });
    }
    const { stdout } = await host.look(['dpkg-deb', '--info', `${folder}/${file}`, 'templates']);
    return questionIn(stdout, question);
  } finally {
    await host.removeTree(folder);
  }
}

/** Pure. Translations are fields of their own, `Choices-fr.UTF-8`; what packages compare with is `Choices-C`, if any. */
export function questionIn(templates: string, question: string): Offered | undefined {
  const stanza = templates.split(/\n\s*\n/).find((one) => fieldIn(one, 'Template') === question);
  if (stanza === undefined) return undefined;
  const choices = fieldIn(stanza, 'Choices-C') ?? fieldIn(stanza, 'Choices') ?? '';
  return { type: fieldIn(stanza, 'Type') ?? '', choices: splitChoices(choices) };
}

const fieldIn = (stanza: string, name: string): string | undefined =>
  new RegExp(`^${name}: *(.*?) *$`, 'mi').exec(stanza)?.[1];
