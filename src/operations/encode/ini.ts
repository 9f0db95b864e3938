import { refuseBlankEdges, refuseControls } from './cannot-carry.ts';

/**
 * Python's configparser with `interpolation=None` and no inline comments (pretix.cfg): the value is the rest of
 * the line after `key=`, there is no quoting and no escape. Supervisor's own reader differs (`%`, ` ;`).
 */
export function ini(value: string): string {
  refuseControls('ini', value, '\t');
  refuseBlankEdges('ini', value);
  return value;
}

const named: Record<string, string> = { '\t': '\\t', '\n': '\\n', '\r': '\\r', '\f': '\\f' };

/** java.util.Properties, value position, spelled in ASCII so that the encoding of the file does not matter. */
export function properties(value: string): string {
  let text = '';
  const blanks = /^ */.exec(value)?.[0].length ?? 0;
  for (let index = 0; index < value.length; index += 1) {
    const unit = value.charAt(index);
    const code = value.charCodeAt(index);
    if (named[unit] !== undefined) text += named[unit];
    else if (code < 0x20 || code > 0x7e) text += `\\u${code.toString(16).toUpperCase().padStart(4, '0')}`;
    else if ('\\=:#!'.includes(unit) || (unit === ' ' && index < blanks)) text += `\\${unit}`;
    else text += unit;
  }
  return text;
}
