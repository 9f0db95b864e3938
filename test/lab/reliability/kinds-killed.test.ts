/** Every real kind on its real system: a real engine is killed before, in the middle of and after the effect. */
import { afterAll, beforeAll, describe, test } from 'vitest';
import { makeAptRepositories } from '../apt-stubs.ts';
import { makeRepositories } from '../rpm-stubs.ts';
import { makeKeys } from '../signing-keys.ts';
import { examples, firstly, look, ready, readyRepositories } from './killed-kinds.ts';
import { KilledKinds } from './killed-work.ts';

const killed = new KilledKinds({
  name: 'kinds',
  async ready(lab) {
    const shell = (script: string) =>
      lab.run(['sh', '-ec', script], { env: { DEBIAN_FRONTEND: 'noninteractive' } });
    await shell(ready);
    const { one: KEY } = await makeKeys(lab);
    await makeRepositories(lab);
    await makeAptRepositories(lab);
    await shell(readyRepositories);
    return { KEY };
  },
  firstly,
  look,
  /**
   * Databases and accounts are compared by what is in them; Python's bytecode and git's index hold when files were written, and git
   * keeps what it has fetched.
   */
  incomparable: /^\/var\/lib\/(mysql|postgresql|redis|prosody|setup-wizard)\/|\.pyc$|^\/srv\/[\w/]+\/\.git\//,
  /** What PostgreSQL keeps of the same password is another text each time. */
  varying: /SCRAM-SHA-256\$.*/,
  options: {},
});

beforeAll(() => killed.prepare());
afterAll(killed.destroy);

describe('an engine that is killed around the effect of a real kind', () => {
  test.each(Object.entries(examples))('%s', (kind, all) => killed.everywhere(kind, all));
});
