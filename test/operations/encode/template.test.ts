import { expect, test } from 'vitest';
import { CannotCarry, fillTemplate, namesIn, type Syntax } from '../../../src/operations/encode/index.ts';

const fill = (template: string, syntax: Syntax, values: Record<string, string>) =>
  fillTemplate(template, syntax, (name) => values[name]);

test('every other percent sign stays as it is', () => {
  const template =
    'LogFormat "%{X-Forwarded-For}i %l %u %t %>s %b" x\nprocess_name=%(program_name)s_%(process_num)02d 100%\n';
  expect(fill(template, 'plain', {})).toBe(template);
  expect(namesIn(template)).toEqual([]);
});

test('names are found in order, each once', () => {
  expect(namesIn('%B_2% %A%%B_2% %lower% %2X% %_X%')).toEqual(['B_2', 'A']);
});

test('a value is never read again, nor is it a replacement pattern', () => {
  expect(fill('%A% %B%', 'plain', { A: "%B% $& $1 $' $$", B: '%A%' })).toBe("%B% $& $1 $' $$ %A%");
});

test('a name nobody answers is an error, an empty answer is not', () => {
  expect(() => fill('a=%MISSING%', 'ini', {})).toThrow('%MISSING%');
  expect(fill('a=%EMPTY%', 'ini', { EMPTY: '' })).toBe('a=');
});

test('line ends of the template are kept', () => {
  expect(fill('a=%A%\r\nb=%A%\r\n\n', 'ini', { A: 'x' })).toBe('a=x\r\nb=x\r\n\n');
});

test('a line too long for its reader is refused as a whole', () => {
  expect(() => fill(`* * * * * root echo ${'a'.repeat(900)} %A%`, 'cron', { A: 'b'.repeat(200) })).toThrow(
    CannotCarry,
  );
});

test('quotes of the template around a placeholder', () => {
  expect(fill('DocumentRoot "/srv/%A%/public"', 'apache', { A: 'a "b"' })).toBe(
    'DocumentRoot "/srv/a \\"b\\"/public"',
  );
  expect(fill('return 200 "<%A%>";', 'nginx', { A: 'a b' })).toBe('return 200 "<a b>";');
  for (const syntax of ['shell', 'cron', 'mysql-literal', 'pg-literal', 'json', 'python', 'env'] as const) {
    expect(() => fill('a="%A%"', syntax, { A: 'x' })).toThrow('stands inside quotes');
  }
  expect(fill('Environment="A=%A%"', 'systemd', { A: 'a b' })).toBe('Environment="A=a\\x20b"');
  expect(() => fill('root $%A%;', 'nginx', { A: 'x' })).toThrow('right after');
  expect(() => fill('X "%A%{b}"', 'apache', { A: 'x$' })).toThrow(CannotCarry);
});

test('a value that needs quotes is refused in the middle of a word', () => {
  expect(fill('DocumentRoot /srv/%A%/public', 'apache', { A: 'shop' })).toBe('DocumentRoot /srv/shop/public');
  expect(() => fill('DocumentRoot /srv/%A%/public', 'apache', { A: 'a b' })).toThrow(CannotCarry);
  expect(() => fill('root /srv/%A%;', 'nginx', { A: 'a b' })).toThrow(CannotCarry);
  expect(() => fill('A=x%A%', 'env', { A: 'a b' })).toThrow(CannotCarry);
  expect(fill('<Directory %A%>', 'apache', { A: '/a b' })).toBe('<Directory "/a b">');
});

test('a value with a line break is refused in a comment', () => {
  expect(() => fill('# for %A%\nx', 'shell', { A: 'a\nid' })).toThrow(CannotCarry);
  expect(() => fill('-- for %A%', 'mysql-literal', { A: 'a\nDROP' })).toThrow(CannotCarry);
  expect(fill("# the shop's %A%", 'shell', { A: 'a b' })).toBe("# the shop's 'a b'");
});

test('a value that is a part of an address in a .env file is encoded for addresses', () => {
  const line = 'DATABASE_URL=postgres://%USER%:%PASSWORD%@%HOST%:5432/ontask';
  const values = { USER: 'ontask', PASSWORD: "lab'pw@1/x", HOST: '127.0.0.1' };
  expect(fill(line, 'env', values)).toBe(
    'DATABASE_URL=postgres://ontask:lab%27pw%401%2Fx@127.0.0.1:5432/ontask',
  );
  expect(() => fill('NAME=a%PASSWORD%', 'env', values)).toThrow(CannotCarry);
});
