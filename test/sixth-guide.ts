/** A copy of this project with one guide more: a folder in steps/ and one in assets/, as CONTRIBUTING.md shows them. */
import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';

const project = join(import.meta.dirname, '..');
const needed = ['src', 'screens', 'steps', 'assets', 'scripts', 'test', 'package.json', 'tsconfig.json'];

/** What is added, and nothing else. */
export const sixthGuide = join(import.meta.dirname, 'fixtures', 'sixth-guide');

export class Copy {
  readonly folder = mkdtempSync(join(tmpdir(), 'sixth-guide-'));

  constructor() {
    for (const name of needed) cpSync(join(project, name), join(this.folder, name), { recursive: true });
    symlinkSync(join(project, 'node_modules'), join(this.folder, 'node_modules'));
    for (const name of ['steps/logwatch', 'assets/logwatch']) {
      if (existsSync(join(this.folder, name))) throw new Error(`${name} is there already`);
      cpSync(join(sixthGuide, name), join(this.folder, name), { recursive: true });
    }
  }

  /** A script of Node in it; throws what it says when it fails. */
  async run(...argv: string[]): Promise<string> {
    return (await execa(process.execPath, argv, { cwd: this.folder, all: true })).all;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
