import { describe, expect, test } from 'vitest';
import { type Asked, differenceOf, refusalOf, settingFile, turns } from './file.ts';

const host = 'VirtualHost "meet.example.org"';
const authentication: Asked = {
  syntax: 'lua',
  section: host,
  name: 'authentication',
  value: 'internal_hashed',
};
const line = 'authentication = "internal_hashed"';

/** As Jitsi's package writes it, shortened. */
const jitsi = (middle: string) => `plugin_paths = { "/usr/share/jitsi-meet/prosody-plugins/" }

ssl = {
    protocol = "tlsv1_2+";
}
authentication = "anonymous"

${host}
${middle}    ssl = {
        key = "/etc/prosody/certs/meet.example.org.key";
        authentication = "not this one";
    }
    modules_enabled = {
        "bosh";
        "ping"; -- Enable mod_ping
    }

Component "conference.meet.example.org" "muc"
    storage = "memory"
    authentication = "nor this"

VirtualHost "auth.meet.example.org"
    authentication = "internal_plain"
`;

describe('the line of the section, and no other', () => {
  test.each<[string, Asked, string, string]>([
    [
      'a value, what stands behind it stays',
      authentication,
      jitsi('    authentication = "jitsi-anonymous" -- do not delete me\n'),
      jitsi(`    ${line} -- do not delete me\n`),
    ],
    [
      'a value with a semicolon, in single quotes',
      authentication,
      jitsi("    authentication='jitsi-anonymous';\n"),
      jitsi('    authentication="internal_hashed";\n'),
    ],
    [
      'a value that is worked out',
      authentication,
      jitsi('    authentication = os.getenv("AUTH") or "anonymous"\n'),
      jitsi(`    ${line}\n`),
    ],
    [
      'an example in a comment',
      authentication,
      jitsi('    --authentication="token"\n'),
      jitsi(`    ${line}\n`),
    ],
    [
      'an example with a blank behind the dashes and a comment of its own',
      authentication,
      jitsi('    -- authentication = "token"; -- for tokens\n'),
      jitsi(`    ${line}\n`),
    ],
    [
      'several examples: they stay, and the line goes below the last',
      authentication,
      jitsi('    -- authentication = "token"\n    -- authentication = "ldap"\n    x = 1\n'),
      jitsi(`    -- authentication = "token"\n    -- authentication = "ldap"\n    ${line}\n    x = 1\n`),
    ],
    [
      'a sentence that begins with the name is no example',
      authentication,
      jitsi('    -- authentication = how people sign in\n'),
      jitsi(`    ${line}\n    -- authentication = how people sign in\n`),
    ],
    ['nothing: below the line of the section', authentication, jitsi(''), jitsi(`    ${line}\n`)],
    [
      'a section without a line in it, at the end of the file',
      authentication,
      `x = 1\n${host}`,
      `x = 1\n${host}\n    ${line}`,
    ],
    [
      'a section whose header stands with something else in its line',
      authentication,
      `${host} x = {\n1 }\ny = 2\n`,
      `${host} x = {\n1 }\n${line}\ny = 2\n`,
    ],
    [
      'a section in brackets, single quotes and capitals',
      authentication,
      `VirtualHost('Meet.Example.org')\n\tx = 1\n`,
      `VirtualHost('Meet.Example.org')\n\t${line}\n\tx = 1\n`,
    ],
    [
      'a component',
      { ...authentication, section: 'Component "conference.meet.example.org"' },
      jitsi(''),
      jitsi('').replace('authentication = "nor this"', line),
    ],
    [
      'the part before all sections',
      { syntax: 'lua', name: 'authentication', value: 'internal_hashed' },
      jitsi(''),
      jitsi('').replace('authentication = "anonymous"', line),
    ],
    [
      'nothing in the part before all sections: below its last line',
      { syntax: 'lua', name: 'admins', value: 'a@b' },
      jitsi(''),
      jitsi('').replace(/(authentication = "anonymous"\n)/, '$1admins = "a@b"\n'),
    ],
    [
      'a file that begins with a section',
      { syntax: 'lua', name: 'admins', value: 'a@b' },
      `-- comment\n${host}\n`,
      `-- comment\nadmins = "a@b"\n${host}\n`,
    ],
    ['an empty file', { syntax: 'lua', name: 'admins', value: 'a' }, '', 'admins = "a"\n'],
    [
      'a raw value in the place of a table over several lines',
      { syntax: 'lua', name: 'ssl', value: '{ protocol = "tlsv1_3" }', form: 'raw' },
      jitsi(''),
      jitsi('').replace(/ssl = \{\n {4}p.*\n\}/, 'ssl = { protocol = "tlsv1_3" }'),
    ],
    [
      'an example that belongs to a section which is commented out stays',
      authentication,
      `${host}\n    x = 1\n-- VirtualHost "guest.example.org"\n--    authentication = "anonymous"\n`,
      `${host}\n    ${line}\n    x = 1\n-- VirtualHost "guest.example.org"\n--    authentication = "anonymous"\n`,
    ],
    [
      'line ends of Windows',
      authentication,
      `${host}\r\n    x = 1\r\n`,
      `${host}\r\n    ${line}\r\n    x = 1\r\n`,
    ],
    [
      'bytes that are no text, a byte order mark, long brackets, operators of newer Luas',
      authentication,
      `\xef\xbb\xbf-- \xe9\xff\nlocal a <const>, b = 1 // 2 ~ 3, [==[ VirtualHost "x" ]] ]==]\n${host}\n    authentication = 'x\\\n\\z  y\\'' --[[ two\nlines ]]\n`,
      `\xef\xbb\xbf-- \xe9\xff\nlocal a <const>, b = 1 // 2 ~ 3, [==[ VirtualHost "x" ]] ]==]\n${host}\n    ${line} --[[ two\nlines ]]\n`,
    ],
  ])('%s', async (_, asked, former, wanted) => {
    await turns(asked, former, wanted, '--');
  });

  test.each(['"internal_hashed"', "'internal_hashed'", '[[internal_hashed]]', '"internal\\95hashed"'])(
    'has nothing to do where %s says the same',
    async (value) => {
      const file = await settingFile(authentication, jitsi(`    authentication = ${value}\n`));
      expect(await differenceOf(file)).toEqual({ change: 'none' });
    },
  );
});

describe('a place that would be a guess is refused', () => {
  const untouched = 'Nothing was changed there.';
  const guess = (lineNumber: number) =>
    `In FILE, authentication depends on line ${lineNumber}, which the wizard cannot change without guessing (a condition, a function, another form): set it there by hand, on a plain line, then try again.`;

  test.each([
    [
      'set twice',
      jitsi('    authentication = "a"\n    x = 1\n    authentication = "b"\n'),
      `FILE sets authentication several times (lines 9, 11): keep one of them, then try again. ${untouched}`,
    ],
    [
      'no such section',
      'VirtualHost "other.example.org"\n',
      'FILE has no part VirtualHost "meet.example.org", where this setting has to go: add it or correct the answer, then try again.',
    ],
    [
      'the section twice',
      `${host}\nx = 1\n${host}\n`,
      `FILE has the part ${host} several times (lines 1, 3): keep one of them, then try again. ${untouched}`,
    ],
    ['set in a condition', `${host}\nif a then\n  authentication = "a"\nend\n`, guess(2)],
    ['set with others at once', `${host}\nauthentication, b = "a", "b"\n`, guess(2)],
    ['set as a name of its own', `${host}\nlocal authentication = "a"\n`, guess(2)],
    ['set in the table of the section', `x = 1\n${host} { authentication = "a" }\n`, guess(2)],
    ['the section as a table', `x = 1\n${host} { b = "a" }\n`, guess(2)],
    ['the next section in the same line', `${host} VirtualHost "b"\n`, guess(1)],
    ['a section whose name is worked out', `x = 1\nVirtualHost("a" .. b)\n${host}\n`, guess(2)],
    ['the section below a condition', `if a then\n${host}\nend\n`, 'no part'],
    ['in a comment that goes on', `${host} --[[ a\nb ]]\n`, 'guess'],
    [
      'a string without an end',
      `${host}\nauthentication = "a\n`,
      `FILE cannot be read as lua from line 2 on: correct it, then try again. ${untouched}`,
    ],
    ['a table without an end', `${host}\nb = {\n`, 'cannot be read as lua from line 2 on'],
    ['a bracket too many', `${host}\nb = )\n`, 'cannot be read as lua from line 2 on'],
    ['a condition without an end', `${host}\nif a then b = 1\n`, 'cannot be read as lua from line 2 on'],
    ['text of another kind', 'Some words, no Lua\n', 'cannot be read as lua from line 1 on'],
    ['two bytes for each sign', 'a\0 \0=\0', 'cannot be read as lua from line 1 on'],
  ])('%s', async (_, text, sentence) => {
    expect(await refusalOf(authentication, text)).toContain(sentence);
  });
});
