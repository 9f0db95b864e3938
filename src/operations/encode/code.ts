function escapeUnits(text: string, units: RegExp): string {
  return text.replace(units, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

export function json(value: string): string {
  return JSON.stringify(value);
}

/** Safe inside an HTML script element too: `</script` and `<!--` never appear. */
export function javascript(value: string): string {
  return escapeUnits(JSON.stringify(value), /[<\u2028\u2029]/g);
}

/** Every escape JSON writes is one of Python's. Not for bytes, and not an f-string. */
export function python(value: string): string {
  return JSON.stringify(value);
}

/** A quoted HOCON string is a JSON string: no ${…} is expanded in it. */
export function hocon(value: string): string {
  return JSON.stringify(value);
}

/** A double-quoted scalar; what YAML calls not printable is escaped. */
export function yaml(value: string): string {
  return escapeUnits(JSON.stringify(value), /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g);
}

/** Decimal escapes only: every Lua and LuaJIT reads them. */
export function lua(value: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is escaped.
  const text = value.replace(/[\x00-\x1f\x7f"\\]/g, (character) => {
    return `\\${character.charCodeAt(0).toString().padStart(3, '0')}`;
  });
  return `"${text}"`;
}
