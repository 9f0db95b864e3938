import { refuseControls, refuseLonger, refuseMatch, simpleWord } from './cannot-carry.ts';

/**
 * The inside of a "…" argument of an Apache directive. `${NAME}` is replaced after the quotes are taken off and has
 * no escape; `%{…}` is read by Header, ErrorDocument, RewriteCond and LogFormat, and has no escape common to them.
 * A lone `%` or `$` still means something in those directives: this is not their format language.
 */
export function apacheQuoted(value: string): string {
  refuseControls('apache', value, '\t');
  refuseMatch('apache', value, /\$\{|%\{/);
  return value.replace(/["\\]/g, '\\$&');
}

export function apache(value: string): string {
  const quoted = apacheQuoted(value);
  return simpleWord.test(value) ? value : `"${quoted}"`;
}

/** The inside of a "…" parameter of nginx: `$` starts a variable and has no escape; a token ends at 4096 bytes. */
export function nginxQuoted(value: string): string {
  refuseControls('nginx', value, '\t');
  refuseMatch('nginx', value, /\$/);
  const text = value.replace(/["\\]/g, '\\$&');
  refuseLonger('nginx', text, 4000);
  return text;
}

export function nginx(value: string): string {
  const quoted = nginxQuoted(value);
  return simpleWord.test(value) ? value : `"${quoted}"`;
}
