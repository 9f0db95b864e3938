/** JSON that no terminal obeys and that every reader of lines takes for the same lines: the same values, in other words. */

const unsafe = /[\u007f-\u009f\u2028\u2029\p{Cf}]/gu;

/** As `JSON.stringify`, but escapes besides what is not seen, turns the direction, or ends a line elsewhere. */
export function jsonText(value: unknown, indent = 0): string {
  return JSON.stringify(value, null, indent).replace(unsafe, escaped);
}

function escaped(character: string): string {
  const units = character.split('').map((unit) => unit.charCodeAt(0).toString(16).padStart(4, '0'));
  return units.map((unit) => `\\u${unit}`).join('');
}
