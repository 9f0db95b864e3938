#!/bin/sh
# A long piece of work with much output: what an installation of packages looks like.
set -eu
target=$1
lines=$2
number=0
while [ "$number" -lt "$lines" ]; do
  number=$((number + 1))
  echo "building part $number of $lines"
  if [ $((number % 400)) -eq 0 ]; then sleep 0.2; fi
done
echo "$lines parts" >"$target.new"
mv "$target.new" "$target"
