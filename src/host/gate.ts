/** Where a crash test stops the world: effects pass here before, in the middle and after. */
export type Gate = (point: string) => void | Promise<void>;

/** An effect between its two gates. If a gate throws, the effect stops right there. */
export async function gated<T>(gate: Gate, name: string, effect: () => Promise<T>): Promise<T> {
  await gate(`${name} before`);
  const result = await effect();
  await gate(`${name} after`);
  return result;
}
