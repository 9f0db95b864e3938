/** The wizard's command line in a lab, as a person or a script would use it. */
import type { Lab } from './lab.ts';

export interface Said {
  readonly code: number;
  readonly said: string;
}

/** Runs it in English, however it ends. */
export async function wizard(lab: Lab, ...args: string[]): Promise<Said> {
  const { code, stdout, stderr } = await lab.wizard([...args, '--lang', 'en'], {
    check: false,
    timeout: 40 * 60_000,
  });
  return { code, said: `${stdout}\n${stderr}` };
}

// biome-ignore lint/suspicious/noExplicitAny: what the command prints is what the test is about
export async function json(lab: Lab, ...args: string[]): Promise<any> {
  return JSON.parse((await lab.wizard([...args, '--json'], { check: false })).stdout);
}

/** Manual items that are not ticked. */
export async function openItems(lab: Lab, guide: string): Promise<string[]> {
  const items: { item: string; done: boolean }[] = await json(lab, 'todo', guide);
  return items.filter(({ done }) => !done).map(({ item }) => item);
}
