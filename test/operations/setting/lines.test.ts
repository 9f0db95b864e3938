import { describe, expect, test } from 'vitest';
import { type Asked, differenceOf, refusalOf, settingFile, turns } from './file.ts';

const url: Asked = {
  syntax: 'properties',
  name: 'org.jitsi.jicofo.auth.URL',
  value: 'XMPP:meet.example.org',
};
const set = 'org.jitsi.jicofo.auth.URL=XMPP\\:meet.example.org';
const port: Asked = { syntax: 'env', name: 'PUBLIC_URL', value: 'https://meet.example.org' };

describe('a properties file', () => {
  test.each<[string, Asked, string, string]>([
    ['a value', url, `a=1\norg.jitsi.jicofo.auth.URL=x\nb=2\n`, `a=1\n${set}\nb=2\n`],
    [
      'a value over several lines, with other signs between',
      url,
      '  org.jitsi.jicofo.auth.URL : x\\\n   y\\\n\nb=2\n',
      '  org.jitsi.jicofo.auth.URL : XMPP\\:meet.example.org\nb=2\n',
    ],
    [
      'a name with escapes',
      url,
      'org.jitsi.\\u006aicofo.auth\\.URL x\n',
      'org.jitsi.\\u006aicofo.auth\\.URL XMPP\\:meet.example.org\n',
    ],
    ['a name alone', url, 'org.jitsi.jicofo.auth.URL\nb\n', `${set}\nb\n`],
    ['an example', url, 'a=1\n#org.jitsi.jicofo.auth.URL=XMPP:x\nb=2\n', `a=1\n${set}\nb=2\n`],
    ['an example of the other kind', url, '!  org.jitsi.jicofo.auth.URL : XMPP:x', set],
    [
      'two examples: they stay',
      url,
      '#org.jitsi.jicofo.auth.URL=a\n#org.jitsi.jicofo.auth.URL=b\nb=2\n',
      `#org.jitsi.jicofo.auth.URL=a\n#org.jitsi.jicofo.auth.URL=b\n${set}\nb=2\n`,
    ],
    [
      'the example of another name stays',
      url,
      '#org.jitsi.jicofo.auth.URLS=a\n',
      `#org.jitsi.jicofo.auth.URLS=a\n${set}\n`,
    ],
    ['a comment that seems to go on', url, '# a\\\nb=2', `# a\\\nb=2\n${set}`],
    ['nothing', url, 'a=1\n', `a=1\n${set}\n`],
    ['no last line end', url, 'a=1', `a=1\n${set}`],
    ['an empty file', url, '', `${set}\n`],
    ['line ends of Windows', url, 'a=1\r\n#org.jitsi.jicofo.auth.URL=\r\n', `a=1\r\n${set}\r\n`],
    ['a last line of Windows', url, 'a=1\r\nb=\\\r\n  2\r\n', `a=1\r\nb=\\\r\n  2\r\n${set}\r\n`],
    ['bytes of Latin-1', url, '# \xe9\n\xe9=\xe8\n', `# \xe9\n\xe9=\xe8\n${set}\n`],
    [
      'a name with blanks and signs',
      { ...url, name: ' a b:=é' },
      '',
      '\\ a\\ b\\:\\=\\u00E9=XMPP\\:meet.example.org\n',
    ],
  ])('%s', async (_, asked, former, wanted) => {
    await turns(asked, former, wanted, '#');
  });

  test.each(['XMPP:meet.example.org', 'XMPP\\:meet.\\\n  example.org', '\\u0058MPP:meet.example.org'])(
    'has nothing to do where %j says the same',
    async (value) => {
      const file = await settingFile(url, `org.jitsi.jicofo.auth.URL = ${value}\n`);
      expect(await differenceOf(file)).toEqual({ change: 'none' });
    },
  );

  test.each([
    ['set twice', `${set}\nx=1\norg.jitsi.jicofo.auth.URL y\n`, 'several times (lines 1, 3)'],
    ['a last line that goes on', 'a=1\nb=2\\', 'cannot be read as properties from line 2 on'],
    ['a last line that goes on in nothing', 'a=1\nb=2\\\n', 'cannot be read as properties from line 2 on'],
  ])('refuses a guess: %s', async (_, text, sentence) => {
    expect(await refusalOf(url, text)).toContain(sentence);
  });
});

describe('a .env file', () => {
  const value = 'https://meet.example.org';
  test.each<[string, Asked, string, string]>([
    [
      'an example',
      port,
      '# The address\n#PUBLIC_URL=https://meet.example.com\n\nTZ=UTC\n',
      `# The address\nPUBLIC_URL=${value}\n\nTZ=UTC\n`,
    ],
    ['an example with a blank', port, '# PUBLIC_URL=x', `PUBLIC_URL=${value}`],
    ['a value with a comment behind it', port, 'PUBLIC_URL=x # where\n', `PUBLIC_URL=${value} # where\n`],
    [
      'an empty value with a comment behind it',
      port,
      'PUBLIC_URL= # where\n',
      `PUBLIC_URL=${value} # where\n`,
    ],
    ['an empty value', port, 'A=1\nPUBLIC_URL=\nB=#2\n', `A=1\nPUBLIC_URL=${value}\nB=#2\n`],
    [
      'a value of several lines',
      port,
      `PUBLIC_URL="a\n#PUBLIC_URL=b\n\\"" # x\nB=2\n`,
      `PUBLIC_URL=${value} # x\nB=2\n`,
    ],
    ['an exported one', port, " export PUBLIC_URL = 'a'\n", ` export PUBLIC_URL = ${value}\n`],
    [
      'what only looks so, in a value of several lines',
      port,
      "A='\n#PUBLIC_URL=b\nPUBLIC_URL=c\n'\n",
      `A='\n#PUBLIC_URL=b\nPUBLIC_URL=c\n'\nPUBLIC_URL=${value}\n`,
    ],
    [
      'longer names stay',
      port,
      'XPUBLIC_URL=a\nPUBLIC_URL_2=b\n',
      `XPUBLIC_URL=a\nPUBLIC_URL_2=b\nPUBLIC_URL=${value}\n`,
    ],
    ['no last line end', port, 'A=1', `A=1\nPUBLIC_URL=${value}`],
    ['line ends of Windows', port, 'A=1\r\nPUBLIC_URL=x\r\n', `A=1\r\nPUBLIC_URL=${value}\r\n`],
    ['a byte order mark', port, '\xef\xbb\xbfPUBLIC_URL=x\n', `\xef\xbb\xbfPUBLIC_URL=${value}\n`],
    ['a byte order mark alone', port, '\xef\xbb\xbf', `\xef\xbb\xbfPUBLIC_URL=${value}\n`],
    ['blanks in the value', { ...port, value: 'a b' }, 'PUBLIC_URL=x\n', "PUBLIC_URL='a b'\n"],
    [
      'lines that are none',
      port,
      'words without a sign\n=\n1=2\n',
      `words without a sign\n=\n1=2\nPUBLIC_URL=${value}\n`,
    ],
  ])('%s', async (_, asked, former, wanted) => {
    await turns(asked, former, wanted, '#');
  });

  test.each([value, `"${value}"`, `'${value}'`])('has nothing to do where %s says the same', async (text) => {
    const file = await settingFile(port, `PUBLIC_URL=${text}\n`);
    expect(await differenceOf(file)).toEqual({ change: 'none' });
  });

  test.each([
    ['set twice', 'PUBLIC_URL=a\nexport PUBLIC_URL=b\n', 'several times (lines 1, 2)'],
    ['a quote without an end', "A=1\nB='tis\n", 'cannot be read as env from line 2 on'],
    ['something behind the quote', 'A="a"b\n', 'cannot be read as env from line 1 on'],
  ])('refuses a guess: %s', async (_, text, sentence) => {
    expect(await refusalOf(port, text)).toContain(sentence);
  });
});
