// Terminal cells as SVG: one <text> per piece of one style, placed and stretched to its cells.

const cell = { width: 8.4, height: 18 };
const margin = 12;
/** The sixteen colours of a terminal, its own two, and what faint text becomes. */
const themes = {
  dark: { background: '#1b1f27', foreground: '#d8dee9', faint: '#8a93a3', palette: darkPalette() },
  light: { background: '#fdfdfb', foreground: '#22262e', faint: '#6b7280', palette: lightPalette() },
};

function darkPalette() {
  return [
    '#3b4252',
    '#e0707a',
    '#a3be8c',
    '#ebcb8b',
    '#81a1c1',
    '#b48ead',
    '#88c0d0',
    '#e5e9f0',
    '#7b8699',
    '#e0707a',
    '#a3be8c',
    '#ebcb8b',
    '#81a1c1',
    '#b48ead',
    '#8fbcbb',
    '#eceff4',
  ];
}

function lightPalette() {
  const normal = ['#2e3440', '#b3202c', '#2b7a2b', '#8a6100', '#2457a6', '#7b3e8f', '#0b7285', '#d8dee9'];
  return [...normal, '#6b7280', ...normal.slice(1)];
}

/** Rows of `{ text, colour, bold, dim, inverse }`, one per cell; `title` is for who cannot see them. */
export function svgOf(rows, title, look = 'dark') {
  const theme = themes[look];
  const columns = Math.max(...rows.map((row) => row.length));
  const width = round(columns * cell.width + 2 * margin);
  const height = rows.length * cell.height + 2 * margin;
  const lines = rows.flatMap((row, at) => rowOf(row, at, theme));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>${escaped(title)}</title>
<rect width="100%" height="100%" rx="8" fill="${theme.background}"/>
<g font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="14" xml:space="preserve">
${lines.join('\n')}
</g>
</svg>
`;
}

function rowOf(row, at, { background, foreground, faint, palette }) {
  const y = margin + at * cell.height;
  return pieces(row).flatMap(({ text, from, colour, bold, dim, inverse }) => {
    const x = round(margin + from * cell.width);
    const width = round(text.length * cell.width);
    const fill = colour === undefined ? (dim ? faint : foreground) : palette[colour];
    const box = inverse
      ? [`<rect x="${x}" y="${y}" width="${width}" height="${cell.height}" fill="${fill}"/>`]
      : [];
    if (text.trim() === '') return box;
    const weight = bold ? ' font-weight="bold"' : '';
    const ink = inverse ? background : fill;
    return [
      ...box,
      `<text x="${x}" y="${y + 14}" textLength="${width}" lengthAdjust="spacingAndGlyphs" fill="${ink}"${weight}>${escaped(text)}</text>`,
    ];
  });
}

/** Neighbouring cells of one style as one piece. */
function pieces(row) {
  const found = [];
  row.forEach((one, from) => {
    const last = found.at(-1);
    const isSame = last && ['colour', 'bold', 'dim', 'inverse'].every((style) => last[style] === one[style]);
    if (isSame) last.text += one.text;
    else found.push({ ...one, from });
  });
  return found.flatMap(trimmed);
}

/** Without the blanks around it, which differ between fonts. */
function trimmed(piece) {
  if (piece.inverse || piece.text.trim() === '') return piece.inverse ? [piece] : [];
  const start = piece.text.length - piece.text.trimStart().length;
  return [{ ...piece, from: piece.from + start, text: piece.text.trim() }];
}

function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function round(number) {
  return Math.round(number * 10) / 10;
}
