import { describe, expect, test } from 'vitest';
import { applyConditions, expandRows, rowsIn } from '../../src/guide/template.ts';

const known: Record<string, string> = { TLS: 'files', SMTP_USER: '', 'os.version': '12', NAME: 'a' };
const apply = (text: string): string => applyConditions(text, (name) => known[name], 'apache/site.conf');

describe('conditional lines', () => {
  test.each([
    ['is keeps when the value is listed', '%when TLS is certbot files%\nx\n%end%\n', 'x\n'],
    ['is drops when it is not', '%when TLS is certbot%\nx\n%end%\ny\n', 'y\n'],
    ['not keeps the other values', '%when TLS not certbot%\nx\n%end%\n', 'x\n'],
    ['not drops the listed ones', '%when TLS not files certbot%\nx\n%end%\n', ''],
    ['set wants something in it', '%when SMTP_USER set%\nx\n%end%\n', ''],
    [
      'unset holds for the empty and the unknown',
      '%when SMTP_USER unset%\n%when NOBODY unset%\nx\n%end%\n%end%\n',
      'x\n',
    ],
    ['a fact may be named', '%when os.version is 12%\nx\n%end%\n', 'x\n'],
    ['blanks may stand before and after', '  a\n\t %when TLS set%  \n  x\n    %end%\t\nb\n', '  a\n  x\nb\n'],
    [
      'what is inside a dropped part is dropped',
      '%when TLS unset%\n%when NAME set%\nx\n%end%\ny\n%end%\nz\n',
      'z\n',
    ],
    [
      'an inner part may be dropped alone',
      '%when TLS set%\na\n%when NAME unset%\nb\n%end%\nc\n%end%\n',
      'a\nc\n',
    ],
    ['a text without conditions is untouched', 'a %NAME% %h %{X}i\r\n\n b', 'a %NAME% %h %{X}i\r\n\n b'],
    ['the last line needs no line end', 'a\n%when TLS set%\nb\n%end%', 'a\nb\n'],
    ['CRLF files keep their line ends', '%when TLS set%\r\nb\r\n%end%\r\n', 'b\r\n'],
    ['an empty text stays empty', '', ''],
    ['words that only begin like it are text', '%whenever%\n%ending%\n', '%whenever%\n%ending%\n'],
  ])('%s', (_, text, expected) => {
    expect(apply(text)).toBe(expected);
  });

  test.each([
    [
      'a missing end names the line it began on',
      'a\n%when TLS set%\nb\n',
      /site\.conf line 2: .*without its %end%/,
    ],
    ['the innermost one is named', '%when TLS set%\n%when NAME set%\n%end%\n', /line 1/],
    ['an end too many', 'a\n%end%\n', /site\.conf line 2: %end% without/],
    ['something after the end', '%when TLS set%\n%end% x\n', /line 2: nothing but %end%/],
    ['something after the condition', '%when TLS set% x\n', /line 1: write %when/],
    ['is without a value', '%when TLS is%\n', /line 1: write/],
    ['set with a value', '%when TLS set x%\n', /line 1: write/],
    ['another verb', '%when TLS equals x%\n', /line 1: write/],
    ['no name', '%when%\n', /line 1: write/],
    ['a mistake inside a dropped part is found too', '%when TLS unset%\n%when%\n%end%\n%end%\n', /line 2/],
  ])('refuses: %s', (_, text, message) => {
    expect(() => apply(text)).toThrow(message);
  });
});

describe('parts of a line for each row of a list', () => {
  const text = 'PAIRS=%each PAIRS ,%%PAIRS.key%=%PAIRS.secret%%end%\nNAME=%NAME%\n';

  test('are found with their list', () => {
    expect(rowsIn(text)).toEqual([{ list: 'PAIRS', row: '%PAIRS.key%=%PAIRS.secret%' }]);
  });

  test('stand there once for each, with what goes between, and nothing else changes', () => {
    const two = expandRows(text, (_, row) =>
      ['a', 'b'].map((key) => row.replaceAll('PAIRS.', `PAIRS.${key}.`)),
    );
    expect(two).toBe('PAIRS=%PAIRS.a.key%=%PAIRS.a.secret%,%PAIRS.b.key%=%PAIRS.b.secret%\nNAME=%NAME%\n');
    expect(expandRows(text, () => [])).toBe('PAIRS=\nNAME=%NAME%\n');
  });

  test('are kept or dropped with their line', () => {
    expect(apply(`%when TLS is nothing%\n${text}%end%\n`)).toBe('');
    expect(apply(`%when TLS set%\n${text}%end%\n`)).toBe(text);
  });
});
