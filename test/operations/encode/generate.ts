/** Hostile values by the thousand, the same on every run. */

/** What a payload would make, if anything executed it. */
export const canary = '/tmp/setup-wizard-canary';

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: these are values, not templates.
const pieces = [
  ...`'"\`\\$%;#!&|<>(){}[]=:,*?~^@/+-. `,
  ...['\n', '\r', '\r\n', '\t', '\0', '\x1b[31m', '\x07', '\b', '\x7f', '\\\n', '\n\n'],
  `$(touch ${canary})`,
  `\`touch ${canary}\``,
  `; touch ${canary} ;`,
  `\ntouch ${canary}\n`,
  `' ; touch ${canary} ; '`,
  `" ; touch ${canary} ; "`,
  `| touch ${canary}`,
  `'; \\! touch ${canary}; --`,
  `\\! touch ${canary}`,
  `'; COPY (SELECT 1) TO PROGRAM 'touch ${canary}'; --`,
  `' INTO OUTFILE '${canary}' -- `,
  `os.execute("touch ${canary}")`,
  `__import__("os").system("touch ${canary}")`,
  `!!python/object/apply:os.system ["touch ${canary}"]`,
  `%${canary}%`,
  ...['${HOME}', '$HOME', '$$', '${x:-y}', '%h', '%%', '%n%s%x', '%(asctime)s', '%{HTTP_HOST}e', '%NAME%'],
  ...['[section]', '\n[Service]\nExecStart=/bin/false\n', '\n</VirtualHost>\n', 'Include /etc/shadow'],
  ...[
    'include "/etc/shadow"',
    '@include /etc/shadow',
    '!include x',
    '#includedir /etc',
    'source /etc/shadow',
  ],
  ...['-- ', '--', '/*', '*/', '/*!50000 x */', "\\'", '\\"', "''", '""', '$tag$', "E'", "x'41'", '_utf8'],
  ...[
    '../..',
    '/../../etc/shadow',
    '//',
    'file:///etc',
    'https://u:p@h/',
    '?a=b&c',
    '%2e%2e',
    '%00',
    '\\x41',
  ],
  ...['-', '--help', '-o', '--defaults-file=/etc/shadow', '-c', '-rf', '--', '+x', '@/etc/shadow'],
  ...['\u200b', '\u200e', '\u202e', '\u2066', '\u2069', '\u061c', '\ufeff', '\u00ad', '\u2060', '\u{e0041}'],
  ...['\u0301', '\u20dd', '\u0489', '\ufe0f', '\u200d', '\u2028', '\u2029', '\u0085', '\u00a0', '\u3000'],
  ...[
    '\ufdd0',
    '\uffff',
    '\u{1fffe}',
    '\u{10ffff}',
    '\ue000',
    '\ufffd',
    '\u{1f600}',
    '\u{20000}',
    'é',
    'ß',
    '日',
  ],
  ...[
    'null',
    'true',
    'ALL',
    'root',
    'EOF',
    '__proto__',
    '0',
    '1e9',
    '</script>',
    '<!--',
    '{{x}}',
    '#{x}',
    'word',
  ],
  '\ud800',
  '\udfff',
];
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: see above.

/** Lengths around the limits of readers: lines of 4096, arguments of 128 KiB, and far beyond. */
const lengths = [255, 256, 999, 4095, 4096, 8190, 65_536, 131_071, 131_072, 1_000_000];

/** The first `count` of them; no two are equal. */
export function generated(count: number): string[] {
  let state = 20_261_121;
  const next = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const piece = () => pieces[next(pieces.length)] ?? '';
  const any = () => String.fromCodePoint(next(4) === 0 ? next(0x110000) : next(0x250));
  const one = () => {
    const text = Array.from({ length: 1 + next(5) }, () => (next(5) === 0 ? any() : piece())).join('');
    // Most of them without what every line-wise syntax refuses: the others would hide what comes after.
    return next(4) === 0 ? text : text.toWellFormed().replace(/\p{Cc}/gu, '');
  };
  const values = new Set(
    lengths.flatMap((length) => ['x'.repeat(length), `${'é "\'$(x) '.repeat(length / 10)}x`]),
  );
  while (values.size < count) values.add(one());
  return [...values];
}
