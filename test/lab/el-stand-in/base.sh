#!/bin/sh
# What a server of the RHEL family has before anybody installs anything, from Debian's packages.
set -eu
apt='sh /root/el-stand-in/apt.sh'
$apt update
$apt install -y --no-install-recommends dnf dnf-plugins-core rpm firewalld curl gnupg openssl attr
