/** A machine with a Prosody that is made up as far as accounts go: it keeps passwords in plain text. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { realHost } from '../../src/host/real.ts';
import type { Host, Ran } from '../../src/host/types.ts';
import { fileName } from '../../src/operations/shared/prosody.ts';
import { rootedHost } from './rooted.ts';

export const prosodyData = '/var/lib/prosody';
const ended = (code: number, stdout = '', stderr = ''): Ran => ({ code, timedOut: false, stdout, stderr });

export type Server =
  | 'usual'
  | 'stores elsewhere'
  | 'knows it elsewhere'
  | 'does not run'
  | 'has no such host'
  | 'refuses the password';

/** prosodyctl as far as accounts go, plain text (test/lab/prosody.test.ts has the real ones). */
export function machineIn(folder: string, server: Server = 'usual', host = realHost()): Host {
  const pathOf = (account = '') => {
    const [user = '', domain = ''] = account.split('@');
    return join(folder, prosodyData, fileName(domain), 'accounts', `${fileName(user)}.dat`);
  };
  const put = async (account: string, stdin: string) => {
    const [password = '', again] = stdin.split('\n');
    if (password !== again) return ended(1);
    if (server === 'stores elsewhere') return ended(0);
    if (server === 'knows it elsewhere') return ended(1, 'Error: User exists');
    await mkdir(dirname(pathOf(account)), { recursive: true });
    if (server === 'refuses the password') {
      await writeFile(pathOf(account), 'return {\n\t["disabled"] = true;\n};\n');
      return ended(1, 'Retype new password:', 'Error: password fails SASLprep');
    }
    await writeFile(pathOf(account), `return {\n\t["password"] = ${JSON.stringify(password)};\n};\n`);
    const host = account.replace(/.*@/, '');
    const warning = `The host '${host}' is not listed in the configuration file (or is not enabled).\n`;
    return ended(0, server === 'has no such host' ? warning : '');
  };
  const isThere = (account: string) =>
    readFile(pathOf(account)).then(
      () => true,
      () => false,
    );
  const verbs: Readonly<Record<string, (account: string, stdin: string) => Promise<Ran>>> = {
    about: async () =>
      ended(0, `Prosody 0.12.3\n\n# Prosody directories\nData directory:     ${prosodyData}\n`),
    adduser: async (account, stdin) =>
      (await isThere(account)) ? ended(1, 'That user already exists') : put(account, stdin),
    passwd: async (account, stdin) => ((await isThere(account)) ? put(account, stdin) : ended(1)),
    deluser: async (account) => {
      await rm(pathOf(account), { force: true });
      return ended(0);
    },
  };
  const look: Host['look'] = async (argv, options) => {
    const [program = '', verb = '', account = ''] = argv;
    if (program === 'sync') return ended(0);
    const known = program === 'prosodyctl' ? verbs[verb] : undefined;
    // What packs and tests archives is this machine's own.
    if (!known)
      return host.run(
        argv.map((one) => (one === '--directory=/' ? `--directory=${folder}` : one)),
        options,
      );
    if (server === 'does not run' && verb !== 'about') return ended(1, '', 'Connection error');
    return known(account, options?.stdin ?? '');
  };
  const run: Host['run'] = async (argv, options) => {
    if (argv[0] !== 'prosodyctl') return look(argv, options);
    await host.run(['true']);
    const ran = await look(argv, options);
    await host.run(['true']);
    return ran;
  };
  return { ...rootedHost(folder, [prosodyData], host), run, look };
}
