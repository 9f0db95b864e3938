/** Jitsi Meet with a certificate that its own script asks for: refused at first, then by a stand-in of certbot. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { debconf, emptyServer, install, name, servesMeet } from './jitsi.ts';
import { describeChanges, type Lab, type Snapshot, undeclared } from './lab.ts';
import { shell } from './signing-keys.ts';
import { json, wizard } from './wizard.ts';

/** Proves the name as Let’s Encrypt does, by what port 80 shows under it; then an authority of the lab signs. */
const certbot = `#!/bin/bash
set -e
verb=$1; shift
while [ $# -gt 0 ]; do
  case $1 in
    -d | --cert-name) domain=$2; shift ;;
    --webroot-path) web=$2; shift ;;
    --email) email=$2; shift ;;
  esac
  shift
done
live=/etc/letsencrypt/live/$domain
if [ "$verb" = delete ]; then rm -rf "$live" "/etc/letsencrypt/renewal/$domain.conf"; exit 0; fi
mkdir -p "$web/.well-known/acme-challenge" "$live" /etc/letsencrypt/renewal
echo "proof for $email" >"$web/.well-known/acme-challenge/proof"
test "$(curl -s --noproxy '*' "http://$domain/.well-known/acme-challenge/proof")" = "proof for $email"
rm -r "$web/.well-known"
openssl req -new -newkey rsa:2048 -nodes -subj "/CN=$domain" -keyout "$live/privkey.pem" -out /tmp/asked 2>/dev/null
openssl x509 -req -in /tmp/asked -CA /root/authority.crt -CAkey /root/authority.key -CAcreateserial -days 90 \\
  -extfile <(echo "subjectAltName=DNS:$domain") -out "$live/fullchain.pem" 2>/dev/null
echo "# $domain" >"/etc/letsencrypt/renewal/$domain.conf"
`;

let lab: Lab;
let empty: Snapshot;
let former: string;

beforeAll(async () => {
  const answers = {
    BEHIND_NAT: 'no',
    FIREWALL: 'elsewhere',
    TLS: 'certbot',
    CERTBOT_EMAIL: 'dsi@mon-univ.fr',
  };
  lab = await emptyServer({ release: 'bookworm', name: 'jitsi-certbot' }, answers);
  await shell(
    lab,
    `mkdir -p /tmp/apt/archives/partial; apt-get update -q; apt-get -o Dir::Cache=/tmp/apt install -y -q --no-install-recommends ca-certificates openssl
    cd /root; openssl req -x509 -newkey rsa:2048 -nodes -days 9 -subj '/CN=Authority of the lab' -keyout authority.key -out authority.crt
    cp authority.crt /usr/local/share/ca-certificates/lab.crt; update-ca-certificates`,
  );
  empty = await lab.snapshot();
  former = await debconf(lab);
});
afterAll(async () => {
  await lab?.destroy();
});

test('stops where Let’s Encrypt cannot be reached, with all packages whole and a certificate of its own', async () => {
  const { code, said } = await install(lab);
  expect(code, said).toBe(1);
  expect(said).toContain('works with certbot');
  expect(said).toContain('cannot reach Let’s Encrypt’s server, acme-v02.api.letsencrypt.org');
  expect(await shell(lab, 'dpkg --audit')).toBe('');
  await lab.run(['nginx', '-t']);
});

test('gets its certificate by the script of the package, proven through port 80', async () => {
  await lab.write('/usr/local/bin/certbot', certbot, 0o755);
  const { code, said } = await wizard(lab, 'resume', 'jitsi', '--yes');
  expect(code, said).toBe(0);
  await servesMeet(lab);
  const issuer = await shell(
    lab,
    `openssl s_client -connect 127.0.0.1:443 -servername ${name} </dev/null 2>/dev/null | openssl x509 -noout -issuer`,
  );
  expect(issuer).toContain('Authority of the lab');
  expect(await shell(lab, 'stat -c %a /etc/cron.weekly/letsencrypt-renew')).toBe('755');
  expect(await json(lab, 'verify', 'jitsi')).toMatchObject({ ok: true, drifts: [] });
  const again = await install(lab);
  expect(again.code, again.said).toBe(0);
  expect(again.said).not.toMatch(/done in|FAILED/);
});

test('is taken back with its renewal, until only declared traces are left', async () => {
  const { code, said } = await wizard(lab, 'rollback', 'jitsi', '--yes');
  expect(code, said).toBe(0);
  await shell(lab, 'rm /usr/local/bin/certbot /root/authority.srl');
  expect(describeChanges(undeclared(await lab.changes(empty)))).toBe('');
  expect(await debconf(lab)).toBe(former);
});
