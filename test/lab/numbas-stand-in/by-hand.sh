#!/bin/sh
# Installs the stand-in on a Debian 13 or a RHEL-like 9 as its guide says, with what the guide gets wrong put right: no wizard
# has a part in it.
set -eu
if [ -e /usr/bin/dnf ]; then
  python=python3.12 web=nginx programs=/etc/supervisord.d/numbas_lti.ini sites=/etc/nginx/conf.d site=numbas-lti.conf
  dnf -q -y install epel-release
  dnf -q -y module enable postgresql:16
  dnf -q -y install python3.12 python3.12-devel python3.12-pip postgresql-server redis supervisor nginx git gcc libpq-devel cronie
  postgresql-setup --initdb
  sed -i 's,^host  *all  *all .*,host numbas_lti numbas_lti localhost scram-sha-256\n&,' /var/lib/pgsql/data/pg_hba.conf
  systemctl enable --now -q redis postgresql supervisord
else
  python=python3 web=www-data programs=/etc/supervisor/conf.d/numbas_lti.conf sites=/etc/nginx/sites-enabled site=numbas-lti
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -q
  apt-get install -y -q --no-install-recommends python3-venv python3-dev postgresql redis-server supervisor nginx git gcc \
    libc6-dev libpq-dev cron openssl
  rm $sites/default
fi

useradd --system --create-home --home-dir /var/lib/numbas_lti --shell /usr/sbin/nologin --user-group numbas_lti
install -d -o numbas_lti -g $web -m 2750 /srv/numbas-lti-media /srv/numbas-lti-static
usermod -a -G numbas_lti $web
as_numbas() { runuser -u numbas_lti -- env HOME=/var/lib/numbas_lti "$@"; }

install -d -o numbas_lti -g numbas_lti /srv/numbas-lti-provider /opt/numbas_lti_python
cd /srv/numbas-lti-provider
as_numbas git clone -q --branch v4_STABLE file:///srv/mirror/numbas/numbas-lti-provider.git .
as_numbas $python -m venv /opt/numbas_lti_python
as_numbas git config --global url.file:///srv/mirror/.insteadOf https://github.com/
as_numbas /opt/numbas_lti_python/bin/pip install -q -r requirements.txt
as_numbas /opt/numbas_lti_python/bin/pip install -q channels_redis==4.2.0 'psycopg2>=2.9.10,<3' redis==5.0.4

cd /
password=$(cat /root/database-password)
literal=$(printf %s "$password" | sed "s/'/''/g")
printf "CREATE ROLE numbas_lti LOGIN PASSWORD '%s';\n" "$literal" | runuser -u postgres -- psql -q -v ON_ERROR_STOP=1
runuser -u postgres -- createdb -O numbas_lti numbas_lti

cd /srv/numbas-lti-provider
DB_PASSWORD=$password as_numbas /opt/numbas_lti_python/bin/python - <<'END'
import os, secrets
from pathlib import Path
file = Path('numbasltiprovider/settings.py')
text = Path('numbasltiprovider/settings.py.dist').read_text()
replaced = {
    "SECRET_KEY = ''": f'SECRET_KEY = {secrets.token_urlsafe(50)!r}',
    "INSTANCE_NAME = ''": "INSTANCE_NAME = 'Université Kosmos'",
    "ALLOWED_HOSTS = ['localhost']": "ALLOWED_HOSTS = ['numbas.mon-univ.fr']",
    "STATIC_ROOT = 'static/'": "STATIC_ROOT = '/srv/numbas-lti-static/'",
    "MEDIA_ROOT = 'media/'": "MEDIA_ROOT = '/srv/numbas-lti-media/'",
    "'channels.layers.InMemoryChannelLayer'": "'channels_redis.core.RedisChannelLayer'",
}
for old, new in replaced.items():
    assert text.replace('"', "'").count(old) == 1, old
    text = text.replace(old, new).replace(old.replace("'", '"'), new)
password = os.environ['DB_PASSWORD']
database = dict(ENGINE='django.db.backends.postgresql', NAME='numbas_lti', USER='numbas_lti', PASSWORD=password, HOST='localhost')
file.touch(mode=0o640)
file.write_text(text + f'DATABASES = {dict(default=database)!r}\n')
END
as_numbas /opt/numbas_lti_python/bin/python manage.py check
as_numbas /opt/numbas_lti_python/bin/python manage.py migrate --noinput
as_numbas /opt/numbas_lti_python/bin/python manage.py collectstatic --noinput
DJANGO_SUPERUSER_PASSWORD=$(cat /root/superuser-password) as_numbas /opt/numbas_lti_python/bin/python manage.py \
  createsuperuser --noinput --username superuser --email admin@mon-univ.fr

cat >$programs <<'END'
[program:numbas_lti_daphne]
command=/opt/numbas_lti_python/bin/daphne numbasltiprovider.asgi:application --port 87%(process_num)02d --bind 127.0.0.1 -v 2
directory=/srv/numbas-lti-provider/
user=numbas_lti
stopasgroup=true
environment=DJANGO_SETTINGS_MODULE="numbasltiprovider.settings"
numprocs=4
process_name=%(program_name)s_%(process_num)02d

[program:numbas_lti_huey]
command=/opt/numbas_lti_python/bin/python /srv/numbas-lti-provider/manage.py run_huey -w 8
directory=/srv/numbas-lti-provider/
user=numbas_lti
stopasgroup=true
environment=DJANGO_SETTINGS_MODULE="numbasltiprovider.settings"
numprocs=1
process_name=%(program_name)s_%(process_num)02d

[group:numbas_lti]
programs=numbas_lti_daphne,numbas_lti_huey
END
supervisorctl reread
supervisorctl update

cat >/etc/cron.daily/numbas-lti-clearsessions <<'END'
#!/bin/sh
cd /srv/numbas-lti-provider
runuser -u numbas_lti -- /opt/numbas_lti_python/bin/python manage.py clearsessions
END
chmod +x /etc/cron.daily/numbas-lti-clearsessions

openssl req -quiet -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=numbas.mon-univ.fr \
  -addext subjectAltName=DNS:numbas.mon-univ.fr -keyout /etc/ssl/numbas-lti.key -out /etc/ssl/numbas-lti.pem
install -d /srv/www/server-error
echo '<h1>Numbas does not answer</h1>' >/srv/www/server-error/502.html
cat >$sites/$site <<'END'
upstream backend_hosts {
  server 127.0.0.1:8700;
  server 127.0.0.1:8701;
  server 127.0.0.1:8702;
  server 127.0.0.1:8703;
}
server {
  listen 80;
  server_name numbas.mon-univ.fr;
  return 301 https://$host$request_uri;
}
server {
  listen 443 ssl default_server;
  server_name _;
  ssl_certificate /etc/ssl/numbas-lti.pem;
  ssl_certificate_key /etc/ssl/numbas-lti.key;
  return 404;
}
server {
  listen 443 ssl;
  server_name numbas.mon-univ.fr;
  ssl_certificate /etc/ssl/numbas-lti.pem;
  ssl_certificate_key /etc/ssl/numbas-lti.key;
  error_page 502 /502.html;
  location = /502.html { root /srv/www/server-error; }
  location /static { alias /srv/numbas-lti-static; }
  location /media { alias /srv/numbas-lti-media; }
  location / {
    proxy_pass http://backend_hosts;
    proxy_http_version 1.1;
    proxy_set_header Upgrade $http_upgrade;
    proxy_set_header Connection "upgrade";
    proxy_set_header Host $host;
    proxy_set_header X-Forwarded-Proto https;
  }
}
END
systemctl enable -q nginx
systemctl restart nginx
