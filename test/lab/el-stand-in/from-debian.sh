#!/bin/sh
# from-debian.sh ROOT PACKAGE…: unpacks Debian packages, and those they need that the system has not, below ROOT.
set -eu
root=$1
shift
# Larger than they are useful, or of Debian's own ways.
without='perl|perl-modules-.*|lib.*-perl|libperl.*|libgdbm.*|postgresql-common.*|postgresql-client-common|ssl-cert|ucf'
without="$without|libllvm.*|libz3-.*|git-man|libasan.*|liblsan.*|libtsan.*|libubsan.*|libhwasan.*|libgprofng.*|rpcsvc-proto"

sh /root/el-stand-in/apt.sh install --download-only --no-install-recommends "$@"
mkdir -p "$root"
apt-get install -s --no-install-recommends "$@" | sed -n 's/^Inst \([^ ]*\) (\([^ ]*\) .*\[\([^]]*\)\].*/\1 \2 \3/p' |
  grep -vE "^($without) " | while read -r name version architecture; do
  file=${name}_$(echo "$version" | sed 's/:/%3a/g')_$architecture.deb
  dpkg-deb -x "/var/cache/apt/archives/$file" "$root"
done
cd "$root"
rm -rf etc/init.d etc/default etc/logrotate.d etc/ufw etc/apparmor.d etc/cron.* usr/share/doc usr/share/doc-base usr/share/man \
  usr/share/lintian usr/share/bug usr/share/locale usr/share/info usr/lib/systemd usr/lib/postgresql/*/lib/bitcode
# What Python makes of its files belongs to the package there.
for folder in usr/lib/python3*; do
  [ ! -d "$folder" ] || python3 -m compileall -q -s "$root" "$folder" || :
done
