#!/bin/sh
# apt.sh WORD…: apt-get. Other labs use the same folder of packages, whose lock it does not wait for by itself.
export DEBIAN_FRONTEND=noninteractive
for _ in $(seq 60); do
  apt-get -qq "$@" 2>/var/tmp/apt.said
  code=$?
  grep -q 'Could not get lock' /var/tmp/apt.said || break
  sleep 5
done
cat /var/tmp/apt.said >&2
rm /var/tmp/apt.said
exit $code
