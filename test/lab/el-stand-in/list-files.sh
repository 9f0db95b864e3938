#!/bin/sh
# list-files.sh ROOT PATH…: what a package owns but for these paths, and what is below them. Folders of the system are not its own.
set -eu
root=$1
shift
cd "$root"
for path in "$@"; do
  set -- "$@" -path ".$path" -prune -o
  shift
done
find . -mindepth 1 "$@" -printf '%y %P\n' | while read -r type path; do
  if [ "$type" != d ]; then
    echo "\"/$path\""
  elif [ ! -e "/$path" ]; then
    echo "%dir \"/$path\""
  fi
done
