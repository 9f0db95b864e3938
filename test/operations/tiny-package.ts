/** A Python package in a repository of git that pip builds with nothing but Python: it brings its own builder. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { commit, git } from './repository.ts';

const backend = `import base64, hashlib, os, zipfile

def build_wheel(folder, config_settings=None, metadata_directory=None):
    info = 'tiny_lti-3.1.dist-info/'
    files = {
        'tiny_lti.py': open('tiny_lti.py').read(),
        info + 'METADATA': 'Metadata-Version: 2.1\\nName: Tiny_LTI\\nVersion: 3.1\\n',
        info + 'WHEEL': 'Wheel-Version: 1.0\\nGenerator: tiny\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n',
    }
    digest = lambda text: base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b'=').decode()
    record = ''.join('%s,sha256=%s,%d\\n' % (name, digest(text), len(text)) for name, text in files.items())
    files[info + 'RECORD'] = record + info + 'RECORD,,\\n'
    wheel = 'tiny_lti-3.1-py3-none-any.whl'
    with zipfile.ZipFile(os.path.join(folder, wheel), 'w') as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return wheel
`;

/** Files of the package by name. */
export const tinyPackage: Readonly<Record<string, string>> = {
  'backend.py': backend,
  'pyproject.toml': '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n',
  'tiny_lti.py': 'edition = 1\n',
};

export interface TinyMirror {
  /** What stands in for the forge. */
  readonly at: string;
  /** The repository `acme/tiny-lti.git` in it. */
  readonly path: string;
  /** Of the tag `v3.1`; the branch `main` has gone on, with the same version. */
  readonly tagged: string;
}

export async function tinyMirror(folder: string): Promise<TinyMirror> {
  const path = join(folder, 'mirror/acme/tiny-lti.git');
  await mkdir(path, { recursive: true });
  git(path, 'init', '--quiet', '--initial-branch=main');
  const tagged = await commit(path, tinyPackage, 'v3.1');
  await commit(path, { 'tiny_lti.py': 'edition = 2\n' });
  return { at: `file://${folder}/mirror`, path, tagged };
}
