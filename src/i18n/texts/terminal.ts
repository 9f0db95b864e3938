/** Said about programs that ask their own questions. */
import type { Text } from '../../guide/types.ts';

export const asksItself: Text = {
  fr: 'pose ses propres questions\u00a0: votre terminal lui est prêté',
  en: 'asks its own questions: it is lent your terminal',
};

export const endedUndone: Text = {
  fr: 'Le programme s’est terminé, mais ce qu’il devait faire n’est pas fait.',
  en: 'The program has ended, but what it was to do is not done.',
};

export function programTitle(command: string): Text {
  return { fr: `Lancer dans votre terminal\u00a0: ${command}`, en: `Run in your terminal: ${command}` };
}
