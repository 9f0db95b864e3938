/** Programs on paper that fetch a key and tell its fingerprint. */
import type { Ran, RunOptions } from '../../../src/host/types.ts';
import type { PaperHost } from './machine.ts';

/** Where a key lies while it is looked at; a paper host's random bytes are always the same. */
const folder = `/tmp/setup-wizard-gpg-${'07'.repeat(12)}`;

type Programs = Record<string, (given: RunOptions) => string | Partial<Ran>>;

/** What curl fetches, and what gpg says of any file. */
export function keyPrograms(host: () => PaperHost, fingerprint: string): Programs {
  return {
    curl: () => {
      host().files.set(`${folder}/published`, `key ${fingerprint}`);
      return '';
    },
    gpg: () =>
      `pub:-:4096:1:0:0:::-:::scSC::::::23:\nfpr:::::::::${fingerprint}:\nuid:-::::0::0::x::::::::::0:\n`,
  };
}

export const noKeysLeft = (host: PaperHost): boolean =>
  ![...host.files.keys()].some((path) => path.startsWith(folder));
