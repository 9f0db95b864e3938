#!/bin/sh
# Every night, by ej-backup.timer: EJ's database and media, into BACKUP_DIR. Written by setup-wizard.
set -eu
umask 077
folder=%BACKUP_DIR%
project=%PROJECT%
user=%POSTGRES_USER%
database=%POSTGRES_DB%
days=%BACKUP_DAYS%
name="ej-$(date +%F.%T | tr -d :)"

finish() { # FILE: it has its name only once it is whole
  sync "$1.partial"
  mv "$1.partial" "$1"
}

docker exec "$project-postgres" pg_dump -U "$user" -Fc "$database" >"$folder/$name.dump.partial"
docker exec -i "$project-postgres" pg_restore --list <"$folder/$name.dump.partial" >/dev/null
finish "$folder/$name.dump"
docker exec "$project-web" tar -c -f - -C /app/local media >"$folder/$name-media.tar.partial"
tar -t -f "$folder/$name-media.tar.partial" >/dev/null
finish "$folder/$name-media.tar"
find "$folder" -maxdepth 1 -type f -name 'ej-*' -mtime "+$days" -delete
