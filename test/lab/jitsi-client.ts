/** A client of XMPP inside a lab: what a host offers, who gets in, and who may open a room. */
import type { Lab } from './lab.ts';

interface Asked {
  /** The virtual host. */
  readonly host: string;
  /** Without: as a guest, under no name. */
  readonly account?: { readonly user: string; readonly password: string };
  /** The room that is then opened, or joined. */
  readonly room?: string;
}

export interface Heard {
  /** Of SASL, under TLS. */
  readonly mechanisms: readonly string[];
  /** `in`, or the condition of the refusal. */
  readonly signIn: string;
  /** `joined`, or the condition of the refusal. */
  readonly room?: string;
}

const program = `
const { host, account, room } = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));
const header = "<?xml version='1.0'?><stream:stream to='" + host +
  "' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' version='1.0'>";
let socket = require('node:net').connect(5222, '127.0.0.1');
let heard = '', isSafe = false, isIn = false, mechanisms = [];
const said = (result) => { console.log(JSON.stringify({ mechanisms, ...result })); process.exit(0); };
const say = (text) => socket.write(text);
const base64 = (text) => Buffer.from(text).toString('base64');
const condition = (text) => (/<([a-z-]+)(?: xmlns=['"]urn:ietf:params:xml:ns:xmpp-(?:sasl|stanzas|streams)['"])? ?\\/>/.exec(text) ?? [])[1] ?? text;
function listen() {
  socket.on('data', (data) => { heard += data; step(); });
  socket.on('error', (error) => said({ signIn: String(error) }));
}
function step() {
  const text = heard;
  if (/<stream:error/.test(text)) return said({ signIn: condition(text.replace(/^.*<stream:error>/s, '')) });
  if (/<proceed/.test(text)) {
    heard = '';
    socket.removeAllListeners('data');
    socket = require('node:tls').connect({ socket, servername: host, rejectUnauthorized: false }, () => { isSafe = true; say(header); });
    return listen();
  }
  if (/<failure/.test(text)) return said({ signIn: condition(text.replace(/^.*<failure[^>]*>/s, '')) });
  if (/<success/.test(text)) { heard = ''; isIn = true; return say(header); }
  if (/id=['"]bind['"]/.test(text)) {
    if (!room) return said({ signIn: 'in' });
    heard = '';
    return say("<presence to='" + room + "/somebody'><x xmlns='http://jabber.org/protocol/muc'/></presence>");
  }
  if (isIn && /<presence[^>]*type=['"]error['"].*<\\/presence>/s.test(text)) return said({ signIn: 'in', room: condition(text.replace(/^.*<error[^>]*>/s, '')) });
  if (isIn && /<presence[^>]*>.*<\\/presence>/s.test(text)) return said({ signIn: 'in', room: 'joined' });
  if (!/<\\/stream:features>/.test(text)) return;
  heard = '';
  if (isIn) return say("<iq type='set' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>");
  if (!isSafe) return say("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
  mechanisms = [...text.matchAll(/<mechanism>([^<]+)<\\/mechanism>/g)].map(([, one]) => one).sort();
  const [mechanism, answer] = account ? ['PLAIN', base64('\\0' + account.user + '\\0' + account.password)] : ['ANONYMOUS', ''];
  say("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='" + mechanism + "'>" + answer + '</auth>');
}
listen();
say(header);
setTimeout(() => said({ signIn: 'nothing: ' + heard }), 20000);
`;

/** Signs in at port 5222, under TLS; any certificate is taken. */
export async function askXmpp(lab: Lab, asked: Asked): Promise<Heard> {
  const { stdout } = await lab.run(['/opt/node/bin/node', '-e', program], { input: JSON.stringify(asked) });
  return JSON.parse(stdout);
}
