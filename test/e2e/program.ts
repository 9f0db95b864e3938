/** The real program without a terminal: what a script sees. */
import { spawn } from 'node:child_process';
import { launcher, type World } from './terminal.ts';

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Options {
  readonly env?: Readonly<Record<string, string>>;
  /** Arguments of Node itself. */
  readonly node?: readonly string[];
  readonly input?: string;
}

/** Runs it to its end. */
export async function runProgram(
  world: World,
  words: readonly string[],
  { env = {}, node = [], input = '' }: Options = {},
): Promise<Ended> {
  const child = spawn(process.execPath, [...node, launcher, ...world.args(...words)], {
    cwd: world.path,
    env: world.env('en_GB.UTF-8', env),
  });
  const ended = { stdout: '', stderr: '' };
  child.stdout.on('data', (data) => {
    ended.stdout += data;
  });
  child.stderr.on('data', (data) => {
    ended.stderr += data;
  });
  child.stdin.end(input);
  const { promise, resolve } = Promise.withResolvers<number | null>();
  child.on('close', resolve);
  return { code: await promise, ...ended };
}

/** Answers for a whole run without a person, in the world's own folder. */
export function unattended(world: World, answers: Readonly<Record<string, string>> = {}): string[] {
  const all = { PRACTICE_DIR: world.folder, PRACTICE_OBSTACLE: 'no', PRACTICE_BY: 'wizard', ...answers };
  return Object.entries(all).flatMap(([id, value]) => ['--set', `${id}=${value}`]);
}
