import { describe, expect, test } from 'vitest';
import { type Asked, differenceOf, refusalOf, settingFile, turns } from './file.ts';

const enabled: Asked = {
  syntax: 'hocon',
  name: 'jicofo.authentication.enabled',
  value: 'true',
  form: 'raw',
};
const url: Asked = { syntax: 'hocon', name: 'jicofo.authentication.login-url', value: 'meet.example.org' };

/** As Jitsi's package writes it. */
const jitsi = (
  middle = '',
) => `# Jicofo HOCON configuration. See /usr/share/jicofo/jicofo.jar/reference.conf for
#available options, syntax, and default values.
jicofo {
  xmpp: {
    client: {
      client-proxy: "focus.meet.example.org"
      domain = meet.example.org # not the other one
    }
    trusted-domains: [ "recorder.meet.example.org", { enabled = false } ]
  }
${middle}}
`;

describe('the value of the path, however it is nested', () => {
  test.each<[string, Asked, string, string]>([
    [
      'braces',
      enabled,
      jitsi('  authentication: {\n    enabled: false, // no\n    type: XMPP\n  }\n'),
      jitsi('  authentication: {\n    enabled: true, // no\n    type: XMPP\n  }\n'),
    ],
    [
      'dots in braces',
      enabled,
      jitsi('  authentication.enabled=false\n'),
      jitsi('  authentication.enabled=true\n'),
    ],
    [
      'dots from the outside',
      enabled,
      `${jitsi()}jicofo.authentication.enabled = \${?AUTH} # no\n`,
      `${jitsi()}jicofo.authentication.enabled = true # no\n`,
    ],
    [
      'names in quotes, the value in the next line',
      enabled,
      '{ "jicofo" : { "authentication" :\n { "enabled" :\n false } } }',
      '{ "jicofo" : { "authentication" :\n { "enabled" :\n true } } }',
    ],
    [
      'nothing of it: at the end of the nearest braces',
      enabled,
      jitsi(),
      jitsi('  authentication.enabled = true\n'),
    ],
    [
      'its braces, not the value',
      enabled,
      jitsi('  authentication {\n\ttype = XMPP\n  }\n'),
      jitsi('  authentication {\n\ttype = XMPP\n\tenabled = true\n  }\n'),
    ],
    [
      'braces in one line',
      enabled,
      'jicofo { a = 1 }\n',
      'jicofo { a = 1, authentication.enabled = true }\n',
    ],
    ['a comma at their end', enabled, 'jicofo {a=1,}\n', 'jicofo {a=1, authentication.enabled = true }\n'],
    ['empty braces', enabled, 'jicofo {}', 'jicofo { authentication.enabled = true }'],
    ['empty braces in two lines', enabled, 'jicofo {\n}\n', 'jicofo {\n  authentication.enabled = true\n}\n'],
    ['an empty file', enabled, '', 'jicofo.authentication.enabled = true\n'],
    [
      'a file without these braces and without a last line end',
      enabled,
      'videobridge { }',
      'videobridge { }\njicofo.authentication.enabled = true',
    ],
    [
      'the last of braces that are merged',
      url,
      'jicofo { a = 1 }\njicofo {\n    b = 2\n}\n',
      'jicofo { a = 1 }\njicofo {\n    b = 2\n    authentication.login-url = "meet.example.org"\n}\n',
    ],
    [
      'an example in a comment',
      url,
      jitsi('  authentication {\n    // login-url = "x.org", # where\n    # enabled = what it says\n  }\n'),
      jitsi('  authentication {\n    login-url = "meet.example.org"\n    # enabled = what it says\n  }\n'),
    ],
    [
      'an unquoted text, a long one, an include',
      url,
      'include "other"\nx = """a } "b""""\njicofo.authentication.login-url = not this  one, y = 2',
      'include "other"\nx = """a } "b""""\njicofo.authentication.login-url = "meet.example.org", y = 2',
    ],
    [
      'a name with a dot in it',
      { ...url, name: 'a."b.c".é' },
      'a { "b.c" { x = 1 } }',
      'a { "b.c" { x = 1, "\xc3\xa9" = "meet.example.org" } }',
    ],
    [
      'line ends of Windows, a byte order mark, bytes that are no text',
      url,
      '\xef\xbb\xbf# \xe9\xff\r\njicofo {\r\n}\r\n',
      '\xef\xbb\xbf# \xe9\xff\r\njicofo {\r\n  authentication.login-url = "meet.example.org"\r\n}\r\n',
    ],
    [
      'a raw list',
      {
        ...url,
        name: 'ice4j.harvest.mapping.static-mappings',
        value: '[ { local-address = "10.0.0.1" } ]',
        form: 'raw',
      },
      'ice4j {\n    harvest { mapping { stun { } } }\n}\n',
      'ice4j {\n    harvest { mapping { stun { }, static-mappings = [ { local-address = "10.0.0.1" } ] } }\n}\n',
    ],
  ])('%s', async (_, asked, former, wanted) => {
    await turns(asked, former, wanted, '#');
  });

  test.each(['"meet.example.org"', 'meet.example.org', '"""meet.example.org"""', '"meet.example\\u002eorg"'])(
    'has nothing to do where %s says the same',
    async (value) => {
      const file = await settingFile(url, `jicofo.authentication { login-url = ${value} }\n`);
      expect(await differenceOf(file)).toEqual({ change: 'none' });
    },
  );
});

describe('a place that would be a guess is refused', () => {
  const guess = (line: number) => `In FILE, jicofo.authentication.enabled depends on line ${line},`;
  const unreadable = (line: number) => `FILE cannot be read as hocon from line ${line} on`;

  test.each([
    [
      'set twice',
      'jicofo.authentication.enabled = false\njicofo { authentication { enabled = false } }\n',
      'FILE sets jicofo.authentication.enabled several times (lines 1, 2)',
    ],
    ['its braces taken from elsewhere', `x = 1\njicofo.authentication = \${y}\n`, guess(2)],
    ['its braces added to those from elsewhere', `jicofo.authentication = \${y} { enabled = 1 }`, guess(1)],
    ['its braces a value', 'jicofo {\n authentication = null }', guess(2)],
    ['braces itself', 'jicofo {\n authentication { enabled { x = 1 } } }', guess(2)],
    ['a list that grows', 'jicofo.authentication.enabled += 1', guess(1)],
    ['braces without an end', 'a = 1\njicofo {\n', unreadable(2)],
    ['a brace too many', 'jicofo {\n}\n}\n', unreadable(3)],
    ['a list without an end', 'a = [ 1, 2\n', unreadable(1)],
    ['a text without an end', 'b = 1\na = "x\n', unreadable(2)],
    ['a long text without an end', 'a = """x\n', unreadable(1)],
    ['a sign that has to be quoted', 'a = XMPP:x\n', unreadable(1)],
    ['a name without a value', 'a\n', unreadable(1)],
    ['thousands of braces', '{ a '.repeat(100_000), unreadable(1)],
  ])('%s', async (_, text, sentence) => {
    expect(await refusalOf(enabled, text)).toContain(sentence);
  });
});
