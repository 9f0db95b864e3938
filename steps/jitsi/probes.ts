/** How this guide looks at Jitsi Meet: its pages, and the XMPP behind them as a browser reaches it. */
import type { Probe } from '../../src/guide/kinds.ts';

export const hostFile = '/etc/prosody/conf.avail/%DOMAIN%.cfg.lua';
export const configFile = '/etc/jitsi/meet/%DOMAIN%-config.js';
export const siteFile = '/etc/nginx/sites-available/%DOMAIN%.conf';
export const jicofoFile = '/etc/jitsi/jicofo/jicofo.conf';
export const propertiesFile = '/etc/jitsi/jicofo/sip-communicator.properties';
export const bridgeFile = '/etc/jitsi/videobridge/jvb.conf';

/** What visitors get, from this machine’s web server. */
export const fromServer = (path: string, status: number, contains?: string): Probe => ({
  http: `https://127.0.0.1${path}`,
  host: '%DOMAIN%',
  status,
  ...(contains === undefined ? {} : { contains }),
});

/** Says how a host lets people in, asked as a browser does, through the web server: `$1` is the site, `$2` the host. */
const mechanisms = `
body="<body content='text/xml; charset=utf-8' hold='1' rid='$(date +%s)' to='$2' ver='1.6' wait='5' xml:lang='en' xmlns='http://jabber.org/protocol/httpbind' xmlns:xmpp='urn:xmpp:xbosh' xmpp:version='1.0'/>"
curl -sSk --noproxy '*' --max-time 20 -H 'Content-Type: text/xml; charset=utf-8' -H "Host: $1" --data "$body" https://127.0.0.1/http-bind |
  grep -o '<mechanism>[^<]*\\|condition=.[a-z-]*'`.trim();

const asked = (host: string) => ({ run: ['sh', '-c', mechanisms, 'sh', '%DOMAIN%', host] }) as const;

/** Accounts get in there, and nobody else. */
export const letsAccountsIn: Probe = {
  all: [
    { ...asked('%DOMAIN%'), contains: 'SCRAM-SHA-1' },
    { ...asked('%DOMAIN%'), lacks: 'ANONYMOUS' },
  ],
};

/** With clear-text storage the same, as Prosody hashes what it sends. */
export const letsGuestsIn: Probe = { ...asked('%GUEST_DOMAIN%'), contains: 'ANONYMOUS' };
export const letsAllIn: Probe = { ...asked('%DOMAIN%'), contains: 'ANONYMOUS' };

/** jicofo is connected to Prosody. */
export const isFocusWell: Probe = { http: 'http://127.0.0.1:8888/about/health', status: 200 };
export const isBridgeWell: Probe = { http: 'http://127.0.0.1:8080/about/health', status: 200 };
