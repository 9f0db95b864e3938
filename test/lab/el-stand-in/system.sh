#!/bin/sh
# system.sh ID MAJOR, after repository.sh: makes of a Debian what presents itself as that system of the RHEL family.
set -eu
id=$1 major=$2
here=/root/el-stand-in mirror=/usr/share/el-mirror

# Python is dnf's own; who wants one installs it.
mv /usr/bin/python3.13 /usr/libexec/platform-python3.13
ln -s platform-python3.13 /usr/libexec/platform-python
grep -lIE '^#! *(/usr)?/bin/python3' /usr/bin/* /usr/sbin/* 2>/dev/null | xargs sed -i '1s,^#! *[^ ]*,#!/usr/libexec/platform-python,'
rm -f /usr/bin/python3* /usr/bin/pydoc* /usr/bin/pygettext* /usr/bin/pdb* /usr/bin/py3*
ln -s dnf-3 /usr/bin/yum

# cron by its name there.
mv /usr/sbin/cron /usr/sbin/crond
systemctl disable -q cron.service
sed 's,/usr/sbin/cron,/usr/sbin/crond,' /usr/lib/systemd/system/cron.service >/usr/lib/systemd/system/crond.service
rm /usr/lib/systemd/system/cron.service
systemctl enable -q crond.service
echo 'disable *' >/usr/lib/systemd/system-preset/99-default-disable.preset

# Accounts: none of Debian's for services, a home for whoever is made.
for user in www-data backup news uucp proxy list irc _apt; do userdel "$user" 2>/dev/null || :; done
for group in www-data backup news uucp proxy list irc; do groupdel "$group" 2>/dev/null || :; done
groupmod -n nobody nogroup
groupmod -n wheel sudo
# 26 is for postgres.
groupmod -g 33 tape
sed -i 's/^#* *CREATE_HOME.*//; s/^HOME_MODE.*//' /etc/login.defs
printf 'CREATE_HOME yes\nHOME_MODE 0700\n' >>/etc/login.defs
printf 'GROUP=100\nHOME=/home\nINACTIVE=-1\nEXPIRE=\nSHELL=/bin/bash\nSKEL=/etc/skel\nCREATE_MAIL_SPOOL=no\n' >/etc/default/useradd
rm -f /usr/sbin/adduser /usr/sbin/deluser /usr/sbin/addgroup /usr/sbin/delgroup /etc/adduser.conf /etc/deluser.conf
ln -s useradd /usr/sbin/adduser
sed -i 's/^%sudo/%wheel/' /etc/sudoers

install -d /etc/pki/tls/certs /etc/pki/tls/private
ln -s /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt
cat >/etc/dnf/dnf.conf <<END
[main]
gpgcheck=1
installonly_limit=3
clean_requirements_on_remove=True
best=True
skip_if_unavailable=False
END
find /usr/lib/python3/dist-packages/dnf-plugins -name '*.py' ! -name __init__.py ! -name config_manager.py ! -name download.py \
  ! -name needs_restarting.py -delete

# rpm knows what is there already. Its keys come when dnf first needs them, as after an installation.
python=
[ "$major" != 10 ] || python=$(echo $mirror/appstream/python3-[0-9]*.rpm)
rpm --install --nosignature $(ls $mirror/baseos/*.rpm | grep -v python-utils) $python
[ "$id" != rhel ] || install -m 755 $here/files/subscription-manager /usr/sbin/subscription-manager

# Nothing of Debian's package manager, and nothing of what built this.
systemctl disable -q apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer
rm -rf /etc/apt /etc/dpkg /var/lib/apt /var/lib/dpkg /usr/lib/apt /usr/lib/dpkg /usr/share/dpkg /var/lib/ucf /etc/debian_version
rm -f /usr/bin/apt /usr/bin/apt-* /usr/bin/dpkg /usr/bin/dpkg-* /usr/sbin/dpkg-* /usr/sbin/update-rc.d /usr/sbin/invoke-rc.d \
  /usr/bin/deb-* /usr/bin/debconf* /etc/cron.daily/apt-compat /etc/cron.daily/dpkg /usr/lib/systemd/system/apt-* \
  /usr/lib/systemd/system/dpkg-*
rm -f /usr/bin/rpmbuild /usr/bin/rpmsign /usr/bin/rpmspec
rm -rf /root/el-build /root/.rpmmacros /root/el-stand-in /root/.gnupg /root/.cache /var/log/* /var/cache/dnf/* /tmp/* /etc/*-
install -d /var/log
