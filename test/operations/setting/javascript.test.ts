import { describe, expect, test } from 'vitest';
import { type Asked, differenceOf, refusalOf, settingFile, turns } from './file.ts';

const guests: Asked = {
  syntax: 'javascript',
  section: 'config.hosts',
  name: 'anonymousdomain',
  value: 'guest.meet.example.org',
};
const property = 'anonymousdomain: "guest.meet.example.org"';

/** As Jitsi's package writes it, shortened. */
const jitsi = (inHosts: string, below = '') => `/* eslint-disable comma-dangle */
var subdomain = '<!--# echo var="subdomain" default="" -->';
if (subdomain.startsWith('<!--')) {
    subdomain = '';
}
var config = {
    // Connection
    //

    hosts: {
        // XMPP domain.
        domain: 'meet.example.org',
${inHosts}
        muc: 'conference.' + subdomain + 'meet.example.org',
    },

    // anonymousdomain: 'not.this.one',
    testing: {
        // anonymousdomain: 'nor.this.one',
        pattern: /anonymousdomain: '[/]'}/g,
    },
    say(a, b) { return a / b / 2; },
    // p2p: {
    //     enabled: true,
    // },
${below}};
`;

describe('the property of the object, and no other', () => {
  test.each<[string, Asked, string, string]>([
    [
      'an example in a comment gives its place to the line',
      guests,
      jitsi("        // anonymousdomain: 'guest.example.com',"),
      jitsi(`        ${property},`),
    ],
    [
      'an example without a comma, with a comment behind it',
      guests,
      jitsi("        //anonymousdomain : 'guest.example.com' // for guests"),
      jitsi(`        ${property},`),
    ],
    [
      'a value, what stands behind it stays',
      guests,
      jitsi("        'anonymousdomain' : 'a' + b(1, 2), // for guests"),
      jitsi(`        'anonymousdomain' : "guest.meet.example.org", // for guests`),
    ],
    [
      'nothing: the first line of the object',
      guests,
      jitsi('        x: 1,'),
      jitsi('        x: 1,').replace(/( +)(\/\/ XMPP domain.\n)/, `$1${property},\n$1$2`),
    ],
    [
      'two examples: they stay',
      guests,
      jitsi("        // anonymousdomain: 'a',\n        // anonymousdomain: 'b',"),
      jitsi(`        // anonymousdomain: 'a',\n        // anonymousdomain: 'b',`).replace(
        /( +)(\/\/ XMPP domain.\n)/,
        `$1${property},\n$1$2`,
      ),
    ],
    [
      'an example behind a property without a comma stays',
      guests,
      "var config = {\n  hosts: {\n    domain: 'a'\n    // anonymousdomain: 'b'\n  }\n}\n",
      `var config = {\n  hosts: {\n    ${property},\n    domain: 'a'\n    // anonymousdomain: 'b'\n  }\n}\n`,
    ],
    [
      'a property of the outermost object, not the one of a commented one',
      { ...guests, section: 'config', name: 'enabled', value: 'true', form: 'raw' },
      jitsi('        x: 1,'),
      jitsi('        x: 1,').replace('    // Connection', '    enabled: true,\n    // Connection'),
    ],
    [
      'an object in one line',
      guests,
      "var config = { hosts: { domain: 'a' } };",
      `var config = { hosts: { ${property}, domain: 'a' } };`,
    ],
    [
      'an empty object, as the containers of Jitsi have it',
      guests,
      "var config = {};\nconfig.hosts = {};\nconfig.hosts.domain = 'a';\n",
      `var config = {};\nconfig.hosts = { ${property} };\nconfig.hosts.domain = 'a';\n`,
    ],
    [
      'an object without blanks',
      guests,
      "var config={hosts:{domain:'a'}}",
      `var config={hosts:{ ${property}, domain:'a'}}`,
    ],
    [
      'an assignment',
      guests,
      "var config = { hosts: {} };\nconfig['hosts'].anonymousdomain = 'a' // for guests\nconfig.x = 1\n",
      `var config = { hosts: {} };\nconfig['hosts'].anonymousdomain = "guest.meet.example.org" // for guests\nconfig.x = 1\n`,
    ],
    [
      'a name that is no word',
      { ...guests, section: 'config', name: 'é-x' },
      'let config = {\n}',
      'let config = {\n    "\xc3\xa9-x": "guest.meet.example.org",\n}',
    ],
    [
      'line ends of Windows, bytes that are no text, templates in templates',
      guests,
      `\xef\xbb\xbf// \xe9\xff\r\nconst x = \`a\${{ b: \`}\` }.b}\`;\r\nvar config = {\r\n  hosts: {\r\n    domain: 'a'\r\n  }\r\n};`,
      `\xef\xbb\xbf// \xe9\xff\r\nconst x = \`a\${{ b: \`}\` }.b}\`;\r\nvar config = {\r\n  hosts: {\r\n    ${property},\r\n    domain: 'a'\r\n  }\r\n};`,
    ],
  ])('%s', async (_, asked, former, wanted) => {
    await turns(asked, former, wanted, '//');
  });

  test.each(["'guest.meet.example.org'", '"guest.meet.example\\u002eorg"', "'guest.meet.\\\nexample.org'"])(
    'has nothing to do where %s says the same',
    async (value) => {
      const file = await settingFile(guests, jitsi(`        anonymousdomain: ${value},`));
      expect(await differenceOf(file)).toEqual({ change: 'none' });
    },
  );
});

describe('a place that would be a guess is refused', () => {
  const twice = (lines: string) => `FILE sets anonymousdomain several times (lines ${lines})`;
  const guess = (line: number) => `In FILE, anonymousdomain depends on line ${line},`;

  test.each([
    ['set twice', jitsi("        anonymousdomain: 'a',\n        anonymousdomain: 'b',"), twice('13, 14')],
    [
      'set in the object and by an assignment',
      `${jitsi("        anonymousdomain: 'a',")}config.hosts.anonymousdomain = 'b';\n`,
      twice('13, 27'),
    ],
    ['set in a condition', `${jitsi('')}if (a) { config.hosts.anonymousdomain = 'b'; }\n`, guess(27)],
    ['added to', `${jitsi('')}config.hosts.anonymousdomain += 'b';\n`, guess(27)],
    ['deleted', `${jitsi('')}delete config.hosts.anonymousdomain;\n`, guess(27)],
    ['taken from elsewhere', 'var config = {\n hosts: others\n};\n', guess(2)],
    ['perhaps taken from elsewhere', 'var config = { hosts: {\n ...others } };\n', guess(2)],
    ['a method of that name', 'var config = { hosts: {\n anonymousdomain() {} } };\n', guess(2)],
    ['a name that is its own value', 'var config = { hosts: {\n anonymousdomain } };\n', guess(2)],
    ['the whole object worked out', 'var config = Object.assign({}, others);\n', guess(1)],
    [
      'the object twice',
      `${jitsi('')}config.hosts = {};\n`,
      'has the part config.hosts several times (lines 10, 27)',
    ],
    ['no such object', 'var config = {};\n', 'FILE has no part config.hosts'],
    ['no such variable', 'var other = { hosts: {} };\n', 'FILE has no part config.hosts'],
    ['no JavaScript', 'var config = {\n hosts: {\n};\n', 'FILE cannot be read as javascript from line 3 on'],
    ['an include of the web server in the code', 'var config = {\n <?x?> };', 'javascript from line 2 on'],
  ])('%s', async (_, text, sentence) => {
    expect(await refusalOf(guests, text)).toContain(sentence);
  });
});
