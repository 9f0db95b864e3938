#!/bin/sh
# repository.sh ID MAJOR, on a Debian on which base.sh has run: builds and signs the packages of packages-MAJOR, and makes
# repositories of them in /usr/share/el-mirror.
set -eu
id=$1 major=$2
here=/root/el-stand-in build=/root/el-build mirror=/usr/share/el-mirror
mkdir -p $build/keys $mirror
export GNUPGHOME=$build/gnupg
install -d -m 700 $GNUPGHOME
cp $here/macros /root/.rpmmacros

like='rhel centos fedora' baseos=baseos appstream=appstream
crb=crb
[ "$major" != 8 ] || crb=powertools
case $id in
  rocky) system='Rocky Linux' key=RPM-GPG-KEY-Rocky-$major file=rocky.repo ;;
  almalinux) system=AlmaLinux key=RPM-GPG-KEY-AlmaLinux-$major file=almalinux.repo ;;
  rhel)
    system='Red Hat Enterprise Linux' key=RPM-GPG-KEY-redhat-release file=redhat.repo like=fedora
    baseos=rhel-$major-for-x86_64-baseos-rpms appstream=rhel-$major-for-x86_64-appstream-rpms
    crb=codeready-builder-for-rhel-$major-x86_64-rpms
    ;;
esac

for one in distribution epel; do
  gpg --batch --quiet --passphrase '' --quick-generate-key "$one of the stand-in" rsa3072 sign never
  gpg --armor --export "$one of the stand-in" >$build/keys/$one
done

# What dnf is told of a module: which packages are of a stream.
describe_module() {
  name=${1%:*} stream=${1#*:}
  cat <<END
---
document: modulemd
version: 2
data:
  name: $name
  stream: "$stream"
  version: 1
  context: "00000000"
  arch: x86_64
  summary: Stand-in for the module $name
  description: Stand-in for the module $name
  license:
    module: [MIT]
  dependencies:
  - requires:
      platform: [el$major]
  profiles:
    common:
      rpms: [$4]
  artifacts:
    rpms:
$3
...
END
  [ -z "$2" ] || cat <<END
---
document: modulemd-defaults
version: 1
data:
  module: $name
  stream: "$stream"
  profiles:
    "$stream": [common]
...
END
}

sed 's/#.*//' "$here/packages-$major" | while read -r repository spec version words; do
  [ -n "$repository" ] || continue
  set -- --define "el $major" --define "wanted $version" --define "id $id" --define "system $system" --define "like $like" \
    --define "key $key" --define "repofile $file" --define "baseos $baseos" --define "appstream $appstream" --define "crb $crb"
  module= default=
  for word in $words; do
    value=$(echo "${word#*=}" | tr , ' ')
    case $word in
      module=*) module=${value%% *} default=${value#"$module"} value=$module:1:00000000 ;;
    esac
    set -- "$@" --define "${word%%=*} $value"
  done
  rm -rf $build/RPMS
  rpmbuild --quiet "$@" -bb "$here/specs/$spec.spec" </dev/null
  signer=distribution
  [ "$repository" != epel ] || signer=epel
  GPG_TTY= rpmsign --define "_gpg_name $signer of the stand-in" --addsign $build/RPMS/*/*.rpm >/dev/null
  mkdir -p $mirror/$repository
  mv $build/RPMS/*/*.rpm $mirror/$repository
  [ -n "$module" ] || continue
  artifacts=$(rpm --query --nosignature --queryformat '    - %{NAME}-0:%{VERSION}-%{RELEASE}.%{ARCH}\n' --package $mirror/$repository/*.module.el"$major".*.rpm | grep -F ":$version-")
  names=$(echo "$artifacts" | sed "s/^ *- \(.*\)-0:.*/\1/" | paste -s -d ,)
  describe_module "$module" "$default" "$artifacts" "$names" >>$build/modules.yaml
done
mkdir -p $mirror/crb

sh $here/apt.sh install -y --no-install-recommends createrepo-c
for repository in $mirror/*; do createrepo_c --quiet "$repository"; done
[ ! -e $build/modules.yaml ] || modifyrepo_c --mdtype=modules $build/modules.yaml $mirror/appstream/repodata >/dev/null
sh $here/apt.sh purge -y --auto-remove createrepo-c
