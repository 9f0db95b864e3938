/** Keys to commands, by the table. */
import { useInput } from 'ink';
import { type Binding, type CommandOf, type KeySet, keyName, keyTable } from './keys.ts';
import { useUi } from './ui.ts';

/** Calls the handler of the command whose key was pressed; each command of the set has one. */
export function useCommands<S extends KeySet>(
  set: S,
  handlers: Readonly<Record<CommandOf<S>, (set: S, key: string) => void>>,
  isActive = true,
): void {
  const ui = useUi();
  const bindings: readonly Binding[] = keyTable[set];
  const byCommand: Readonly<Record<string, (set: S, key: string) => void>> = handlers;
  useInput(
    (input, key) => {
      // Typed ahead over a slow line, several characters come as one. Consent is never typed ahead.
      const isOneKey = key.ctrl || [...input].length < 2 || set === 'confirm' || set === 'trial';
      const names = isOneKey ? [keyName(input, key)] : [...input];
      for (const name of names) {
        const binding = bindings.find(({ press }) => press.includes(name));
        if (binding) byCommand[binding.command]?.(set, name);
      }
    },
    { isActive: isActive && ui.active },
  );
}
