#!/bin/sh
# A stand-in for the entry point of the official image: no database without a password, and none made twice.
set -eu
export PGDATA="${PGDATA:-/var/lib/postgresql/data}" PATH="/usr/lib/postgresql/15/bin:$PATH"
if [ "$(id -u)" = 0 ]; then
  mkdir -p "$PGDATA" /run/postgresql
  chown -R postgres:postgres "$PGDATA" /run/postgresql
  chmod 700 "$PGDATA"
  exec su postgres -s /bin/sh -c 'exec "$0" "$@"' -- "$0" "$@"
fi
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  if [ -z "${POSTGRES_PASSWORD:-}" ]; then
    echo 'Error: Database is uninitialized and superuser password is not specified.' >&2
    exit 1
  fi
  user="${POSTGRES_USER:-postgres}"
  printf '%s' "$POSTGRES_PASSWORD" >/tmp/password
  initdb --username="$user" --pwfile=/tmp/password --auth-local=trust --auth-host=scram-sha-256 --no-sync >/dev/null
  rm /tmp/password
  echo 'host all all all scram-sha-256' >>"$PGDATA/pg_hba.conf"
  sleep "${STAND_IN_SLOW:-1}"
  pg_ctl -w start -o '-c listen_addresses=' >/dev/null
  createdb --username="$user" "${POSTGRES_DB:-$user}"
  pg_ctl -w stop -m fast >/dev/null
fi
exec "$@" -c listen_addresses='*'
