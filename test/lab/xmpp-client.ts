/** The program of a client that signs in with a name and a password, and says how it ended. */
export const client = `
const [host, user, password] = process.argv.slice(2);
const socket = require('node:net').connect(5222, '127.0.0.1');
let heard = '';
const say = (text) => socket.write(text);
socket.on('data', (data) => {
  heard += data;
  if (/<success/.test(heard)) { console.log('in'); process.exit(0); }
  if (/<failure|<stream:error/.test(heard)) { console.log('refused'); process.exit(0); }
  if (!/<\\/stream:features>/.test(heard)) return;
  heard = '';
  const text = Buffer.from('\\0' + user + '\\0' + password).toString('base64');
  say("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>" + text + '</auth>');
});
say("<?xml version='1.0'?><stream:stream to='" + host + "' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' version='1.0'>");
setTimeout(() => { console.log('nothing: ' + heard); process.exit(1); }, 20000);
`;
