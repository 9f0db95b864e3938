/** Small programs of this guide. Those that look change nothing, and say in their last line what they saw. */

/**
 * Ports that the services will want: nobody listens there, or the package is there that will. Arguments:
 * `tcp/5222=/usr/bin/prosodyctl`.
 */
export const freePorts = `
for one; do
  port=\${one%%=*} path=\${one#*=}
  test ! -e "$path" || continue
  held=$(ss -H -l -n -p "--\${port%%/*}" "sport = :\${port#*/}")
  test -z "$held" || { echo "port $port: $held"; exit 1; }
done`.trim();

/**
 * What the packages are configured for. `dpkg-reconfigure` is upstream’s way to another name; the former one is noted, as
 * the way back is the same. A name that was configured before finds its config.js, which the packages remove, and its
 * certificate, whose links they make only once. `$1` is the name.
 */
const reconfigure = `
there=""
for one in jitsi-videobridge2 jicofo jitsi-meet-prosody jitsi-meet-web-config jitsi-meet-turnserver; do
  if dpkg-query -W -f '\${db:Status-Status}' "$one" 2>/dev/null | grep -qx installed; then there="$there $one"; fi
done
for file in /etc/jitsi/meet/*-config.js; do
  test -e "$file" || continue
  cp -p "$file" "$file.setup-wizard.new"
  mv "$file.setup-wizard.new" "$file.setup-wizard"
done
export DEBIAN_FRONTEND=noninteractive
echo "SET jitsi-videobridge/jvb-hostname $1" | debconf-communicate jitsi-videobridge2
dpkg-reconfigure --frontend noninteractive $there
for host in "$1" "auth.$1"; do
  for part in key crt; do
    if test -e "/var/lib/prosody/$host.$part" && ! test -e "/etc/prosody/certs/$host.$part"; then
      ln -sf "/var/lib/prosody/$host.$part" "/etc/prosody/certs/$host.$part"
    fi
  done
done
config=/etc/jitsi/meet/$1-config.js
! test -e "$config.setup-wizard" || mv "$config.setup-wizard" "$config"
systemctl restart prosody.service`.trim();

/** Says the former name, and whether nginx had a site of the present one already. */
const note = '/etc/jitsi/setup-wizard-before-$1';
const site = '/etc/nginx/sites-available/$1.conf';

/** Stopped in the middle, the packages may be at the present name already: then the note is there. */
export const configureAnew = `
set -eu
former=$(echo "GET jitsi-meet/jvb-hostname" | debconf-communicate jitsi-meet-web-config | sed -n 's/^0 //p')
if test "$former" != "$1"; then
  had=new
  ! test -e "${site}" || had=old
  umask 022
  printf '%s\\n' "$former" "$had" >"${note}.new"
  sync "${note}.new"
  mv "${note}.new" "${note}"
fi
${reconfigure}`.trim();

/** A site that came with the present name goes where the packages' other files are, as they do not take it along. */
export const configureBack = `
set -eu
rm -f "${note}.new"
test -s "${note}" || exit 0
present=$1
former=$(sed -n 1p "${note}")
had=$(sed -n 2p "${note}")
set -- "$former"
${reconfigure}
set -- "$present"
if test "$had" = new && test -e "${site}"; then mv -f "${site}" "/etc/jitsi/$1.conf.setup-wizard"; fi
rm -f "${note}"`.trim();

/** Where jitsi-meet-prosody puts the certificate that jicofo and the bridge trust: `$1` is the name. */
const trusted = '/usr/local/share/ca-certificates/auth.$1.crt';
export const isTrusted = `test -L "${trusted}"`;
export const trust = `
set -eu
mkdir -p /usr/local/share/ca-certificates
ln -sf "/var/lib/prosody/auth.$1.crt" "${trusted}"`.trim();
export const trustNoMore = `
rm -f "${trusted}" "/etc/ssl/certs/auth.$1.pem"
update-ca-certificates
openssl rehash /etc/ssl/certs
true`.trim();

/** The files that the packages lay for a name: `$1`. */
export const isConfigured = `
for path in "/etc/jitsi/meet/$1-config.js" "/etc/prosody/conf.d/$1.cfg.lua" "/etc/nginx/sites-enabled/$1.conf"; do
  test -e "$path" || { echo "$path is missing"; exit 1; }
done
grep -qxF "JVB_HOSTNAME=$1" /etc/jitsi/videobridge/config && grep -qxF "JICOFO_HOSTNAME=$1" /etc/jitsi/jicofo/config`.trim();

/** Prosody can read its files: what else it finds odd is not ours. `$1` is the name. */
export const isReadable = `
said=$(prosodyctl check config 2>&1); code=$?
printf '%s\\n' "$said"
test "$code" -ne 1 && printf '%s\\n' "$said" | grep -qF "/etc/prosody/conf.d/$1.cfg.lua"`.trim();

/** Whether the site names these, or Let’s Encrypt’s where these are only to begin with: `$1` site, `$2` certificate, `$3` key. */
export const namesCertificate = `
if test "$4" = certbot && grep -qF "ssl_certificate /etc/letsencrypt/" "$1"; then exit 0; fi
grep -qF "ssl_certificate $2;" "$1" && grep -qF "ssl_certificate_key $3;" "$1"`.trim();

/** Has the site name these instead, and goes back if nginx does not take it. */
export const nameCertificate = `
set -eu
cp -p -- "$1" "$1.setup-wizard"
sed -E -e "s#^([[:space:]]*ssl_certificate)[[:space:]]+[^;]*;#\\\\1 $2;#" -e "s#^([[:space:]]*ssl_certificate_key)[[:space:]]+[^;]*;#\\\\1 $3;#" "$1.setup-wizard" >"$1"
if ! nginx -t; then cat "$1.setup-wizard" >"$1"; rm -f -- "$1.setup-wizard"; exit 1; fi
rm -f -- "$1.setup-wizard"
sync "$1"
systemctl reload nginx.service`.trim();

/** Where the site is still there, and these are. */
export const nameCertificateBack = `
if test -e "$1" && test -e "$2"; then
${nameCertificate}
fi`.trim();

/** The package’s own script, which asks for one line: the address comes on standard input. */
export const letsEncrypt = `
set -eu
script=/usr/share/jitsi-meet/scripts/install-letsencrypt-cert.sh
if grep -q 'acme\\.sh' "$script"; then echo "$script works with acme.sh"; else echo "$script works with certbot"; fi
exec "$script"`.trim();

/** Takes back what that script has done, by either of its two ways: `$1` is the name. */
export const letsEncryptBack = `
site="/etc/nginx/sites-available/$1.conf"
if test -e "$site"; then
  sed -i -E -e "s#^([[:space:]]*ssl_certificate)[[:space:]]+/etc/letsencrypt/[^;]*;#\\\\1 /etc/jitsi/meet/$1.crt;#" \\
    -e "s#^([[:space:]]*ssl_certificate_key)[[:space:]]+/etc/letsencrypt/[^;]*;#\\\\1 /etc/jitsi/meet/$1.key;#" "$site"
  nginx -t && systemctl reload nginx.service
fi
rm -f /etc/cron.weekly/letsencrypt-renew /etc/letsencrypt/renewal-hooks/deploy/0000-coturn-certbot-deploy.sh
if test -x /opt/acmesh/.acme.sh/acme.sh; then
  HOME=/opt/acmesh /opt/acmesh/.acme.sh/acme.sh --uninstall
  rm -rf /opt/acmesh
fi
! test -e "/etc/letsencrypt/renewal/$1.conf" || certbot delete --non-interactive --cert-name "$1"`.trim();

/** What the server shows is for that name: `$1`. */
export const showsName = `
openssl s_client -connect 127.0.0.1:443 -servername "$1" </dev/null 2>/dev/null | openssl x509 -noout -checkhost "$1" | grep 'does match'`.trim();

/** The same, and an authority that this machine knows vouches for it. */
export const isVouchedFor = `
openssl s_client -connect 127.0.0.1:443 -servername "$1" -verify_hostname "$1" -verify_return_error </dev/null 2>&1 | grep -E 'Verif(y return code: 0|ication: OK)'`.trim();
