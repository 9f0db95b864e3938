/** Secrets in files of the secrets folder: as they are (protected by permissions only), or encrypted by systemd. */
import type { Host } from '../host/types.ts';
import { say } from '../i18n/texts/answers.ts';
import { Failure } from '../operations/verbs.ts';
import { decodeName, encodeName } from './names.ts';
import { probeName, probeStore } from './probe.ts';
import { open, Secret } from './secret.ts';
import type { SecretStore } from './store.ts';

/** What is in the file of a secret. */
interface Coding {
  readonly backend: 'file' | 'systemd-creds';
  readonly suffix: string;
  encode(name: string, value: string): Promise<string>;
  decode(name: string, content: Buffer): Promise<string>;
}

/** 0600 files in a 0700 folder. */
export function fileStore(host: Host, dir: string): SecretStore {
  return storeOf(host, dir, {
    backend: 'file',
    suffix: '.secret',
    encode: async (_, value) => value,
    decode: async (_, content) => content.toString('utf8'),
  });
}

/** The same files, encrypted with the host's key: not with the TPM, whose answer changes with the firmware. */
export function credsStore(host: Host, dir: string): SecretStore {
  const creds = (action: string, name: string): string[] => [
    'systemd-creds',
    action,
    `--name=${encodeName(name)}`,
  ];
  return storeOf(host, dir, {
    backend: 'systemd-creds',
    suffix: '.cred',
    // The first encryption makes the host's key: an effect, so not a look.
    async encode(name, value) {
      const argv = [...creds('encrypt', name), '--with-key=host', '-', '-'];
      const ran = await host.run(argv, { stdin: value, timeout: 60_000 });
      if (ran.code !== 0 || ran.stdout.trim() === '') throw notKept(name, reasonOf(ran.code, ran.stderr));
      return ran.stdout;
    },
    async decode(name, content) {
      const argv = [...creds('decrypt', name), '--newline=no', '-', '-'];
      const ran = await host.look(argv, { stdin: content.toString('utf8') });
      if (ran.code !== 0) throw unreadable(name, reasonOf(ran.code, ran.stderr));
      return ran.stdout;
    },
  });
}

function storeOf(host: Host, dir: string, coding: Coding): SecretStore {
  const pathOf = (name: string): string => `${dir}/${encodeName(name)}${coding.suffix}`;
  const read = async (name: string): Promise<string | undefined> => {
    const content = await host.read(pathOf(name));
    return content && coding.decode(name, content);
  };
  const store: SecretStore = {
    backend: coding.backend,
    probe: () => probeStore(store),
    async get(name) {
      const value = await read(name);
      return value === undefined ? undefined : new Secret(value);
    },
    async set(name, secret) {
      const value = open(secret);
      // The file is there and durable when `write` is kept; the one before it is whole until then.
      await host.write(pathOf(name), await coding.encode(name, value), { mode: '0600' });
      if ((await read(name)) !== value) throw notKept(name, 'read back differently');
    },
    delete: (name) => host.remove(pathOf(name)),
    async list() {
      const files = (await host.stat(dir)) ? await host.list(dir) : [];
      const names = files
        .filter((file) => file.endsWith(coding.suffix))
        .map((file) => file.slice(0, -coding.suffix.length));
      return names
        .flatMap((name) => decodeName(name) ?? [])
        .filter((name) => name !== probeName)
        .sort();
    },
  };
  return store;
}

/** The program's last line; it never holds the value, which only went to its standard input. */
function reasonOf(code: number, stderr: string): string {
  return stderr.trim().split('\n').at(-1)?.slice(0, 200) || `code ${code}`;
}

function notKept(name: string, reason: string): Failure {
  return new Failure('cannot-look', { what: name }, { say: say.notKept(name, reason) });
}

function unreadable(name: string, reason: string): Failure {
  return new Failure('cannot-look', { what: name }, { say: say.unreadable(name, reason) });
}
