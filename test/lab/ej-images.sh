# Trees of files for the images that stand in for those of Docker Hub: programs of Debian with what they load, and
# busybox. Run once inside a lab of Debian 12; $1 is where the archives go.
set -eu
umount /var/cache/apt/archives # Other labs use it.
apt-get update -q
apt-get install -y -q --no-install-recommends busybox-static python3 python3-django python3-psycopg2 gunicorn \
  python3-setuptools postgresql-15 nginx-light tzdata
trees=/srv/trees

put() { # TREE PATH...
  tree=$1
  shift
  for path in "$@"; do
    mkdir -p "$tree$(dirname "$path")"
    cp -a "$path" "$tree$(dirname "$path")/"
  done
}

libraries() { # of every program in TREE
  find "$1" -type f \( -perm /111 -o -name '*.so*' \) -exec ldd {} \; 2>/dev/null |
    sed -n 's/.*=> \(\/[^ ]*\).*/\1/p; s/^[[:space:]]*\(\/lib[^ ]*\) .*/\1/p' | sort -u | while read -r library; do
    mkdir -p "$1$(dirname "$library")"
    [ -e "$1$library" ] || cp -L "$library" "$1$library"
  done
}

begin() { # TREE
  mkdir -p "$1/bin" "$1/etc" "$1/root" "$1/run" "$1/var/lib" "$1/usr/bin"
  install -d -m 1777 "$1/tmp"
  ln -s ../run "$1/var/run"
  cp /bin/busybox "$1/bin/busybox"
  for applet in $(busybox --list); do [ "$applet" = busybox ] || ln -s busybox "$1/bin/$applet"; done
  printf 'root:x:0:0:root:/root:/bin/sh\npostgres:x:70:70::/var/lib/postgresql:/bin/sh\n' >"$1/etc/passwd"
  printf 'nobody:x:65534:65534::/:/bin/sh\n' >>"$1/etc/passwd"
  printf 'root:x:0:\npostgres:x:70:\nnogroup:x:65534:\n' >"$1/etc/group"
}

end() { # TREE NAME
  libraries "$1"
  tar --create --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner --directory="$1" --file="$2" .
}

python=$trees/python
begin $python
put $python /usr/bin/python3.11 /usr/lib/python3.11 /usr/bin/gunicorn
put $python /usr/share/zoneinfo
for module in django asgiref sqlparse pytz psycopg2 gunicorn pkg_resources; do
  put $python /usr/lib/python3/dist-packages/$module
done
ln -s python3.11 $python/usr/bin/python3
ln -s python3 $python/usr/bin/python
find $python \( -name __pycache__ -o -name locale -o -name gis -o -name ensurepip -o -name lib2to3 \
  -o -name 'config-3.11-*' \) -prune -exec rm -r {} +
for file in __init__.py en fr pt_BR; do put $python /usr/lib/python3/dist-packages/django/conf/locale/$file; done
end $python "$1/python.tar"

postgres=$trees/postgres
begin $postgres
for program in postgres initdb pg_ctl psql pg_dump pg_restore pg_isready createdb; do
  put $postgres /usr/lib/postgresql/15/bin/$program
  ln -s ../lib/postgresql/15/bin/$program $postgres/usr/bin/$program
done
put $postgres /usr/lib/postgresql/15/lib /usr/share/postgresql/15 /usr/share/zoneinfo/Etc /usr/share/zoneinfo/UTC
rm -r $postgres/usr/lib/postgresql/15/lib/bitcode $postgres/usr/lib/postgresql/15/lib/llvmjit*
end $postgres "$1/postgres.tar"

nginx=$trees/nginx
begin $nginx
put $nginx /usr/sbin/nginx /etc/nginx/mime.types
end $nginx "$1/nginx.tar"
