#!/bin/bash
# Asks for one line on standard input: an address.
set -e
domain=$(debconf-show jitsi-meet-web-config | sed -n 's/^[* ]*jitsi-meet\/jvb-hostname: *//p' | tr -d '[:space:]')
echo "A certificate for $domain, from Let's Encrypt. Its terms need an address."
echo -n "Enter your email and press [ENTER]: "
read -r email

certbot=$(command -v certbot)
cron=/etc/cron.weekly/letsencrypt-renew
mkdir -p /etc/cron.weekly
printf '#!/bin/bash\n%s renew >>/var/log/le-renew.log\nservice nginx reload\n' "$certbot" >$cron
chmod a+x $cron

hook=()
if grep -qs 'jitsi-meet coturn config' /etc/turnserver.conf; then
  file=/etc/letsencrypt/renewal-hooks/deploy/0000-coturn-certbot-deploy.sh
  mkdir -p "$(dirname $file)"
  printf '#!/bin/sh\nservice coturn restart\n' >$file
  chmod u+x $file
  hook=(--deploy-hook $file)
fi
"$certbot" certonly --noninteractive --webroot --webroot-path /usr/share/jitsi-meet -d "$domain" \
  --agree-tos --email "$email" "${hook[@]}"

site=/etc/nginx/sites-available/$domain.conf
live=/etc/letsencrypt/live/$domain
sed -i -e "s#ssl_certificate_key /etc/jitsi/meet/.*key#ssl_certificate_key $live/privkey.pem#" \
  -e "s#ssl_certificate /etc/jitsi/meet/.*crt#ssl_certificate $live/fullchain.pem#" "$site"
systemctl reload nginx.service
